// SPDX-License-Identifier: Apache-2.0
#include "replay/report/workbook.h"

#include <string>
#include <string_view>
#include <vector>

#include "ledger/workbook/workbook.h"
#include "replay/report/words.h"

namespace fundtrail::replay::report {

using domain::Fen;
using schema::Language;

namespace {

using ledger::workbook::Column;
using ledger::workbook::Sheet;

/// "3, 14, 15".
std::string listOf(std::vector<domain::EventNumber> const& events) {
  std::string list;
  for (auto const event : events) list += (list.empty() ? "" : ", ") + event.text();
  return list;
}

class Papers {
 public:
  Papers(ledger::workbook::Book& book, Dossier const& dossier, journal::Vouchers const& vouchers, Language language)
      : book_(book), dossier_(dossier), vouchers_(vouchers), language_(language) {}

  void write() {
    summary();
    parts();
    findings();
    signs();
    cities();
    tranches();
    payments();
    journal();
  }

 private:
  std::string say(std::string_view zh, std::string_view en) const {
    return std::string(language_ == Language::zh ? zh : en);
  }
  std::string say(Text const& text) const { return std::string(text.in(language_)); }
  std::string say(domain::Text const& text) const { return std::string(in(text, language_)); }
  std::string lines(std::vector<domain::Text> const& texts) const {
    std::string all;
    for (auto const& text : texts) all += (all.empty() ? "" : "\n") + say(text);
    return all;
  }
  Sheet sheet(std::string const& name, std::vector<Column> const& columns) { return book_.sheet(name, columns); }

  void summary() {
    auto const& report = dossier_.report;
    auto out = sheet(say("结论与范围", "Verdict and scope"), {{say("项目", "What"), 26}, {say("内容", "Value"), 100}});
    auto const row = [&](std::string_view zh, std::string_view en, std::string_view value) {
      out.next();
      out.text(say(zh, en));
      out.text(value);
    };
    row("结论", "Verdict", say(headlineOf(dossier_.report.verdict)));
    row("含义", "Meaning", say(meaningOf(dossier_.report.verdict)));
    if (report.identity) {
      row("专项", "Programme", report.identity->programme);
      row("账本", "Ledger", report.identity->ledger.text());
      for (auto const& vkey : report.identity->logVkeys) row("日志公钥", "Log key", vkey);
    }
    row("批数", "Batches", std::to_string(report.size.batches));
    row("事件数", "Events", std::to_string(report.size.events));
    row("根", "Root", report.root.hex());
    if (report.lastAcceptedAt) row("最后入账", "Last accepted", report.lastAcceptedAt->text());
    row("金额", "Amounts",
        say("单位为元；Excel 以二进制浮点运算，保留 15 位有效数字，本表金额在此范围内精确到分，超出者以文本列示。",
            "In yuan. Excel computes in binary floating point with 15 digits: amounts within them are exact to the "
            "fen, "
            "larger ones stand as text."));
    row("制作", "Made by", dossier_.call.program);
  }

  void parts() {
    auto out = sheet(say("七个部分", "Parts"), {{say("部分", "Part"), 22},
                                                {say("结果", "Result"), 14},
                                                {say("清点", "Counted"), 50},
                                                {say("默认可信", "Taken for granted"), 50},
                                                {say("缺少", "Missing"), 50}});
    for (auto const& part : dossier_.report.parts) {
      out.next();
      out.text(say(title(part.id)));
      out.text(say(titleOf(part.standing)));
      std::string counted;
      for (auto const& count : part.counted) {
        counted += (counted.empty() ? "" : "\n") + countText(count, language_);
      }
      out.text(counted);
      out.text(lines(part.granted));
      out.text(lines(part.missing));
    }
  }

  void findings() {
    auto out = sheet(say("问题", "Findings"), {{say("种类", "Kind"), 14},
                                               {say("批次", "Batch"), 10},
                                               {say("事件", "Event"), 10},
                                               {say("规则", "Rule"), 8},
                                               {say("条款", "Clause"), 12},
                                               {say("金额", "Amount"), 18},
                                               {say("其他事件", "Other events"), 20},
                                               {say("内容", "What is wrong"), 90}});
    for (auto const& finding : dossier_.report.findings) {
      out.next();
      out.text(say(titleOf(finding.kind)));
      out.text(finding.batch ? finding.batch->text() : "");
      out.text(finding.event ? finding.event->text() : "");
      out.text(finding.rule);
      out.text(clauseOf(finding.rule));
      if (finding.amount) {
        out.money(*finding.amount);
      } else {
        out.text("");
      }
      out.text(listOf(finding.others));
      out.text(say(finding.text));
    }
    out.filter();
  }

  void signs() {
    auto out = sheet(say("预警指标", "Indicators"), {{say("编号", "No."), 6},
                                                     {say("指标", "Indicator"), 22},
                                                     {say("条款", "Clause"), 14},
                                                     {say("状态", "State"), 12},
                                                     {say("检查对象数", "Looked at"), 10},
                                                     {say("分值", "Score"), 8},
                                                     {say("金额", "Amount"), 18},
                                                     {say("事件", "Events"), 26},
                                                     {say("依据或说明", "Evidence or reason"), 90}});
    if (!dossier_.indicators) return;
    // A row per sign; an indicator without any has one that says so.
    for (auto const& outcome : dossier_.indicators->outcomes) {
      auto const begin = [&] {
        out.next();
        out.text(outcome.indicator->id);
        out.text(say(outcome.indicator->name));
        out.text(outcome.indicator->clause);
        out.text(say(titleOf(outcome.state)));
        out.number(outcome.population);
      };
      if (outcome.hits.empty()) {
        begin();
        for (int empty = 0; empty < 3; ++empty) out.text("");
        out.text(say(outcome.reason));
      }
      for (auto const& hit : outcome.hits) {
        begin();
        out.number(hit.score);
        if (hit.amount) {
          out.money(*hit.amount);
        } else {
          out.text("");
        }
        out.text(listOf(hit.events));
        out.text(say(hit.evidence));
      }
    }
    out.filter();
  }

  void addAccounts(std::vector<Column>& columns) const {
    for (std::size_t i = 0; i < kAccounts; ++i) columns.push_back({say(titleOf(Account(i))), 19});
  }
  static void balances(Sheet& out, Balances const& amounts) {
    for (auto const amount : amounts) out.money(amount);
  }

  void cities() {
    std::vector<Column> columns{{say("代码", "Code"), 9}, {say("城市", "City"), 14}};
    addAccounts(columns);
    auto out = sheet(say("各市", "Cities"), columns);
    for (auto const& city : dossier_.report.cities) {
      out.next();
      out.text(city.city.text());
      out.text(nameOf(city.city, language_));
      balances(out, city.balances);
    }
    out.filter();
  }

  void tranches() {
    std::vector<Column> columns{{say("城市", "City"), 14},  {say("指标文号", "Document"), 26},
                                {say("层级", "Level"), 10}, {say("性质", "Kind"), 16},
                                {say("年度", "Year"), 8},   {say("事件", "Event"), 9}};
    addAccounts(columns);
    auto out = sheet(say("资金批次", "Tranches"), columns);
    for (auto const& [tranche, amounts] : dossier_.tranches) {
      out.next();
      out.text(nameOf(tranche.city, language_));
      out.text(tranche.document);
      out.text(schema::enumerantTitle(tranche.level, language_));
      out.text(schema::enumerantTitle(tranche.kind, language_));
      out.number(tranche.year);
      out.number(tranche.event.value());
      balances(out, amounts);
    }
    out.filter();
  }

  void payments() {
    auto out = sheet(say("拨付", "Payments"), {{say("申请（事件）", "Requested (event)"), 12},
                                               {say("城市", "City"), 12},
                                               {say("支持方向", "Purpose"), 14},
                                               {say("收款人代码", "Payee"), 22},
                                               {say("收款人", "Payee's name"), 34},
                                               {say("金额", "Amount"), 18},
                                               {say("银行记账日", "Paid on"), 12},
                                               {say("银行流水号", "Bank reference"), 24},
                                               {say("奖补（事件）", "Award (event)"), 12},
                                               {say("项目（事件）", "Project (event)"), 12},
                                               {say("合同（事件）", "Contracts (events)"), 16},
                                               {say("发票张数", "Invoices"), 10},
                                               {say("各步骤（事件）", "Steps (events)"), 34}});
    for (auto const& payment : dossier_.payments) {
      if (out.full()) break;  // a province has some thousands
      out.next();
      out.number(payment.requested.value());
      out.text(nameOf(payment.city, language_));
      out.text(schema::enumerantTitle(payment.purpose, language_));
      out.text(payment.payee);
      out.text(payment.payeeName);
      out.money(payment.amount);
      out.text(payment.paidOn ? payment.paidOn->text() : std::string());
      out.text(payment.bankReference);
      out.number(payment.award.value());
      out.number(payment.project.value());
      out.text(listOf(payment.contracts));
      out.number(payment.invoices);
      out.text(listOf(payment.steps));
    }
    out.filter();
  }

  Sheet journalSheet(unsigned number) {
    auto const name = say("分录", "Journal") + (number == 1 ? "" : " " + std::to_string(number));
    return sheet(name, {{say("日期", "Date"), 12},
                        {say("事件", "Event"), 10},
                        {say("批次", "Batch"), 10},
                        {say("事项", "What"), 18},
                        {say("冲销的事件", "Takes back"), 12},
                        {say("依据号", "Reference"), 26},
                        {say("签署人", "Signed by"), 24},
                        {say("城市", "City"), 12},
                        {say("资金批次", "Tranche"), 26},
                        {say("支持方向", "Purpose"), 14},
                        {say("区县", "County"), 10},
                        {say("账户", "Account"), 16},
                        {say("借方", "Debit"), 18},
                        {say("贷方", "Credit"), 18}});
  }

  void journal() {
    unsigned number = 1;
    auto out = journalSheet(number);
    for (auto const& voucher : vouchers_.vouchers()) {
      for (auto const& line : vouchers_.lines(voucher)) {
        if (out.full()) {
          out.filter();
          out = journalSheet(++number);
        }
        out.next();
        journalRow(out, voucher, line);
      }
    }
    out.filter();
  }

  void journalRow(Sheet& out, journal::Voucher const& voucher, journal::VoucherLine const& line) const {
    auto const& account = vouchers_.accounts()[line.account];
    auto const& tranche = vouchers_.tranches()[account.tranche];
    out.text(voucher.occurredOn.text());
    out.number(voucher.event.value());
    out.number(voucher.batch.value());
    out.text(schema::eventTypeTitle(voucher.type, language_));
    out.text(voucher.takesBack ? voucher.takesBack->text() : "");
    out.text(voucher.reference);
    out.text(voucher.person);
    out.text(nameOf(tranche.city, language_));
    out.text(tranche.document);
    out.text(schema::enumerantTitle(account.purpose, language_));
    out.text(account.county == 0 ? "" : std::to_string(account.county));
    out.text(say(titleOf(account.account)));
    out.money(line.amount.isPositive() ? line.amount : Fen());
    out.money(line.amount.isNegative() ? -line.amount : Fen());
  }

  ledger::workbook::Book& book_;
  Dossier const& dossier_;
  journal::Vouchers const& vouchers_;
  Language language_;
};

}  // namespace

crypto::Result<void> writeWorkbook(std::filesystem::path const& file, Dossier const& dossier,
                                   journal::Vouchers const& vouchers, Language language) {
  auto book = ledger::workbook::Book::inFile(file);
  if (!book) return book.error();
  book->properties(std::string(headlineOf(dossier.report.verdict).in(language)), dossier.call.program,
                   dossier.report.lastAcceptedAt);
  Papers(*book, dossier, vouchers, language).write();
  auto const finished = book->finish();
  if (!finished) return finished.error();
  return {};
}

}  // namespace fundtrail::replay::report
