// SPDX-License-Identifier: Apache-2.0
#include "api/cli/rules_page.h"

#include <algorithm>
#include <array>
#include <string>

#include <fmt/ostream.h>

#include "api/cli/outcome.h"
#include "api/views/table.h"
#include "ledger/domain/rule.h"

namespace fundtrail::api::cli {

namespace {

using ledger::domain::Rule;

/// Where rules come from, as their clauses say it.
struct Source {
  std::string_view clause;
  Text about;
};

// The headings of the notice's clauses; then what is no clause of it.
constexpr auto kSources = std::to_array<Source>({
    {"（一）", {"延续实施试点政策", "the pilot policy goes on until the end of 2026"}},
    {"（二）", {"完成承诺改造任务", "the promised reforms are done, and what counts as one"}},
    {"（三）", {"优化数字化改造模式", "ways of reform, and what a contract holds"}},
    {"（四）", {"明晰数字化改造奖补范围", "which cost may be subsidised"}},
    {"（五）", {"加强数字化供给方和产品管理", "providers and products"}},
    {"（六）", {"做实做细数字化赋能对接", "bringing enterprises and providers together"}},
    {"（七）", {"推动中小企业重点环节深度改造", "reform in depth"}},
    {"（八）", {"培育产业链供应链数字化转型行业平台", "industry platforms"}},
    {"（九）", {"健全中小企业数字化转型长效机制", "lasting arrangements"}},
    {"（十）", {"严格规范管理专项资金", "strict management of the fund"}},
    {"城市实施方案", {"城市备案的实施方案（cityPlanFiled）", "the plan that the city filed (cityPlanFiled)"}},
    {"—", {"账本自身的要求", "what a ledger demands of itself"}},
});

/// A page under way.
struct Page {
  Session const& session;
  std::span<Language const> languages;

  /// The text in each language, one after the other.
  [[nodiscard]] std::string all(Text const& text, std::string_view between) const {
    std::string joined;
    for (auto const language : languages) {
      if (!joined.empty()) joined += between;
      joined += text.in(language);
    }
    return joined;
  }
  void heading(std::string_view level, Text const& text) const {
    fmt::print(session.out, "{} {}\n\n", level, all(text, " "));
  }
  void paragraph(Text const& text) const { fmt::print(session.out, "{}\n\n", all(text, "\n\n")); }
  void items(Text const& name, Text const& text) const {
    for (auto const language : languages) {
      fmt::print(session.out, "* {}{}{}\n", name.in(language), language == Language::zh ? "：" : ": ",
                 text.in(language));
    }
  }
};

std::string idsOfRulesThatCite(std::string_view clause) {
  std::string ids;
  for (auto const& rule : ledger::domain::rules()) {
    if (rule.clause.find(clause) == std::string_view::npos) continue;
    if (!ids.empty()) ids += ' ';
    ids += rule.id;
  }
  return ids;
}

void printSources(Page const& page) {
  views::Table table{{{page.all({"条款", "Clause"}, " ")},
                      {page.all({"内容", "What it is about"}, " ")},
                      {page.all({"规则", "Rules"}, " ")}},
                     {}};
  for (auto const& source : kSources) {
    table.rows.push_back(
        {std::string(source.clause), page.all(source.about, "<br>"), idsOfRulesThatCite(source.clause)});
  }
  for (auto const& rule : ledger::domain::rules()) {
    auto const cites = [&](auto const& row) { return rule.clause.find(row[0]) != std::string_view::npos; };
    if (std::ranges::none_of(table.rows, cites))
      table.rows.push_back({std::string(rule.clause), "", idsOfRulesThatCite(rule.clause)});
  }
  table.printMarkdown(page.session.out);
  page.session.out << '\n';
}

/// A refusal as `submit` words it, by the first rule that has a clause.
void printRefusal(Page const& page) {
  auto const rules = ledger::domain::rules();
  auto const rule = std::ranges::find_if(rules, [](Rule const& one) { return one.clause != "—"; });
  if (rule == rules.end()) return;
  page.session.out << "```text\n";
  for (auto const language : page.languages) {
    Session const reader{language, page.session.out, page.session.err};
    page.session.out << refusalText(reader, {0, {&*rule, ledger::domain::Text{"〔冲突的内容〕", "[what clashed]"}}})
                     << '\n';
  }
  page.session.out << "```\n\n";
}

void printRules(Page const& page, std::span<Rule const> rules, auto const& which) {
  for (auto const& rule : rules) {
    if (!which(rule)) continue;
    fmt::print(page.session.out, "### {}\n\n", rule.id);
    page.items({"条款", "Clause"}, {rule.clause, rule.clause});
    page.items({"内容", "What it demands"}, {rule.statementZh, rule.statementEn});
    page.items({"怎么办", "What to do"}, {rule.remedyZh, rule.remedyEn});
    page.session.out << '\n';
  }
}

}  // namespace

void printRulesPage(Session const& session, std::span<Language const> languages) {
  Page const page{session, languages};
  page.heading("#", {"记账规则", "Rules"});
  page.paragraph(
      {"本页由程序生成，两种语言的版本由 `fundtrail rules --format markdown-bilingual` 输出；勿手工修改。",
       "Printed by the program; `fundtrail rules --format markdown-bilingual` prints it in both languages. Do "
       "not edit it by hand."});

  page.heading("##", {"如何判定", "How an event is judged"});
  page.paragraph(
      {"没有规则反对的事件才予记录。规则按本页次序逐条询问，第一条反对的规则即为拒绝的依据，其后的不再询问。"
       "一批事件中有一件被拒绝，整批不予记录，账本不变。末尾的提示性规则不拒绝任何事件，只随记账结果提示。",
       "An event is recorded only if no rule objects to it. The rules are asked one by one in the order of this page; "
       "the "
       "first that objects is the refusal, and those after it are not asked. If one event of a batch is refused, "
       "nothing of "
       "the batch is recorded and the ledger stays as it was. The warnings at the end refuse nothing: they go with the "
       "answer."});

  page.heading("##", {"拒绝如何表述", "How a refusal reads"});
  page.paragraph(
      {"一行：第几个事件、哪条规则及其条款、冲突的内容、怎么办。`fundtrail submit` 的退出码为 2。",
       "One line: which event, which rule and its clause, what clashed, and what to do. `fundtrail submit` then "
       "ends with exit code 2."});
  printRefusal(page);

  page.heading("##", {"条款出处", "Where the clauses are"});
  page.paragraph(
      {"（一）至（十）是广东省工业和信息化厅、广东省财政厅《关于2026年加强省级中小企业数字化转型城市试点管理工作的通知"
       "》"
       "（粤工信工业互联网函〔2026〕18号，主动公开）的条款；该通知与粤工信工业互联网函〔2024〕57号等文件不一致的，按该"
       "通知执行。",
       "（一） to （十） are the clauses of the notice 粤工信工业互联网函〔2026〕18号, which Guangdong's Department of "
       "Industry and "
       "Information Technology and Department of Finance issued and made public. Where it differs from "
       "粤工信工业互联网函〔2024〕57号, it prevails."});
  printSources(page);

  page.heading("##", {"只看事件本身的规则", "Rules of the event alone"});
  auto const rules = ledger::domain::rules();
  printRules(page, rules, [](Rule const& rule) { return rule.examine != nullptr; });
  page.heading("##", {"结合账本状态的规则", "Rules of the event in its ledger"});
  printRules(page, rules, [](Rule const& rule) { return rule.judge != nullptr; });
  page.heading("##", {"提示", "Warnings"});
  printRules(page, ledger::domain::warnings(), [](Rule const&) { return true; });
}

}  // namespace fundtrail::api::cli
