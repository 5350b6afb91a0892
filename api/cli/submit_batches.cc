// SPDX-License-Identifier: Apache-2.0
#include "api/cli/submit_batches.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "api/cli/outcome.h"
#include "api/cli/progress_line.h"
#include "api/keys/key_file.h"
#include "crypto/bytes.h"
#include "crypto/merkle.h"
#include "ledger/batch/batch.h"
#include "ledger/files/files.h"
#include "ledger/history/batch_file.h"
#include "ledger/schema/json.h"
#include "ledger/schema/message.h"
#include "ledger/schema/shape.h"

namespace fundtrail::api::cli {

namespace batch = ledger::batch;
namespace domain = ledger::domain;
namespace json = boost::json;
namespace schema = ledger::schema;
using client::Problem;
using client::Server;
using client::Target;
using crypto::Error;
using crypto::ErrorKind;
using crypto::Result;
using ledger::http::Answer;

namespace {

constexpr std::size_t kMostBatchFile = std::size_t{64} << 20U;
constexpr char kParcel[] = "application/vnd.fundtrail.batch";
constexpr int kAttempts = 12;  // some five minutes
constexpr std::chrono::seconds kLongestWait{30};

/// The ledger that the server has, and who signs.
struct Author {
  domain::LedgerId ledger;
  crypto::HashAlgorithm algorithm;
  crypto::PrivateKey key;
  domain::KeyId id;
};

std::string textIn(json::object const& object, std::string_view name) {
  auto const* const value = object.if_contains(name);
  auto const* const text = value == nullptr ? nullptr : value->if_string();
  return text == nullptr ? std::string() : std::string(*text);
}

/// Zero where there is none.
std::uint64_t numberIn(json::object const& object, std::string_view name) {
  auto const* const value = object.if_contains(name);
  if (value == nullptr) return 0;
  if (auto const* const number = value->if_uint64()) return *number;
  auto const* const number = value->if_int64();
  return number == nullptr || *number < 0 ? 0 : static_cast<std::uint64_t>(*number);
}

/// Whether the same request may do better in a while.
bool isBusy(Answer const& answer) {
  return answer.status == 429 || answer.status == 503 || answer.status == 502 || answer.status == 504;
}

/// Asks until there is an answer that waiting would not change. Error: where there was none for long.
template <class Ask>
Result<Answer> patiently(Session const& session, Server& server, crypto::PrivateKey const& key, Ask const& ask) {
  std::chrono::seconds wait{1};
  for (int attempt = 1;; ++attempt) {
    auto answer = ask();
    if (answer && answer->status == 401) {
      // A server that was started anew knows of no session.
      auto const signedIn = server.signInWith(key, Server::Remember::no);
      answer = signedIn ? ask() : Result<Answer>(signedIn.error());
    }
    bool const away = !answer && answer.error().kind == ErrorKind::io;
    if (!away && (!answer || !isBusy(*answer))) return answer;
    auto const error = answer ? server.errorOf(server.problemOf(*answer)) : answer.error();
    if (attempt == kAttempts) {
      return session.error(ErrorKind::io,
                           {"{}。稍后用同一命令继续：已记账的文件不会重复记账",
                            "{}. Run the same command again later: what is recorded is not recorded twice"},
                           error.message);
    }
    auto const asked = answer ? server.problemOf(*answer).retryAfter : std::nullopt;
    std::this_thread::sleep_for(asked ? std::chrono::seconds(*asked) : wait);
    wait = std::min(wait * 2, kLongestWait);
  }
}

/// What a server prepared, equal to what the file says.
struct Prepared {
  schema::Words statement;
  batch::EventList events;
};

class Submission {
 public:
  Submission(Session const& session, Server& server, Author author, BatchFiles const& batches)
      : session_(session), server_(server), author_(std::move(author)), batches_(batches) {}

  /// Exit::ok for one that is recorded, or was before.
  Result<Exit> take(std::filesystem::path const& path) {
    auto const file = ledger::files::readFile(path, kMostBatchFile);
    if (!file) return file.error();
    Target target("/v1/batches/prepare");
    if (batches_.again > 0) target.with("again", std::uint64_t{batches_.again});
    auto const answer =
        patiently(session_, server_, author_.key, [&] { return server_.post(target, "application/json", *file); });
    if (!answer) return answer.error();
    if (answer->status == 409) {
      if (auto const problem = server_.problemOf(*answer); problem.name == "alreadyRecorded")
        return known(path, problem);
    }
    auto const prepared = check(*file, server_.object(answer));
    if (!prepared) return prepared.error().of(path.string());
    return hand(path, *prepared);
  }

  [[nodiscard]] std::uint64_t recorded() const { return recorded_; }
  [[nodiscard]] std::uint64_t before() const { return before_; }

 private:
  [[nodiscard]] bool isAlone() const { return batches_.files.size() == 1; }

  Result<Exit> known(std::filesystem::path const& path, Problem const& problem) {
    ++before_;
    if (isAlone()) session_.out << path.string() << ": " << problem.detail << '\n';
    return Exit::ok;
  }

  Error otherwise() const {
    return session_.error(ErrorKind::badInput,
                          {"服务器准备的内容与文件不一致，未签署",
                           "the server prepared something else than the file says; nothing was signed"});
  }

  /// The event's hash, from the server.
  Result<crypto::Digest> hashOf(std::string_view number) {
    auto const at = hashes_.find(number);
    if (at != hashes_.end()) return at->second;
    Target target("/v1/events");
    auto const shown = server_.object(server_.get(target.then(number), "application/json"));
    if (!shown) return shown.error();
    auto const ref = domain::EventRef::parse(textIn(*shown, "hash"));
    if (!ref) return otherwise();
    return hashes_.emplace(number, ref->digest()).first->second;
  }

  Result<Prepared> check(std::string const& text, Result<json::object> const& answered) {
    if (!answered) return answered.error();
    std::string_view content(text);
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    if (content.starts_with(kByteOrderMark)) content.remove_prefix(kByteOrderMark.size());
    auto const file = schema::parseBatchFile(content);
    if (!file) return file.error();
    auto const* const list = answered->if_contains("events");
    if (list == nullptr || !list->is_array() || list->as_array().size() != file->events.size()) return otherwise();
    Prepared prepared;
    crypto::TreeHasher hasher(author_.algorithm);
    std::map<std::string, crypto::Digest, std::less<>> labels;
    for (std::size_t i = 0; i < file->events.size(); ++i) {
      auto const* const shown = list->as_array()[i].if_object();
      auto const bytes = crypto::fromBase64(shown == nullptr ? std::string() : textIn(*shown, "bytes"));
      if (!bytes) return otherwise();
      auto const words = schema::Words::copyOf(*bytes);
      if (words.bytes().size() != bytes->size() || !schema::checkShape<schema::Event>(words.bytes()))
        return otherwise();
      schema::Message<schema::Event> const message(words.bytes());
      schema::Salt salt{};
      auto const stated = message.root().getSalt();
      if (stated.size() != salt.size()) return otherwise();
      std::ranges::copy(stated, salt.begin());
      auto const own = file->events[i].encode(salt, [&](std::string_view reference) -> Result<crypto::Digest> {
        auto const label = labels.find(reference);
        return label != labels.end() ? Result<crypto::Digest>(label->second) : hashOf(reference);
      });
      if (!own) return own.error();
      if (!std::ranges::equal(own->bytes(), words.bytes())) return otherwise();
      if (auto const& label = file->events[i].label) labels.insert_or_assign(*label, hasher.leaf(words.bytes()));
      prepared.events.append(words.bytes());
    }
    auto const statement = crypto::fromBase64(textIn(*answered, "statement"));
    if (!statement) return otherwise();
    prepared.statement = schema::Words::copyOf(*statement);
    auto const views = prepared.events.views();
    auto const opened = batch::open(author_.algorithm, prepared.statement.bytes(), views);
    auto const key = ledger::history::idempotencyKeyOf(author_.algorithm, text, author_.id, batches_.again);
    bool const isOurs = opened && opened->ledger == author_.ledger && opened->author == author_.id &&
                        opened->idempotencyKey == key && prepared.statement.bytes().size() == statement->size();
    if (!isOurs) return otherwise();
    return prepared;
  }

  Result<Exit> hand(std::filesystem::path const& path, Prepared const& prepared) {
    batch::SignedBatch const signedBatch{
        prepared.statement, author_.key.sign(batch::messageToSign(prepared.statement.bytes())), prepared.events};
    auto const parcel = batch::toParcel(signedBatch);
    Target target("/v1/batches");
    if (batches_.dryRun) target.with("dryRun", "true");
    target.with("receipts", "false");
    auto const answer = patiently(session_, server_, author_.key,
                                  [&] { return server_.post(target, kParcel, crypto::asText(parcel)); });
    if (!answer) return answer.error();
    if (answer->status == 422) {
      session_.err << (isAlone() ? "" : path.string() + ": ")
                   << session_.text({"未予记录：{}\n", "refused: {}\n"}, server_.problemOf(*answer).detail);
      return Exit::refused;
    }
    auto const outcome = server_.object(answer);
    if (!outcome) return outcome.error().of(path.string());
    ++recorded_;
    warn(*outcome);
    if (isAlone()) show(*outcome, prepared.events);
    return Exit::ok;
  }

  /// What is worth a second look about it: a line each, where the errors go.
  void warn(json::object const& outcome) const {
    auto const* const list = outcome.if_contains("warnings");
    if (list == nullptr || !list->is_array()) return;
    for (auto const& each : list->as_array()) {
      auto const* const warning = each.if_object();
      if (warning == nullptr) continue;
      session_.err << session_.text(
          {"提示：第 {} 个事件，规则 {}：{}。{}\n", "warning: event {} of the file, rule {}: {}. {}\n"},
          numberIn(*warning, "event") + 1, textIn(*warning, "rule"), textIn(*warning, "reason"),
          textIn(*warning, "remedy"));
    }
  }

  void show(json::object const& outcome, batch::EventList const& events) {
    if (textIn(outcome, "outcome") == "lawful") {
      printEvents(session_, events);
      session_.out << session_.text({"符合全部规则（试算，未记账）\n", "lawful (dry run: nothing was recorded)\n"});
      return;
    }
    auto const* const list = outcome.if_contains("events");
    bool const hasEvents = list != nullptr && list->is_array() && !list->as_array().empty();
    auto const* const first = hasEvents ? list->as_array().front().if_object() : nullptr;
    printRecorded(session_, author_.algorithm, numberIn(outcome, "batch"), numberIn(outcome, "treeSize"),
                  first == nullptr ? 0 : numberIn(*first, "event"), events.views());
  }

  Session const& session_;
  Server& server_;
  Author author_;
  BatchFiles const& batches_;
  std::map<std::string, crypto::Digest, std::less<>> hashes_;  // of events, by number
  std::uint64_t recorded_ = 0;
  std::uint64_t before_ = 0;
};

Result<Author> authorAt(Session const& session, Server const& server, BatchFiles const& batches) {
  auto const ledger = server.object(server.get(Target("/v1/ledger"), "application/json"));
  if (!ledger) return ledger.error();
  auto const id = domain::LedgerId::parse(textIn(*ledger, "ledger"));
  if (!id) {
    return session.error(ErrorKind::badInput, {"{} 不是账本服务器", "{} is no ledger's server"}, server.url());
  }
  auto key = keys::readKeyFile(session, batches.key, batches.password);
  if (!key) return key.error();
  auto const algorithm =
      textIn(*ledger, "profile") == "gm" ? crypto::HashAlgorithm::sm3 : crypto::HashAlgorithm::sha256;
  domain::KeyId const author(key->publicKey().fingerprint(algorithm));
  return Author{*id, algorithm, *std::move(key), author};
}

}  // namespace

Result<Exit> submitTo(Session const& session, Server server, BatchFiles const& batches) {
  auto author = authorAt(session, server, batches);
  if (!author) return author.error();
  if (auto const signedIn = server.signInWith(author->key, Server::Remember::no); !signedIn) return signedIn.error();
  Submission submission(session, server, *std::move(author), batches);
  std::uint64_t const of = batches.files.size();
  std::optional<ProgressLine> progress;
  if (of > 1) progress.emplace(session, Text{"已提交 {} / {} 个文件", "{} of {} files handed in"});
  Result<Exit> done = Exit::ok;
  for (std::uint64_t i = 0; i < of && done && *done == Exit::ok; ++i) {
    done = submission.take(batches.files[i]);
    if (progress) progress->show(i + 1, of);
  }
  progress.reset();
  // Whether the session ends now or by itself changes nothing of what is recorded.
  static_cast<void>(server.signOut());
  if (of > 1) {
    session.out << session.text(
        {"{} 个文件{}，{} 个此前已记账\n", "{} files {}, {} were on record before\n"}, submission.recorded(),
        batches.dryRun ? session.text({"符合全部规则（试算，未记账）", "lawful (dry run: nothing was recorded)"})
                       : session.text({"已记账", "recorded"}),
        submission.before());
  }
  return done;
}

}  // namespace fundtrail::api::cli
