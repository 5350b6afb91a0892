// SPDX-License-Identifier: Apache-2.0
#include "api/cli/view.h"

#include <cctype>
#include <utility>

#include <capnp/schema.h>

#include "api/cli/city.h"

namespace fundtrail::api::cli {

namespace {

namespace domain = ledger::domain;
namespace json = boost::json;
namespace projections = ledger::projections;
namespace schema = ledger::schema;

std::string_view separator(Session const& session) {
  return session.language == Language::zh ? "、" : ", ";
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

Cell cellOfStage(Session const& session, auto stage) {
  return {session.text({domain::stageZh(stage), domain::stageEn(stage)}),
          json::value(camelCase(domain::stageEn(stage)))};
}

}  // namespace

crypto::Error notACreditCode(Session const& session, std::string const& text) {
  return session.error(crypto::ErrorKind::badInput,
                       {"{} 不是有效的统一社会信用代码：请核对 18 位代码",
                        "{} is no valid unified social credit code: check its 18 characters"},
                       text);
}

crypto::Error notRegistered(Session const& session, std::string const& uscc) {
  return session.error(crypto::ErrorKind::notFound,
                       {"账本此时没有登记主体 {}", "no organisation {} is registered at that position"}, uscc);
}

void EventSearch::apply(domain::Case const& about) {
  if (!name_.is(about.context.number, about.context.ref)) return;
  NamedEvent named{about.context, about.subject.projectRef, about.subject.paymentRef};
  if (about.event.isProjectEnrolled()) named.project = about.context.ref;
  if (about.event.isPaymentRequested()) named.payment = about.context.ref;
  found_.push_back(named);
}

crypto::Result<NamedEvent> EventSearch::result(Session const& session) const {
  if (found_.empty() && name_.number()) {
    return session.error(crypto::ErrorKind::notFound,
                         {"事件 {} 在账上，但不在 --as-of 和 --on 所限的范围内：请放宽",
                          "event {} is on record, but not among the events that --as-of and --on let in: widen them"},
                         text_);
  }
  if (found_.empty()) return notOnRecord(session, text_, events_);
  if (found_.size() > 1) return ambiguous(session, text_, found_.size());
  return found_.front();
}

std::vector<domain::CityCode> citiesOf(domain::State const& state) {
  std::vector<domain::CityCode> cities;
  state.cities.visit([&](domain::CityCode city, domain::City const&) { cities.push_back(city); });
  return cities;
}

crypto::Result<projections::Snapshot> readLedger(Session const& session, ViewOptions const& options,
                                                 ledger::history::Follower const& follow,
                                                 ledger::history::Observer const& observe) {
  auto const log = LedgerDirectory(options.ledger).openForReading(session);
  if (!log) return log.error();
  return projections::read(**log, asOf(options.asOf), follow, observe);
}

crypto::Result<ProjectView> readProjectView(Session const& session, ViewOptions const& options,
                                            std::string const& event) {
  auto const log = LedgerDirectory(options.ledger).openForReading(session);
  if (!log) return log.error();
  EventSearch search(event, (*log)->size().events);
  projections::Timelines timelines;
  auto snapshot = projections::read(
      **log, asOf(options.asOf),
      [&](domain::Case const& about) {
        search.apply(about);
        timelines.apply(about);
      },
      [&](domain::State const& after) { timelines.observe(after); });
  if (!snapshot) return snapshot.error();
  auto named = search.result(session);
  if (!named) return named.error();
  return ProjectView{*std::move(snapshot), std::move(timelines), *std::move(named)};
}

crypto::Result<CityView> readCityView(Session const& session, ViewOptions const& options, std::string const& city,
                                      ledger::history::Follower const& follow) {
  auto snapshot = readLedger(session, options, follow);
  if (!snapshot) return snapshot.error();
  if (city.empty()) return CityView{*std::move(snapshot), std::nullopt};
  auto const chosen = cityNamed(session, citiesOf(snapshot->state), city);
  if (!chosen) return chosen.error();
  return CityView{*std::move(snapshot), *chosen};
}

Cell rolesCell(Session const& session, domain::RoleSet const& roles) {
  Cell cell{{}, json::array()};
  for (auto const role : membersOf(roles)) {
    if (!cell.shown.empty()) cell.shown += separator(session);
    cell.shown += schema::enumerantTitle(role, session.language);
    cell.value.as_array().push_back(json::value(schema::enumerantName(role)));
  }
  return cell;
}

Cell nextStepsCell(Session const& session, domain::NextSteps const& steps) {
  Cell cell{{}, json::array()};
  for (auto const step : steps) {
    auto const roles = rolesCell(session, domain::authorityOf(step).roles);
    if (!cell.shown.empty()) cell.shown += session.language == Language::zh ? "；" : "; ";
    cell.shown += session.text({"{}（{}）", "{} ({})"}, schema::eventTypeTitle(step, session.language), roles.shown);
    cell.value.as_array().push_back(json::object{{"step", schema::eventTypeName(step)}, {"roles", roles.value}});
  }
  return cell;
}

Cell regionCell(Session const& session, domain::CityCode code) {
  return {cityName(session, code), json::value(code.number())};
}

Cell countyCell(Session const& session, std::uint32_t county, domain::CityCode city) {
  return {cityName(session, domain::CityCode::fromNumber(county).value_or(city)), json::value(county)};
}

Cell eventTypeCell(Session const& session, schema::Event::Which type) {
  return {std::string(schema::eventTypeTitle(type, session.language)), json::value(schema::eventTypeName(type))};
}

Cell stageCell(Session const& session, domain::ProjectStage stage) {
  return cellOfStage(session, stage);
}

Cell stageCell(Session const& session, domain::PaymentStage stage) {
  return cellOfStage(session, stage);
}

Cell awardStateCell(Session const& session, projections::AwardState state) {
  return cell(session, {projections::stateZh(state), projections::stateEn(state)}, projections::stateName(state));
}

Cell personCell(domain::State const& state, domain::KeyId const& key) {
  auto const* const record = state.keys.find(key);
  return record ? cell(state.person(record->person).id) : cell();
}

Section timelineSection(Session const& session, domain::State const& state,
                        std::span<projections::TimelineEntry const> entries,
                        std::optional<domain::EventRef> const& payment) {
  Section section{"timeline",
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
  for (auto const& entry : entries) {
    if (payment && entry.payment != payment) continue;
    auto const& event = entry.event;
    section.rows.push_back({cell(event.occurredOn), cell(event.context.number), eventTypeCell(session, event.type),
                            event.decides ? eventTypeCell(session, *event.decides) : cell(),
                            cellOf(session, event.outcome), personCell(state, event.context.author),
                            entry.stage ? stageCell(session, *entry.stage) : cell(),
                            entry.paymentStage ? stageCell(session, *entry.paymentStage) : cell(), cell(event.amount)});
  }
  return section;
}

}  // namespace fundtrail::api::cli
