// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "crypto/digest.h"
#include "ledger/domain/bank.h"
#include "ledger/domain/catalogue.h"
#include "ledger/domain/control.h"
#include "ledger/domain/finding.h"
#include "ledger/domain/funds.h"
#include "ledger/domain/number_set.h"
#include "ledger/domain/parties.h"
#include "ledger/domain/project.h"
#include "ledger/domain/table.h"
#include "ledger/schema/batch.capnp.h"

namespace fundtrail::ledger::domain {

/// What admission needs to know: everything that the rules look at, and nothing for readers (projections serve those).
/// It is changed by evolve() alone, and is a function of the events alone. One thread; copies are independent.
class State {
 public:
  /// The state before the first event: the founding persons, keys and roles. `genesis` has passed checkShape() and
  /// examineGenesis(); anything else is a bug.
  static State initial(schema::Genesis::Reader genesis);

  /// The hash by which this ledger names keys and events: fixed by the profile.
  [[nodiscard]] crypto::HashAlgorithm hashAlgorithm() const { return hashAlgorithm_; }

  /// Marks the point to which rollback() returns. Savepoints do not nest; each ends in release() or rollback().
  void savepoint();
  void release();
  void rollback();

  /// Copies every record that `from` has added or changed since its savepoint. Used-up numbers are left alone.
  void takeOverChanges(State const& from);

  /// The person who signs with the key; nothing if it is not enrolled or revoked.
  [[nodiscard]] std::optional<PersonIndex> personOf(KeyId const& key) const;
  [[nodiscard]] Person const& person(PersonIndex index) const { return persons.at(static_cast<std::uint32_t>(index)); }
  /// Policy in force on a day: of those in force, the one published last (closing sentence of the notice).
  [[nodiscard]] Policy const* policyOn(Date day) const;
  /// What the policies in force on that day say together: the window of the latest, and each figure as the latest that
  /// states it sets it. A later document prevails where it differs, and repeals nothing by silence (closing sentence of
  /// the notice).
  [[nodiscard]] std::optional<Policy> figuresOn(Date day) const;
  /// The period that takes no event of the region dated on the day; nullptr while it is open (rule X3). A period closed
  /// for the province is closed for every city.
  [[nodiscard]] ClosedPeriod const* closedPeriod(CityCode region, Date day) const;

  Table<std::string, Person> persons;
  Table<KeyId, AuthorKey> keys;
  Table<EventRef, PersonIndex> grants;    // who holds a grant
  Table<std::uint32_t, Policy> policies;  // by order of publication
  Table<CityCode, City> cities;
  Table<Uscc, Organisation> organisations;
  Table<EventRef, Tranche> tranches;
  Table<EventRef, Contract> contracts;
  Table<EventRef, Project> projects;
  Table<ProviderKey, ProviderListing> providers;
  Table<ProductKey, Product> products;
  Table<EventRef, Complaint> complaints;
  Table<EventRef, Publicity> publicities;
  Table<EventRef, PublicityObjection> objections;
  Table<EventRef, Award> awards;
  Table<EventRef, Payment> payments;
  Table<EventRef, Recovery> recoveries;
  Table<EventRef, Finding> findings;
  Table<AccountNumber, AccountBook> accountBooks;
  Table<EventRef, Statement> statements;
  Table<EventNumber, bool> matched;                  // events that a statement's line stands for: true while it does
  Table<std::uint32_t, ClosedPeriod> closedPeriods;  // by order of closing
  Table<std::string, Witness> witnesses;
  Table<EventRef, PendingChange> pending;
  NumberSet numbers;
  Table<UsedNumber, bool>
      releasedNumbers;  // used up by an event that was reversed since: true while it may be used again

  /// Equal in all that the rules can see, numbers apart.
  friend bool operator==(State const& a, State const& b);

 private:
  template <class AnyState>
  static auto tablesOf(AnyState& state);
  template <class Visit>
  void eachTable(Visit&& visit);

  crypto::HashAlgorithm hashAlgorithm_ = crypto::HashAlgorithm::sha256;
};

}  // namespace fundtrail::ledger::domain
