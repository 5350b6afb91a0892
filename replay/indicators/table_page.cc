// SPDX-License-Identifier: Apache-2.0
// docs/INDICATORS.md
#include <iterator>

#include <fmt/format.h>

#include "replay/indicators/report.h"

namespace fundtrail::replay::indicators {

std::string tableToMarkdown() {
  std::string out =
      "# 预警指标 Indicators\n"
      "\n"
      "由 `fundtrail-replay indicators --list --format markdown-bilingual` 生成。预警不是结论：每一项都要由人核实。\n"
      "Written by `fundtrail-replay indicators --list --format markdown-bilingual`. A sign is no finding: each is to "
      "be "
      "looked into.\n"
      "\n"
      "分数 0 至 100 的整数：门槛 50 分，两倍门槛（占比为全部）100 分，其间按比例；有或无的迹象为固定分数。参数可用 "
      "`--indicators FILE` 修改，"
      "或写明原因关闭；误报率见 [PERFORMANCE.md](PERFORMANCE.md#false-alarms)，所需的补充资料见 "
      "[AUDIT_INPUT.md](AUDIT_INPUT.md)。\n"
      "Scores are whole, 0 to 100: 50 at the threshold, 100 at twice the threshold (of a share: at the whole), in "
      "equal "
      "steps between; a sign that is there or not has one score. `--indicators FILE` sets parameters, or switches "
      "an indicator off with a reason ([AUDIT_INPUT.md](AUDIT_INPUT.md)); "
      "[PERFORMANCE.md](PERFORMANCE.md#false-alarms) "
      "has the rates of false alarms.\n"
      "\n"
      "`fundtrail simulate --plant` 为每一项埋设可供练习的迹象（`fundtrail plants`），只有 K4 "
      "除外：事后支持的项目未验收即付款，"
      "违反规则 E5，由证明的“合规”部分指出，其后的事件不再采用。K16 "
      "中专家任职于项目一方的，同样违反规则 S1；按工商登记才看得出的关系则只有预警能指出。\n"
      "`fundtrail simulate --plant` plants something for each of them to practise on (`fundtrail plants`), K4 "
      "excepted: "
      "a project supported afterwards that is paid before it is accepted breaks rule E5, so that the proof's part "
      "“lawful” finds it, and nothing behind it is looked at. Of K16, an expert who is employed by a party breaks rule "
      "S1 in the same way; a relation that only the register of companies shows is for the indicator alone.\n";
  auto at = std::back_inserter(out);
  for (auto const& indicator : indicators()) {
    fmt::format_to(at, "\n## {} {} {}\n\n", indicator.id, indicator.name.zh, indicator.name.en);
    auto const row = [&](std::string_view zh, std::string_view en, Text const& text) {
      fmt::format_to(at, "* **{} {}** {}<br>{}\n", zh, en, text.zh, text.en);
    };
    row("问", "asks", indicator.asks);
    row("算法", "formula", indicator.formula);
    row("对象", "looks at", indicator.population);
    row("分数", "score", indicator.score);
    fmt::format_to(at, "* **条款 clause** {}\n", indicator.clause);
    row("常见误报", "common false alarms", indicator.falseAlarms);
    if (indicator.parameters.empty()) continue;
    out += "\n| 参数 parameter | 默认 default | 单位 unit | 理由 why |\n|---|---|---|---|\n";
    for (auto const& parameter : indicator.parameters) {
      auto const unit = wordsFor(parameter.unit);
      fmt::format_to(at, "| `{}` | {} | {} {} | {}<br>{} |\n", parameter.name, parameter.value, unit.zh, unit.en,
                     parameter.why.zh, parameter.why.en);
    }
  }
  return out;
}

}  // namespace fundtrail::replay::indicators
