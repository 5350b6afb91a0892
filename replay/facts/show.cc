// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <utility>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>
#include <fmt/format.h>

#include "crypto/keys.h"
#include "ledger/batch/batch.h"
#include "ledger/batch/verifier.h"
#include "ledger/domain/read.h"
#include "ledger/schema/message.h"
#include "ledger/schema/shape.h"
#include "replay/facts/collector.h"

namespace fundtrail::replay::facts {

namespace {

namespace batch = ledger::batch;
using crypto::Error;
using crypto::ErrorKind;
using crypto::Result;

Error notAsProven(domain::BatchNumber number, std::string_view en, std::string_view zh) {
  return {ErrorKind::corrupt,
          fmt::format("batch {} is not what was proven ({}): nobody may write to the log while it is read; verify it "
                      "again",
                      number.text(), en),
          fmt::format("批次 {} 与已证明的内容不符（{}）：读取期间不得改动日志，请重新验证", number.text(), zh)};
}

/// Walks a log and remembers what an event's bytes do not say: whose key is whose, and which reversal waits.
class Show {
 public:
  Show(ledger::log::EventLog const& log, std::uint64_t events, Observer& observer)
      : log_(log), events_(events), observer_(observer) {}

  Result<void> run() {
    auto const cursor = log_.read(domain::BatchNumber(0));
    while (true) {
      auto const stored = cursor->next();
      if (!stored) return stored.error();
      if (!*stored || (*stored)->firstEvent.value() >= events_) return {};
      if (auto const shown = show(**stored); !shown) return shown;
    }
  }

 private:
  struct Waiting {
    domain::EventRef original;
    domain::EventNumber number;
  };

  Result<batch::Contents> contentsOf(ledger::log::StoredBatch const& stored, schema::Entry::Reader entry) const {
    auto checked = batch::check(log_.hashAlgorithm(), noKeys_, domain::bytesOf(entry.getStatement()),
                                domain::bytesOf(entry.getSignature()), stored.events);
    if (!checked.contents) {
      auto const& why = checked.contents.error();
      return notAsProven(stored.number, why.message, why.zh.empty() ? why.message : why.zh);
    }
    if (checked.objection) {
      auto const& why = checked.objection->refusal.reason;
      return notAsProven(stored.number, why.en, why.zh);
    }
    return *std::move(checked.contents);
  }

  Result<void> show(ledger::log::StoredBatch const& stored) {
    if (auto const shape = schema::checkShape<schema::Entry>(stored.entry); !shape) {
      return notAsProven(stored.number, shape.error().message, shape.error().zh);
    }
    schema::Message<schema::Entry> const message(stored.entry);
    auto const entry = message.root();
    auto const acceptedAt = domain::Instant::fromMilliseconds(entry.getAcceptedAt());
    if (!acceptedAt) return notAsProven(stored.number, "its time is none of the calendar", "入账时间不在日历之内");
    auto const contents = contentsOf(stored, entry);
    if (!contents) return contents.error();
    if (stored.number == domain::BatchNumber(0)) return found(entry);
    auto const enrolled = persons_.find(contents->author);
    if (enrolled == persons_.end()) {
      return notAsProven(stored.number, "nothing before it enrols its author's key", "此前没有登记其签名密钥");
    }
    auto const person = enrolled->second;  // a copy: the batch may enrol others
    for (std::size_t i = 0; i < stored.events.size() && stored.firstEvent.value() + i < events_; ++i) {
      schema::Message<schema::Event> const event(stored.events[i]);
      domain::EventContext const context{domain::EventNumber(stored.firstEvent.value() + i), contents->refs[i],
                                         contents->author, *acceptedAt};
      ShownEvent const shown{context, stored.number, person, event.root()};
      observer_.take(shown);
      if (auto const noted = note(shown); !noted) return noted;
    }
    return {};
  }

  Result<void> found(schema::Entry::Reader entry) {
    schema::Message<schema::Statement> const statement(domain::bytesOf(entry.getStatement()));
    for (auto const key : statement.root().getGenesis().getKeys()) {
      if (auto const enrolled = enrol(key.getPerson(), key.getPublicKey()); !enrolled) return enrolled;
    }
    return {};
  }

  Result<void> enrol(capnp::Text::Reader person, capnp::Data::Reader spki) {
    auto const key = crypto::PublicKey::fromSpki(domain::bytesOf(spki));
    if (!key) return key.error();
    persons_.emplace(domain::KeyId(key->fingerprint(log_.hashAlgorithm())), domain::textOf(person));
    return {};
  }

  Result<void> note(ShownEvent const& shown) {
    if (shown.event.isKeyEnrolled()) {
      auto const body = shown.event.getKeyEnrolled();
      return enrol(body.getPerson(), body.getPublicKey());
    }
    if (shown.event.isEventReversed()) {
      auto const body = shown.event.getEventReversed();
      reversals_.emplace(shown.context.ref,
                         Waiting{domain::readRef(body.getEvent()), domain::EventNumber(body.getNumber())});
      return {};
    }
    if (!shown.event.isChangeConfirmed()) return {};
    auto const body = shown.event.getChangeConfirmed();
    auto const at = reversals_.find(domain::readRef(body.getChange()));
    if (at == reversals_.end()) return {};
    auto const waiting = at->second;
    reversals_.erase(at);
    return body.getOutcome() == schema::Outcome::PASS ? takeBack(waiting, shown) : Result<void>();
  }

  /// The original is read again from its batch, which names its author and its time.
  Result<void> takeBack(Waiting const& waiting, ShownEvent const& confirmation) {
    auto const number = log_.batchOf(waiting.number);
    if (!number) return number.error();
    auto const cursor = log_.read(*number);
    auto const stored = cursor->next();
    if (!stored) return stored.error();
    if (!*stored) return notAsProven(*number, "it is missing", "缺失");
    auto const& batch = **stored;
    if (auto const shape = schema::checkShape<schema::Entry>(batch.entry); !shape) {
      return notAsProven(*number, shape.error().message, shape.error().zh);
    }
    schema::Message<schema::Entry> const message(batch.entry);
    auto const contents = contentsOf(batch, message.root());
    if (!contents) return contents.error();
    auto const acceptedAt = domain::Instant::fromMilliseconds(message.root().getAcceptedAt());
    auto const position = waiting.number.value() - batch.firstEvent.value();
    auto const person = persons_.find(contents->author);
    if (!acceptedAt || person == persons_.end() || position >= batch.events.size() ||
        contents->refs[position] != waiting.original) {
      return notAsProven(*number, "it does not hold the event that was taken back", "其中没有被冲销的事件");
    }
    schema::Message<schema::Event> const event(batch.events[position]);
    domain::EventContext const context{waiting.number, waiting.original, contents->author, *acceptedAt};
    observer_.takeBack({context, *number, person->second, event.root()}, confirmation);
    return {};
  }

  ledger::log::EventLog const& log_;
  std::uint64_t events_;
  Observer& observer_;
  batch::KeyRing const noKeys_;  // signatures were verified
  boost::unordered_flat_map<domain::KeyId, std::string> persons_;
  boost::unordered_flat_map<domain::EventRef, Waiting> reversals_;
};

}  // namespace

Result<void> show(ledger::log::EventLog const& log, std::uint64_t events, Observer& observer) {
  return Show(log, events, observer).run();
}

Result<Facts> collect(ledger::log::EventLog const& log, std::uint64_t events) {
  Collector collector;
  if (auto const shown = show(log, events, collector); !shown) return shown.error();
  return collector.release();
}

}  // namespace fundtrail::replay::facts
