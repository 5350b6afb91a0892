// SPDX-License-Identifier: Apache-2.0
// The part of the proof that the bank and the ledger tell the same.
#pragma once

#include <cstdint>
#include <optional>

#include "ledger/domain/date.h"
#include "ledger/domain/event_context.h"
#include "replay/bank_limits.h"
#include "replay/bank_records.h"
#include "replay/chains.h"
#include "replay/findings.h"
#include "replay/parts.h"

namespace fundtrail::replay {

/// 银行相符. Statement by statement and line by line: each goes on where the one before ended, opening + credits −
/// debits = closing; a line that was matched with an event is that event's money (amount, direction, day, reference,
/// other side), and each event's money stands on one line. What no event explains is listed, never absorbed: money that
/// came from or went to somebody is a finding, unless the audit itself finds what it was (money recalled or returned to
/// the treasury, a payment that came back); what the bank booked for itself, its interest and small fees, is listed as
/// taken for granted. An event that no statement covers is not proven, and neither is what a statement of the last
/// month leaves open: it takes some days to reconcile. One thread; `chains` is shown each event first. `past` is asked
/// for both sides of a match that is taken back; what it cannot read, its owner must notice.
class BankCheck final : public Observer {
 public:
  BankCheck(Chains const& chains, ledger::domain::History const& past, Findings& findings)
      : chains_(chains), past_(past), findings_(findings) {}

  void take(ShownEvent const& shown) override;
  void takeBack(ShownEvent const& original, ShownEvent const& confirmation) override;

  /// Compares what is left, and adds findings. Events dated after `until`, if it is given, need no statement.
  [[nodiscard]] Part conclude(std::optional<ledger::domain::Date> until, BankLimits const& limits = {});

 private:
  using Fen = ledger::domain::Fen;
  using EventRef = ledger::domain::EventRef;

  [[nodiscard]] std::optional<ledger::domain::CityCode> cityOf(EventRef const& award) const;
  [[nodiscard]] std::optional<BankMove> moveOf(ledger::schema::Event::Reader event) const;
  [[nodiscard]] std::optional<BankOutgoing> outgoingOf(ledger::schema::Event::Reader event) const;
  [[nodiscard]] BankStatement* statement(EventRef const& ref);
  /// nullptr also for one that is matched.
  [[nodiscard]] BankLine* openLine(EventRef const& statement, std::uint32_t index);

  /// Both sides agree, or do not any more.
  void agree(ledger::domain::EventNumber number, BankMove const& move);
  void disagree(ledger::domain::EventNumber number, BankMove const& move);

  void import(ShownEvent const& shown, ledger::schema::StatementImported::Reader body);
  void match(ShownEvent const& shown, ledger::schema::LineMatched::Reader body);
  void unmatch(ledger::schema::LineMatched::Reader body);
  void refuse(ShownEvent const& shown, ledger::domain::Text text, std::optional<Fen> amount);

  Chains const& chains_;
  ledger::domain::History const& past_;
  Findings& findings_;
  BankRecords records_;
  std::optional<ledger::domain::Date> lastDay_;  // on which an event was accepted
  bool fails_ = false;
};

}  // namespace fundtrail::replay
