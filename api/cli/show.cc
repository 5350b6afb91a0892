// SPDX-License-Identifier: Apache-2.0
#include <memory>
#include <utility>
#include <vector>

#include <boost/json.hpp>

#include "api/cli/commands.h"
#include "api/cli/ledger_directory.h"
#include "api/cli/options.h"
#include "crypto/keys.h"
#include "ledger/history/fold.h"
#include "ledger/schema/json.h"
#include "ledger/schema/message.h"
#include "ledger/schema/names.h"

namespace fundtrail::api::cli {

namespace {

namespace domain = ledger::domain;
namespace json = boost::json;
namespace schema = ledger::schema;
using crypto::ErrorKind;
using crypto::Result;

constexpr std::size_t kLeastPrefix = 8;

struct Options {
  std::string event;
  std::filesystem::path ledger;
  std::string format;
};

/// An event and the state behind it, which knows the author.
struct Found {
  domain::EventContext context;
  schema::Words bytes;
};

std::optional<std::string> hashPrefix(std::string const& text) {
  if (text.size() < kLeastPrefix || text.size() > 2 * sizeof(crypto::Digest::bytes)) return std::nullopt;
  if (text.find_first_not_of("0123456789abcdefABCDEF") != std::string::npos) return std::nullopt;
  std::string lower = text;
  for (auto& c : lower) {
    if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

/// What the user named: an event number on record, or a hash or its beginning.
class Wanted {
 public:
  Wanted(std::string const& text, std::uint64_t events) {
    if (auto const number = domain::EventNumber::parse(text); number && number->value() < events) {
      number_ = number;
    } else {
      prefix_ = hashPrefix(text);
    }
  }
  [[nodiscard]] bool makesSense() const { return number_ || prefix_; }
  [[nodiscard]] bool is(domain::EventContext const& context) const {
    return number_ ? context.number == *number_ : context.ref.text().starts_with(*prefix_);
  }
  /// How many events must be looked at.
  [[nodiscard]] std::uint64_t upTo(std::uint64_t events) const { return number_ ? number_->value() + 1 : events; }

 private:
  std::optional<domain::EventNumber> number_;
  std::optional<std::string> prefix_;
};

crypto::Error notOnRecord(Session const& session, std::string const& event, std::uint64_t events) {
  return session.error(ErrorKind::notFound,
                       {"没有事件 {}：请给出 0 至 {} 的序号，或至少 8 位的十六进制哈希",
                        "there is no event {}: give a number below {}, or at least 8 hexadecimal digits of its hash"},
                       event, session.language == Language::zh && events > 0 ? events - 1 : events);
}

struct Signer {
  std::string person;
  std::string organisation;
  std::string_view algorithm;
};

Signer signerOf(domain::State const& state, domain::KeyId const& key) {
  auto const& author = *state.keys.find(key);  // rule S1: whoever is on record as author is enrolled
  auto const& person = state.person(author.person);
  return {person.id, person.organisation, crypto::name(author.key.algorithm())};
}

void printText(Session const& session, Found const& found, domain::BatchNumber batch, Signer const& signer) {
  auto const& context = found.context;
  schema::Message<schema::Event> const event(found.bytes.bytes());
  session.out << session.text({"事件 {}（批次 {}）\n哈希 {}\n签名 {}（{}），{} 密钥 {}\n入账 {}\n",
                               "event {} (batch {})\nhash {}\nsigned by {} ({}), {} key {}\naccepted {}\n"},
                              context.number.value(), batch.value(), context.ref.text(), signer.person,
                              signer.organisation, signer.algorithm, context.author.text(), context.acceptedAt.text());
  session.out << schema::describe(event.root(), session.language);
}

void printJson(Session const& session, Found const& found, domain::BatchNumber batch, Signer const& signer) {
  auto const& context = found.context;
  schema::Message<schema::Event> const event(found.bytes.bytes());
  session.out << json::serialize(json::object{{"number", context.number.value()},
                                              {"batch", batch.value()},
                                              {"hash", context.ref.text()},
                                              {"person", signer.person},
                                              {"organisation", signer.organisation},
                                              {"key", context.author.text()},
                                              {"algorithm", signer.algorithm},
                                              {"acceptedAt", context.acceptedAt.text()},
                                              {"event", json::parse(schema::toJson(event.root(), false))}})
              << '\n';
}

Result<Exit> show(Session const& session, Options const& options) {
  auto const log = LedgerDirectory(options.ledger).openForReading(session);
  if (!log) return log.error();
  auto const events = (*log)->size().events;
  Wanted const wanted(options.event, events);
  if (!wanted.makesSense()) return notOnRecord(session, options.event, events);

  std::vector<Found> found;
  auto const folded = ledger::history::fold(**log, wanted.upTo(events), [&](domain::Case const& about) {
    if (wanted.is(about.context)) found.push_back({about.context, schema::canonical<schema::Event>(about.event)});
  });
  if (!folded) return folded.error();
  if (found.empty()) return notOnRecord(session, options.event, events);
  if (found.size() > 1) {
    return session.error(
        ErrorKind::badInput,
        {"{} 个事件的哈希以 {} 开头：请多给几位", "{} events have a hash that begins with {}: give more digits"},
        found.size(), options.event);
  }
  auto const batch = (*log)->batchOf(found.front().context.number);
  if (!batch) return batch.error();
  auto const signer = signerOf(folded->state, found.front().context.author);
  (options.format == "json" ? printJson : printText)(session, found.front(), *batch, signer);
  return Exit::ok;
}

}  // namespace

void addShow(CLI::App& program, Language language, Command& chosen) {
  auto options = std::make_shared<Options>();
  auto& command = addCommand(program, "show", language,
                             {"查看一个事件：内容、签名人、入账时间、哈希",
                              "show one event: what it states, who signed it, when, and its hash"});
  command
      .add_option("EVENT", options->event,
                  describe(language, {"事件序号，或哈希的前 8 位以上", "its number, or 8 or more digits of its hash"}))
      ->required()
      ->type_name("");
  addLedger(command, language, options->ledger);
  addFormat(command, language, options->format, {"text", "json"});
  command.callback(
      [options, &chosen] { chosen = [options](Session const& session) { return show(session, *options); }; });
}

}  // namespace fundtrail::api::cli
