// SPDX-License-Identifier: Apache-2.0
#include "replay/journal/vouchers.h"

#include <algorithm>

#include "crypto/ensure.h"
#include "ledger/domain/read.h"

namespace fundtrail::replay::journal {

using domain::EventRef;
using domain::Fen;
using schema::Purpose;
using E = schema::Event::Which;

namespace {

template <class Map>
auto const& known(Map const& map, EventRef const& ref) {
  auto const at = map.find(ref);
  crypto::ensure(at != map.end(), "a lawful event names what an earlier one brought");
  return at->second;
}

}  // namespace

// ---- a voucher and its lines

void Vouchers::begin(ShownEvent const& shown) {
  current_ = &vouchers_.emplace_back(Voucher{shown.context.number,
                                             shown.context.ref,
                                             shown.batch,
                                             domain::readDate(shown.event.getOccurredOn()),
                                             shown.event.which(),
                                             std::nullopt,
                                             std::nullopt,
                                             std::string(shown.person),
                                             {},
                                             shown.event.getDocuments().size(),
                                             lines_.size(),
                                             lines_.size()});
}

void Vouchers::end() {
  current_->lastLine = lines_.size();
  if (current_->lastLine == current_->firstLine) {
    vouchers_.pop_back();
  } else {
    voucherOf_.insert_or_assign(current_->ref, vouchers_.size() - 1);
    if (current_->award) awards_.at(*current_->award).vouchers.push_back(vouchers_.size() - 1);
  }
  current_ = nullptr;
}

void Vouchers::enter(std::size_t tranche, Purpose purpose, std::uint32_t county, Account account, Fen amount) {
  LedgerAccount const key{tranche, purpose, county, account};
  auto const [at, isNew] = accountAt_.emplace(key, accounts_.size());
  if (isNew) accounts_.push_back(key);
  lines_.push_back({at->second, amount});
}

void Vouchers::move(std::size_t tranche, Purpose purpose, std::uint32_t county, Account from, Account to, Fen amount) {
  enter(tranche, purpose, county, to, amount);
  enter(tranche, purpose, county, from, -amount);
}

void Vouchers::settle(EventRef const& award, std::span<Share const> shares, Account from, Account to) {
  auto const purpose = known(awards_, award).purpose;
  current_->award = award;
  for (auto const& share : shares) {
    if (!share.amount.isZero()) move(share.tranche, purpose, share.county, from, to, share.amount);
  }
}

// ---- what an event draws on

std::size_t Vouchers::trancheOf(capnp::Data::Reader ref) const {
  return known(trancheAt_, domain::readRef(ref));
}

std::vector<Vouchers::Share> Vouchers::sharesOf(capnp::List<schema::Draw>::Reader draws) const {
  std::vector<Share> shares;
  for (auto const draw : draws) {
    shares.push_back({trancheOf(draw.getTranche()), draw.getCounty(), domain::readFen(draw.getAmountFen())});
  }
  return shares;
}

std::vector<Vouchers::Share> Vouchers::stillReserved(Award const& award) const {
  std::vector<Share> shares;
  for (auto const number : award.vouchers) {
    for (auto const& line : lines(vouchers_[number])) {
      auto const& account = accounts_[line.account];
      if (account.account != Account::reserved) continue;
      auto const at = std::ranges::find_if(shares, [&](Share const& share) {
        return share.tranche == account.tranche && share.county == account.county;
      });
      if (at == shares.end()) {
        shares.push_back({account.tranche, account.county, line.amount});
      } else {
        at->amount += line.amount;
      }
    }
  }
  return shares;
}

// ---- the events

void Vouchers::issue(schema::TrancheIssued::Reader body, domain::EventContext const& context) {
  trancheAt_.emplace(context.ref, tranches_.size());
  tranches_.push_back({context.ref, context.number, domain::readRegion(body.getCity()),
                       std::string(domain::textOf(body.getNumber())), body.getLevel(), body.getKind(), body.getYear()});
  current_->reference = tranches_.back().document;
  move(tranches_.size() - 1, Purpose::NOT_STATED, 0, Account::outside, Account::issued,
       domain::readFen(body.getAmountFen()));
}

void Vouchers::adjust(schema::TrancheAdjusted::Reader body) {
  current_->reference = domain::textOf(body.getNumber());
  // Less money is the same entry in red (红字): negative on both sides.
  move(trancheOf(body.getTranche()), Purpose::NOT_STATED, 0, Account::outside, Account::issued,
       domain::readFen(body.getChangeFen()));
}

void Vouchers::pay(capnp::Data::Reader payment, Account from, Account to, capnp::Text::Reader reference) {
  current_->reference = domain::textOf(reference);
  auto const& record = known(payments_, domain::readRef(payment));
  settle(record.award, record.shares, from, to);
}

void Vouchers::recover(schema::RecoveryReceived::Reader body) {
  current_->reference = domain::textOf(body.getBankReference());
  auto const back = body.getDisposition() == schema::Disposition::TREASURY;
  settle(known(recoveries_, domain::readRef(body.getRecovery())), sharesOf(body.getDraws()), Account::paid,
         back ? Account::returnedToTreasury : Account::available);
}

void Vouchers::take(ShownEvent const& shown) {
  auto const event = shown.event;
  auto const& ref = shown.context.ref;
  begin(shown);
  switch (event.which()) {
    case E::TRANCHE_ISSUED: issue(event.getTrancheIssued(), shown.context); break;
    case E::TRANCHE_ADJUSTED: adjust(event.getTrancheAdjusted()); break;
    case E::TRANCHE_RECEIVED: {
      auto const body = event.getTrancheReceived();
      current_->reference = domain::textOf(body.getBankReference());
      move(trancheOf(body.getTranche()), Purpose::NOT_STATED, 0, Account::issued, Account::available,
           domain::readFen(body.getAmountFen()));
      break;
    }
    case E::TRANCHE_SPLIT: {
      auto const body = event.getTrancheSplit();
      auto const tranche = trancheOf(body.getTranche());
      auto const amount = domain::readFen(body.getAmountFen());
      enter(tranche, body.getPurpose(), body.getCounty(), Account::available, amount);
      enter(tranche, body.getFromPurpose(), body.getFromCounty(), Account::available, -amount);
      break;
    }
    case E::TRANCHE_RECALLED: {
      auto const body = event.getTrancheRecalled();
      current_->reference = domain::textOf(body.getNumber());
      move(trancheOf(body.getTranche()), body.getPurpose(), body.getCounty(), Account::available, Account::recalled,
           domain::readFen(body.getAmountFen()));
      break;
    }
    case E::PROJECT_ENROLLED: purposes_.emplace(ref, event.getProjectEnrolled().getPurpose()); break;
    case E::AWARD_APPROVED: {
      auto const body = event.getAwardApproved();
      current_->reference = domain::textOf(body.getNumber());
      awards_.emplace(ref, Award{known(purposes_, domain::readRef(body.getProject())), {}});
      settle(ref, sharesOf(body.getDraws()), Account::available, Account::reserved);
      break;
    }
    case E::AWARD_WITHDRAWN: {
      auto const award = domain::readRef(event.getAwardWithdrawn().getAward());
      settle(award, stillReserved(known(awards_, award)), Account::reserved, Account::available);
      break;
    }
    case E::PAYMENT_REQUESTED: {
      auto const body = event.getPaymentRequested();
      payments_.emplace(ref, Payment{domain::readRef(body.getAward()), sharesOf(body.getDraws())});
      break;
    }
    case E::PAYMENT_INSTRUCTED: {
      auto const body = event.getPaymentInstructed();
      pay(body.getPayment(), Account::reserved, Account::inFlight, body.getVoucherNumber());
      break;
    }
    case E::PAYMENT_SETTLED: {
      auto const body = event.getPaymentSettled();
      pay(body.getPayment(), Account::inFlight, Account::paid, body.getBankReference());
      break;
    }
    case E::PAYMENT_RETURNED: {
      auto const body = event.getPaymentReturned();
      pay(body.getPayment(), Account::inFlight, Account::reserved, body.getBankReference());
      break;
    }
    case E::RECOVERY_ORDERED: recoveries_.emplace(ref, domain::readRef(event.getRecoveryOrdered().getAward())); break;
    case E::RECOVERY_RECEIVED: recover(event.getRecoveryReceived()); break;
    default: break;  // moves no money and names no source of it
  }
  end();
}

void Vouchers::takeBack(ShownEvent const& original, ShownEvent const& confirmation) {
  auto const at = voucherOf_.find(original.context.ref);
  if (at == voucherOf_.end()) return;  // moved no money
  auto const taken = vouchers_[at->second];
  begin(confirmation);
  current_->type = original.event.which();
  current_->takesBack = original.context.number;
  current_->award = taken.award;
  current_->reference = taken.reference;
  for (auto line = taken.firstLine; line < taken.lastLine; ++line) {
    auto const [account, amount] = lines_[line];
    lines_.push_back({account, -amount});
  }
  end();
}

std::vector<Fen> Vouchers::balances() const {
  std::vector<Fen> balances(accounts_.size());
  for (auto const& [account, amount] : lines_) balances[account] += amount;
  return balances;
}

}  // namespace fundtrail::replay::journal
