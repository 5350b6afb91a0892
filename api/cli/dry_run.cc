// SPDX-License-Identifier: Apache-2.0
#include "api/cli/dry_run.h"

#include <utility>

#include "ledger/domain/admit.h"
#include "ledger/history/fold.h"
#include "ledger/history/reading.h"
#include "ledger/schema/message.h"

namespace fundtrail::api::cli {

namespace {

namespace batch = ledger::batch;
namespace domain = ledger::domain;
namespace schema = ledger::schema;

/// The log, followed by the events of the batch that were found lawful.
class LogAndBatch final : public domain::History {
 public:
  explicit LogAndBatch(ledger::log::EventLog const& log) : log_(log) {}
  void add(domain::RecordedEvent event) { ahead_.push_back(std::move(event)); }

  // The folded state has forgotten no number.
  [[nodiscard]] bool used(domain::UsedNumber const&) const override { return false; }
  [[nodiscard]] std::optional<domain::RecordedEvent> event(domain::EventNumber number) const override {
    auto const recorded = log_.size().events;
    if (number.value() >= recorded + ahead_.size()) return std::nullopt;
    if (number.value() >= recorded) return ahead_[number.value() - recorded];
    auto read = ledger::history::readEvent(log_, number);
    if (!read) return std::nullopt;  // rule E3 then says that it is not on record
    return domain::RecordedEvent{read->context, std::move(read->bytes)};
  }

 private:
  ledger::log::EventLog const& log_;
  std::vector<domain::RecordedEvent> ahead_;
};

}  // namespace

crypto::Result<Judged> judge(Session const& session, ledger::log::EventLog const& log, batch::SignedBatch const& batch,
                             domain::Instant acceptedAt) {
  auto const events = batch.events.views();
  auto const contents = batch::open(log.hashAlgorithm(), batch.statement.bytes(), events);
  if (!contents) return contents.error();
  auto folded = ledger::history::fold(log, log.size().events);
  if (!folded) return folded.error();
  if (auto const* const author = folded->state.keys.find(contents->author);
      author && !batch::signatureHolds(author->key, batch.statement.bytes(), batch.signature)) {
    return session.error(crypto::ErrorKind::denied, {"签名与登记的公钥不符：请用本人密钥签名",
                                                     "the signature is not by the enrolled key: sign with your own"});
  }
  LogAndBatch history(log);
  Judged judged;
  for (std::size_t i = 0; i < events.size(); ++i) {
    schema::Message<schema::Event> const message(events[i]);
    domain::EventContext const context{domain::EventNumber(log.size().events + i), contents->refs[i], contents->author,
                                       acceptedAt};
    auto refusal = domain::examine(message.root());
    if (refusal) return Judged{ledger::BatchRefused{i, *std::move(refusal)}, {}};
    auto const about = domain::caseOf(folded->state, history, context, message.root());
    refusal = domain::admit(folded->state, history, about);
    if (refusal) return Judged{ledger::BatchRefused{i, *std::move(refusal)}, {}};
    for (auto& warning : domain::warn(folded->state, history, about))
      judged.warnings.push_back({i, std::move(warning)});
    domain::evolve(folded->state, about);
    history.add({context, schema::Words::copyOf(events[i])});
  }
  return judged;
}

}  // namespace fundtrail::api::cli
