// SPDX-License-Identifier: Apache-2.0
#include <memory>
#include <utility>
#include <vector>

#include <boost/json.hpp>

#include "api/cli/commands.h"
#include "api/cli/event_name.h"
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
using crypto::Result;

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
                                              {"event", schema::readersJson(event.root())}})
              << '\n';
}

Result<Exit> show(Session const& session, Options const& options) {
  auto const log = LedgerDirectory(options.ledger).openForReading(session);
  if (!log) return log.error();
  auto const events = (*log)->size().events;
  EventName const wanted(options.event, events);
  if (!wanted.makesSense()) return notOnRecord(session, options.event, events);

  std::vector<Found> found;
  auto const folded = ledger::history::fold(**log, wanted.upTo(events), [&](domain::Case const& about) {
    if (wanted.is(about.context.number, about.context.ref))
      found.push_back({about.context, schema::canonical<schema::Event>(about.event)});
  });
  if (!folded) return folded.error();
  if (found.empty()) return notOnRecord(session, options.event, events);
  if (found.size() > 1) return ambiguous(session, options.event, found.size());
  auto const batch = (*log)->batchOf(found.front().context.number);
  if (!batch) return batch.error();
  auto const signer = signerOf(folded->state, found.front().context.author);
  (options.format == "json" ? printJson : printText)(session, found.front(), *batch, signer);
  return Exit::ok;
}

}  // namespace

void addShow(commandline::Program& program, Action& chosen) {
  auto options = std::make_shared<Options>();
  auto command = program.command("show", {"查看一个事件：内容、签名人、入账时间、哈希",
                                          "show one event: what it states, who signed it, when, and its hash"});
  addEvent(command, options->event);
  addLedger(command, options->ledger);
  addFormat(command, options->format, {"text", "json"});
  command.onChosen(
      [options, &chosen] { chosen = [options](Session const& session) { return show(session, *options); }; });
}

}  // namespace fundtrail::api::cli
