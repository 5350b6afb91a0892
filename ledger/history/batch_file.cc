// SPDX-License-Identifier: Apache-2.0
#include "ledger/history/batch_file.h"

#include <algorithm>

#include <fmt/format.h>

#include "crypto/keys.h"
#include "crypto/merkle.h"
#include "ledger/schema/json.h"

namespace fundtrail::ledger::history {

namespace {

using crypto::ErrorKind;
using crypto::Result;

Result<crypto::Digest> resolve(log::EventLog const& log, Labels const& labels, std::string_view reference) {
  if (auto const number = domain::EventNumber::parse(reference)) {
    auto const bytes = log.event(*number);
    if (!bytes) return bytes.error();
    return crypto::TreeHasher(log.hashAlgorithm()).leaf(*bytes);
  }
  auto const at = labels.find(reference);
  if (at != labels.end()) return at->second.digest();
  return crypto::Error{
      ErrorKind::badInput,
      fmt::format("\"@{}\" names no event: use the label of an event above, or the number of one on record (@123)",
                  reference),
      fmt::format("“@{}”没有对应的事件：请引用前面事件的 label，或写已入账事件的序号（如 @123）", reference)};
}

}  // namespace

Result<batch::EventList> readBatchFile(std::string_view json, log::EventLog const& log, Labels& labels) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";  // which editors on Windows put in front
  if (json.starts_with(kByteOrderMark)) json.remove_prefix(kByteOrderMark.size());
  auto const file = schema::parseBatchFile(json);
  if (!file) return file.error();
  crypto::TreeHasher hasher(log.hashAlgorithm());
  batch::EventList events;
  for (auto const& prepared : file->events) {
    schema::Salt salt{};
    crypto::randomBytes(salt);
    auto const event =
        prepared.encode(salt, [&](std::string_view reference) { return resolve(log, labels, reference); });
    if (!event) return event.error();
    events.append(event->bytes());
    if (prepared.label) labels.insert_or_assign(*prepared.label, domain::EventRef(hasher.leaf(event->bytes())));
  }
  return events;
}

batch::IdempotencyKey idempotencyKeyOf(crypto::HashAlgorithm algorithm, std::string_view file,
                                       domain::KeyId const& author, unsigned again) {
  crypto::Hasher hasher(algorithm);
  hasher.update(crypto::asBytes(file)).update(author.digest().view());
  if (again > 0) hasher.update(crypto::asBytes(std::to_string(again)));
  auto const digest = hasher.finish();
  batch::IdempotencyKey key{};
  std::copy_n(digest.bytes.begin(), key.size(), key.begin());
  return key;
}

}  // namespace fundtrail::ledger::history
