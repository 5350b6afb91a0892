// SPDX-License-Identifier: Apache-2.0
#include "replay/report_json.h"

#include <array>
#include <string_view>

#include <boost/json.hpp>

#include "ledger/domain/codes.h"
#include "ledger/schema/event.capnp.h"
#include "ledger/schema/json.h"
#include "ledger/schema/message.h"

namespace fundtrail::replay {

namespace json = boost::json;

namespace {

json::string text(std::string_view value) {
  return json::string(value.data(), value.size());
}

json::value number(std::uint64_t value) {
  return value;
}

template <class Position>
json::value numberOrNull(std::optional<Position> const& position) {
  return position ? number(position->value()) : json::value(nullptr);
}

json::array texts(std::vector<std::string> const& values) {
  json::array array;
  for (auto const& value : values) array.emplace_back(text(value));
  return array;
}

json::value identity(std::optional<Identity> const& identity) {
  if (!identity) return nullptr;
  return {{"id", text(identity->ledger.text())},
          {"logVkeys", texts(identity->logVkeys)},
          {"programme", text(identity->programme)},
          {"trusted", identity->trusted}};
}

json::value checkpoint(std::optional<crypto::Checkpoint> const& checkpoint) {
  if (!checkpoint) return nullptr;
  return {
      {"origin", text(checkpoint->origin)}, {"size", number(checkpoint->size)}, {"root", text(checkpoint->root.hex())}};
}

json::value continues(std::optional<KnownRoot> const& known) {
  if (!known) return nullptr;
  return {{"size", number(known->size)}, {"root", text(known->root.hex())}};
}

json::value takenOver(std::optional<Resume> const& resume) {
  if (!resume) return nullptr;
  json::array runs;
  for (auto const& [batches, at] : resume->runs) {
    runs.push_back({{"batches", number(batches)}, {"at", text(at.text())}});
  }
  return {{"size", number(resume->beginning.batches)},
          {"root", text(resume->beginning.root.hex())},
          {"runs", std::move(runs)}};
}

json::value money(std::optional<ledger::domain::Fen> const& amount) {
  return amount ? json::value(text(std::to_string(amount->count()))) : json::value(nullptr);
}

json::array bilingual(std::vector<domain::Text> const& texts) {
  json::array array;
  for (auto const& what : texts) array.push_back({{"zh", text(what.zh)}, {"en", text(what.en)}});
  return array;
}

json::value bankLimits(BankLimits const& limits) {
  return {{"daysToLeave", limits.daysToLeave},
          {"daysToReconcile", limits.daysToReconcile},
          {"mostFeeFen", money(limits.mostFee)}};
}

json::value part(Part const& part) {
  json::array counted;
  for (auto const& count : part.counted) {
    counted.push_back({{"zh", text(count.what.zh)},
                       {"en", text(count.what.en)},
                       {"number", number(count.number)},
                       {"of", number(count.of)},
                       {"moneyFen", money(count.money)}});
  }
  return {{"part", text(name(part.id))},
          {"standing", text(name(part.standing))},
          {"counted", std::move(counted)},
          {"granted", bilingual(part.granted)},
          {"missing", bilingual(part.missing)}};
}

json::value finding(Finding const& finding) {
  json::array others;
  for (auto const event : finding.others) others.push_back(number(event.value()));
  return {{"kind", text(name(finding.kind))},
          {"batch", numberOrNull(finding.batch)},
          {"event", numberOrNull(finding.event)},
          {"part", text(name(partOf(finding.kind)))},
          {"rule", finding.rule.empty() ? json::value(nullptr) : json::value(text(finding.rule))},
          {"amountFen", money(finding.amount)},
          {"others", std::move(others)},
          {"zh", text(finding.text.zh)},
          {"en", text(finding.text.en)}};
}

json::value range(EventRange const& range) {
  return json::array{number(range.first), number(range.last)};
}

json::value attested(AttestedCheckpoint const& found) {
  json::value stamp = nullptr;
  if (found.stamp) stamp = {{"time", number(found.stamp->time)}, {"authority", text(found.stamp->authority)}};
  return {{"size", number(found.checkpoint.size)}, {"root", text(found.checkpoint.root.hex())},
          {"witnesses", texts(found.witnesses)},   {"reached", number(found.quorum.reached)},
          {"needed", number(found.quorum.needed)}, {"since", number(found.since)},
          {"until", number(found.until)},          {"stamp", std::move(stamp)}};
}

json::value city(CityTotals const& totals) {
  static constexpr std::array<std::string_view, kAccounts> kMembers = {
      "issuedFen",   "notReceivedFen", "availableFen",          "reservedFen",
      "inFlightFen", "paidFen",        "returnedToTreasuryFen", "recalledFen"};
  json::object object{{"city", totals.city.number()},
                      {"nameZh", text(cityNameZh(totals.city))},
                      {"nameEn", text(cityNameEn(totals.city))}};
  for (std::size_t i = 0; i < kAccounts; ++i) {
    object.emplace(kMembers[i], text(std::to_string(totals.balances[i].count())));
  }
  return object;
}

template <class Item>
json::array list(std::vector<Item> const& items, json::value (*convert)(Item const&)) {
  json::array array;
  for (auto const& item : items) array.push_back(convert(item));
  return array;
}

}  // namespace

std::string toJson(SpineReport const& report) {
  json::array findings;
  for (auto const& [file, what] : report.findings) {
    findings.push_back({{"file", text(file)}, {"zh", text(what.zh)}, {"en", text(what.en)}});
  }
  json::object const object{{"verdict", text(name(report.verdict()))},
                            {"ledger", identity(report.identity)},
                            {"batches", number(report.batches)},
                            {"checkpoint", checkpoint(report.checkpoint)},
                            {"continues", continues(report.continues)},
                            {"byLog", report.byLog},
                            {"bundles", number(report.bundles)},
                            {"tiles", number(report.tiles)},
                            {"earlier", number(report.earlier)},
                            {"findings", std::move(findings)},
                            {"furtherFindings", number(report.furtherFindings)}};
  return json::serialize(object) + "\n";
}

std::string toJson(VerifiedReceipt const& receipt, crypto::LogPolicy const& policy) {
  json::array signers;
  for (auto const& [key, person, name, organisation] : receipt.signers) {
    signers.push_back({{"key", text(key.text())},
                       {"person", text(person)},
                       {"name", text(name)},
                       {"organisation", text(organisation)}});
  }
  json::array cosignatures;
  for (auto const& [cosigner, time] : receipt.attestation.cosignatures) {
    cosignatures.push_back({{"name", text(policy.witnesses()[cosigner].key.name())}, {"time", number(time)}});
  }
  auto const& quorum = receipt.attestation.quorum;
  ledger::schema::Message<ledger::schema::Event> const event(receipt.event.bytes());
  json::object const object{{"verdict", text(name(receipt.verdict()))},
                            {"ledger", {{"id", text(receipt.ledger.text())}, {"programme", text(receipt.programme)}}},
                            {"number", number(receipt.number.value())},
                            {"batch", number(receipt.batch.value())},
                            {"hash", text(receipt.ref.text())},
                            {"label", text(receipt.label())},
                            {"signers", std::move(signers)},
                            {"authoredAt", text(receipt.authoredAt.text())},
                            {"acceptedAt", text(receipt.acceptedAt.text())},
                            {"checkpoint", checkpoint(receipt.attestation.checkpoint)},
                            {"witnesses",
                             {{"reached", number(quorum.reached)},
                              {"needed", number(quorum.needed)},
                              {"cosignatures", std::move(cosignatures)}}},
                            {"event", ledger::schema::readersJson(event.root())}};
  return json::serialize(object) + "\n";
}

std::string toJson(crypto::Error const& doesNotHold) {
  json::object const object{
      {"verdict", text(name(Verdict::tampered))}, {"zh", text(doesNotHold.zh)}, {"en", text(doesNotHold.message)}};
  return json::serialize(object) + "\n";
}

std::string toJson(Report const& report) {
  auto const& proof = report.proof;
  json::array parts;
  for (auto const& each : report.parts) parts.push_back(part(each));
  json::object const object{
      {"verdict", text(name(report.verdict))},
      {"ledger", identity(report.identity)},
      {"size", {{"batches", number(report.size.batches)}, {"events", number(report.size.events)}}},
      {"root", text(report.root.hex())},
      {"lastAcceptedAt", report.lastAcceptedAt ? json::value(text(report.lastAcceptedAt->text())) : nullptr},
      {"checkpoint", checkpoint(report.checkpoint)},
      {"continues", continues(report.continues)},
      {"takenOver", takenOver(report.takenOver)},
      {"attested", list(report.attested, attested)},
      {"proof",
       {{"batches", number(proof.batches)},
        {"events", number(proof.events)},
        {"signatures", number(proof.signatures)},
        {"judged", number(proof.judged)},
        {"postings", number(proof.postings)},
        {"tiles", number(proof.tiles)},
        {"usedNumbers", number(proof.usedNumbers)},
        {"idempotencyKeys", number(proof.idempotencyKeys)},
        {"tilesCompared", report.tilesCompared},
        {"usedNumbersCompared", report.usedNumbersCompared},
        {"idempotencyKeysCompared", report.idempotencyKeysCompared}}},
      {"notJudged", number(report.notJudged)},
      {"leftOut",
       {{"events", number(report.leftOut.events)},
        {"ranges", list(report.leftOut.ranges, &range)},
        {"furtherRanges", number(report.leftOut.furtherRanges)}}},
      {"parts", std::move(parts)},
      {"bankLimits", bankLimits(report.bankLimits)},
      {"findings", list(report.findings, &finding)},
      {"furtherFindings", number(report.furtherFindings)},
      {"cities", list(report.cities, &city)}};
  return json::serialize(object) + "\n";
}

}  // namespace fundtrail::replay
