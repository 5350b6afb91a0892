// SPDX-License-Identifier: Apache-2.0
#include "ledger/projections/current.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "ledger/domain/read.h"
#include "ledger/schema/message.h"

namespace fundtrail::ledger::projections {

namespace {

/// Whose bank accounts an event is about.
std::optional<domain::Uscc> accountHolderOf(domain::Case const& about) {
  auto const& event = about.event;
  if (event.isOrganisationRegistered()) return domain::readUscc(event.getOrganisationRegistered().getUscc());
  if (event.isBankAccountChanged()) return domain::readUscc(event.getBankAccountChanged().getUscc());
  if (!event.isChangeConfirmed() || !about.subject.pending) return std::nullopt;
  schema::Message<schema::Event> const message(about.subject.pending->event.bytes());
  if (!message.root().isBankAccountChanged()) return std::nullopt;
  return domain::readUscc(message.root().getBankAccountChanged().getUscc());
}

}  // namespace

void Organisations::apply(domain::Case const& about) {
  if (about.event.isOrganisationRegistered()) {
    auto const body = about.event.getOrganisationRegistered();
    auto const uscc = domain::readUscc(body.getUscc());
    accounts_.try_emplace(uscc, uscc);
    if (body.getKind() != schema::OrganisationKind::ENTERPRISE) providers_.try_emplace(uscc, uscc);
  }
  if (auto const holder = accountHolderOf(about)) {
    if (auto const at = accounts_.find(*holder); at != accounts_.end()) at->second.apply(about);
  }
  for (auto& [uscc, provider] : providers_) provider.apply(about);
}

AccountHistory const* Organisations::accountsOf(domain::Uscc const& uscc) const {
  auto const at = accounts_.find(uscc);
  return at == accounts_.end() ? nullptr : &at->second;
}

Provider const* Organisations::provider(domain::Uscc const& uscc) const {
  auto const at = providers_.find(uscc);
  return at == providers_.end() ? nullptr : &at->second;
}

crypto::Result<std::unique_ptr<Current>> Current::open(log::EventLog const& log) {
  std::unique_ptr<Current> current(new Current(log));
  auto tail = history::Tail::open(log, current->snapshot_.state);
  if (!tail) return tail.error();
  current->tail_ = *std::move(tail);
  auto const basis = basisOf(log, *current->tail_, {});
  if (!basis) return basis.error();
  current->snapshot_.basis = *basis;
  if (auto const read = current->advance(log.size().events); !read) return read.error();
  return current;
}

crypto::Result<bool> Current::advance(std::uint64_t most) {
  auto const from = tail_->position();
  auto const to = std::min(log_.size().events, from + most);
  if (to == from) return false;
  auto const advanced = tail_->advance(
      to,
      [this](domain::Case const& about) {
        snapshot_.particulars.apply(about);
        allocation_.apply(about);
        timelines_.apply(about);
        organisations_.apply(about);
        journal_.apply(about);
      },
      [this](domain::State const& after) { timelines_.observe(after); });
  if (!advanced) return advanced.error();
  auto const basis = basisOf(log_, *tail_, {});
  if (!basis) return basis.error();
  snapshot_.basis = *basis;
  return true;
}

}  // namespace fundtrail::ledger::projections
