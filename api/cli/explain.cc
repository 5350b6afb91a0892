// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "api/cli/commands.h"
#include "api/cli/view.h"
#include "ledger/domain/percent.h"
#include "ledger/projections/explanation.h"

namespace fundtrail::api::cli {

namespace {

namespace domain = ledger::domain;
namespace projections = ledger::projections;
using crypto::Result;
using projections::Explanation;

struct Options {
  std::filesystem::path ledger;
  std::string event;
  std::string format;
};

/// "粤工信…〔2026〕18号（2026-01-01 起，事件 2）"
Cell paperCell(Session const& session, std::optional<projections::ExplainedPaper> const& paper) {
  if (!paper) return cell();
  return {session.text({"{}（{} 起施行，事件 {}）", "{} (in force from {}, event {})"}, paper->number,
                       paper->inForceFrom.text(), paper->event.value()),
          boost::json::object{
              {"event", paper->event.value()}, {"number", paper->number}, {"inForceFrom", paper->inForceFrom.text()}}};
}

Cell rateCell(domain::BasisPoints rate) {
  return {domain::percentText(rate.count()), boost::json::value(rate.count())};
}

Section headSection(Session const& session, Explanation const& explained) {
  Section section{"explanation",
                  {"奖补测算", "explanation"},
                  {{{"项目", "project"}, "project"},
                   {{"名称", "title"}, "title"},
                   {{"企业", "enterprise"}, "enterprise"},
                   {{"城市", "city"}, "city"},
                   {{"支持方向", "purpose"}, "purpose"},
                   {{"支持方式", "mode"}, "mode"},
                   {{"测算", "proposal"}, "proposal"},
                   {{"测算日期", "proposed on"}, "day"},
                   {{"当日施行的政策", "policy in force"}, "policy"},
                   {{"当日施行的方案", "plan in force"}, "plan"},
                   {{"依据", "rests on"}, "basisOfCost"},
                   {{"核定投入", "eligible cost"}, "eligibleFen"},
                   {{"等级", "level"}, "level"},
                   {{"比例", "rate"}, "rateBp"},
                   {{"按比例", "rate × cost"}, "portionFen"},
                   {{"上限", "cap"}, "capFen"},
                   {{"奖补", "subsidy"}, "subsidyFen"},
                   {{"核定", "award"}, "award"},
                   {{"拨付", "payment"}, "payment"}}};
  section.isSingle = true;
  section.rows.push_back({cell(explained.project), cell(explained.title), cell(explained.enterprise.text()),
                          regionCell(session, explained.city), cellOf(session, explained.purpose),
                          cellOf(session, explained.mode), cell(explained.proposal), cell(explained.day),
                          paperCell(session, explained.policy), paperCell(session, explained.plan),
                          explained.planned ? cell(session, {"合同计划投入", "what the contracts plan"}, "planned")
                                            : cell(session, {"核定的实际投入", "what was verified"}, "verified"),
                          cell(explained.cost), cellOf(explained.level), rateCell(explained.rate),
                          cell(explained.portion), cell(explained.cap), cell(explained.subsidy), cell(explained.award),
                          cell(explained.payment)});
  return section;
}

Cell backingCell(Session const& session, projections::ExplainedLine const& line) {
  if (!line.planned) return cell(line.backing);
  auto const& [contract, position] = *line.planned;
  return {session.text({"合同 {} 第 {} 行", "contract {}, line {}"}, contract.value(), position),
          boost::json::value(fmt::format("{}:{}", contract.value(), position))};
}

Section linesSection(Session const& session, Explanation const& explained) {
  Section section{"lines",
                  {"明细：计入与不计入（税额一律不计）", "lines, in and out (tax never counts)"},
                  {{{"序号", "line"}, "line", Align::right},
                   {{"费用类别", "category"}, "category", Align::left, 32},
                   {{"凭证", "backed by"}, "backing"},
                   {{"不含税金额", "net"}, "netFen", Align::right},
                   {{"税额", "tax"}, "taxFen", Align::right},
                   {{"计入", "counts"}, "countsFen", Align::right},
                   {{"不计入的原因", "why not"}, "why"}}};
  std::size_t position = 0;
  for (auto const& line : explained.lines) {
    auto const why = line.why ? cell(session, {domain::excludedZh(*line.why), domain::excludedEn(*line.why)},
                                     domain::excludedName(*line.why))
                              : cell();
    section.rows.push_back({cellOf(++position), cellOf(session, line.category), backingCell(session, line),
                            cell(line.net), cell(line.tax), cell(line.why ? domain::Fen() : line.net), why});
  }
  return section;
}

/// For programs in both languages: what it is about is named beside it.
Cell sentenceCell(Session const& session, Text const& sentence) {
  return {std::string(sentence.in(session.language)), boost::json::object{{"zh", sentence.zh}, {"en", sentence.en}}};
}

Section groundsSection(Session const& session, Explanation const& explained) {
  Section section{"grounds",
                  {"逐条", "clause by clause"},
                  {{{"条款", "clause"}, "clause"},
                   {{"规则", "rule"}, "rule"},
                   {{"要求", "demands"}, "statement", Align::left, 44},
                   {{"情况", "is met by"}, "what", Align::left, 44},
                   {{"事件", "events"}, "events"}}};
  for (auto const& ground : explained.grounds) {
    Cell events{{}, boost::json::array()};
    for (auto const number : ground.events) {
      events.shown += (events.shown.empty() ? "" : " ") + number.text();
      events.value.as_array().push_back(boost::json::value(number.value()));
    }
    auto const& rule = *ground.rule;
    section.rows.push_back({cell(rule.clause), cell(rule.id),
                            sentenceCell(session, {rule.statementZh, rule.statementEn}),
                            sentenceCell(session, {ground.what.zh, ground.what.en}), std::move(events)});
  }
  return section;
}

Section sourcesSection(Session const& session, std::string_view name, Text const& title,
                       std::vector<projections::ExplainedSource> const& sources, domain::CityCode city) {
  Section section{name,
                  title,
                  {{{"指标文号", "tranche"}, "number"},
                   {{"政府层级", "level"}, "level"},
                   {{"年度", "year"}, "year", Align::right},
                   {{"区县", "held by"}, "county"},
                   {{"金额", "amount"}, "amountFen", Align::right}}};
  for (auto const& source : sources) {
    section.rows.push_back({cell(source.number), cellOf(session, source.level), cellOf(source.year),
                            countyCell(session, source.county, city), cell(source.amount)});
  }
  return section;
}

Result<domain::EventNumber> numberOf(Session const& session, ledger::log::EventLog const& log,
                                     std::string const& event) {
  auto const events = log.size().events;
  if (auto const number = EventName(event, events).number()) return *number;
  EventSearch search(event, events);
  auto const read = projections::read(log, {}, [&](domain::Case const& about) { search.apply(about); });
  if (!read) return read.error();
  auto const named = search.result(session);
  if (!named) return named.error();
  return named->context.number;
}

Result<Exit> show(Session const& session, Options const& options) {
  auto const log = LedgerDirectory(options.ledger).openForReading(session);
  if (!log) return log.error();
  auto const number = numberOf(session, **log, options.event);
  if (!number) return number.error();
  auto const explained = projections::explain(**log, *number);
  if (!explained) return explained.error();
  print(session,
        {{headSection(session, *explained), linesSection(session, *explained),
          sourcesSection(session, "sources", {"奖补的资金来源", "where the award comes from"}, explained->sources,
                         explained->city),
          sourcesSection(session, "paid", {"本次拨付的资金来源", "what this payment draws on"}, explained->paid,
                         explained->city),
          groundsSection(session, *explained)},
         explained->basis},
        options.format);
  return Exit::ok;
}

}  // namespace

void addExplain(commandline::Program& program, Action& chosen) {
  auto options = std::make_shared<Options>();
  auto command = program.command("explain", {"一项奖补如何得出：明细、比例、上限、条款、资金来源",
                                             "how an award came about: its lines, rate, cap, clauses and sources"});
  addEvent(command, options->event);
  addLedger(command, options->ledger);
  addFormat(command, options->format, {"table", "json", "csv"});
  command.onChosen(
      [options, &chosen] { chosen = [options](Session const& session) { return show(session, *options); }; });
}

}  // namespace fundtrail::api::cli
