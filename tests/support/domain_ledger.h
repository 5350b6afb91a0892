// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "crypto/ensure.h"
#include "ledger/batch/batch.h"
#include "ledger/batch/verifier.h"
#include "ledger/domain/admit.h"
#include "ledger/domain/read.h"
#include "ledger/domain/state.h"

// A ledger for tests of the core: signed batches go in, the rules judge them, the state follows. No log, no threads, no
// disk. A value: a copy is a point in time to come back to.

namespace fundtrail::tests {

namespace domain = ledger::domain;
namespace schema = ledger::schema;
namespace batch = ledger::batch;

struct Refused {
  std::optional<std::size_t> event;  // position in the batch; nothing: the batch as a whole
  std::string rule;                  // its id; empty for a batch that is not well-formed
  domain::Text reason;
};

class DomainLedger final : public domain::History {
 public:
  explicit DomainLedger(batch::SignedBatch const& genesis)
      : DomainLedger(schema::Message<schema::Statement>(genesis.statement.bytes()).root(), genesis.statement) {}

  domain::State const& state() const { return state_; }
  domain::LedgerId const& id() const { return id_; }
  crypto::HashAlgorithm hashAlgorithm() const { return state_.hashAlgorithm(); }
  std::vector<domain::RecordedEvent> const& events() const { return events_; }

  /// Records the batch as accepted when it was authored. A refusal leaves everything as it was.
  std::optional<Refused> submit(batch::SignedBatch const& signedBatch) {
    auto const views = signedBatch.events.views();
    auto const contents = batch::open(hashAlgorithm(), signedBatch.statement.bytes(), views);
    if (!contents) return Refused{std::nullopt, "", {contents.error().message, contents.error().message}};
    if (contents->ledger != id_) return Refused{std::nullopt, "", {"another ledger", "another ledger"}};
    auto const* const key = state_.keys.find(contents->author);
    if (!key) return Refused{std::nullopt, "S1", {"unknown key", "unknown key"}};
    if (!batch::signatureHolds(key->key, signedBatch.statement.bytes(), signedBatch.signature)) {
      return Refused{std::nullopt, "", {"signature", "signature"}};
    }
    auto const before = events_.size();
    state_.savepoint();
    for (std::size_t i = 0; i < views.size(); ++i) {
      schema::Message<schema::Event> const message(views[i]);
      domain::EventContext const context{domain::EventNumber(events_.size()), contents->refs[i], contents->author,
                                         contents->authoredAt};
      auto const refused = [&](domain::Refusal const& refusal) {
        state_.rollback();
        events_.erase(events_.begin() + static_cast<std::ptrdiff_t>(before), events_.end());
        return Refused{i, std::string(refusal.rule->id), static_cast<domain::Text const&>(refusal.reason)};
      };
      if (auto const refusal = domain::examine(message.root())) return refused(*refusal);
      auto const about = domain::caseOf(state_, *this, context, message.root());
      if (auto const refusal = domain::admit(state_, *this, about)) return refused(*refusal);
      domain::evolve(state_, about);
      events_.push_back({context, schema::Words::copyOf(views[i])});
    }
    state_.release();
    return std::nullopt;
  }

  /// State::numbers never forgets here, and so knows every number.
  bool used(domain::UsedNumber const&) const override { return false; }
  std::optional<domain::RecordedEvent> event(domain::EventNumber number) const override {
    if (number.value() >= events_.size()) return std::nullopt;
    return events_[number.value()];
  }

 private:
  DomainLedger(schema::Statement::Reader statement, schema::Words const& bytes)
      : state_(domain::State::initial(statement.getGenesis())),
        id_(batch::ledgerIdOf(state_.hashAlgorithm(), bytes.bytes())) {}

  domain::State state_;
  domain::LedgerId id_;
  std::vector<domain::RecordedEvent> events_;
};

}  // namespace fundtrail::tests
