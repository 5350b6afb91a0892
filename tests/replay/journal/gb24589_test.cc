// SPDX-License-Identifier: Apache-2.0
// The audit data interface, read again as an audit office's software reads it.
#include "replay/journal/gb24589.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iconv.h>
#include <map>
#include <pugixml.hpp>
#include <set>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "tests/replay/journal/shared.h"

namespace fundtrail::replay::journal {
namespace {

std::vector<std::vector<std::string>> rowsOf(std::filesystem::path const& csv) {
  std::vector<std::vector<std::string>> rows;
  std::ifstream in(csv);
  for (std::string line; std::getline(in, line);) {
    std::vector<std::string> row;
    std::stringstream cells(line);
    for (std::string cell; std::getline(cells, cell, ',');) row.push_back(cell);
    rows.push_back(row);
  }
  return rows;
}

/// The element list of the tables that are written: by table, elements in order with their representation.
struct Element {
  std::string name;
  std::string form;  // C..60, C8, D20.2, I..4
};
std::map<std::string, std::vector<Element>> const& elementList() {
  static auto const list = [] {
    std::map<std::string, std::vector<Element>> made;
    auto rows = rowsOf(std::filesystem::path(FUNDTRAIL_SOURCE_DIR) / "tests/replay/journal/gb24589_elements.csv");
    for (std::size_t i = 1; i < rows.size(); ++i) made[rows[i][0]].push_back({rows[i][1], rows[i][2]});
    return made;
  }();
  return list;
}

std::string toUtf8(std::string const& gb18030) {
  auto* const converter = ::iconv_open("UTF-8", "GB18030");
  std::string in = gb18030;
  std::string out(3 * in.size(), '\0');
  char* from = in.data();
  char* to = out.data();
  std::size_t fromLeft = in.size();
  std::size_t toLeft = out.size();
  EXPECT_NE(::iconv(converter, &from, &fromLeft, &to, &toLeft), static_cast<std::size_t>(-1)) << "it is GB18030";
  ::iconv_close(converter);
  out.resize(out.size() - toLeft);
  return out;
}

struct Read {
  std::string number;
  pugi::xml_document archives;
  pugi::xml_document ledger;
};

void parse(std::string const& gb18030, pugi::xml_document& document) {
  static std::string const kHead = R"(<?xml version="1.0" encoding="GB18030"?>)";
  ASSERT_TRUE(gb18030.starts_with(kHead));
  auto const parsed = document.load_string(toUtf8(gb18030).substr(kHead.size()).c_str());
  ASSERT_TRUE(parsed) << parsed.description();
}

std::vector<std::unique_ptr<Read>> const& books() {
  static auto const read = [] {
    std::vector<std::unique_ptr<Read>> made;
    for (auto const& book : toGb24589(wholeVouchers(), kSource, "0.0").value()) {
      auto one = std::make_unique<Read>();
      one->number = book.number;
      parse(book.archives, one->archives);
      parse(book.generalLedger, one->ledger);
      made.push_back(std::move(one));
    }
    return made;
  }();
  return read;
}

std::int64_t fen(pugi::xml_node node, char const* name) {
  auto const amount = domain::parseYuan(node.child_value(name));
  EXPECT_TRUE(amount) << name << ": " << node.child_value(name);
  return amount ? amount->count() : 0;
}

std::size_t characters(std::string const& utf8) {
  return static_cast<std::size_t>(std::ranges::count_if(utf8, [](char c) { return (c & 0xc0) != 0x80; }));
}

void expectForm(std::string const& value, std::string const& form, std::string const& name) {
  if (form.starts_with("C..") || form.starts_with("I..")) {
    EXPECT_LE(characters(value), std::stoul(form.substr(3))) << name << ": " << value;
  } else if (form.starts_with("C")) {
    EXPECT_LE(characters(value), std::stoul(form.substr(1))) << name << ": " << value;
  } else {
    ASSERT_EQ(form, "D20.2") << name;
    EXPECT_TRUE(domain::parseYuan(value)) << name << ": " << value;
    EXPECT_LE(value.size(), 20U) << name;
    ASSERT_GE(value.size(), 4U);
    EXPECT_EQ(value[value.size() - 3], '.') << name;
  }
}

TEST(Gb24589, HoldsOnlyElementsOfTheListInItsOrderAndForm) {
  std::set<std::string> tables;
  for (auto const& book : books()) {
    for (auto const* root : {&book->archives, &book->ledger}) {
      for (auto const table : root->first_child().children()) {
        auto const listed = elementList().find(table.name());
        ASSERT_NE(listed, elementList().end()) << table.name();
        tables.insert(table.name());
        std::size_t at = 0;
        for (auto const element : table.children()) {
          while (at < listed->second.size() && listed->second[at].name != element.name()) ++at;
          ASSERT_LT(at, listed->second.size()) << table.name() << "/" << element.name() << " is unknown or misplaced";
          expectForm(element.child_value(), listed->second[at].form, element.name());
        }
      }
    }
  }
  EXPECT_EQ(tables.size(), elementList().size()) << "every table of the list is written";
}

TEST(Gb24589, KeepsTheListOfThePublishedStandard) {
  // The whole list stands beside the project where the project was made; here stand the tables that are written.
  auto const published =
      rowsOf(std::filesystem::path(FUNDTRAIL_SOURCE_DIR) / "../shared/data/gb24589/list-GB-entity.csv");
  auto const ours = rowsOf(std::filesystem::path(FUNDTRAIL_SOURCE_DIR) / "tests/replay/journal/gb24589_elements.csv");
  ASSERT_EQ(ours.size(), 86U);
  if (published.empty()) return;
  for (std::size_t i = 1; i < ours.size(); ++i) {
    auto const found = std::ranges::find_if(
        published, [&](auto const& row) { return row.size() > 7 && row[3] == ours[i][3] && row[5] == ours[i][4]; });
    ASSERT_NE(found, published.end()) << ours[i][4];
    EXPECT_EQ((*found)[7], ours[i][2]) << ours[i][4];
  }
}

TEST(Gb24589, NumbersVouchersWithoutAGapWhoseDebitsAreTheirCredits) {
  std::size_t lines = 0;
  for (auto const& book : books()) {
    std::map<int, int> last;  // by period
    std::int64_t balance = 0;
    std::string current;
    for (auto const line : book->ledger.first_child().children("记账凭证")) {
      ++lines;
      int const period = line.child("会计期间号").text().as_int();
      int const number = line.child("记账凭证编号").text().as_int();
      auto const key = std::string(line.child_value("会计期间号")) + "-" + line.child_value("记账凭证编号");
      if (key != current) {
        EXPECT_EQ(balance, 0) << book->number << " " << current;
        EXPECT_EQ(number, last[period] + 1) << book->number << " " << key;
        EXPECT_EQ(line.child("记账凭证行号").text().as_int(), 1);
        balance = 0;
        current = key;
        last[period] = number;
      }
      EXPECT_EQ(std::string(line.child_value("记账凭证日期")).substr(0, 4), line.child_value("会计年度"));
      balance += fen(line, "借方本币金额") - fen(line, "贷方本币金额");
      EXPECT_STREQ(line.child_value("借方本币金额"), line.child_value("借方原币金额"));
    }
    EXPECT_EQ(balance, 0) << book->number << " " << current;
  }
  std::size_t expected = 0;
  for (auto const& voucher : wholeVouchers().vouchers()) expected += voucher.lastLine - voucher.firstLine;
  EXPECT_EQ(lines, expected);
}

TEST(Gb24589, RollsBalancesFromMonthToMonthAndYearToYear) {
  std::map<std::string, std::pair<std::string, std::int64_t>> closing;  // by city and account: last book, amount
  for (auto const& book : books()) {
    std::map<std::string, std::int64_t> debits;  // by period and account, from the vouchers
    for (auto const line : book->ledger.first_child().children("记账凭证")) {
      auto const key = std::string(line.child_value("会计期间号")) + " " + line.child_value("科目编号");
      debits[key] += fen(line, "借方本币金额") - fen(line, "贷方本币金额");
    }
    for (auto const row : book->ledger.first_child().children("科目余额及发生额")) {
      auto const code = std::string(row.child_value("科目编号"));
      auto const sign = std::string(row.child_value("期初余额方向")) == "借" ? 1 : -1;
      auto const moved = fen(row, "借方本币金额") - fen(row, "贷方本币金额");
      EXPECT_EQ(fen(row, "期初本币余额") + sign * moved, fen(row, "期末本币余额")) << book->number << " " << code;
      EXPECT_EQ(moved, debits[std::string(row.child_value("会计期间号")) + " " + code]) << book->number << " " << code;
      auto const key = book->number.substr(0, 6) + " " + code;
      auto const [at, isNew] = closing.try_emplace(key, book->number, 0);
      EXPECT_EQ(fen(row, "期初本币余额"), at->second.second) << key << " in " << book->number;
      at->second = {book->number, fen(row, "期末本币余额")};
    }
  }
  EXPECT_GT(closing.size(), 14U * 4);
}

TEST(Gb24589, ClosesWithTheBooksToTheFen) {
  static std::map<std::string, Account> const kCodes = {
      {"1001", Account::issued},   {"1002", Account::available}, {"1003", Account::reserved},
      {"1004", Account::inFlight}, {"3001", Account::outside},   {"3002", Account::returnedToTreasury},
      {"3003", Account::recalled}, {"5001", Account::paid}};
  Sums sums;
  std::map<std::string, Read const*> last;  // the last book of each city
  for (auto const& book : books()) last[book->number.substr(0, 6)] = book.get();
  for (auto const& [city, book] : last) {
    std::string period;
    for (auto const row : book->ledger.first_child().children("科目余额及发生额"))
      period = row.child_value("会计期间号");
    for (auto const row : book->ledger.first_child().children("科目余额及发生额")) {
      if (row.child_value("会计期间号") != period) continue;
      auto const sign = std::string(row.child_value("期末余额方向")) == "借" ? 1 : -1;
      sums[{std::stoul(city), kCodes.at(std::string(row.child_value("科目编号")).substr(0, 4))}] +=
          sign * fen(row, "期末本币余额");
    }
  }
  std::erase_if(sums, [](auto const& sum) { return sum.second == 0; });
  EXPECT_EQ(sums, sumsOfBooks());
}

TEST(Gb24589, ListsEveryAccountWithThoseAboveIt) {
  for (auto const& book : books()) {
    std::set<std::string> chart;
    for (auto const account : book->ledger.first_child().children("会计科目")) {
      std::string const code = account.child_value("科目编号");
      static constexpr std::size_t kLengths[] = {4, 8, 10, 16};
      auto const level = account.child("科目级次").text().as_uint();
      ASSERT_TRUE(level >= 1 && level <= 4);
      EXPECT_EQ(code.size(), kLengths[level - 1]) << code;
      EXPECT_TRUE(level == 1 || chart.contains(code.substr(0, kLengths[level == 1 ? 0 : level - 2]))) << code;
      EXPECT_TRUE(chart.insert(code).second) << code << " is listed twice";
    }
    for (auto const line : book->ledger.first_child().children("记账凭证")) {
      EXPECT_TRUE(chart.contains(line.child_value("科目编号"))) << line.child_value("科目编号");
    }
  }
}

TEST(Gb24589, WritesAReversalInRed) {
  Vouchers vouchers;
  capnp::MallocMessageBuilder message;
  auto event = message.initRoot<schema::Event>();
  event.setOccurredOn(20240301);
  auto body = event.initTrancheIssued();
  body.setCity(440100);
  body.setNumber("粤财工〔2024〕1号 <&> \x01");
  body.setAmountFen(12345);
  auto const& known = wholeLedger().events().front().context;
  ShownEvent const issued{known, domain::BatchNumber(1), "one", event.asReader()};
  vouchers.take(issued);
  vouchers.takeBack(issued, issued);
  auto const made = toGb24589(vouchers, kSource, "0.0").value();
  ASSERT_EQ(made.size(), 1U);
  pugi::xml_document ledger;
  parse(made.front().generalLedger, ledger);
  std::vector<std::string> debits;
  for (auto const line : ledger.first_child().children("记账凭证"))
    debits.emplace_back(line.child_value("借方本币金额"));
  EXPECT_EQ(debits, (std::vector<std::string>{"123.45", "0.00", "-123.45", "0.00"}));
}

}  // namespace
}  // namespace fundtrail::replay::journal
