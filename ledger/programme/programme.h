// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "ledger/domain/city_code.h"
#include "ledger/domain/date.h"
#include "ledger/domain/money.h"
#include "ledger/schema/values.capnp.h"

// The Guangdong programme (广东省级中小企业数字化转型城市试点专项资金) as data: what its documents state, ready to be
// signed. Everything here is static, and safe on any thread.

namespace fundtrail::ledger::programme {

/// A batch file (schema::parseBatchFile) of the programme, and the role whose holder signs it. They are recorded in the
/// order of batchFiles(), each with the date that its events bear.
struct ProgrammeFile {
  std::string_view name;  // "policies.json"
  schema::Role signedBy;
  std::string_view json;
};
/// policies.json and cities.json of the province's industry department; tranches.json of its finance department.
[[nodiscard]] std::span<ProgrammeFile const> batchFiles();

/// 支持时间段 （一）: what a policy of the programme supports must happen from one day to another, both included.
struct Window {
  domain::Date inForceFrom;
  domain::Date from;
  domain::Date to;
};
/// That of the policy in force on a day; before the first, the first's.
[[nodiscard]] Window const& windowOn(domain::Date day);

/// A pilot city. Minimum: clause （二） of 粤工信工业互联网函〔2026〕18号. First tranche: issued on 2024-01-02, 80 % of
/// what the city is to get.
struct PilotCity {
  domain::CityCode code;
  std::uint32_t minEnterprises;
  domain::Fen firstTranche;
};
/// The 14 cities, by code.
[[nodiscard]] std::span<PilotCity const> pilotCities();

/// A batch of awards as a city published it.
struct PublishedBatch {
  domain::CityCode city;
  domain::Date publishedOn;
  std::string_view title;
  std::uint32_t projects;
  domain::Fen total;
};
/// The three that are known, by date.
[[nodiscard]] std::span<PublishedBatch const> publishedBatches();

/// What a city's own published rule says on reform projects. A figure that the rule does not state is absent.
struct CityRule {
  domain::CityCode city;
  std::string_view number;
  domain::Date inForceFrom;
  std::optional<domain::BasisPoints> rate;
  struct Cap {
    std::uint8_t level;
    domain::Fen amount;
  };
  std::span<Cap const> caps;
};
/// 中山 and 珠海.
[[nodiscard]] std::span<CityRule const> cityRules();

}  // namespace fundtrail::ledger::programme
