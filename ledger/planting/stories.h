// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "ledger/domain/money.h"
#include "ledger/planting/draft.h"

namespace fundtrail::ledger::planting {

/// A line of a bank statement.
struct LinePlace {
  Place statement;
  std::uint32_t line;
};

/// The steps of one payment that went through at once.
struct PaymentStory {
  Place requested;
  std::optional<Place> reviewed{};
  std::optional<Place> approved{};
  std::optional<Place> instructed{};
  std::optional<Place> settled{};
  std::optional<Place> matched{};
  std::optional<LinePlace> line{};
  domain::Fen amount;
};

/// What happened to one reform project, by the events that tell it. Only of projects to which nothing out of the
/// ordinary happened: supported afterwards, with one contract, one verification of cost and one award, paid at once and
/// in whole from the city's first tranche; nothing reversed, returned, recovered, withdrawn, found or looked back on.
struct Story {
  std::uint32_t city;
  std::string enterprise;
  Place registered;
  Place contract;
  Place enrolled;
  Place assessedBefore;
  Place assessedAfter;
  Place submitted;
  Place formReviewed;
  Place siteChecked;
  Place verified;
  Place accepted;
  Place proposed;
  Place publicity;
  Place award;
  PaymentStory payment;
};

/// What is known of a city.
struct CityStory {
  std::uint32_t code;
  Place planFiled;
  Place firstTranche;
  Place received;
  std::vector<Place> splits;
  std::vector<Place> statements;  // in order
  std::vector<Place> siteChecks;
  bool settled = false;  // its final settlement is on record: what counts for it must stay
};

struct Stories {
  std::vector<Story> projects;  // in the order of their awards
  std::map<std::uint32_t, CityStory> cities;
  std::unordered_map<std::string, Place> registrations;  // of organisations, by unified social credit code
};

[[nodiscard]] Stories read(Draft const& draft);

}  // namespace fundtrail::ledger::planting
