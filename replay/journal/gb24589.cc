// SPDX-License-Identifier: Apache-2.0
#include "replay/journal/gb24589.h"

#include <algorithm>
#include <array>
#include <map>
#include <pugixml.hpp>
#include <set>
#include <sstream>
#include <tuple>

#include <fmt/format.h>

#include "ledger/domain/codes.h"
#include "replay/journal/gb18030.h"
#include "replay/journal/names.h"

namespace fundtrail::replay::journal {

using domain::CityCode;
using domain::Fen;
using schema::Language;

namespace {

constexpr unsigned kMonths = 12;

/// The account's code, its kind (科目类型), and on which side its balance stands.
struct Heading {
  std::string_view code;
  std::string_view kind;
  bool debit;
};

Heading headingOf(Account account) {
  switch (account) {
    case Account::issued: return {"1001", "资产", true};
    case Account::available: return {"1002", "资产", true};
    case Account::reserved: return {"1003", "资产", true};
    case Account::inFlight: return {"1004", "资产", true};
    case Account::outside: return {"3001", "净资产", false};
    case Account::returnedToTreasury: return {"3002", "净资产", true};
    case Account::recalled: return {"3003", "净资产", true};
    case Account::paid: return {"5001", "支出", true};
  }
  crypto::abortOnBug("every account has a heading");
}

/// At most so many characters, and only such as XML may hold.
std::string fitting(std::string_view utf8, std::size_t most) {
  std::string out;
  std::size_t characters = 0;
  for (char const c : utf8) {
    auto const byte = static_cast<unsigned char>(c);
    bool const begins = (byte & 0xc0U) != 0x80U;
    if (begins && characters++ == most) break;
    out += byte < 0x20 || byte == 0x7f ? ' ' : c;
  }
  return out;
}

void add(pugi::xml_node parent, char const* name, std::string const& value) {
  parent.append_child(name).text().set(value.c_str());
}

/// What the voucher's two columns show. A reversal stands in red: on the side of the original, negative.
struct Sides {
  Fen debit;
  Fen credit;
};
Sides sidesOf(Voucher const& voucher, Fen amount) {
  bool const debit = voucher.takesBack ? amount.isNegative() : amount.isPositive();
  return debit ? Sides{amount, {}} : Sides{{}, -amount};
}

/// What happened on one account in one year.
struct AccountYear {
  Fen opening;  // as debit
  std::array<Fen, kMonths> debit{};
  std::array<Fen, kMonths> credit{};
};

/// The books of one city and year.
class Book {
 public:
  Book(Vouchers const& vouchers, Source const& source, std::string_view version, CityCode city, unsigned year,
       std::vector<std::size_t> const& inYear, unsigned lastMonth)
      : vouchers_(vouchers),
        source_(source),
        version_(version),
        city_(city),
        year_(year),
        inYear_(inYear),
        lastMonth_(lastMonth) {}

  void open(std::map<std::size_t, Fen> const& balances) {
    for (auto const& [account, balance] : balances) accounts_[account].opening = balance;
    for (auto const number : inYear_) {
      auto const& voucher = vouchers_.vouchers()[number];
      auto const month = voucher.occurredOn.number() / 100 % 100 - 1;
      for (auto const& line : vouchers_.lines(voucher)) {
        auto const [debit, credit] = sidesOf(voucher, line.amount);
        auto& record = accounts_[line.account];
        record.debit[month] += debit;
        record.credit[month] += credit;
      }
    }
  }

  crypto::Result<AuditBook> write() const {
    auto archives = encoded("公共档案", [&](pugi::xml_node root) { writeArchives(root); });
    if (!archives) return archives.error();
    auto generalLedger = encoded("总账", [&](pugi::xml_node root) {
      writeChart(root);
      writeBalances(root);
      writeVouchers(root);
    });
    if (!generalLedger) return generalLedger.error();
    return AuditBook{number(), *std::move(archives), *std::move(generalLedger)};
  }

 private:
  std::string number() const { return fmt::format("{}-{}", city_.text(), year_); }
  std::string year() const { return fmt::to_string(year_); }

  template <class Write>
  static crypto::Result<std::string> encoded(char const* root, Write write) {
    pugi::xml_document document;
    auto declaration = document.append_child(pugi::node_declaration);
    declaration.append_attribute("version") = "1.0";
    declaration.append_attribute("encoding") = "GB18030";
    auto node = document.append_child(root);
    node.append_attribute("xmlns") =
        "http://sxbw.audit.gov.cn/AccountingSoftwareDataInterfaceStandard/2010/SOE/XMLSchema";
    write(node);
    std::ostringstream out;
    document.save(out, " ", pugi::format_default, pugi::encoding_utf8);
    return toGb18030(out.str());
  }

  // ---- 公共档案

  void writeArchives(pugi::xml_node root) const {
    auto book = root.append_child("电子账簿");
    add(book, "电子账簿编号", number());
    add(book, "电子账簿名称",
        fitting(fmt::format("{}{}年{}", domain::cityNameZh(city_), year_, source_.programme), 200));
    add(book, "会计核算单位", std::string(domain::cityNameZh(city_)));
    add(book, "组织机构代码", "");  // no event states it
    add(book, "单位性质", "行政单位");
    add(book, "行业", "国家机构");
    add(book, "开发单位", "fundtrail");
    add(book, "版本号", fitting(version_, 20));
    add(book, "本位币", "人民币");
    add(book, "会计年度", year());
    add(book, "标准版本号", "GB/T 24589.1-2010");
    for (unsigned month = 1; month <= kMonths; ++month) {
      auto lastDay = domain::Date::fromNumber(year_ * 10'000 + month * 100 + 31);
      for (unsigned day = 30; !lastDay; --day) lastDay = domain::Date::fromNumber(year_ * 10'000 + month * 100 + day);
      auto period = root.append_child("会计期间");
      add(period, "会计年度", year());
      add(period, "会计期间号", fmt::to_string(month));
      add(period, "会计期间起始日期", fmt::format("{}{:02}01", year_, month));
      add(period, "会计期间结束日期", fmt::to_string(lastDay->number()));
    }
    auto type = root.append_child("记账凭证类型");
    add(type, "记账凭证类型编号", "1");
    add(type, "记账凭证类型名称", "记账凭证");
    add(type, "记账凭证类型简称", "记");
    auto currency = root.append_child("币种");
    add(currency, "币种编码", "CNY");
    add(currency, "币种名称", "人民币");
  }

  // ---- 会计科目

  /// The code at each level: account, tranche, purpose, holder.
  std::array<std::string, 4> codesOf(LedgerAccount const& account) const {
    // The city's tranches are counted from 1 in the order in which they were issued.
    auto const all = vouchers_.tranches().first(account.tranche + 1);
    auto const ordinal = std::ranges::count(all, city_, &Tranche::city);
    std::array<std::string, 4> codes;
    codes[0] = headingOf(account.account).code;
    codes[1] = codes[0] + fmt::format("{:04}", ordinal);
    codes[2] = codes[1] + fmt::format("{:02}", static_cast<unsigned>(account.purpose));
    codes[3] = codes[2] + fmt::format("{:06}", account.county);
    return codes;
  }
  std::string codeOf(std::size_t account) const { return codesOf(vouchers_.accounts()[account])[3]; }

  void writeChart(pugi::xml_node root) const {
    auto basics = root.append_child("总账基础信息");
    add(basics, "结构分隔符", "-");
    add(basics, "会计科目编号规则", "4-4-2-6");
    add(basics, "现金流量项目编码规则", "");
    add(basics, "凭证头可扩展字段结构", "事件号-事件哈希");
    std::map<std::string, std::tuple<std::string, std::size_t, Heading>> chart;  // by code: name, level
    for (auto const& [position, record] : accounts_) {
      auto const& account = vouchers_.accounts()[position];
      auto const& tranche = vouchers_.tranches()[account.tranche];
      std::array<std::string, 4> const names{std::string(titleOf(account.account).zh),
                                             fmt::format("{}（事件 {}）", tranche.document, tranche.event.text()),
                                             std::string(schema::enumerantTitle(account.purpose, Language::zh)),
                                             holderOf(account.county, Language::zh)};
      auto const codes = codesOf(account);
      for (std::size_t level = 0; level < codes.size(); ++level) {
        chart.try_emplace(codes[level], names[level], level + 1, headingOf(account.account));
      }
    }
    for (auto const& [code, entry] : chart) {
      auto const& [name, level, heading] = entry;
      auto node = root.append_child("会计科目");
      add(node, "科目编号", code);
      add(node, "科目名称", fitting(name, 60));
      add(node, "科目级次", fmt::to_string(level));
      add(node, "科目类型", std::string(heading.kind));
      add(node, "余额方向", heading.debit ? "借" : "贷");
    }
  }

  // ---- 科目余额及发生额

  void writeBalances(pugi::xml_node root) const {
    for (auto const& [position, record] : accounts_) {
      auto const heading = headingOf(vouchers_.accounts()[position].account);
      auto const signedBy = [&](Fen debit) { return decimalYuan(heading.debit ? debit : -debit); };
      auto balance = record.opening;
      for (unsigned month = 0; month < lastMonth_; ++month) {
        auto const opening = balance;
        balance += record.debit[month] - record.credit[month];
        auto node = root.append_child("科目余额及发生额");
        add(node, "科目编号", codeOf(position));
        add(node, "期初余额方向", heading.debit ? "借" : "贷");
        add(node, "期末余额方向", heading.debit ? "借" : "贷");
        add(node, "币种编码", "CNY");
        add(node, "会计年度", year());
        add(node, "会计期间号", fmt::to_string(month + 1));
        both(node, "期初原币余额", "期初本币余额", signedBy(opening));
        both(node, "借方原币金额", "借方本币金额", decimalYuan(record.debit[month]));
        both(node, "贷方原币金额", "贷方本币金额", decimalYuan(record.credit[month]));
        both(node, "期末原币余额", "期末本币余额", signedBy(balance));
      }
    }
  }

  /// There is one currency: the amount in it and the one in the books' currency are the same.
  static void both(pugi::xml_node node, char const* original, char const* functional, std::string const& amount) {
    add(node, original, amount);
    add(node, functional, amount);
  }

  // ---- 记账凭证

  void writeVouchers(pugi::xml_node root) const {
    unsigned month = 0;
    unsigned next = 0;
    for (auto const number : inYear_) {
      auto const& voucher = vouchers_.vouchers()[number];
      auto const period = voucher.occurredOn.number() / 100 % 100;
      if (period != month) next = 0;
      month = period;
      ++next;
      unsigned lineNumber = 0;
      for (auto const& line : vouchers_.lines(voucher)) writeLine(root, voucher, line, next, ++lineNumber);
    }
  }

  void writeLine(pugi::xml_node root, Voucher const& voucher, VoucherLine const& line, unsigned number,
                 unsigned lineNumber) const {
    auto const [debit, credit] = sidesOf(voucher, line.amount);
    auto const summary =
        fmt::format("{}{}", voucher.takesBack ? "红字冲销：" : "", schema::eventTypeTitle(voucher.type, Language::zh));
    auto node = root.append_child("记账凭证");
    add(node, "记账凭证日期", fmt::to_string(voucher.occurredOn.number()));
    add(node, "会计年度", year());
    add(node, "会计期间号", fmt::to_string(voucher.occurredOn.number() / 100 % 100));
    add(node, "记账凭证类型编号", "1");
    add(node, "记账凭证编号", fmt::to_string(number));
    add(node, "记账凭证行号", fmt::to_string(lineNumber));
    add(node, "记账凭证摘要", summary);
    add(node, "科目编号", codeOf(line.account));
    add(node, "币种编码", "CNY");
    both(node, "借方原币金额", "借方本币金额", decimalYuan(debit));
    both(node, "贷方原币金额", "贷方本币金额", decimalYuan(credit));
    add(node, "凭证头可扩展字段结构值", fmt::format("{}-{}", voucher.event.text(), voucher.ref.text()));
    if (!voucher.reference.empty()) add(node, "票据号", fitting(voucher.reference, 60));
    add(node, "附件数", fmt::to_string(voucher.attachments));
    add(node, "制单人", fitting(voucher.person, 30));
    add(node, "记账标志", "1");
    add(node, "作废标志", "0");
    add(node, "凭证来源系统", "fundtrail");
  }

  Vouchers const& vouchers_;
  Source const& source_;
  std::string_view version_;
  CityCode city_;
  unsigned year_;
  std::vector<std::size_t> const& inYear_;  // positions, by date
  unsigned lastMonth_;
  std::map<std::size_t, AccountYear> accounts_;  // by position in accounts()
};

CityCode cityOf(Vouchers const& vouchers, Voucher const& voucher) {
  // Money never leaves its tranche, and a voucher draws on one city's.
  auto const& account = vouchers.accounts()[vouchers.lines(voucher).front().account];
  return vouchers.tranches()[account.tranche].city;
}

}  // namespace

crypto::Result<std::vector<AuditBook>> toGb24589(Vouchers const& vouchers, Source const& source,
                                                 std::string_view programVersion) {
  std::map<CityCode, std::map<unsigned, std::vector<std::size_t>>> cities;  // by year, positions
  std::uint32_t last = 0;                                                   // month of the log's last voucher, YYYYMM
  for (std::size_t i = 0; i < vouchers.vouchers().size(); ++i) {
    auto const& voucher = vouchers.vouchers()[i];
    auto const month = voucher.occurredOn.number() / 100;
    last = std::max(last, month);
    cities[cityOf(vouchers, voucher)][month / 100].push_back(i);
  }
  std::vector<AuditBook> books;
  for (auto& [city, years] : cities) {
    std::map<std::size_t, Fen> balances;
    for (auto year = years.begin()->first; year <= last / 100; ++year) {
      auto& inYear = years[year];
      std::ranges::stable_sort(inYear, {}, [&](std::size_t i) { return vouchers.vouchers()[i].occurredOn; });
      Book book(vouchers, source, programVersion, city, year, inYear, year == last / 100 ? last % 100 : kMonths);
      book.open(balances);
      auto written = book.write();
      if (!written) return written.error();
      books.push_back(*std::move(written));
      for (auto const i : inYear) {
        for (auto const& line : vouchers.lines(vouchers.vouchers()[i])) balances[line.account] += line.amount;
      }
    }
  }
  return books;
}

}  // namespace fundtrail::replay::journal
