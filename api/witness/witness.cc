// SPDX-License-Identifier: Apache-2.0
#include "api/witness/witness.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "crypto/bytes.h"
#include "crypto/digest.h"
#include "crypto/merkle.h"

namespace fundtrail::api::witness {

using crypto::Checkpoint;
using crypto::Error;
using crypto::ErrorKind;
using crypto::HashAlgorithm;
using crypto::Result;
using crypto::SignedNote;
using http::Response;

namespace {

Response plain(std::uint16_t status, std::string_view text) {
  return {status, "text/plain; charset=utf-8", std::string(text) + "\n"};
}

/// What was stored, taken apart.
struct Cosigned {
  SignedNote note;
  Checkpoint checkpoint;
};

Result<std::optional<Cosigned>> readNewest(Store const& store, std::string const& origin) {
  auto const stored = store.newest(origin);
  if (!stored) return stored.error();
  if (!*stored) return std::optional<Cosigned>();
  auto note = crypto::parseNote(**stored);
  if (!note) return note.error();
  auto checkpoint = crypto::parseCheckpoint(note->text);
  if (!checkpoint) return checkpoint.error();
  return std::optional(Cosigned{*std::move(note), *std::move(checkpoint)});
}

/// Whether the proof shows `next` to go on from the first `old` entries, whose root was `oldRoot`.
bool follows(HashAlgorithm algorithm, std::uint64_t old, std::optional<crypto::Digest> const& oldRoot,
             std::vector<crypto::Digest> const& proof, Checkpoint const& next) {
  if (old == 0) return proof.empty();  // every tree goes on from the empty one
  return crypto::verifyConsistency(algorithm, old, next.size, proof, *oldRoot, next.root);
}

}  // namespace

Result<std::unique_ptr<Witness>> Witness::make(crypto::Cosigner cosigner, crypto::LogPolicy const& logs, Store& store,
                                               Limits limits) {
  if (logs.logs().empty()) {
    return Error{ErrorKind::badInput, "the policy names no log: add a line \"log <vkey>\"",
                 "策略文件没有日志：请加一行“log <日志公钥>”"};
  }
  std::unique_ptr<Witness> witness(new Witness(std::move(cosigner), store, limits));
  for (auto const& log : logs.logs()) {
    auto const [at, isNew] = witness->logs_.try_emplace(log.key.name());
    bool const sm2 = log.key.key().algorithm() == crypto::KeyAlgorithm::sm2;
    auto& watched = at->second;
    watched.algorithm =
        sm2 && (isNew || watched.algorithm == HashAlgorithm::sm3) ? HashAlgorithm::sm3 : HashAlgorithm::sha256;
    watched.keys.push_back(log.key);
    watched.tokens = limits.atOnce;
  }
  for (auto& [origin, log] : witness->logs_) {
    if (auto const known = witness->recall(origin, log); !known) return known.error().of(origin);
  }
  auto const evidence = store.evidence();
  if (!evidence) return evidence.error();
  witness->equivocations_ = evidence->size();
  return witness;
}

Result<void> Witness::recall(std::string const& origin, Log& log) const {
  auto const last = readNewest(store_, origin);
  if (!last) return last.error();
  if (!*last) return {};
  auto const cosigned = crypto::verifyCosignatures((*last)->note, std::span(&cosigner_.verifier(), 1));
  if (!cosigned || cosigned->empty() || (*last)->checkpoint.origin != origin) {
    return Error{ErrorKind::corrupt,
                 "what is stored was not cosigned by this key: give the key and name that the directory belongs to",
                 "所存的检查点不是由此密钥见证的：请给出该目录所属的密钥和名称"};
  }
  log.size = (*last)->checkpoint.size;
  log.cosignedAt = cosigned->front().time;
  return {};
}

Response Witness::answer(http::Request const& request, Milliseconds now) {
  using http::Method;
  bool const reads = request.method == Method::get || request.method == Method::head;
  if (request.path == crypto::kAddCheckpoint) {
    if (request.method != Method::post) return {405, "text/plain; charset=utf-8", "post it\n", {{"Allow", "POST"}}};
    auto response = addCheckpoint(request.body, now);
    std::lock_guard const lock(countMutex_);
    ++answers_[response.status];
    return response;
  }
  if (!reads) return {405, "text/plain; charset=utf-8", "get it\n", {{"Allow", "GET, HEAD"}}};
  if (request.path == "/metrics") return metrics();
  constexpr std::string_view kCheckpoint = "/checkpoint";
  std::string_view path = request.path;
  if (path.starts_with('/') && path.ends_with(kCheckpoint) && path.size() > kCheckpoint.size()) {
    return checkpoint(path.substr(1, path.size() - 1 - kCheckpoint.size()));
  }
  return plain(404, "there is nothing here");
}

Response Witness::addCheckpoint(std::string_view body, Milliseconds now) {
  auto const asked = crypto::parseAddCheckpoint(body);
  if (!asked) return plain(400, asked.error().message);
  auto const note = crypto::parseNote(asked->checkpoint);
  if (!note) return plain(400, note.error().message);
  // Extension lines are refused: nobody can audit them, and a cosignature would cover them.
  auto const next = crypto::parseCheckpoint(note->text);
  if (!next) return plain(400, next.error().message);
  auto const log = logs_.find(next->origin);
  if (log == logs_.end()) return plain(404, "this witness does not know the log");
  if (auto const signers = crypto::verifyNote(*note, log->second.keys); !signers) {
    return plain(403, signers.error().message);
  }
  if (asked->oldSize > next->size) return plain(400, "old is larger than the checkpoint");
  std::lock_guard const lock(log->second.mutex);
  return extend(log->second, *asked, *note, *next, now);
}

Response Witness::extend(Log& log, crypto::AddCheckpoint const& asked, SignedNote const& note, Checkpoint const& next,
                         Milliseconds now) {
  auto const failed = [&] {
    log.failed = true;
    return plain(500, "the witness cannot store, and cosigns nothing of this log until it is started anew");
  };
  if (log.failed) return failed();
  auto const last = readNewest(store_, next.origin);
  if (!last) return failed();
  auto const size = *last ? (*last)->checkpoint.size : 0;
  if (*last && next.size == size && next.root != (*last)->checkpoint.root) {
    // The log signed both: that is worth keeping, whatever else is asked here.
    auto const stored = store_.newest(next.origin);
    if (!stored) return failed();
    auto const kept =
        store_.keep(next.origin, size, {static_cast<std::uint64_t>(now.count()), **stored, asked.checkpoint});
    if (!kept) return failed();
    if (*kept) ++equivocations_;
  }
  if (asked.oldSize != size) return {409, std::string(crypto::kTreeSizeContentType), crypto::formatTreeSize(size)};
  if (next.size == 0 && next.root != crypto::TreeHasher(log.algorithm).empty()) {
    return plain(422, "this is not the root of an empty log");
  }
  auto const oldRoot = *last ? std::optional((*last)->checkpoint.root) : std::nullopt;
  if (!follows(log.algorithm, size, oldRoot, asked.proof, next)) {
    return plain(422, "the checkpoint does not follow from the one that was cosigned last");
  }
  if (!takeToken(log, now)) return {429, "text/plain; charset=utf-8", "too many at once\n", {{"Retry-After", "1"}}};
  auto const stored = store_.newest(next.origin);
  if (!stored) return failed();
  auto response = cosign(log, note, next, *stored, now);
  return response.status == 500 ? failed() : response;
}

Response Witness::cosign(Log& log, SignedNote const& note, Checkpoint const& next,
                         std::optional<std::string> const& last, Milliseconds now) {
  // Never earlier than before, though the machine's clock may be set back.
  auto const seconds = static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::seconds>(now).count());
  auto const time = std::max({seconds, log.cosignedAt, std::uint64_t{1}});
  // What was understood is signed, not what was sent: a reader that understands it otherwise finds no signature.
  auto const text = crypto::formatCheckpoint(next);
  auto const line = cosigner_.signatureLine(text, time);
  std::vector<std::string> lines;
  for (auto const& signature : note.lines) {
    bool const byLog = std::ranges::any_of(log.keys, [&](crypto::NoteVerifier const& key) {
      return key.keyId() == signature.keyId && key.name() == signature.name;
    });
    if (byLog) lines.push_back(crypto::formatNoteLine(signature));
  }
  lines.push_back(line);
  auto const replaced = store_.replace(next.origin, last, crypto::formatNote(text, lines));
  if (!replaced) return plain(500, "");
  if (!*replaced) return {409, std::string(crypto::kTreeSizeContentType), crypto::formatTreeSize(log.size)};
  log.size = next.size;
  log.cosignedAt = time;
  return {200, "text/plain; charset=utf-8", line};
}

Response Witness::checkpoint(std::string_view originHash) const {
  for (auto const& [origin, log] : logs_) {
    if (crypto::hash(HashAlgorithm::sha256, crypto::asBytes(origin)).hex() != originHash) continue;
    auto const stored = store_.newest(origin);
    if (!stored) return plain(500, "the witness cannot read what it stored");
    if (!*stored) return plain(404, "nothing of this log was cosigned yet");
    return {200, "text/plain; charset=utf-8", **stored};
  }
  return plain(404, "this witness does not know the log");
}

Response Witness::metrics() {
  std::string text =
      "# HELP fundtrail_witness_requests_total Requests to add a checkpoint, by the status of the answer.\n"
      "# TYPE fundtrail_witness_requests_total counter\n";
  {
    std::lock_guard const lock(countMutex_);
    for (auto const& [status, count] : answers_) {
      text += fmt::format("fundtrail_witness_requests_total{{status=\"{}\"}} {}\n", status, count);
    }
  }
  std::string sizes;
  std::string times;
  for (auto& [origin, log] : logs_) {
    std::lock_guard const lock(log.mutex);
    // An origin holds no quotation mark's escape: parseCheckpoint and vkeys take names without white space and control
    // characters, and what is left of Prometheus' escapes is replaced.
    std::string label;
    for (char const c : origin) label += c == '"' || c == '\\' ? std::string{'\\', c} : std::string(1, c);
    sizes += fmt::format("fundtrail_witness_cosigned_size{{origin=\"{}\"}} {}\n", label, log.size);
    times += fmt::format("fundtrail_witness_cosigned_time_seconds{{origin=\"{}\"}} {}\n", label, log.cosignedAt);
  }
  text +=
      "# HELP fundtrail_witness_cosigned_size Entries under the newest checkpoint that was cosigned.\n"
      "# TYPE fundtrail_witness_cosigned_size gauge\n" +
      sizes +
      "# HELP fundtrail_witness_cosigned_time_seconds When that was, in seconds since 1970.\n"
      "# TYPE fundtrail_witness_cosigned_time_seconds gauge\n" +
      times +
      "# HELP fundtrail_witness_equivocations Pieces of evidence that a log told two stories.\n"
      "# TYPE fundtrail_witness_equivocations gauge\n" +
      fmt::format("fundtrail_witness_equivocations {}\n", equivocations_.load());
  return {200, "text/plain; version=0.0.4; charset=utf-8", std::move(text)};
}

bool Witness::takeToken(Log& log, Milliseconds now) const {
  constexpr double kMillisecondsPerSecond = 1000;
  auto const passed = std::max<double>(0, static_cast<double>((now - log.refilledAt).count()));
  log.tokens = std::min(limits_.atOnce, log.tokens + limits_.perSecond * passed / kMillisecondsPerSecond);
  log.refilledAt = now;
  if (log.tokens < 1) return false;
  log.tokens -= 1;
  return true;
}

}  // namespace fundtrail::api::witness
