// SPDX-License-Identifier: Apache-2.0
#include "api/views/cells.h"

#include <cctype>
#include <utility>

#include <capnp/schema.h>

#include "api/views/city.h"
#include "api/views/masking.h"

namespace fundtrail::api::views {

namespace {

namespace domain = ledger::domain;
namespace json = boost::json;
namespace projections = ledger::projections;
namespace schema = ledger::schema;

std::string_view separator(Reader const& reader) {
  return reader.language == Language::zh ? "、" : ", ";
}

std::vector<schema::Role> membersOf(domain::RoleSet const& roles) {
  std::vector<schema::Role> members;
  auto const enumerants = capnp::Schema::from<schema::Role>().getEnumerants().size();
  for (unsigned i = 1; i < enumerants; ++i) {
    auto const role = static_cast<schema::Role>(i);
    if (roles.contains(role)) members.push_back(role);
  }
  return members;
}

/// "site checked" is "siteChecked" for programs, as the names of the schema are.
std::string camelCase(std::string_view words) {
  std::string name;
  bool begins = false;
  for (char const c : words) {
    if (c != ' ') name += begins ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
    begins = c == ' ';
  }
  return name;
}

Cell cellOfStage(Reader const& reader, auto stage) {
  return {reader.text({domain::stageZh(stage), domain::stageEn(stage)}),
          json::value(camelCase(domain::stageEn(stage)))};
}

}  // namespace

Cell accountCell(Reader const& reader, domain::AccountNumber const& account) {
  constexpr std::size_t kLeft = 4;
  auto const text = account.text();
  if (reader.seesPrivateData()) return cell(text);
  auto const shown = text.size() > 2 * kLeft ? text.substr(text.size() - kLeft) : std::string_view();
  return cell(std::string(kHidden) + std::string(shown));
}

Cell rolesCell(Reader const& reader, domain::RoleSet const& roles) {
  Cell cell{{}, json::array()};
  for (auto const role : membersOf(roles)) {
    if (!cell.shown.empty()) cell.shown += separator(reader);
    cell.shown += schema::enumerantTitle(role, reader.language);
    cell.value.as_array().push_back(json::value(schema::enumerantName(role)));
  }
  return cell;
}

Cell nextStepsCell(Reader const& reader, domain::NextSteps const& steps) {
  Cell cell{{}, json::array()};
  for (auto const step : steps) {
    auto const roles = rolesCell(reader, domain::authorityOf(step).roles);
    if (!cell.shown.empty()) cell.shown += reader.language == Language::zh ? "；" : "; ";
    cell.shown += reader.text({"{}（{}）", "{} ({})"}, schema::eventTypeTitle(step, reader.language), roles.shown);
    cell.value.as_array().push_back(json::object{{"step", schema::eventTypeName(step)}, {"roles", roles.value}});
  }
  return cell;
}

Cell regionCell(Reader const& reader, domain::CityCode code) {
  return {cityName(reader, code), json::value(code.number())};
}

Cell countyCell(Reader const& reader, std::uint32_t county, domain::CityCode city) {
  return {cityName(reader, domain::CityCode::fromNumber(county).value_or(city)), json::value(county)};
}

Cell eventTypeCell(Reader const& reader, schema::Event::Which type) {
  return {std::string(schema::eventTypeTitle(type, reader.language)), json::value(schema::eventTypeName(type))};
}

Cell stageCell(Reader const& reader, domain::ProjectStage stage) {
  return cellOfStage(reader, stage);
}

Cell stageCell(Reader const& reader, domain::PaymentStage stage) {
  return cellOfStage(reader, stage);
}

std::string stageName(domain::ProjectStage stage) {
  return camelCase(domain::stageEn(stage));
}

std::string stageName(domain::PaymentStage stage) {
  return camelCase(domain::stageEn(stage));
}

Cell awardStateCell(Reader const& reader, projections::AwardState state) {
  return cell(reader, {projections::stateZh(state), projections::stateEn(state)}, projections::stateName(state));
}

Cell personCell(Reader const& reader, domain::State const& state, domain::KeyId const& key) {
  auto const* const record = state.keys.find(key);
  if (!record) return cell();
  return reader.seesPrivateData() ? cell(state.person(record->person).id) : cell(kHidden);
}

Section timelineFields() {
  return {"timeline",
          {"经过", "timeline"},
          {{{"日期", "date"}, "occurredOn"},
           {{"事件", "event"}, "event", Align::right},
           {{"内容", "what"}, "type"},
           {{"针对", "of"}, "of"},
           {{"结果", "outcome"}, "outcome"},
           {{"办理人", "by"}, "person"},
           {{"到达环节", "led to"}, "stage"},
           {{"拨付环节", "payment"}, "paymentStage"},
           {{"金额", "amount"}, "amountFen", Align::right}}};
}

Section timelineSection(Reader const& reader, domain::State const& state,
                        std::span<projections::TimelineEntry const> entries,
                        std::optional<domain::EventRef> const& payment) {
  auto section = timelineFields();
  for (auto const& entry : entries) {
    if (payment && entry.payment != payment) continue;
    auto const& event = entry.event;
    section.rows.push_back({cell(event.occurredOn), cell(event.context.number), eventTypeCell(reader, event.type),
                            event.decides ? eventTypeCell(reader, *event.decides) : cell(),
                            cellOf(reader, event.outcome), personCell(reader, state, event.context.author),
                            entry.stage ? stageCell(reader, *entry.stage) : cell(),
                            entry.paymentStage ? stageCell(reader, *entry.paymentStage) : cell(), cell(event.amount)});
  }
  return section;
}

}  // namespace fundtrail::api::views
