// SPDX-License-Identifier: Apache-2.0
#include "api/cli/view.h"

#include <utility>

#include "api/views/city.h"

namespace fundtrail::api::cli {

namespace domain = ledger::domain;
namespace projections = ledger::projections;

crypto::Result<projections::Snapshot> readLedger(Session const& session, ViewOptions const& options,
                                                 ledger::history::Follower const& follow,
                                                 ledger::history::Observer const& observe) {
  auto const log = LedgerDirectory(options.place.ledger).openForReading(session);
  if (!log) return log.error();
  return projections::read(**log, asOf(options.asOf), follow, observe);
}

crypto::Result<ProjectView> readProjectView(Session const& session, ViewOptions const& options,
                                            std::string const& event) {
  auto const log = LedgerDirectory(options.place.ledger).openForReading(session);
  if (!log) return log.error();
  views::EventSearch search(event, (*log)->size().events);
  projections::Timelines timelines;
  auto snapshot = projections::read(
      **log, asOf(options.asOf),
      [&](domain::Case const& about) {
        search.apply(about);
        timelines.apply(about);
      },
      [&](domain::State const& after) { timelines.observe(after); });
  if (!snapshot) return snapshot.error();
  auto named = search.result(session);
  if (!named) return named.error();
  return ProjectView{*std::move(snapshot), std::move(timelines), *std::move(named)};
}

crypto::Result<CityView> readCityView(Session const& session, ViewOptions const& options, std::string const& city,
                                      ledger::history::Follower const& follow) {
  auto snapshot = readLedger(session, options, follow);
  if (!snapshot) return snapshot.error();
  if (city.empty()) return CityView{*std::move(snapshot), std::nullopt};
  auto const chosen = views::cityNamed(session, views::citiesOf(snapshot->state), city);
  if (!chosen) return chosen.error();
  return CityView{*std::move(snapshot), *chosen};
}

}  // namespace fundtrail::api::cli
