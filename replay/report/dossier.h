// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/domain/city_code.h"
#include "ledger/domain/date.h"
#include "ledger/domain/money.h"
#include "ledger/domain/refs.h"
#include "ledger/domain/rule.h"
#include "ledger/schema/event.capnp.h"
#include "replay/books.h"
#include "replay/facts/facts.h"
#include "replay/indicators/examine.h"
#include "replay/journal/vouchers.h"
#include "replay/trace/flow.h"
#include "replay/verify.h"

// Everything that an audit report shows, gathered once. The page, the workbook and the JSON file are renderings of it
// and add nothing. It follows from the log and from what the auditor brought alone: no clock, no chance. The same log,
// audited with the same knowledge, gives the same report to the byte, and whoever holds its digest can make it again.

namespace fundtrail::replay::report {

namespace domain = ledger::domain;
namespace schema = ledger::schema;

/// The verdict as an AuditConcluded event states it. A ledger that was tampered with has findings.
[[nodiscard]] schema::AuditVerdict auditVerdictOf(Verdict verdict);

using Balances = std::array<domain::Fen, kAccounts>;  // by Account; outside: issued in all

struct TrancheRow {
  journal::Tranche tranche;
  Balances balances{};
};

struct MonthRow {
  std::uint32_t month;    // YYYYMM
  domain::Fen paid;       // settled, less what was reversed
  domain::Fen recovered;  // by business date
};

/// A payment and what it rests on: the events by which a reader finds each step on record.
struct PaymentRow {
  domain::EventNumber requested;
  domain::CityCode city;
  schema::Purpose purpose;
  std::string payee;  // 统一社会信用代码
  std::string payeeName;
  domain::Fen amount;
  std::optional<domain::Date> paidOn;  // by the bank; nothing: not paid, or sent back
  std::string bankReference;
  domain::EventNumber award;
  domain::EventNumber project;
  std::vector<domain::EventNumber> contracts;
  std::size_t invoices = 0;                // that the cost in force rests on
  std::vector<domain::EventNumber> steps;  // review, approval, instruction, settlement, return, cancellation, in order
};

/// What a policy of the programme states.
struct PolicyRow {
  domain::EventNumber event;
  std::string number;
  domain::Date inForceFrom;
  domain::Date windowFrom;
  domain::Date windowTo;
  std::uint32_t platformShareCapBp;
  std::uint32_t minLevelAfter;
  std::uint32_t minInspectors;
  std::uint32_t minEnterprisesDelta;
  std::uint32_t minEnterprisesElsewhere;
};

/// What a city's plan states for one purpose.
struct PlanRow {
  domain::EventNumber event;
  domain::CityCode city;
  std::string number;
  domain::Date inForceFrom;
  std::uint32_t promisedEnterprises;
  std::uint32_t publicityWorkingDays;
  facts::PurposePlan plan;
};

/// How the program was called, so that a reader can do it again. Files by their names alone.
struct Call {
  std::string program;  // and its version
  std::string log;
  std::string trust;  // empty: none was brought
  std::string policy;
  std::string authorities;
};

struct Dossier {
  Report report;
  std::optional<indicators::Indicators> indicators;  // nothing: the log is none that can be looked into
  Call call;
  std::vector<TrancheRow> tranches;      // by city, in the order of the log
  std::vector<MonthRow> months;          // from the first with money to the last, none left out
  trace::Flow flow;                      // of all money
  std::vector<PaymentRow> payments;      // in the order of the log
  std::vector<PolicyRow> policies;       // in the order of the log; those that were taken back are left out
  std::vector<PlanRow> plans;            // likewise
  std::optional<domain::Date> firstDay;  // business dates of the vouchers
  std::optional<domain::Date> lastDay;
};

/// `vouchers` and `facts` are those of the replay that made the report.
[[nodiscard]] Dossier makeDossier(Report report, journal::Vouchers const& vouchers, facts::Facts const& facts,
                                  std::optional<indicators::Indicators> indicators, Call call);

}  // namespace fundtrail::replay::report
