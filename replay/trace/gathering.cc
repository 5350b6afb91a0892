// SPDX-License-Identifier: Apache-2.0
#include "replay/trace/gathering.h"

#include <algorithm>
#include <iterator>

#include "ledger/domain/read.h"
#include "ledger/history/reading.h"

namespace fundtrail::replay::trace {

void Gathering::take(ShownEvent const& shown) {
  if (starts_.empty() || starts_.back().batch != shown.batch) {
    starts_.push_back({shown.context.number.value(), shown.batch});
  }
  collector_.take(shown);
  auto const wrong = books_.book(shown.context, shown.event);
  crypto::ensure(!wrong, "an event that is shown has passed the audit's books");
  balances_.add(books_.lastBooked());
  if (shown.event.isKeyEnrolled()) {
    auto const body = shown.event.getKeyEnrolled();
    organisations_.insert_or_assign(std::string(domain::textOf(body.getPerson())),
                                    std::string(domain::textOf(body.getOrganisation())));
  }
  ++events_;
}

void Gathering::takeBack(ShownEvent const& original, ShownEvent const& confirmation) {
  collector_.takeBack(original, confirmation);
  auto const wrong = books_.takeBack(original.context, original.event);
  crypto::ensure(!wrong, "an event that is taken back has passed the audit's books");
  balances_.add(books_.lastBooked());
}

crypto::Result<void> Gathering::meetFounders(ledger::log::EventLog const& log) {
  auto const statement = ledger::history::readGenesisStatement(log);
  if (!statement) return statement.error();
  schema::Message<schema::Statement> const message(statement->bytes());
  for (auto const key : message.root().getGenesis().getKeys()) {
    organisations_.emplace(domain::textOf(key.getPerson()), domain::textOf(key.getOrganisation()));
  }
  return {};
}

domain::BatchNumber Gathering::batchOf(domain::EventNumber event) const {
  auto const after = std::ranges::upper_bound(starts_, event.value(), {}, &Start::firstEvent);
  crypto::ensure(after != starts_.begin(), "an event that was taken in stands in a batch");
  return std::prev(after)->batch;
}

std::string_view Gathering::organisationOf(std::string_view person) const {
  auto const at = organisations_.find(std::string(person));
  return at == organisations_.end() ? std::string_view() : std::string_view(at->second);
}

}  // namespace fundtrail::replay::trace
