// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crypto/keys.h"
#include "ledger/domain/account_number.h"
#include "ledger/domain/chain.h"
#include "ledger/domain/city_code.h"
#include "ledger/domain/date.h"
#include "ledger/domain/event_context.h"
#include "ledger/domain/industry_code.h"
#include "ledger/domain/money.h"
#include "ledger/domain/uscc.h"
#include "ledger/schema/parties.capnp.h"
#include "ledger/schema/values.capnp.h"

// Who acts and who is paid: persons, keys, roles, organisations with their accounts.

namespace fundtrail::ledger::domain {

/// A role held in a region from one day to another, both included.
struct Grant {
  std::optional<EventRef> ref;  // nothing: founding grant, which no event can revoke
  schema::Role role;
  CityCode region;
  Date validFrom;
  Date validTo;
  [[nodiscard]] bool holdsOn(Date day) const { return validFrom <= day && day <= validTo; }
  friend bool operator==(Grant const&, Grant const&) = default;
};

struct Person {
  std::string id;            // personnel identifier, never a name
  std::string organisation;  // of an enterprise's own staff: its unified social credit code
  std::vector<Grant> grants;
  friend bool operator==(Person const&, Person const&) = default;
};

struct AuthorKey {
  PersonIndex person;
  crypto::PublicKey key;
  bool revoked = false;
  friend bool operator==(AuthorKey const&, AuthorKey const&) = default;
};

/// When an account came to be another's place: as dated, and as recorded.
struct AccountChange {
  Date on;
  Date acceptedOn;
  friend bool operator==(AccountChange const&, AccountChange const&) = default;
};

struct PayeeAccount {
  AccountNumber number;
  std::string name;                        // normalised (rule F3)
  std::optional<AccountChange> changed{};  // nothing: as first registered
  friend bool operator==(PayeeAccount const&, PayeeAccount const&) = default;
};

/// 禁入: kept out of the programme from one day to another, both included.
struct Ban {
  EventRef finding;  // ends with it, if there was none after all
  Date from;
  Date to;
  friend bool operator==(Ban const&, Ban const&) = default;
};

struct Organisation {
  std::string name;  // normalised
  schema::OrganisationKind kind;
  std::optional<CityCode> region;        // nothing: outside the province
  std::optional<IndustryCode> industry;  // nothing: not stated
  std::uint32_t staff;
  Fen annualRevenue;
  std::vector<PayeeAccount> accounts;
  std::vector<Ban> bans{};
  std::uint32_t confirmedFrauds = 0;  // findings against it that are confirmed and not closed (rule X1)
  [[nodiscard]] bool isBannedOn(Date day) const;
  friend bool operator==(Organisation const&, Organisation const&) = default;
};

/// A change that waits for its second person.
struct PendingChange {
  EventContext context;
  PersonIndex author;
  schema::Words event;
  bool decided = false;  // confirmed or rejected: it stays on record, so that nobody decides twice
  friend bool operator==(PendingChange const& a, PendingChange const& b) {
    return a.context.ref == b.context.ref && a.author == b.author && a.decided == b.decided;
  }
};

}  // namespace fundtrail::ledger::domain
