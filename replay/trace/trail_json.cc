// SPDX-License-Identifier: Apache-2.0
#include "replay/trace/trail_json.h"

#include <string_view>
#include <utility>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "ledger/schema/names.h"
#include "replay/trace/words.h"

namespace fundtrail::replay::trace {

namespace json = boost::json;

namespace {

json::string text(std::string_view value) {
  return json::string(value.data(), value.size());
}
json::value fen(domain::Fen amount) {
  return text(std::to_string(amount.count()));
}
json::value fen(std::optional<domain::Fen> const& amount) {
  return amount ? fen(*amount) : json::value(nullptr);
}
json::value number(std::optional<domain::EventNumber> const& event) {
  return event ? json::value(event->value()) : json::value(nullptr);
}
json::value code(std::optional<domain::Uscc> const& uscc) {
  return uscc ? json::value(text(uscc->text())) : json::value(nullptr);
}
json::value textOrNull(std::string const& value) {
  return value.empty() ? json::value(nullptr) : json::value(text(value));
}

template <class Item>
json::array list(std::vector<Item> const& items);

json::value jsonOf(domain::EventNumber const& event) {
  return event.value();
}

json::value jsonOf(Step const& step) {
  return {{"event", step.event.value()},
          {"hash", text(step.ref.text())},
          {"type", text(schema::eventTypeName(step.type))},
          {"occurredOn", text(step.occurredOn.text())},
          {"acceptedAt", text(step.acceptedAt.text())},
          {"batch", step.batch.value()},
          {"person", text(step.person)},
          {"organisation", text(step.organisation)},
          {"amountFen", fen(step.amount)},
          {"reference", textOrNull(step.reference)},
          {"reversedBy", number(step.reversedBy)},
          {"receipt", text(fmt::format("fundtrail receipt {}", step.event.value()))}};
}

json::value jsonOf(Source const& source) {
  return {{"tranche", source.tranche.value()},
          {"number", text(source.number)},
          {"county", source.county ? source.county->number() : 0},
          {"amountFen", fen(source.amount)}};
}

json::value jsonOf(End const& end) {
  return {{"stage", text(nameOf(end.account))},
          {"enterprise", code(end.enterprise)},
          {"enterpriseName", textOrNull(end.enterpriseName)},
          {"amountFen", fen(end.amount)}};
}

json::value jsonOf(TrancheTrail const& tranche) {
  return {{"event", tranche.event.value()},
          {"hash", text(tranche.ref.text())},
          {"number", text(tranche.number)},
          {"city", tranche.city.number()},
          {"level", text(schema::enumerantName(tranche.level))},
          {"kind", text(schema::enumerantName(tranche.kind))},
          {"year", tranche.year},
          {"issuedFen", fen(tranche.issued)},
          {"whole", tranche.whole},
          {"ends", list(tranche.ends)},
          {"steps", list(tranche.steps)}};
}

json::value jsonOf(AwardShare const& share) {
  return {{"tranche", share.tranche.value()},   {"number", text(share.number)},
          {"reservedFen", fen(share.reserved)}, {"inFlightFen", fen(share.inFlight)},
          {"paidFen", fen(share.paid)},         {"returnedToTreasuryFen", fen(share.returnedToTreasury)}};
}

json::value jsonOf(AwardTrail const& award) {
  return {{"event", award.event.value()},
          {"hash", text(award.ref.text())},
          {"project", award.project.value()},
          {"number", textOrNull(award.number)},
          {"enterprise", text(award.enterprise.text())},
          {"enterpriseName", text(award.enterpriseName)},
          {"amountFen", fen(award.amount)},
          {"sources", list(award.sources)},
          {"shares", list(award.shares)},
          {"steps", list(award.steps)}};
}

json::value jsonOf(BankLine const& line) {
  return {{"statement", line.statement.value()},
          {"line", line.line},
          {"valueDate", text(line.valueDate.text())},
          {"amountFen", fen(line.credit)},
          {"bankReference", textOrNull(line.bankReference)},
          {"event", line.event.value()},
          {"matchedBy", line.matchedBy.value()}};
}

json::value jsonOf(PaymentTrail const& payment) {
  return {{"event", payment.event.value()},       {"hash", text(payment.ref.text())},
          {"award", payment.award.value()},       {"payee", text(payment.payee.text())},
          {"payeeName", text(payment.payeeName)}, {"account", text(payment.account)},
          {"amountFen", fen(payment.amount)},     {"status", text(nameOf(payment.state))},
          {"sources", list(payment.sources)},     {"bankLines", list(payment.bankLines)},
          {"steps", list(payment.steps)}};
}

json::value jsonOf(RecoveryTrail const& recovery) {
  return {{"event", recovery.event.value()},       {"hash", text(recovery.ref.text())},
          {"award", recovery.award.value()},       {"orderedFen", fen(recovery.ordered)},
          {"receivedFen", fen(recovery.received)}, {"waivedFen", fen(recovery.waived)},
          {"returnsTo", list(recovery.returnsTo)}, {"bankLines", list(recovery.bankLines)},
          {"steps", list(recovery.steps)}};
}

json::value jsonOf(CostTrail const& cost) {
  return {{"line", cost.line},
          {"category", text(schema::enumerantName(cost.category))},
          {"invoice", text(cost.invoice)},
          {"invoicedOn", cost.invoicedOn ? json::value(text(cost.invoicedOn->text())) : nullptr},
          {"seller", code(cost.seller)},
          {"sellerName", textOrNull(cost.sellerName)},
          {"netFen", fen(cost.net)},
          {"taxFen", fen(cost.tax)},
          {"contract", number(cost.contract)},
          {"contractLine", cost.contractLine}};
}

json::value jsonOf(ProjectTrail const& project) {
  return {{"event", project.event.value()},
          {"hash", text(project.ref.text())},
          {"title", text(project.title)},
          {"city", project.city.number()},
          {"enterprise", text(project.enterprise.text())},
          {"enterpriseName", text(project.enterpriseName)},
          {"purpose", text(schema::enumerantName(project.purpose))},
          {"mode", text(schema::enumerantName(project.mode))},
          {"cost", number(project.cost)},
          {"eligibleFen", fen(project.eligible)},
          {"costs", list(project.costs)},
          {"contracts", list(project.contracts)},
          {"steps", list(project.steps)}};
}

json::value jsonOf(std::pair<domain::Uscc, std::string> const& provider) {
  return {{"uscc", text(provider.first.text())}, {"name", text(provider.second)}};
}

json::value jsonOf(ContractTrail const& contract) {
  return {{"event", contract.event.value()},       {"hash", text(contract.ref.text())},
          {"number", textOrNull(contract.number)}, {"signedOn", text(contract.signedOn.text())},
          {"providers", list(contract.providers)}, {"lines", contract.lines},
          {"totalFen", fen(contract.total)},       {"steps", list(contract.steps)}};
}

template <class Item>
json::array list(std::vector<Item> const& items) {
  json::array array;
  for (auto const& item : items) array.push_back(jsonOf(item));
  return array;
}

}  // namespace

std::string toJson(Trail const& trail, Verdict verdict) {
  json::object const object{
      {"verdict", text(name(verdict))},
      {"subject", {{"kind", text(nameOf(trail.subject.kind))}, {"name", text(trail.subject.name)}}},
      {"events", trail.events},
      {"tranches", list(trail.tranches)},
      {"awards", list(trail.awards)},
      {"payments", list(trail.payments)},
      {"recoveries", list(trail.recoveries)},
      {"projects", list(trail.projects)},
      {"contracts", list(trail.contracts)}};
  return json::serialize(object) + "\n";
}

}  // namespace fundtrail::replay::trace
