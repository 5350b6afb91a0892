// SPDX-License-Identifier: Apache-2.0
#include "replay/report/json.h"

#include <array>
#include <string_view>

#include <boost/json.hpp>

#include "ledger/domain/codes.h"
#include "replay/indicators/report.h"
#include "replay/report/words.h"
#include "replay/report_json.h"

namespace fundtrail::replay::report {

namespace json = boost::json;
using domain::Fen;

namespace {

json::string text(std::string_view value) {
  return json::string(value.data(), value.size());
}
json::value bilingual(Text const& value) {
  return {{"zh", text(value.zh)}, {"en", text(value.en)}};
}
json::value fen(Fen amount) {
  return json::string(std::to_string(amount.count()));
}
json::array numbers(std::vector<domain::EventNumber> const& events) {
  json::array array;
  for (auto const event : events) array.emplace_back(event.value());
  return array;
}

void addBalances(json::object& object, Balances const& balances) {
  static constexpr std::array<std::string_view, kAccounts> kMembers = {
      "issuedFen",   "notReceivedFen", "availableFen",          "reservedFen",
      "inFlightFen", "paidFen",        "returnedToTreasuryFen", "recalledFen"};
  for (std::size_t i = 0; i < kAccounts; ++i) object.emplace(kMembers[i], fen(balances[i]));
}

json::value trancheValue(TrancheRow const& row) {
  auto const& [tranche, balances] = row;
  json::object object{{"event", tranche.event.value()},
                      {"ref", text(tranche.ref.text())},
                      {"city", tranche.city.number()},
                      {"number", text(tranche.document)},
                      {"level", text(schema::enumerantName(tranche.level))},
                      {"kind", text(schema::enumerantName(tranche.kind))},
                      {"year", tranche.year}};
  addBalances(object, balances);
  return object;
}

json::value monthValue(MonthRow const& row) {
  return {{"month", text(monthText(row.month))}, {"paidFen", fen(row.paid)}, {"recoveredFen", fen(row.recovered)}};
}

json::value paymentValue(PaymentRow const& row) {
  return {{"payment", row.requested.value()},
          {"city", row.city.number()},
          {"purpose", text(schema::enumerantName(row.purpose))},
          {"payee", text(row.payee)},
          {"payeeName", text(row.payeeName)},
          {"amountFen", fen(row.amount)},
          {"paidOn", row.paidOn ? json::value(row.paidOn->number()) : json::value(nullptr)},
          {"bankReference", text(row.bankReference)},
          {"award", row.award.value()},
          {"project", row.project.value()},
          {"contracts", numbers(row.contracts)},
          {"invoices", row.invoices},
          {"steps", numbers(row.steps)}};
}

json::value policyValue(PolicyRow const& row) {
  return {{"event", row.event.value()},
          {"number", text(row.number)},
          {"inForceFrom", row.inForceFrom.number()},
          {"windowFrom", row.windowFrom.number()},
          {"windowTo", row.windowTo.number()},
          {"platformShareCapBp", row.platformShareCapBp},
          {"minLevelAfter", row.minLevelAfter},
          {"minInspectors", row.minInspectors},
          {"minEnterprisesDelta", row.minEnterprisesDelta},
          {"minEnterprisesElsewhere", row.minEnterprisesElsewhere}};
}

json::value planValue(PlanRow const& row) {
  json::array caps;
  for (auto const& [level, cap] : row.plan.caps) caps.push_back({{"level", level}, {"capFen", fen(cap)}});
  return {{"event", row.event.value()},
          {"city", row.city.number()},
          {"number", text(row.number)},
          {"inForceFrom", row.inForceFrom.number()},
          {"promisedEnterprises", row.promisedEnterprises},
          {"publicityWorkingDays", row.publicityWorkingDays},
          {"purpose", text(schema::enumerantName(row.plan.purpose))},
          {"rateBp", row.plan.rateBp},
          {"caps", std::move(caps)},
          {"beforeShareBp", row.plan.beforeShareBp},
          {"duringShareBp", row.plan.duringShareBp}};
}

template <class Row>
json::array list(std::vector<Row> const& rows, json::value (*convert)(Row const&)) {
  json::array array;
  for (auto const& row : rows) array.push_back(convert(row));
  return array;
}

}  // namespace

std::string toJson(Dossier const& dossier) {
  json::object const object{
      {"format", "fundtrail-audit-report"},
      {"version", 1},
      {"program", text(dossier.call.program)},
      {"verdict", text(name(dossier.report.verdict))},
      {"headline", bilingual(headlineOf(dossier.report.verdict))},
      {"verify", json::parse(replay::toJson(dossier.report))},
      {"indicators", dossier.indicators ? json::parse(indicators::toJson(*dossier.indicators)) : json::value(nullptr)},
      {"tranches", list(dossier.tranches, &trancheValue)},
      {"months", list(dossier.months, &monthValue)},
      {"payments", list(dossier.payments, &paymentValue)},
      {"policies", list(dossier.policies, &policyValue)},
      {"plans", list(dossier.plans, &planValue)}};
  return json::serialize(object) + "\n";
}

}  // namespace fundtrail::replay::report
