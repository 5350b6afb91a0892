// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <span>

#include "api/views/reader.h"
#include "api/views/report.h"
#include "api/views/search.h"
#include "crypto/result.h"
#include "ledger/domain/city_code.h"
#include "ledger/projections/allocation.h"
#include "ledger/projections/as_of.h"
#include "ledger/projections/enterprise.h"
#include "ledger/projections/explanation.h"
#include "ledger/projections/journal.h"
#include "ledger/projections/payments.h"
#include "ledger/projections/provider.h"
#include "ledger/projections/timeline.h"
#include "ledger/projections/work_list.h"

// What is known of the ledger, as reports: the one way in which commands and the server show it. Each takes what
// projections derived, and changes nothing; its shape is what it has whatever was found.

namespace fundtrail::api::views {

/// The sections of a report without their rows.
using Shape = std::vector<Section>;

[[nodiscard]] Shape projectShape();
/// A project and its timeline. Error: badInput for an event that is no project's.
[[nodiscard]] crypto::Result<Report> projectReport(Reader const& reader, ledger::projections::Snapshot const& snapshot,
                                                   ledger::projections::Timelines const& timelines,
                                                   NamedEvent const& named);

[[nodiscard]] Shape projectsShape();
/// Projects, in order of enrolment.
[[nodiscard]] Report projectsReport(Reader const& reader, ledger::projections::Snapshot const& snapshot,
                                    std::function<bool(ledger::domain::Project const&)> const& wanted);

[[nodiscard]] Shape paymentShape();
/// A payment, its sources and its timeline. Error: badInput for an event that is no payment's.
[[nodiscard]] crypto::Result<Report> paymentReport(Reader const& reader, ledger::projections::Snapshot const& snapshot,
                                                   ledger::projections::Timelines const& timelines,
                                                   NamedEvent const& named);

[[nodiscard]] Shape paymentsShape();
/// Payments, in order of request.
[[nodiscard]] Report paymentsReport(Reader const& reader, ledger::projections::Snapshot const& snapshot,
                                    std::function<bool(ledger::projections::PaymentStatus const&)> const& wanted);

[[nodiscard]] Shape enterpriseShape();
/// `history` is that organisation's. Error: notFound for one that is not registered.
[[nodiscard]] crypto::Result<Report> enterpriseReport(Reader const& reader,
                                                      ledger::projections::Snapshot const& snapshot,
                                                      ledger::domain::Uscc const& uscc,
                                                      ledger::projections::AccountHistory const& history);

[[nodiscard]] Shape organisationsShape();
/// Organisations, in order of registration.
[[nodiscard]] Report organisationsReport(
    Reader const& reader, ledger::projections::Snapshot const& snapshot,
    std::function<bool(ledger::domain::Uscc const&, ledger::domain::Organisation const&)> const& wanted);

[[nodiscard]] Shape providerShape();
/// Error: notFound for one that is not registered.
[[nodiscard]] crypto::Result<Report> providerReport(Reader const& reader, ledger::projections::Basis const& basis,
                                                    ledger::projections::Provider const& provider);

[[nodiscard]] Shape productsShape();
/// The catalogue: products with the price in force on the snapshot's day.
[[nodiscard]] Report productsReport(
    Reader const& reader, ledger::projections::Snapshot const& snapshot,
    std::function<bool(ledger::domain::ProductKey const&, ledger::domain::Product const&)> const& wanted);

[[nodiscard]] Shape findingsShape();
/// Findings, in order of being raised.
[[nodiscard]] Report findingsReport(Reader const& reader, ledger::projections::Snapshot const& snapshot,
                                    std::function<bool(ledger::domain::Finding const&)> const& wanted);

[[nodiscard]] Shape tranchesShape();
/// Tranches of these cities, in order of issue, and where the money of each stands.
[[nodiscard]] Report tranchesReport(Reader const& reader, ledger::projections::Basis const& basis,
                                    std::span<ledger::projections::CityAllocation const> cities);

[[nodiscard]] Shape progressShape();
/// Each city's progress; of one city also the projects that do not count.
[[nodiscard]] Report progressReport(Reader const& reader, ledger::projections::Snapshot const& snapshot,
                                    ledger::projections::Allocation const& allocation,
                                    std::optional<ledger::domain::CityCode> city);

[[nodiscard]] Shape workListShape();
/// What waits, longest waiting first.
[[nodiscard]] Report workListReport(Reader const& reader, ledger::projections::Snapshot const& snapshot,
                                    std::function<bool(ledger::projections::Task const&)> const& wanted);

[[nodiscard]] Shape explanationShape();
[[nodiscard]] Report explanationReport(Reader const& reader, ledger::projections::Explanation const& explained);

[[nodiscard]] Shape eventsShape();
/// `state` knows the authors.
[[nodiscard]] Report eventsReport(Reader const& reader, ledger::domain::State const& state,
                                  ledger::projections::Basis const& basis,
                                  std::span<ledger::projections::JournalEntry const> entries);

}  // namespace fundtrail::api::views
