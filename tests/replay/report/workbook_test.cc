// SPDX-License-Identifier: Apache-2.0
// The working papers, opened again.
#include "replay/report/workbook.h"

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <pugixml.hpp>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/ledger/log/temporary_directory.h"
#include "tests/replay/report/made.h"

namespace fundtrail::replay::report {
namespace {

using schema::Language;

/// What a workbook holds: its sheets by name, their cells by row, each with its type.
struct Cell {
  std::string text;
  double number = 0;
  bool isNumber = false;
};
using Rows = std::vector<std::vector<Cell>>;

class Workbook : public ::testing::Test {
 protected:
  std::filesystem::path file() const { return directory_ / "papers.xlsx"; }

  void unpack(Dossier const& dossier, Language language) {
    ASSERT_TRUE(writeWorkbook(file(), dossier, whole().vouchers, language));
    auto const folder = directory_ / "unpacked";
    std::filesystem::remove_all(folder);
    ASSERT_EQ(
        std::system(("/usr/bin/python3 -m zipfile -e '" + file().string() + "' '" + folder.string() + "'").c_str()), 0);
    pugi::xml_document strings;
    ASSERT_TRUE(strings.load_file((folder / "xl/sharedStrings.xml").c_str(), pugi::parse_full));
    shared_.clear();
    for (auto const item : strings.child("sst").children("si")) shared_.emplace_back(item.child_value("t"));
    pugi::xml_document book;
    ASSERT_TRUE(book.load_file((folder / "xl/workbook.xml").c_str()));
    sheets_.clear();
    std::size_t next = 0;
    for (auto const sheet : book.child("workbook").child("sheets").children()) {
      pugi::xml_document document;
      auto const part = folder / ("xl/worksheets/sheet" + std::to_string(++next) + ".xml");
      ASSERT_TRUE(document.load_file(part.c_str()));
      sheets_[sheet.attribute("name").value()] = rowsOf(document);
    }
  }

  Rows rowsOf(pugi::xml_document const& document) {
    Rows rows;
    EXPECT_TRUE(document.child("worksheet").child("sheetViews").child("sheetView").child("pane")) << "a frozen head";
    for (auto const row : document.child("worksheet").child("sheetData").children("row")) {
      auto& cells = rows.emplace_back();
      for (auto const cell : row.children("c")) {
        EXPECT_FALSE(cell.child("f")) << "no cell is a formula";
        std::string const reference = cell.attribute("r").value();
        std::size_t column = 0;
        for (char const c : reference) {
          if (c >= 'A' && c <= 'Z') column = column * 26 + static_cast<std::size_t>(c - 'A') + 1;
        }
        cells.resize(std::max(cells.size(), column));
        bool const text = std::string(cell.attribute("t").value()) == "s";
        if (text) {
          cells[column - 1].text = shared_.at(cell.child("v").text().as_uint());
        } else {
          cells[column - 1] = {{}, cell.child("v").text().as_double(), true};
        }
      }
    }
    return rows;
  }

  static std::int64_t fen(Cell const& cell) {
    EXPECT_TRUE(cell.isNumber) << cell.text;
    return std::llround(cell.number * 100);
  }

  std::vector<std::string> shared_;
  std::map<std::string, Rows> sheets_;

 private:
  testing::TemporaryDirectory directory_;
};

TEST_F(Workbook, HoldsEveryCitysMoneyToTheFen) {
  unpack(whole().dossier, Language::en);
  auto const& rows = sheets_.at("Cities");
  auto const& cities = whole().dossier.report.cities;
  ASSERT_EQ(rows.size(), cities.size() + 1);
  for (std::size_t i = 0; i < cities.size(); ++i) {
    EXPECT_EQ(rows[i + 1][0].text, cities[i].city.text());
    for (std::size_t account = 0; account < kAccounts; ++account) {
      EXPECT_EQ(fen(rows[i + 1][2 + account]), cities[i].balances[account].count());
    }
  }
}

TEST_F(Workbook, HoldsAJournalWhoseDebitsAreItsCredits) {
  unpack(whole().dossier, Language::zh);
  auto const& rows = sheets_.at("分录");
  std::int64_t debit = 0;
  std::int64_t credit = 0;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    debit += fen(rows[i][12]);
    credit += fen(rows[i][13]);
  }
  EXPECT_EQ(debit, credit);
  EXPECT_GT(debit, 0);
  std::size_t lines = 0;
  for (auto const& voucher : whole().vouchers.vouchers()) lines += voucher.lastLine - voucher.firstLine;
  EXPECT_EQ(rows.size(), lines + 1);
}

TEST_F(Workbook, HoldsEveryPaymentWithItsChain) {
  unpack(whole().dossier, Language::en);
  auto const& rows = sheets_.at("Payments");
  auto const& payments = whole().dossier.payments;
  ASSERT_EQ(rows.size(), payments.size() + 1);
  for (std::size_t i = 0; i < payments.size(); ++i) {
    EXPECT_EQ(static_cast<std::uint64_t>(rows[i + 1][0].number), payments[i].requested.value());
    EXPECT_EQ(rows[i + 1][3].text, payments[i].payee);
    EXPECT_EQ(fen(rows[i + 1][5]), payments[i].amount.count());
    EXPECT_EQ(static_cast<std::uint64_t>(rows[i + 1][8].number), payments[i].award.value());
  }
}

TEST_F(Workbook, HasTheSameSheetsInBothLanguages) {
  unpack(whole().dossier, Language::zh);
  auto const chinese = sheets_;
  unpack(whole().dossier, Language::en);
  EXPECT_EQ(sheets_.size(), chinese.size());
  for (auto const* name : {"结论与范围", "七个部分", "问题", "预警指标", "各市", "资金批次", "拨付", "分录"}) {
    EXPECT_TRUE(chinese.contains(name)) << name;
  }
  EXPECT_EQ(sheets_.at("Parts").size(), kParts + 1);
}

TEST_F(Workbook, KeepsWhatLooksLikeAFormulaAsText) {
  unpack(hostile(), Language::en);  // rowsOf() demands that no cell is a formula
  bool shown = false;
  for (auto const& text : shared_) shown = shown || text.starts_with("=1+1</td><script>");
  EXPECT_TRUE(shown);
}

TEST_F(Workbook, WritesAnAmountOfMoreThanFifteenDigitsAsText) {
  auto dossier = whole().dossier;
  auto const most = domain::Fen::literal(999'999'999'999'999);
  dossier.report.cities[0].balances[0] = most;
  dossier.report.cities[0].balances[1] = domain::Fen::literal(domain::Fen::kMaxMagnitude);
  unpack(dossier, Language::en);
  auto const& row = sheets_.at("Cities")[1];
  EXPECT_EQ(fen(row[2]), most.count());
  EXPECT_EQ(row[3].text, "10,000,000,000,000.00");
}

TEST_F(Workbook, SaysWhyItCannotBeWritten) {
  auto const written = writeWorkbook("/absent/papers.xlsx", whole().dossier, whole().vouchers, Language::en);
  ASSERT_FALSE(written);
  EXPECT_NE(written.error().message.find("/absent/papers.xlsx"), std::string::npos);
  EXPECT_FALSE(written.error().zh.empty());
}

}  // namespace
}  // namespace fundtrail::replay::report
