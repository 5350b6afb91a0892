// SPDX-License-Identifier: Apache-2.0
#include "ledger/projections/city_events.h"

#include <string>

#include <fmt/format.h>

#include "ledger/domain/case.h"
#include "ledger/domain/codes.h"
#include "ledger/history/fold.h"

namespace fundtrail::ledger::projections {

crypto::Result<std::vector<bool>> cityEvents(log::EventLog const& log, domain::CityCode city) {
  std::vector<bool> shown;
  auto const folded = history::fold(log, log.size().events, [&](domain::Case const& about) {
    auto const& region = about.subject.region;
    shown.push_back(region.isProvince() || region.cityOf() == city);
  });
  if (!folded) return folded.error();
  if (folded->state.cities.find(city)) return shown;
  return crypto::Error{
      crypto::ErrorKind::notFound,
      fmt::format("the ledger has no city {}: fundtrail status lists those that it has", domain::cityNameEn(city)),
      fmt::format("账本没有城市{}：fundtrail status 列出现有城市", domain::cityNameZh(city))};
}

}  // namespace fundtrail::ledger::projections
