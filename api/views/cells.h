// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>

#include "api/views/reader.h"
#include "api/views/report.h"
#include "ledger/domain/account_number.h"
#include "ledger/domain/authority.h"
#include "ledger/domain/city_code.h"
#include "ledger/domain/next_step.h"
#include "ledger/domain/state.h"
#include "ledger/projections/award.h"
#include "ledger/projections/timeline.h"

// The ledger's own values as cells.

namespace fundtrail::api::views {

/// A bank account. Hidden, its last four digits remain.
Cell accountCell(Reader const& reader, ledger::domain::AccountNumber const& account);
/// "市工信局复核、市财政局审批"; for programs, the roles' names.
Cell rolesCell(Reader const& reader, ledger::domain::RoleSet const& roles);
/// The next steps, each with who may record it.
Cell nextStepsCell(Reader const& reader, ledger::domain::NextSteps const& steps);
/// By name for people, by code for programs.
Cell regionCell(Reader const& reader, ledger::domain::CityCode code);
/// The county that holds money, or its city, where the number is 0.
Cell countyCell(Reader const& reader, std::uint32_t county, ledger::domain::CityCode city);
Cell eventTypeCell(Reader const& reader, ledger::schema::Event::Which type);
Cell stageCell(Reader const& reader, ledger::domain::ProjectStage stage);
Cell stageCell(Reader const& reader, ledger::domain::PaymentStage stage);
/// As programs read it: "siteChecked".
[[nodiscard]] std::string stageName(ledger::domain::ProjectStage stage);
[[nodiscard]] std::string stageName(ledger::domain::PaymentStage stage);
Cell awardStateCell(Reader const& reader, ledger::projections::AwardState state);
/// Whoever signed with the key: the personnel identifier. Hidden, stars.
Cell personCell(Reader const& reader, ledger::domain::State const& state, ledger::domain::KeyId const& key);

[[nodiscard]] Section timelineFields();
/// A project's timeline; of one payment alone, if one is given.
Section timelineSection(Reader const& reader, ledger::domain::State const& state,
                        std::span<ledger::projections::TimelineEntry const> entries,
                        std::optional<ledger::domain::EventRef> const& payment = std::nullopt);

}  // namespace fundtrail::api::views
