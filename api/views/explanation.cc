// SPDX-License-Identifier: Apache-2.0
#include "ledger/projections/explanation.h"

#include "api/views/cells.h"
#include "api/views/reports.h"
#include "ledger/domain/percent.h"

namespace fundtrail::api::views {

namespace {

namespace domain = ledger::domain;
namespace projections = ledger::projections;
using projections::Explanation;

/// "粤工信…〔2026〕18号（2026-01-01 起，事件 2）"
Cell paperCell(Reader const& reader, std::optional<projections::ExplainedPaper> const& paper) {
  if (!paper) return cell();
  return {reader.text({"{}（{} 起施行，事件 {}）", "{} (in force from {}, event {})"}, paper->number,
                      paper->inForceFrom.text(), paper->event.value()),
          boost::json::object{
              {"event", paper->event.value()}, {"number", paper->number}, {"inForceFrom", paper->inForceFrom.text()}}};
}

Cell rateCell(domain::BasisPoints rate) {
  return {domain::percentText(rate.count()), boost::json::value(rate.count())};
}

Section headFields() {
  return {"explanation",
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
           {{"拨付", "payment"}, "payment"}},
          {},
          true};
}

Section headSection(Reader const& reader, Explanation const& explained) {
  auto section = headFields();
  section.rows.push_back({cell(explained.project), cell(explained.title), cell(explained.enterprise.text()),
                          regionCell(reader, explained.city), cellOf(reader, explained.purpose),
                          cellOf(reader, explained.mode), cell(explained.proposal), cell(explained.day),
                          paperCell(reader, explained.policy), paperCell(reader, explained.plan),
                          explained.planned ? cell(reader, {"合同计划投入", "what the contracts plan"}, "planned")
                                            : cell(reader, {"核定的实际投入", "what was verified"}, "verified"),
                          cell(explained.cost), cellOf(explained.level), rateCell(explained.rate),
                          cell(explained.portion), cell(explained.cap), cell(explained.subsidy), cell(explained.award),
                          cell(explained.payment)});
  return section;
}

Cell backingCell(Reader const& reader, projections::ExplainedLine const& line) {
  if (!line.planned) return cell(line.backing);
  auto const& [contract, position] = *line.planned;
  return {reader.text({"合同 {} 第 {} 行", "contract {}, line {}"}, contract.value(), position),
          boost::json::value(fmt::format("{}:{}", contract.value(), position))};
}

Section linesFields() {
  return {"lines",
          {"明细：计入与不计入（税额一律不计）", "lines, in and out (tax never counts)"},
          {{{"序号", "line"}, "line", Align::right},
           {{"费用类别", "category"}, "category", Align::left, 32},
           {{"凭证", "backed by"}, "backing"},
           {{"不含税金额", "net"}, "netFen", Align::right},
           {{"税额", "tax"}, "taxFen", Align::right},
           {{"计入", "counts"}, "countsFen", Align::right},
           {{"不计入的原因", "why not"}, "why"}}};
}

Section linesSection(Reader const& reader, Explanation const& explained) {
  auto section = linesFields();
  std::size_t position = 0;
  for (auto const& line : explained.lines) {
    auto const why = line.why ? cell(reader, {domain::excludedZh(*line.why), domain::excludedEn(*line.why)},
                                     domain::excludedName(*line.why))
                              : cell();
    section.rows.push_back({cellOf(++position), cellOf(reader, line.category), backingCell(reader, line),
                            cell(line.net), cell(line.tax), cell(line.why ? domain::Fen() : line.net), why});
  }
  return section;
}

/// For programs in both languages: what it is about is named beside it.
Cell sentenceCell(Reader const& reader, Text const& sentence) {
  return {std::string(sentence.in(reader.language)), boost::json::object{{"zh", sentence.zh}, {"en", sentence.en}}};
}

Section groundsFields() {
  return {"grounds",
          {"逐条", "clause by clause"},
          {{{"条款", "clause"}, "clause"},
           {{"规则", "rule"}, "rule"},
           {{"要求", "demands"}, "statement", Align::left, 44},
           {{"情况", "is met by"}, "what", Align::left, 44},
           {{"事件", "events"}, "events"}}};
}

Section groundsSection(Reader const& reader, Explanation const& explained) {
  auto section = groundsFields();
  for (auto const& ground : explained.grounds) {
    Cell events{{}, boost::json::array()};
    for (auto const number : ground.events) {
      events.shown += (events.shown.empty() ? "" : " ") + number.text();
      events.value.as_array().push_back(boost::json::value(number.value()));
    }
    auto const& rule = *ground.rule;
    section.rows.push_back({cell(rule.clause), cell(rule.id),
                            sentenceCell(reader, {rule.statementZh, rule.statementEn}),
                            sentenceCell(reader, {ground.what.zh, ground.what.en}), std::move(events)});
  }
  return section;
}

struct NamedList {
  std::string_view name;
  Text title;
};
constexpr NamedList kSources{"sources", {"奖补的资金来源", "where the award comes from"}};
constexpr NamedList kPaid{"paid", {"本次拨付的资金来源", "what this payment draws on"}};

Section sourcesFields(NamedList const& list) {
  return {list.name,
          list.title,
          {{{"指标文号", "tranche"}, "number"},
           {{"政府层级", "level"}, "level"},
           {{"年度", "year"}, "year", Align::right},
           {{"区县", "held by"}, "county"},
           {{"金额", "amount"}, "amountFen", Align::right}}};
}

Section sourcesSection(Reader const& reader, NamedList const& list,
                       std::vector<projections::ExplainedSource> const& sources, domain::CityCode city) {
  auto section = sourcesFields(list);
  for (auto const& source : sources) {
    section.rows.push_back({cell(source.number), cellOf(reader, source.level), cellOf(source.year),
                            countyCell(reader, source.county, city), cell(source.amount)});
  }
  return section;
}

}  // namespace

Shape explanationShape() {
  return {headFields(), linesFields(), sourcesFields(kSources), sourcesFields(kPaid), groundsFields()};
}

Report explanationReport(Reader const& reader, Explanation const& explained) {
  return {{headSection(reader, explained), linesSection(reader, explained),
           sourcesSection(reader, kSources, explained.sources, explained.city),
           sourcesSection(reader, kPaid, explained.paid, explained.city), groundsSection(reader, explained)},
          explained.basis};
}

}  // namespace fundtrail::api::views
