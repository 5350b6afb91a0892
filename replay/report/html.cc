// SPDX-License-Identifier: Apache-2.0
#include "replay/report/html.h"

#include <algorithm>
#include <span>

#include <fmt/format.h>

#include "crypto/bytes.h"
#include "replay/report/charts.h"
#include "replay/report/markup.h"
#include "replay/report/style.h"
#include "replay/report/words.h"
#include "replay/trace/sankey.h"

namespace fundtrail::replay::report {

using domain::Fen;
using schema::Language;

namespace {

/// One page being written, section by section.
class Page {
 public:
  Page(Dossier const& dossier, Language language)
      : dossier_(dossier), report_(dossier.report), language_(language), chinese_(language == Language::zh) {}

  std::string write() {
    head();
    verdict();
    scope();
    trust();
    parts();
    findings();
    signs();
    cities();
    flow();
    months();
    tranches();
    payments();
    policies();
    terms();
    receipts();
    commands();
    foot();
    return std::move(out_);
  }

 private:
  // ---- words

  std::string_view say(std::string_view zh, std::string_view en) const { return chinese_ ? zh : en; }
  std::string_view say(Text const& text) const { return text.in(language_); }
  std::string_view say(domain::Text const& text) const { return in(text, language_); }
  template <class... Values>
  std::string fill(std::string_view zh, std::string_view en, Values const&... values) const {
    return fmt::vformat(say(zh, en), fmt::make_format_args(values...));
  }

  void raw(std::string_view html) { out_ += html; }
  void section(std::string_view zh, std::string_view en) {
    out_ += fmt::format("<h2>{}. {}</h2>\n", ++sections_, escaped(say(zh, en)));
  }
  void paragraph(std::string_view text, std::string_view cssClass = {}) {
    out_ += fmt::format("<p{}>{}</p>\n", cssClass.empty() ? "" : fmt::format(" class=\"{}\"", cssClass), escaped(text));
  }
  static Cell number(std::uint64_t value) { return {std::to_string(value), Cell::Kind::number}; }
  static Cell amount(Fen fen) { return {formatYuan(fen), Cell::Kind::number}; }
  static Cell heading(std::string_view text) { return {text, Cell::Kind::heading}; }
  static Cell code(std::string_view text) { return {text, Cell::Kind::code}; }
  static Cell numbered(std::string_view text) { return {text, Cell::Kind::number}; }
  static Cell nowrap(std::string_view text) { return Markup{"<span class=\"whole\">" + escaped(text) + "</span>"}; }
  Cell list(std::vector<domain::Text> const& texts) const {
    if (texts.empty()) return {"—"};
    std::string html = "<ul>";
    for (auto const& text : texts) html += "<li>" + escaped(say(text)) + "</li>";
    return Markup{html + "</ul>"};
  }
  /// A sign that is not a colour.
  static std::string_view signOf(Standing standing) {
    switch (standing) {
      case Standing::holds: return "✓";
      case Standing::notProven: return "?";
      case Standing::fails: return "✗";
    }
    return "";
  }

  // ---- sections

  void head() {
    auto const title = say("专项资金审计报告", "Audit report on the special fund");
    auto const programme = report_.identity ? report_.identity->programme : std::string();
    raw(fmt::format(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\"/>\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n"
        "<meta name=\"generator\" content=\"{}\"/>\n<title>{} — "
        "{}</title>\n<style>{}</style>\n</head>\n<body>\n<main>\n",
        chinese_ ? "zh-CN" : "en", escaped(dossier_.call.program), escaped(title), escaped(programme), kStyle));
    raw(fmt::format("<h1>{}</h1>\n<p class=\"programme\">{}</p>\n", escaped(title), escaped(programme)));
  }

  void verdict() {
    raw(fmt::format("<div class=\"verdict {}\" role=\"status\"><strong>{}</strong>{}</div>\n", name(report_.verdict),
                    escaped(say(headlineOf(report_.verdict))), escaped(say(meaningOf(report_.verdict)))));
  }

  void scope() {
    section("范围", "Scope");
    Table table(say("本报告所依据的账本副本", "The copy of the ledger that this report rests on"), std::vector<Cell>{});
    auto const row = [&](std::string_view zh, std::string_view en, Cell cell) {
      table.row({heading(say(zh, en)), std::move(cell)});
    };
    if (report_.size.batches == 0) {
      row("日志", "Log", say("没有读到任何内容", "nothing of it was read"));
      raw(table.html("facts"));
      return;
    }
    if (report_.identity) {
      row("账本", "Ledger", code(report_.identity->ledger.text()));
      for (auto const& vkey : report_.identity->logVkeys) row("日志公钥", "Log key", code(vkey));
    }
    row("内容", "Contents",
        fill("{} 批，{} 个事件", "{} batches, {} events", report_.size.batches, report_.size.events));
    row("根", "Root", code(report_.root.hex()));
    if (report_.lastAcceptedAt) row("最后入账", "Last accepted", report_.lastAcceptedAt->text());
    if (dossier_.firstDay && dossier_.lastDay) {
      row("资金业务日期", "Business days of money",
          fill("{} 至 {}", "{} to {}", dossier_.firstDay->text(), dossier_.lastDay->text()));
    }
    row("核验", "Checked",
        fill("{} 个签名，{} 个事件逐条按规则重新判定，{} 笔分录，{} 个哈希块",
             "{} signatures, {} events judged again by every rule, {} postings, {} tiles", report_.proof.signatures,
             report_.proof.judged, report_.proof.postings, report_.proof.tiles));
    raw(table.html("facts"));
    paragraph(say("副本之后是否还有内容，副本自身无法证明。请将下面的检查点与他人所持的核对，并留作下次审计之用：",
                  "No copy proves by itself that nothing stands behind its end. Compare this checkpoint with the one "
                  "that others hold, and keep it for the next audit:"));
    raw(fmt::format("<pre>checkpoint {} {}</pre>\n", report_.size.batches, crypto::toBase64(report_.root.view())));
  }

  void trust() {
    section("信任的依据", "What is trusted");
    bool const known = report_.identity && report_.identity->trusted;
    paragraph(known ? say("账本身份由审计人员另行掌握的信息确认。",
                          "The ledger's identity is confirmed by what the auditor knows from elsewhere.")
                    : say("账本身份取自日志自身，未经另行确认：请与您从别处得知的账本编号、日志公钥核对。",
                          "The ledger's identity is the log's own word: compare its id and key with what you know from "
                          "elsewhere."));
    paragraph(report_.checkpoint ? fill("检查点由日志公钥签署，覆盖 {} 批。",
                                        "The log's key signed a checkpoint of {} batches.", report_.checkpoint->size)
                                 : std::string(say("没有可信的检查点。", "There is no checkpoint to rely on.")));
    if (report_.continues) {
      paragraph(fill(
          "日志接续审计人员提供的第 {} 批的检查点：此前的内容未被改动。",
          "The log continues the checkpoint of {} batches that the auditor brought: nothing before it was altered.",
          report_.continues->size));
    }
    Table table(say("他人对检查点的见证", "What others attest of checkpoints"),
                {say("批数", "Batches"), say("见证方", "Witnesses"), say("达到 / 须达到", "Reached / needed"),
                 say("时间", "Time"), say("时间戳机构", "Time-stamp authority")});
    for (auto const& found : report_.attested) {
      std::string witnesses;
      for (auto const& witness : found.witnesses) {
        if (!witnesses.empty()) witnesses += say("、", ", ");
        witnesses += witness;
      }
      table.row({number(found.checkpoint.size), witnesses.empty() ? "—" : witnesses,
                 found.quorum.needed == 0 ? std::string("—")
                                          : fmt::format("{} / {}", found.quorum.reached, found.quorum.needed),
                 timeText(found.until), found.stamp ? found.stamp->authority : std::string("—")});
    }
    if (table.empty()) {
      paragraph(say("没有审计人员所信任的见证方或时间戳机构的签名。",
                    "No witness or time-stamp authority whom the auditor trusts has attested."));
    } else {
      raw(table.html());
    }
  }

  void parts() {
    raw("<div class=\"own\">\n");
    section("证明的七个部分", "The seven parts of the proof");
    Table table(
        say("每一部分各自判定；“未能证明”不等于“无异常”", "Each stands for itself; \"not proven\" is never \"clean\""),
        {say("部分", "Part"), say("结果", "Result"), say("清点", "Counted"), say("默认可信", "Taken for granted"),
         say("缺少", "Missing")});
    for (auto const& part : report_.parts) {
      std::string counts;
      for (auto const& count : part.counted) counts += "<li>" + escaped(countText(count, language_)) + "</li>";
      table.row({heading(say(title(part.id))),
                 Markup{fmt::format("<span class=\"mark\">{} {}</span>", signOf(part.standing),
                                    escaped(say(titleOf(part.standing))))},
                 counts.empty() ? Cell("—") : Cell(Markup{"<ul>" + counts + "</ul>"}), list(part.granted),
                 list(part.missing)});
    }
    raw(table.html("parts") + "</div>\n");
  }

  static std::string eventsOf(Finding const& finding) {
    std::string events;
    if (finding.event) events = finding.event->text();
    for (auto const other : finding.others) events += (events.empty() ? "" : ", ") + other.text();
    return events.empty() ? "—" : events;
  }
  std::string ruleOf(Finding const& finding) const {
    if (finding.rule.empty()) return "—";
    auto const clause = clauseOf(finding.rule);
    return clause.empty() ? finding.rule : fill("{}（{}）", "{} ({})", finding.rule, clause);
  }

  void findings() {
    section("问题", "Findings");
    if (report_.findings.empty()) {
      paragraph(say("没有。", "None."));
    } else {
      Table table(say("按发现的先后排列", "In the order in which they were met"),
                  {heading(say("序号", "No.")), heading(say("种类", "Kind")), heading(say("批次", "Batch")),
                   heading(say("事件", "Events")), heading(say("规则（条款）", "Rule (clause)")),
                   numbered(say("金额（元）", "Amount, yuan")), heading(say("内容", "What is wrong"))});
      std::size_t next = 0;
      for (auto const& finding : report_.findings) {
        table.row({number(++next), say(titleOf(finding.kind)),
                   finding.batch ? number(finding.batch->value()) : Cell("—"), eventsOf(finding), ruleOf(finding),
                   finding.amount ? amount(*finding.amount) : Cell("—"), say(finding.text)});
      }
      raw(table.html());
    }
    if (report_.furtherFindings > 0) {
      paragraph(fill("另有 {} 条，未逐条列出。", "{} more are not listed.", report_.furtherFindings));
    }
    if (report_.notJudged > 0) {
      paragraph(fill("首个问题之后的 {} 个事件未按规则判定。", "{} events behind the first fault were not judged.",
                     report_.notJudged));
    }
  }

  void signs() {
    raw("<div class=\"broad\">\n");
    section("预警指标", "Indicators");
    if (!dossier_.indicators) {
      raw("</div>\n");
      paragraph(say("账本未能验证，没有检查预警指标。", "The ledger could not be verified: no indicator was asked."));
      return;
    }
    auto const& asked = *dossier_.indicators;
    paragraph(
        fill("截至 {}。预警不是问题：它指出异常之处，须由人核实；“未检查”和“已关闭”不等于没有异常。",
             "As of {}. A sign is no finding: it says what is odd, for a person to look into. \"Not examined\" and "
             "\"off\" never mean that nothing is odd.",
             asked.asOf.text()));
    Table table(say("各项指标", "Every indicator"),
                {heading(say("编号", "No.")), heading(say("指标", "Indicator")), heading(say("条款", "Clause")),
                 heading(say("状态", "State")), numbered(say("检查对象数", "Looked at")),
                 numbered(say("预警数", "Signs")), heading(say("参数", "Parameters")), heading(say("说明", "Reason"))});
    for (auto const& outcome : asked.outcomes) {
      std::string parameters;
      for (auto const& [parameter, value] : outcome.parameters.all()) {
        parameters += fmt::format("{}{} = {}", parameters.empty() ? "" : "; ", parameter, value);
      }
      table.row({heading(outcome.indicator->id), say(outcome.indicator->name), outcome.indicator->clause,
                 nowrap(say(titleOf(outcome.state))), number(outcome.population), number(outcome.hits.size()),
                 parameters, say(outcome.reason)});
    }
    raw(table.html("wide") + "</div>\n");
    for (auto const& outcome : asked.outcomes) {
      if (!outcome.hits.empty()) signsOf(outcome);
    }
  }

  /// The most telling; all of them stand in the workbook.
  void signsOf(indicators::Outcome const& outcome) {
    constexpr std::size_t kShown = 20;
    raw(fmt::format("<h3>{} {}</h3>\n", outcome.indicator->id, escaped(say(outcome.indicator->name))));
    paragraph(fill("常见误报：{}", "What commonly makes it a false alarm: {}", say(outcome.indicator->falseAlarms)),
              "note");
    Table table(fill("共 {} 条，列出前 {} 条", "{} in all, of which the first {}", outcome.hits.size(),
                     std::min(kShown, outcome.hits.size())),
                {numbered(say("分值", "Score")), heading(say("事件", "Events")),
                 numbered(say("金额（元）", "Amount, yuan")), heading(say("依据", "Evidence"))});
    for (std::size_t i = 0; i < std::min(kShown, outcome.hits.size()); ++i) {
      auto const& hit = outcome.hits[i];
      std::string events;
      for (auto const event : hit.events) events += (events.empty() ? "" : ", ") + event.text();
      table.row({number(hit.score), events, hit.amount ? amount(*hit.amount) : Cell("—"), say(hit.evidence)});
    }
    raw(table.html());
  }

  /// The accounts that hold money somewhere: a column of noughts says nothing.
  static std::vector<Account> usedIn(auto const& rows) {
    std::vector<Account> used;
    for (std::size_t i = 0; i < kAccounts; ++i) {
      bool const holds = std::ranges::any_of(rows, [&](auto const& row) { return !row.balances[i].isZero(); });
      if (holds || Account(i) == Account::outside) used.push_back(Account(i));
    }
    return used;
  }
  std::vector<Cell> amounts(Balances const& balances, std::vector<Account> const& columns) const {
    std::vector<Cell> cells;
    for (auto const account : columns) cells.push_back(amount(balances[static_cast<std::size_t>(account)]));
    return cells;
  }
  static void append(std::vector<Cell>& cells, std::vector<Cell> more) {
    for (auto& cell : more) cells.push_back(std::move(cell));
  }

  void cities() {
    raw("<div class=\"broad\">\n");
    section("各市资金", "The cities' money");
    auto const columns = usedIn(report_.cities);
    std::vector<Cell> headings{say("城市", "City")};
    for (auto const account : columns) headings.push_back(numbered(say(titleOf(account))));
    Table table(say("单位：元。取自审计自己的账簿，逐分与账本相符。没有资金的栏目略去。",
                    "In yuan. By the audit's own books, which agree with the ledger's to the fen. Columns without "
                    "money are left out."),
                headings);
    Balances sums{};
    for (auto const& city : report_.cities) {
      std::vector<Cell> cells{heading(nameOf(city.city, language_))};
      append(cells, amounts(city.balances, columns));
      table.row(cells);
      for (std::size_t i = 0; i < kAccounts; ++i) sums[i] += city.balances[i];
    }
    std::vector<Cell> total{heading(say("合计", "Total"))};
    append(total, amounts(sums, columns));
    table.total(total);
    raw(table.html("wide"));
    if (!report_.cities.empty()) {
      figure(say("各市资金所处环节；条长为下达数，单位：元",
                 "Where each city's money stands; a bar is as long as what was issued, in yuan"),
             cityBars(report_.cities, language_));
    }
    raw("</div>\n");
  }

  void figure(std::string_view caption, std::string const& svg) {
    raw("<figure><figcaption>" + escaped(caption) + "</figcaption>\n" + svg + "</figure>\n");
  }

  void flow() {
    section("资金去向", "Where the money went");
    if (dossier_.flow.bands.empty()) {
      paragraph(say("没有资金。", "There is no money."));
      return;
    }
    // Every city is drawn by itself.
    constexpr trace::SankeySize kSize{.width = 1000, .height = 640, .mostInColumn = 24};
    figure(say(dossier_.flow.description), trace::sankeySvg(dossier_.flow, language_, kSize));
  }

  void months() {
    section("各月支付", "Payments by month");
    if (dossier_.months.empty()) {
      paragraph(say("没有资金事件。", "No money moved."));
      return;
    }
    figure(say("按业务日期，单位：元", "By business date, in yuan"), monthColumns(dossier_.months, language_));
    Table table(say("单位：元。支付为到账数减去冲销数。", "In yuan. Paid is what was settled, less what was reversed."),
                {heading(say("月份", "Month")), numbered(say("支付", "Paid")), numbered(say("追回", "Recovered"))});
    Fen paid;
    Fen recovered;
    for (auto const& month : dossier_.months) {
      paid += month.paid;
      recovered += month.recovered;
      if (month.paid.isZero() && month.recovered.isZero()) continue;
      table.row({heading(monthText(month.month)), amount(month.paid), amount(month.recovered)});
    }
    table.total({heading(say("合计", "Total")), amount(paid), amount(recovered)});
    raw(table.html());
  }

  void tranches() {
    raw("<div class=\"broad\">\n");
    section("资金批次", "Tranches");
    auto const columns = usedIn(dossier_.tranches);
    std::vector<Cell> headings{say("城市", "City"), say("指标文号", "Document"), say("层级", "Level"),
                               say("性质", "Kind"), numbered(say("事件", "Event"))};
    for (auto const account : columns) headings.push_back(numbered(say(titleOf(account))));
    Table table(say("每一批次自成封闭账户。单位：元。", "Each is a closed account. In yuan."), headings);
    for (auto const& [tranche, balances] : dossier_.tranches) {
      std::vector<Cell> cells{heading(nameOf(tranche.city, language_)), tranche.document,
                              schema::enumerantTitle(tranche.level, language_),
                              schema::enumerantTitle(tranche.kind, language_), number(tranche.event.value())};
      append(cells, amounts(balances, columns));
      table.row(cells);
    }
    raw(table.html("wide") + "</div>\n");
  }

  void payments() {
    section("拨付", "Payments");
    Table table(
        say("各市拨付笔数与金额（元）。逐笔及其依据见工作底稿（Excel）和 JSON。",
            "Payments of each city, in yuan. Each payment with what it rests on stands in the workbook and in the JSON "
            "file."),
        {heading(say("城市", "City")), numbered(say("申请笔数", "Requested")), numbered(say("已支付笔数", "Paid")),
         numbered(say("已支付金额", "Amount paid")), numbered(say("发票张数", "Invoices"))});
    struct Sum {
      std::size_t requested = 0;
      std::size_t paid = 0;
      Fen amount;
      std::size_t invoices = 0;
    };
    auto const row = [&](std::string_view name, Sum const& sum) {
      return std::vector<Cell>{heading(name), number(sum.requested), number(sum.paid), amount(sum.amount),
                               number(sum.invoices)};
    };
    Sum all;
    for (auto const& city : report_.cities) {
      Sum sum;
      for (auto const& payment : dossier_.payments) {
        if (payment.city != city.city) continue;
        ++sum.requested;
        if (!payment.paidOn) continue;
        ++sum.paid;
        sum.amount += payment.amount;
        sum.invoices += payment.invoices;
      }
      table.row(row(nameOf(city.city, language_), sum));
      all.requested += sum.requested;
      all.paid += sum.paid;
      all.amount += sum.amount;
      all.invoices += sum.invoices;
    }
    table.total(row(say("合计", "Total"), all));
    raw(table.html());
  }

  static std::string percent(std::uint32_t basisPoints) {
    return basisPoints == 0 ? "—" : fmt::format("{}.{:02} %", basisPoints / 100, basisPoints % 100);
  }
  static Cell stated(std::uint32_t value) { return value == 0 ? Cell("—") : number(value); }

  void policies() {
    raw("<div class=\"broad\">\n");
    section("政策与方案的数值", "The figures of policies and plans");
    Table rules(
        say("专项政策，按入账先后；“—”为未载明", "The programme's policies, in the order of the log; — is not stated"),
        {heading(say("文号", "Document")), numbered(say("事件", "Event")), heading(say("施行日期", "In force from")),
         heading(say("支持时间段", "Window")), numbered(say("行业平台上限", "Platforms at most")),
         numbered(say("改造后最低等级", "Least level after")), numbered(say("核查最少人数", "Inspectors")),
         numbered(say("最低家数（珠三角）", "Enterprises, Pearl River Delta")),
         numbered(say("最低家数（其他）", "Enterprises, elsewhere"))});
    for (auto const& policy : dossier_.policies) {
      rules.row({heading(policy.number), number(policy.event.value()), policy.inForceFrom.text(),
                 policy.windowFrom.text() + " – " + policy.windowTo.text(),
                 numbered(percent(policy.platformShareCapBp)), stated(policy.minLevelAfter),
                 stated(policy.minInspectors), stated(policy.minEnterprisesDelta),
                 stated(policy.minEnterprisesElsewhere)});
    }
    if (rules.empty()) {
      paragraph(say("没有政策。", "No policy was published."));
    } else {
      raw(rules.html("wide"));
    }
    Table table(say("各市方案，每一支持方向一行", "The cities' plans, a row for each purpose"),
                {heading(say("城市", "City")), heading(say("文号", "Document")), numbered(say("事件", "Event")),
                 heading(say("施行日期", "In force from")), numbered(say("承诺家数", "Promised")),
                 numbered(say("公示工作日", "Days of publicity")), heading(say("支持方向", "Purpose")),
                 numbered(say("比例", "Rate")), heading(say("上限（元）", "Caps, yuan"))});
    for (auto const& row : dossier_.plans) {
      std::string caps;
      for (auto const& [level, cap] : row.plan.caps) {
        caps += fmt::format("{}{}: {}", caps.empty() ? "" : "; ", level, formatYuan(cap));
      }
      table.row({heading(nameOf(row.city, language_)), row.number, number(row.event.value()), row.inForceFrom.text(),
                 stated(row.promisedEnterprises), stated(row.publicityWorkingDays),
                 schema::enumerantTitle(row.plan.purpose, language_), numbered(percent(row.plan.rateBp)),
                 caps.empty() ? std::string("—") : caps});
    }
    if (!table.empty()) raw(table.html("wide"));
    raw("</div>\n");
  }

  /// A receipt is for whoever holds no copy of the log; this page cannot carry them and stay the same for ever.
  void receipts() {
    section("回执", "Receipts");
    paragraph(say(
        "回执是一个文件，不凭日志即可核验一个事件在账。上文所列的任何事件都可由账本方出具；问题所涉的事件如下：",
        "A receipt is a file that shows an event to be on record to whoever has no copy of the log. The operator makes "
        "one of any event that this page names; of those that the findings name, with:"));
    std::vector<domain::EventNumber> events;
    for (auto const& finding : report_.findings) {
      if (finding.event) events.push_back(*finding.event);
      events.insert(events.end(), finding.others.begin(), finding.others.end());
    }
    std::ranges::sort(events);
    auto const repeated = std::ranges::unique(events);
    events.erase(repeated.begin(), repeated.end());
    std::string commands;
    for (auto const event : events) {
      commands += fmt::format("fundtrail receipt {0} --ledger LEDGER --out receipt-{0}\n", event.text());
    }
    if (commands.empty()) commands = "fundtrail receipt EVENT --ledger LEDGER --out receipt-EVENT\n";
    raw("<pre>" + escaped(commands + "fundtrail-replay receipt receipt-EVENT --trust POLICY") + "</pre>\n");
  }

  void terms() {
    section("结论用语", "What the words mean");
    Table table(say("本报告可能给出的结论", "The verdicts that a report can give"),
                {say("结论", "Verdict"), say("含义", "Meaning")});
    for (auto const verdict : {Verdict::proven, Verdict::notProven, Verdict::findings, Verdict::tampered}) {
      table.row({heading(say(headlineOf(verdict))), say(meaningOf(verdict))});
    }
    raw(table.html("facts"));
  }

  void commands() {
    section("如何重做", "How to do it again");
    paragraph(
        say("报告只取决于账本副本和审计人员提供的信息，不含时钟与随机数：用同样的材料重做，得到逐字节相同的报告。",
            "A report follows from the copy of the ledger and from what the auditor brought, without clock or chance: "
            "done again with the same, it is the same to the byte."));
    auto const& call = dossier_.call;
    std::string options = "--log " + call.log;
    for (auto const& [option, value] :
         {std::pair{" --trust ", &call.trust}, {" --policy ", &call.policy}, {" --authorities ", &call.authorities}}) {
      if (!value->empty()) options += option + *value;
    }
    raw(
        fmt::format("<pre>{0}fundtrail-replay verify {1}\nfundtrail-replay report {1} --html report.html --xlsx "
                    "report.xlsx --json report.json\n"
                    "fundtrail-replay export --log {2} --hledger fund.journal\nhledger -f fund.journal check --strict\n"
                    "ledger -f fund.journal balance</pre>\n",
                    "", escaped(options), escaped(call.log)));
  }

  void foot() { raw(fmt::format("</main>\n<footer>{}</footer>\n</body>\n</html>\n", escaped(dossier_.call.program))); }

  Dossier const& dossier_;
  Report const& report_;
  Language language_;
  bool chinese_;
  unsigned sections_ = 0;
  std::string out_;
};

}  // namespace

std::string toHtml(Dossier const& dossier, Language language) {
  return Page(dossier, language).write();
}

}  // namespace fundtrail::replay::report
