// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "api/cli/event_name.h"
#include "api/cli/ledger_directory.h"
#include "api/cli/options.h"
#include "api/cli/report.h"
#include "api/cli/session.h"
#include "ledger/domain/authority.h"
#include "ledger/domain/next_step.h"
#include "ledger/projections/as_of.h"
#include "ledger/projections/award.h"
#include "ledger/projections/timeline.h"

// What the commands that show the ledger as of a position have in common.

namespace fundtrail::api::cli {

[[nodiscard]] crypto::Error notACreditCode(Session const& session, std::string const& text);
[[nodiscard]] crypto::Error notRegistered(Session const& session, std::string const& uscc);

/// What an event that the command line names is about.
struct NamedEvent {
  ledger::domain::EventContext context;
  std::optional<ledger::domain::EventRef> project;
  std::optional<ledger::domain::EventRef> payment;
};

/// Looks out for it among the events that take part.
class EventSearch {
 public:
  EventSearch(std::string text, std::uint64_t events) : text_(std::move(text)), events_(events), name_(text_, events) {}
  void apply(ledger::domain::Case const& about);
  [[nodiscard]] crypto::Result<NamedEvent> result(Session const& session) const;

 private:
  std::string text_;
  std::uint64_t events_;
  EventName name_;
  std::vector<NamedEvent> found_;
};

/// The ledger as the options say; follower and observer as in projections::read(), whose errors it gives.
crypto::Result<ledger::projections::Snapshot> readLedger(Session const& session, ViewOptions const& options,
                                                         ledger::history::Follower const& follow = {},
                                                         ledger::history::Observer const& observe = {});

/// What an event of a project belongs to.
struct ProjectView {
  ledger::projections::Snapshot snapshot;
  ledger::projections::Timelines timelines;
  NamedEvent named;
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

/// The cities that are designated there.
std::vector<ledger::domain::CityCode> citiesOf(ledger::domain::State const& state);

/// "市工信局复核、市财政局审批"; for programs, the roles' names.
Cell rolesCell(Session const& session, ledger::domain::RoleSet const& roles);
/// The next steps, each with who may record it.
Cell nextStepsCell(Session const& session, ledger::domain::NextSteps const& steps);
/// By name for people, by code for programs.
Cell regionCell(Session const& session, ledger::domain::CityCode code);
/// The county that holds money, or its city, where the number is 0.
Cell countyCell(Session const& session, std::uint32_t county, ledger::domain::CityCode city);
Cell eventTypeCell(Session const& session, ledger::schema::Event::Which type);
Cell stageCell(Session const& session, ledger::domain::ProjectStage stage);
Cell stageCell(Session const& session, ledger::domain::PaymentStage stage);
Cell awardStateCell(Session const& session, ledger::projections::AwardState state);
/// Whoever signed with the key: the personnel identifier.
Cell personCell(ledger::domain::State const& state, ledger::domain::KeyId const& key);

/// A project's timeline; of one payment alone, if one is given.
Section timelineSection(Session const& session, ledger::domain::State const& state,
                        std::span<ledger::projections::TimelineEntry const> entries,
                        std::optional<ledger::domain::EventRef> const& payment = std::nullopt);

}  // namespace fundtrail::api::cli
