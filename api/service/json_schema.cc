// SPDX-License-Identifier: Apache-2.0
#include "api/service/json_schema.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "ledger/schema/names.h"

namespace fundtrail::api::service {

namespace json = boost::json;
namespace schema = ledger::schema;

namespace {

json::object ref(std::string_view name) {
  return {{"$ref", "#/components/schemas/" + std::string(name)}};
}

json::object orNull(json::object what) {
  return {{"anyOf", json::array{std::move(what), json::object{{"type", "null"}}}}};
}

json::object text() {
  return {{"type", "string"}};
}

json::object listOf(json::object items) {
  return {{"type", "array"}, {"items", std::move(items)}};
}

/// An object with exactly these members.
json::object objectOf(json::object properties) {
  json::array required;
  for (auto const& [name, unused] : properties) required.push_back(json::value(name));
  return {{"type", "object"},
          {"properties", std::move(properties)},
          {"required", std::move(required)},
          {"additionalProperties", false}};
}

bool isAmong(auto const& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

/// What a name stands for, wherever it stands: one word per thing (docs/OUTPUT.md).
json::object valueNamed(std::string_view name) {
  constexpr auto kCounts = std::to_array<std::string_view>(
      {"event", "city", "region", "county", "year", "staff", "line", "counted", "minimum", "promised",
       "uncountedProjects", "confirmedFrauds", "rateBp", "proposal", "award", "payment", "project"});
  constexpr auto kDates = std::to_array<std::string_view>(
      {"since",       "from",    "day",       "due",        "occurredOn",   "signedOn",  "decidedOn",
       "evaluatedOn", "dueOn",   "rectifyBy", "raisedOn",   "filedOn",      "closedOn",  "doneOn",
       "imposedOn",   "banFrom", "banTo",     "listedFrom", "delistedFrom", "pricedFrom"});
  constexpr auto kMarks = std::to_array<std::string_view>({"banned", "enrolled", "reversed", "overdue"});
  if (name.ends_with("Fen")) return orNull(ref("Fen"));
  if (isAmong(kCounts, name)) return {{"type", json::array{"integer", "null"}}};
  if (isAmong(kDates, name)) return orNull(ref("Date"));
  if (isAmong(kMarks, name)) return {{"type", "boolean"}};
  if (name == "level") return {{"type", json::array{"string", "integer", "null"}}};
  if (name == "subjects") return listOf(text());
  if (name == "events") return listOf({{"type", "integer"}});
  if (name == "policy" || name == "plan") return orNull(ref("Paper"));
  if (name == "statement" || name == "what") return ref("Sentence");
  return {{"type", json::array{"string", "null"}}};
}

json::object fieldOf(std::string_view name, std::string_view section) {
  // What comes next is a list of steps, save in a work list, where it is the one step that waits.
  if (name == "next" && section != "tasks") return listOf(ref("Step"));
  return valueNamed(name);
}

json::object recordOf(views::Section const& section) {
  json::object properties;
  for (auto const& field : section.fields) properties[field.name] = fieldOf(field.name, section.name);
  return objectOf(std::move(properties));
}

json::object reportOf(views::Shape const& shape, std::string_view optional = {}) {
  json::object properties{{"basis", ref("Basis")}};
  for (auto const& section : shape) {
    properties[section.name] = section.isSingle ? recordOf(section) : listOf(recordOf(section));
  }
  auto report = objectOf(std::move(properties));
  if (!optional.empty()) {
    auto& required = report["required"].as_array();
    required.erase(std::ranges::find(required, json::value(optional)));
  }
  return report;
}

json::object figures(std::initializer_list<std::string_view> names) {
  json::object properties;
  for (auto const name : names) properties[name] = ref("Fen");
  return objectOf(std::move(properties));
}

json::object statusSchema() {
  return objectOf({{"basis", ref("Basis")},
                   {"kind", json::object{{"type", json::array{"string", "null"}}}},
                   {"cities", listOf(ref("City"))},
                   {"total", ref("Amounts")}});
}

json::object citySchema() {
  json::object const count{{"type", "integer"}};
  return objectOf({{"city", count},
                   {"nameZh", text()},
                   {"nameEn", text()},
                   {"minEnterprises", count},
                   {"projectsEnrolled", count},
                   {"projectsAwarded", count},
                   {"enterprisesPaid", count},
                   {"enterprisesCounted", count},
                   {"amounts", ref("Amounts")},
                   {"tranches", listOf(objectOf({{"event", count},
                                                 {"hash", ref("Hash")},
                                                 {"number", text()},
                                                 {"level", text()},
                                                 {"kind", text()},
                                                 {"year", count},
                                                 {"amounts", ref("Amounts")},
                                                 {"pockets", listOf(objectOf({{"purpose", text()},
                                                                              {"county", count},
                                                                              {"amounts", ref("PocketAmounts")}}))}}))},
                   {"published", listOf(objectOf({{"event", count},
                                                  {"hash", ref("Hash")},
                                                  {"title", text()},
                                                  {"opensOn", ref("Date")},
                                                  {"closesOn", ref("Date")},
                                                  {"projects", count},
                                                  {"totalFen", ref("Fen")},
                                                  {"closed", json::object{{"type", "boolean"}}}}))}});
}

json::object objection() {
  return {{"rule", text()},
          {"clause", json::object{{"type", json::array{"string", "null"}}}},
          {"statement", text()},
          {"reason", text()},
          {"remedy", text()}};
}

json::object warning() {
  auto members = objection();
  members["event"] = json::object{{"type", "integer"}};
  return objectOf(std::move(members));
}

json::object problemSchema() {
  json::object const count{{"type", "integer"}};
  json::object properties = objection();
  properties["type"] = text();
  properties["title"] = text();
  properties["status"] = count;
  properties["detail"] = text();
  properties["event"] = json::object{{"type", json::array{"integer", "null"}}};
  properties["batch"] = count;
  return {{"type", "object"},
          {"description", "RFC 9457. The members about a rule stand in a refusal alone."},
          {"properties", std::move(properties)},
          {"required", json::array{"type", "title", "status", "detail"}},
          {"additionalProperties", false}};
}

json::object hexOf(std::size_t digits) {
  return {{"type", "string"}, {"pattern", "^[0-9a-f]{" + std::to_string(digits) + "}$"}};
}

json::object base64() {
  return {{"type", "string"}, {"contentEncoding", "base64"}, {"pattern", "^[A-Za-z0-9+/]*={0,2}$"}};
}

void addValues(json::object& all) {
  json::object const count{{"type", "integer"}};
  all["Fen"] =
      json::object{{"type", "string"},
                   {"pattern", "^-?[0-9]+$"},
                   {"description", "An amount in whole fen, as a text: many readers take numbers for doubles."}};
  all["Date"] = json::object{{"type", "string"}, {"format", "date"}, {"pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}};
  all["Instant"] = json::object{{"type", "string"}, {"format", "date-time"}};
  all["Hash"] = hexOf(64);
  all["Sentence"] = objectOf({{"zh", text()}, {"en", text()}});
  all["Step"] = objectOf({{"step", text()}, {"roles", listOf(text())}});
  all["Paper"] = objectOf({{"event", count}, {"number", text()}, {"inForceFrom", ref("Date")}});
  auto basis = objectOf({{"position", count},
                         {"treeSize", count},
                         {"root", ref("Hash")},
                         {"acceptedAt", orNull(ref("Instant"))},
                         {"on", ref("Date")}});
  basis["required"] = json::array{"position", "treeSize", "root", "acceptedAt"};
  basis["description"] = "What figures rest on: the first `position` events, in a tree of `treeSize` batches.";
  all["Basis"] = std::move(basis);
  all["Amounts"] = figures({"issuedFen", "receivedFen", "notReceivedFen", "availableFen", "reservedFen", "inFlightFen",
                            "paidFen", "returnedToTreasuryFen", "recalledFen", "recoveredFen"});
  all["PocketAmounts"] = figures({"notReceivedFen", "availableFen", "reservedFen", "inFlightFen", "paidFen",
                                  "returnedToTreasuryFen", "recalledFen", "sumFen"});
}

void addReports(json::object& all) {
  all["Status"] = statusSchema();
  all["City"] = citySchema();
  all["Tranches"] = reportOf(views::tranchesShape());
  all["Progress"] = reportOf(views::progressShape(), "uncounted");
  all["Projects"] = reportOf(views::projectsShape());
  all["Project"] = reportOf(views::projectShape());
  all["Payments"] = reportOf(views::paymentsShape());
  all["Payment"] = reportOf(views::paymentShape());
  all["Explanation"] = reportOf(views::explanationShape());
  all["Findings"] = reportOf(views::findingsShape());
  all["WorkList"] = reportOf(views::workListShape());
  all["Organisations"] = reportOf(views::organisationsShape());
  all["Enterprise"] = reportOf(views::enterpriseShape());
  all["Provider"] = reportOf(views::providerShape());
  all["Products"] = reportOf(views::productsShape());
  all["Events"] = reportOf(views::eventsShape());
  json::object const count{{"type", "integer"}};
  all["Event"] = objectOf({{"number", count},
                           {"batch", count},
                           {"hash", ref("Hash")},
                           {"person", text()},
                           {"organisation", text()},
                           {"key", ref("Hash")},
                           {"algorithm", text()},
                           {"acceptedAt", ref("Instant")},
                           {"event", ref("EventBody")}});
  all["Rules"] = listOf(objectOf({{"id", text()},
                                  {"clause", text()},
                                  {"kind", json::object{{"enum", json::array{"blocking", "warning"}}}},
                                  {"statement", ref("Sentence")},
                                  {"remedy", ref("Sentence")}}));
  all["Ledger"] = objectOf({{"basis", ref("Basis")},
                            {"ledger", ref("Hash")},
                            {"programme", text()},
                            {"origin", text()},
                            {"profile", text()},
                            {"audience", text()},
                            {"checkpoint", text()},
                            {"version", text()}});
}

/// Of the event's type one member, named by it; the rest is common to all.
void addEventBody(json::object& all) {
  json::array types;
  for (auto const type : schema::eventTypes()) {
    types.push_back(json::object{{"required", json::array{schema::eventTypeName(type)}}});
  }
  all["EventBody"] =
      json::object{{"type", "object"},
                   {"description", "An event as a batch file has it: its type is the one member named by it."},
                   {"oneOf", std::move(types)}};
}

void addWriting(json::object& all) {
  json::object const count{{"type", "integer"}};
  json::object const boolean{{"type", "boolean"}};
  all["SignedBatch"] = objectOf({{"statement", base64()}, {"signature", base64()}, {"events", listOf(base64())}});
  all["BatchFile"] = json::object{
      {"type", "object"},
      {"description",
       "A batch file, as `fundtrail submit` reads it: events without salt, that may name others by label."},
      {"properties", json::object{{"note", text()}, {"events", listOf(json::object{{"type", "object"}})}}},
      {"required", json::array{"events"}}};
  all["Prepared"] = objectOf(
      {{"events",
        listOf(objectOf({{"bytes", base64()}, {"hash", ref("Hash")}, {"event", ref("EventBody")}, {"shown", text()}}))},
       {"eventsRoot", ref("Hash")},
       {"statement", base64()},
       {"message", base64()},
       {"authoredAt", ref("Instant")}});
  auto recordedEvent = objectOf({{"event", count},
                                 {"hash", ref("Hash")},
                                 {"type", text()},
                                 {"awaitsSecondPerson", boolean},
                                 {"receipt", objectOf({{"label", text()}, {"file", base64()}})}});
  recordedEvent["required"] = json::array{"event", "hash", "type", "awaitsSecondPerson"};
  auto recorded = objectOf({{"outcome", json::object{{"enum", json::array{"recorded"}}}},
                            {"again", boolean},
                            {"batch", count},
                            {"acceptedAt", ref("Instant")},
                            {"treeSize", json::object{{"type", json::array{"integer", "null"}}}},
                            {"events", listOf(std::move(recordedEvent))},
                            {"warnings", listOf(ref("Warning"))}});
  auto lawful =
      objectOf({{"outcome", json::object{{"enum", json::array{"lawful"}}}}, {"warnings", listOf(ref("Warning"))}});
  all["Warning"] = warning();
  all["Outcome"] = json::object{{"anyOf", json::array{std::move(recorded), std::move(lawful)}}};
}

void addSignIn(json::object& all) {
  json::object const role =
      objectOf({{"role", text()}, {"region", json::object{{"type", "integer"}}}, {"validTo", ref("Date")}});
  json::object person{{"person", text()}, {"organisation", text()}, {"key", ref("Hash")}, {"roles", listOf(role)}};
  all["Person"] = objectOf(person);
  person["expiresAt"] = ref("Instant");
  person["token"] = json::object{{"type", json::array{"string", "null"}}};
  all["SignedIn"] = objectOf(std::move(person));
  all["ChallengeFor"] = objectOf({{"key", ref("Hash")}});
  all["Challenge"] = objectOf({{"nonce", text()}, {"text", text()}, {"expiresAt", ref("Instant")}});
  auto redeemed = objectOf({{"key", ref("Hash")},
                            {"nonce", text()},
                            {"signature", base64()},
                            {"cookie", json::object{{"type", "boolean"}}}});
  redeemed["required"] = json::array{"key", "nonce", "signature"};
  all["SignedChallenge"] = std::move(redeemed);
}

}  // namespace

json::object schemas() {
  json::object all;
  addValues(all);
  addReports(all);
  addEventBody(all);
  addWriting(all);
  addSignIn(all);
  all["Problem"] = problemSchema();
  return all;
}

}  // namespace fundtrail::api::service
