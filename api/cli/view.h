// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "api/cli/ledger_directory.h"
#include "api/cli/options.h"
#include "api/cli/session.h"
#include "api/views/report.h"
#include "api/views/search.h"
#include "ledger/projections/as_of.h"
#include "ledger/projections/timeline.h"

// What the commands that show the ledger as of a position have in common.

namespace fundtrail::api::cli {

/// Of the format that the options name, one of addView()'s.
[[nodiscard]] inline views::Format formatOf(ViewOptions const& options) {
  return *views::formatNamed(options.format);
}

/// The ledger as the options say; follower and observer as in projections::read(), whose errors it gives.
crypto::Result<ledger::projections::Snapshot> readLedger(Session const& session, ViewOptions const& options,
                                                         ledger::history::Follower const& follow = {},
                                                         ledger::history::Observer const& observe = {});

/// What an event of a project belongs to.
struct ProjectView {
  ledger::projections::Snapshot snapshot;
  ledger::projections::Timelines timelines;
  views::NamedEvent named;
};
/// The ledger, and the event that the text names. Error: notFound, or badInput where it names several.
crypto::Result<ProjectView> readProjectView(Session const& session, ViewOptions const& options,
                                            std::string const& event);

struct CityView {
  ledger::projections::Snapshot snapshot;
  std::optional<ledger::domain::CityCode> city;  // nothing: all
};
/// The ledger, and the city that --city names, if it names one.
crypto::Result<CityView> readCityView(Session const& session, ViewOptions const& options, std::string const& city,
                                      ledger::history::Follower const& follow = {});

}  // namespace fundtrail::api::cli
