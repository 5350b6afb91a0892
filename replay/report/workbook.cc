// SPDX-License-Identifier: Apache-2.0
#include "replay/report/workbook.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>
#include <xlsxwriter.h>

#include <fmt/format.h>

#include "replay/report/words.h"

namespace fundtrail::replay::report {

using crypto::Error;
using crypto::ErrorKind;
using domain::Fen;
using schema::Language;

namespace {

// Excel's own limits.
constexpr std::size_t kMostCharacters = 32'767;
constexpr lxw_row_t kMostRows = 1'048'576;
// 15 digits, of which Excel loses none.
constexpr std::int64_t kMostExactFen = 999'999'999'999'999;

/// As a cell may hold it: without control characters, and cut where Excel would cut it, between two characters.
std::string cellText(std::string_view text) {
  std::string out;
  std::size_t characters = 0;
  for (char const c : text) {
    auto const byte = static_cast<unsigned char>(c);
    if ((byte & 0xc0U) != 0x80U && characters++ == kMostCharacters) break;
    bool const control = (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7f;
    out += control ? ' ' : c;
  }
  return out;
}

struct Formats {
  explicit Formats(lxw_workbook* book)
      : head(workbook_add_format(book)),
        wrapped(workbook_add_format(book)),
        money(workbook_add_format(book)),
        title(workbook_add_format(book)) {
    format_set_bold(head);
    format_set_bottom(head, LXW_BORDER_THIN);
    format_set_bg_color(head, 0xEDF1F5);
    format_set_text_wrap(head);
    format_set_align(head, LXW_ALIGN_VERTICAL_TOP);
    format_set_text_wrap(wrapped);
    format_set_align(wrapped, LXW_ALIGN_VERTICAL_TOP);
    format_set_num_format(money, "#,##0.00");
    format_set_align(money, LXW_ALIGN_VERTICAL_TOP);
    format_set_bold(title);
    format_set_font_size(title, 14);
  }
  lxw_format* head;
  lxw_format* wrapped;
  lxw_format* money;
  lxw_format* title;
};

struct Column {
  std::string heading;
  double width;  // in characters
};

/// A sheet being filled from the top, row by row.
class Sheet {
 public:
  Sheet(lxw_workbook* book, Formats const& formats, std::string const& name, std::vector<Column> const& columns)
      : sheet_(workbook_add_worksheet(book, name.c_str())), formats_(&formats), columns_(columns.size()) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      auto const column = static_cast<lxw_col_t>(i);
      worksheet_set_column(sheet_, column, column, columns[i].width, nullptr);
      worksheet_write_string(sheet_, 0, column, columns[i].heading.c_str(), formats.head);
    }
    worksheet_freeze_panes(sheet_, 1, 0);
    worksheet_set_landscape(sheet_);
    worksheet_set_paper(sheet_, 9);  // A4
    worksheet_fit_to_pages(sheet_, 1, 0);
    worksheet_repeat_rows(sheet_, 0, 0);
    worksheet_set_footer(sheet_, "&C&P / &N");
  }

  void next() {
    ++row_;
    column_ = 0;
  }
  void text(std::string_view value) {
    if (auto const cell = cellText(value); !cell.empty()) {
      worksheet_write_string(sheet_, row_, column_, cell.c_str(), formats_->wrapped);
    }
    ++column_;
  }
  void number(std::uint64_t value) {
    // Positions and counts: exact up to 2^53.
    worksheet_write_number(sheet_, row_, column_++, static_cast<double>(value), formats_->wrapped);
  }
  void money(Fen amount) {
    auto const fen = amount.count();
    if (fen > kMostExactFen || fen < -kMostExactFen) return text(formatYuan(amount));
    // The nearest double of a number of 15 digits at most is that number, when Excel shows it.
    worksheet_write_number(sheet_, row_, column_++, static_cast<double>(fen) / 100, formats_->money);
  }
  void numbers(std::vector<domain::EventNumber> const& events) {
    std::string list;
    for (auto const event : events) list += (list.empty() ? "" : ", ") + event.text();
    text(list);
  }
  [[nodiscard]] bool full() const { return row_ + 1 >= kMostRows; }
  void filter() {
    worksheet_autofilter(sheet_, 0, 0, std::max<lxw_row_t>(row_, 1), static_cast<lxw_col_t>(columns_ - 1));
  }

 private:
  lxw_worksheet* sheet_;
  Formats const* formats_;
  std::size_t columns_;
  lxw_row_t row_ = 0;
  lxw_col_t column_ = 0;
};

class Papers {
 public:
  Papers(lxw_workbook* book, Dossier const& dossier, journal::Vouchers const& vouchers, Language language)
      : book_(book), formats_(book), dossier_(dossier), vouchers_(vouchers), language_(language) {}

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
  Sheet sheet(std::string const& name, std::vector<Column> const& columns) { return {book_, formats_, name, columns}; }

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
      out.numbers(finding.others);
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
        out.numbers(hit.events);
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
      out.numbers(payment.contracts);
      out.number(payment.invoices);
      out.numbers(payment.steps);
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

  lxw_workbook* book_;
  Formats formats_;
  Dossier const& dossier_;
  journal::Vouchers const& vouchers_;
  Language language_;
};

}  // namespace

crypto::Result<void> writeWorkbook(std::filesystem::path const& file, Dossier const& dossier,
                                   journal::Vouchers const& vouchers, Language language) {
  auto* const book = workbook_new(file.c_str());
  if (book == nullptr) return Error{ErrorKind::io, "no memory is left for the workbook", "内存不足，无法制作工作簿"};
  std::string title(headlineOf(dossier.report.verdict).in(language));
  std::string program = dossier.call.program;
  lxw_doc_properties properties{};
  properties.title = title.data();
  properties.author = program.data();
  // The time of what it tells of, not of its making: the same audit makes the same file.
  if (auto const& last = dossier.report.lastAcceptedAt) properties.created = last->milliseconds() / 1000;
  workbook_set_properties(book, &properties);
  Papers(book, dossier, vouchers, language).write();
  auto const written = workbook_close(book);  // frees it, whatever comes of it
  if (written == LXW_NO_ERROR) return {};
  return Error{ErrorKind::io, fmt::format("{}: cannot be written ({})", file.string(), lxw_strerror(written)),
               fmt::format("{}：无法写出（{}）", file.string(), lxw_strerror(written))};
}

}  // namespace fundtrail::replay::report
