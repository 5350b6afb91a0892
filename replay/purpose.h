// SPDX-License-Identifier: Apache-2.0
// The part of the proof that each paid fen walks back to what it was given for.
#pragma once

#include <cstdint>
#include <optional>
#include <set>

#include "replay/chains.h"
#include "replay/findings.h"
#include "replay/parts.h"

namespace fundtrail::replay {

/// 专款专用. When a payment settles, its money must walk back: to a request by the award's own enterprise, to the
/// award, to its project, from there to a contract and to verified cost whose lines are backed by invoices (receipts of
/// interest), and along its draws to tranches of the same city. What was paid for an award in all may exceed neither
/// the award nor that cost; support before or during the work (事前, 事中) is held against its contracts until its cost
/// is verified. One thread; `chains` is shown each event first.
class PurposeCheck final : public Observer {
 public:
  PurposeCheck(Chains const& chains, Findings& findings) : chains_(chains), findings_(findings) {}

  void take(ShownEvent const& shown) override;
  void takeBack(ShownEvent const& original, ShownEvent const& confirmation) override;

  /// What it counted. `standing` is that of its findings; who did not show it all events says so.
  [[nodiscard]] Part conclude() const;

 private:
  using Fen = ledger::domain::Fen;

  void settle(ShownEvent const& shown, ledger::schema::PaymentSettled::Reader body);
  [[nodiscard]] std::optional<ledger::domain::Text> whyNotBound(Chains::Payment const& payment,
                                                                ledger::schema::PaymentSettled::Reader body) const;

  Chains const& chains_;
  Findings& findings_;
  std::uint64_t settled_ = 0;
  std::uint64_t bound_ = 0;
  Fen boundMoney_;
  std::set<ledger::domain::EventNumber> unbound_;  // settlements that were found
};

}  // namespace fundtrail::replay
