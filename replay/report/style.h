// SPDX-License-Identifier: Apache-2.0
// Private to this folder: the style sheet of the page.
#pragma once

#include <string_view>

namespace fundtrail::replay::report {

/// Quiet, with little colour and none that alone means something. On paper: page numbers, wide tables on pages of their
/// own turned by a quarter, rows that no page break divides, heads repeated.
inline constexpr std::string_view kStyle = R"css(
:root { --ink: #1b2430; --soft: #566270; --line: #c9d1d9; --accent: #1f4e79; --ground: #f5f7f9; }
* { box-sizing: border-box; }
html { background: #fff; }
body { color: var(--ink); font: 15px/1.6 "Noto Serif", "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", "SimSun", Georgia, serif;
  margin: 0 auto; max-width: 66rem; padding: 2.5rem 1.5rem 4rem; }
h1 { font-size: 1.75rem; line-height: 1.3; margin: 0 0 .3rem; }
h2 { border-bottom: 2px solid var(--accent); font-size: 1.25rem; margin: 2.6rem 0 .8rem; padding-bottom: .25rem; }
h3 { font-size: 1.05rem; margin: 1.6rem 0 .5rem; }
p { margin: .5rem 0; max-width: 52rem; }
.programme { color: var(--soft); margin: 0 0 1.4rem; }
.verdict { border: 2px solid var(--ink); border-left-width: 14px; margin: 1.2rem 0 1.6rem; padding: .9rem 1.2rem; break-inside: avoid; }
.verdict strong { display: block; font-size: 1.35rem; line-height: 1.4; }
.verdict.proven { border-color: #2c6e49; }
.verdict.notProven { border-color: #8a6d00; border-style: dashed; border-left-style: solid; }
.verdict.findings { border-color: #a33b1f; }
.verdict.tampered { border-color: #7d1128; border-style: double; border-width: 6px 6px 6px 14px; }
table { border-collapse: collapse; font-size: .86rem; line-height: 1.45; margin: .8rem 0 1.2rem; width: 100%; }
caption { caption-side: top; color: var(--soft); font-size: .86rem; padding: 0 0 .3rem; text-align: left; }
th, td { border-bottom: 1px solid var(--line); padding: .32rem .55rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
thead th { background: var(--ground); border-bottom: 1.5px solid var(--ink); font-weight: 600; overflow-wrap: normal; }
tbody th { font-weight: 600; overflow-wrap: normal; }
tfoot td, tfoot th { border-bottom: 0; border-top: 1.5px solid var(--ink); font-weight: 600; }
.n { font-variant-numeric: tabular-nums; overflow-wrap: normal; text-align: right; white-space: nowrap; }
.facts tbody th { width: 22%; }
.facts td { width: 78%; }
.parts th { white-space: nowrap; }
.parts td:nth-child(3) { width: 34%; }
.parts td:nth-child(4), .parts td:nth-child(5) { width: 25%; }
.wide { font-size: .78rem; }
.wide th, .wide td { padding: .28rem .4rem; }
code { font: .92em "DejaVu Sans Mono", "Liberation Mono", Consolas, monospace; overflow-wrap: anywhere; }
pre { background: var(--ground); border: 1px solid var(--line); font: .82rem/1.6 "DejaVu Sans Mono", "Liberation Mono", Consolas, monospace;
  margin: .6rem 0; padding: .6rem .8rem; white-space: pre-wrap; overflow-wrap: anywhere; }
ul { margin: .2rem 0; padding-left: 1.2rem; }
td ul { padding-left: 1rem; }
figure { break-inside: avoid; margin: 1rem 0 1.4rem; }
figcaption { color: var(--soft); font-size: .86rem; margin-bottom: .3rem; }
svg { display: block; height: auto; width: 100%; }
svg text { fill: var(--ink); font: 13px "Noto Sans", "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", Arial, sans-serif; }
.note { color: var(--soft); font-size: .86rem; }
.whole { white-space: nowrap; }
.mark { font-weight: 700; white-space: nowrap; }
footer { border-top: 1px solid var(--line); color: var(--soft); font-size: .82rem; margin-top: 3rem; padding-top: .8rem; }
@page { margin: 18mm 15mm 18mm; size: A4;
  @bottom-center { content: counter(page) " / " counter(pages); font: 9pt serif; } }
@page broad { margin: 15mm; size: A4 landscape; }
@media print {
  body { font-size: 10.5pt; max-width: none; padding: 0; }
  h2, h3 { break-after: avoid; }
  thead { break-inside: avoid; display: table-header-group; }
  tfoot { display: table-row-group; }
  tr, .verdict { break-inside: avoid; }
  .broad { page: broad; }
  .own { break-before: page; }
  thead th, pre, svg rect, svg path, .verdict { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
)css";

}  // namespace fundtrail::replay::report
