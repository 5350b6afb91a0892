// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/domain/account_number.h"
#include "ledger/domain/case.h"
#include "ledger/domain/date.h"
#include "ledger/domain/finding.h"
#include "ledger/domain/money.h"
#include "ledger/domain/parties.h"
#include "ledger/domain/project.h"
#include "ledger/domain/refs.h"
#include "ledger/domain/uscc.h"
#include "ledger/projections/as_of.h"
#include "ledger/projections/award.h"
#include "ledger/projections/payments.h"

// Enterprise: everything that the programme has on record about one. Amounts are whole fen.

namespace fundtrail::ledger::projections {

/// How an account came to be registered.
enum class AccountStatus : std::uint8_t { registered, proposed, confirmed, rejected };

struct AccountEntry {
  domain::EventNumber event;
  domain::Date occurredOn;
  domain::AccountNumber number;
  std::string name;                               // as stated
  std::optional<domain::AccountNumber> replaces;  // nothing: one more
  AccountStatus status;
  std::optional<domain::Date> decidedOn{};
  friend bool operator==(AccountEntry const&, AccountEntry const&) = default;
};

/// An organisation's accounts and their changes: follows the log event by event, before evolve(). A value.
class AccountHistory {
 public:
  explicit AccountHistory(domain::Uscc owner) : owner_(owner) {}
  void apply(domain::Case const& about);
  [[nodiscard]] std::vector<AccountEntry> const& entries() const { return entries_; }

 private:
  domain::Uscc owner_;
  std::vector<AccountEntry> entries_;
};

struct EnterpriseContract {
  domain::EventNumber event;
  std::string number;
  domain::Date signedOn;
  schema::SupportMode mode;
  domain::Fen net;
  bool enrolled;
  bool withdrawn;
};

struct EnterpriseProject {
  domain::EventNumber event;
  std::string title;
  schema::Purpose purpose;
  schema::SupportMode mode;
  domain::ProjectStage stage;
  domain::Date since;
  domain::Fen eligible;
  domain::Fen subsidy;
};

struct EnterpriseAward {
  domain::EventNumber event;
  std::string number;
  AwardStatus status;
};

struct EnterpriseRecovery {
  domain::EventNumber event;
  std::string reason;
  domain::Fen ordered;
  domain::Fen received;
  domain::Fen waived;
  std::optional<domain::Date> due;
};

struct EnterpriseFinding {
  domain::EventNumber event;
  std::string description;
  schema::FraudKind fraud;
  domain::FindingStage stage;
  std::optional<domain::Date> due;
};

struct Enterprise {
  domain::Uscc uscc;
  std::string name;  // as registered
  domain::Organisation organisation;
  std::vector<AccountEntry> accounts;
  std::vector<EnterpriseContract> contracts;
  std::vector<EnterpriseProject> projects;
  std::vector<EnterpriseAward> awards;
  std::vector<PaymentStatus> payments;
  std::vector<EnterpriseRecovery> recoveries;
  std::vector<EnterpriseFinding> findings;
};

/// What the snapshot has of it, each list in order of recording; nothing for an organisation that is not registered.
/// The history has followed the same events.
[[nodiscard]] std::optional<Enterprise> enterpriseOf(Snapshot const& snapshot, domain::Uscc const& uscc,
                                                     AccountHistory const& history);

[[nodiscard]] std::string_view stageZh(domain::FindingStage stage);
[[nodiscard]] std::string_view stageEn(domain::FindingStage stage);

}  // namespace fundtrail::ledger::projections
