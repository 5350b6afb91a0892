// SPDX-License-Identifier: Apache-2.0
// Writing: a batch that its author signed, and what an author is to sign.
#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <variant>

#include "api/service/body.h"
#include "api/service/handlers.h"
#include "api/service/reading.h"
#include "api/service/rendering.h"
#include "crypto/bytes.h"
#include "crypto/merkle.h"
#include "ledger/batch/batch.h"
#include "ledger/domain/authority.h"
#include "ledger/history/batch_file.h"
#include "ledger/history/reading.h"
#include "ledger/schema/json.h"
#include "ledger/schema/message.h"
#include "ledger/schema/names.h"
#include "ledger/schema/shape.h"

namespace fundtrail::api::service {

namespace batch = ledger::batch;
namespace domain = ledger::domain;
namespace json = boost::json;
namespace schema = ledger::schema;
using crypto::ErrorKind;
using crypto::Result;

namespace {

// Receipts go with the answer of so many events; for more, each is asked for.
constexpr std::size_t kMostReceipts = 16;

crypto::Error notWhole(views::Reader const& reader, std::string_view what) {
  return reader.error(ErrorKind::badInput,
                      {"{} 不是规范的 Cap'n Proto 消息：长度须为 8 字节的整数倍",
                       "{} is no canonical Cap'n Proto message: it must be whole words of 8 bytes"},
                      what);
}

Result<batch::SignedBatch> batchInJson(Call const& call) {
  auto const body = readBody(
      call, {{"statement", BodyField::base64}, {"signature", BodyField::base64}, {"events", BodyField::base64List}});
  if (!body) return body.error();
  auto const bytesOf = [](json::value const& value) { return *crypto::fromBase64(value.as_string()); };
  auto const statement = bytesOf(body->at("statement"));
  if (statement.empty() || statement.size() % sizeof(capnp::word) != 0) return notWhole(call.reader, "statement");
  batch::SignedBatch signedBatch{schema::Words::copyOf(statement), bytesOf(body->at("signature")), {}};
  std::size_t size = 0;
  for (auto const& event : body->at("events").as_array()) {
    auto const bytes = bytesOf(event);
    if (bytes.empty() || bytes.size() % sizeof(capnp::word) != 0) return notWhole(call.reader, "events");
    size += bytes.size();
    if (size > schema::kMaxBatchBytes) {
      return call.reader.error(ErrorKind::badInput,
                               {"一批事件最多 {} 字节", "the events of a batch have at most {} bytes"},
                               schema::kMaxBatchBytes);
    }
    signedBatch.events.append(bytes);
  }
  return signedBatch;
}

Result<batch::SignedBatch> batchIn(Call const& call) {
  if (contentTypeOf(call.request) == kParcelType) return batch::fromParcel(crypto::asBytes(call.request.body));
  return batchInJson(call);
}

json::array warningsJson(views::Reader const& reader, std::vector<ledger::BatchWarning> const& warnings) {
  json::array list;
  for (auto const& [event, warning] : warnings) {
    auto object = objectionJson(reader, warning);
    object["event"] = event;
    list.push_back(std::move(object));
  }
  return list;
}

/// Where the batch stands, and of each event its number and hash.
Result<json::object> recordedJson(Context const& context, Call const& call, ledger::Recorded const& recorded) {
  auto const cursor = context.ledger.log().read(recorded.batch);  // owns what it reads
  auto const stored = cursor->next();
  if (!stored) return stored.error();
  if (!*stored) return crypto::Error{ErrorKind::corrupt, "a batch that was recorded is not there"};
  crypto::TreeHasher hasher(context.ledger.hashAlgorithm());
  bool const withReceipts = call.arguments.text("receipts") != "false" && (*stored)->events.size() <= kMostReceipts;
  json::array events;
  for (std::size_t i = 0; i < (*stored)->events.size(); ++i) {
    domain::EventNumber const number(recorded.firstEvent.value() + i);
    schema::Message<schema::Event> const message((*stored)->events[i]);
    json::object event{{"event", number.value()},
                       {"hash", hasher.leaf((*stored)->events[i]).hex()},
                       {"type", schema::eventTypeName(message.root().which())},
                       {"awaitsSecondPerson", domain::authorityOf(message.root().which()).secondPerson}};
    if (withReceipts) {
      auto const receipt = context.receipts.make(**stored, i);
      if (!receipt) return receipt.error();
      event["receipt"] = json::object{{"label", receipt->label}, {"file", crypto::toBase64(receipt->file)}};
    }
    events.push_back(std::move(event));
  }
  return json::object{{"outcome", "recorded"},
                      {"again", recorded.again},
                      {"batch", recorded.batch.value()},
                      {"acceptedAt", recorded.acceptedAt.text()},
                      {"treeSize", recorded.treeSize == 0 ? json::value(nullptr) : json::value(recorded.treeSize)},
                      {"events", std::move(events)},
                      {"warnings", warningsJson(call.reader, recorded.warnings)}};
}

http::Response recordedAnswer(Context const& context, Call const& call, ledger::Recorded const& recorded) {
  auto const body = recordedJson(context, call, recorded);
  if (!body) return answer(call.reader, problemOf(call.reader, body.error()));
  return jsonResponse(recorded.again ? 200 : 201, *body);
}

http::Response outcomeAnswer(Context const& context, Call const& call, ledger::Outcome const& outcome) {
  if (auto const* const refused = std::get_if<ledger::BatchRefused>(&outcome)) {
    return answer(call.reader, problemOf(call.reader, *refused));
  }
  if (auto const* const error = std::get_if<crypto::Error>(&outcome)) {
    return answer(call.reader, problemOf(call.reader, *error));
  }
  return recordedAnswer(context, call, std::get<ledger::Recorded>(outcome));
}

http::Response judgementAnswer(Context const& context, Call const& call, ledger::Judgement judgement) {
  if (auto const* const lawful = std::get_if<ledger::Lawful>(&judgement)) {
    return jsonResponse(200, {{"outcome", "lawful"}, {"warnings", warningsJson(call.reader, lawful->warnings)}});
  }
  if (auto* const recorded = std::get_if<ledger::Recorded>(&judgement)) {
    return recordedAnswer(context, call, *recorded);
  }
  if (auto* const refused = std::get_if<ledger::BatchRefused>(&judgement)) {
    return answer(call.reader, problemOf(call.reader, *refused));
  }
  return answer(call.reader, problemOf(call.reader, std::get<crypto::Error>(judgement)));
}

}  // namespace

void postBatch(Context const& context, Call call, http::Answer give) {
  auto signedBatch = batchIn(call);
  if (!signedBatch) return give(answer(call.reader, problemOf(call.reader, signedBatch.error())));
  if (call.arguments.isTrue("dryRun")) {
    // Judging waits for its turn among the batches that are being sequenced.
    auto const waiting =
        std::make_shared<std::pair<Call, batch::SignedBatch>>(std::move(call), *std::move(signedBatch));
    return context.environment.later([&context, waiting, give = std::move(give)] {
      give(judgementAnswer(context, waiting->first, context.ledger.judge(std::move(waiting->second))));
    });
  }
  auto const waiting = std::make_shared<Call>(std::move(call));
  auto const answered = std::make_shared<http::Answer>(std::move(give));
  bool const taken =
      context.ledger.trySubmit(*std::move(signedBatch), [&context, waiting, answered](ledger::Outcome outcome) {
        // On the ledger's own thread: it hands on, and goes back to work.
        context.environment.later([&context, waiting, answered, outcome = std::move(outcome)] {
          if (std::holds_alternative<ledger::Recorded>(outcome)) context.caughtUpLater();
          (*answered)(outcomeAnswer(context, *waiting, outcome));
        });
      });
  if (taken) return;
  (*answered)(answer(waiting->reader,
                     {429,
                      "busy",
                      waiting->reader.text({"账本正忙：请稍后重新提交同一批次，不会重复记账",
                                            "the ledger is busy: hand in the same batch again, it is recorded once"}),
                      {},
                      1}));
}

http::Response postPrepare(Context const& context, Call const& call) {
  auto const& log = context.ledger.log();
  auto const algorithm = context.ledger.hashAlgorithm();
  auto const& author = call.principal->key;
  auto const again =
      static_cast<unsigned>(std::min<std::uint64_t>(call.arguments.number("again").value_or(0), 1'000'000));
  auto const key = ledger::history::idempotencyKeyOf(algorithm, call.request.body, author, again);
  auto const onRecord = log.find(author, key);
  if (!onRecord) return answer(call.reader, problemOf(call.reader, onRecord.error()));
  if (*onRecord) {
    return answer(
        call.reader,
        {409,
         "alreadyRecorded",
         call.reader.text({"此文件已由该密钥记为批次 {}；确需重复请加参数 again=1",
                           "this key handed in this file before, as batch {}; to repeat it on purpose, add the "
                           "parameter again=1"},
                          (*onRecord)->value()),
         {{"batch", (*onRecord)->value()}}});
  }
  ledger::history::Labels labels;
  auto const events = ledger::history::readBatchFile(call.request.body, log, labels);
  if (!events) return answer(call.reader, problemOf(call.reader, events.error()));
  if (events->byteSize() > schema::kMaxBatchBytes) {
    return answer(call.reader,
                  {413, "tooLarge",
                   call.reader.text({"一批事件最多 {} 字节", "the events of a batch have at most {} bytes"},
                                    schema::kMaxBatchBytes)});
  }
  auto const statement = batch::statementOf(context.ledger.id(), algorithm, author, call.now, key, *events);
  schema::Message<schema::Statement> const message(statement.bytes());
  auto const root = message.root().getEventsRoot();
  crypto::TreeHasher hasher(algorithm);
  json::array list;
  for (auto const bytes : events->views()) {
    schema::Message<schema::Event> const event(bytes);
    list.push_back(json::object{{"bytes", crypto::toBase64(bytes)},
                                {"hash", hasher.leaf(bytes).hex()},
                                {"event", schema::readersJson(event.root())},
                                {"shown", schema::describe(event.root(), call.reader.language)}});
  }
  return jsonResponse(200, {{"events", std::move(list)},
                            {"eventsRoot", crypto::toHex({root.begin(), root.size()})},
                            {"statement", crypto::toBase64(statement.bytes())},
                            {"message", crypto::toBase64(batch::messageToSign(statement.bytes()))},
                            {"authoredAt", call.now.text()}});
}

}  // namespace fundtrail::api::service
