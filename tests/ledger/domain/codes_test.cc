// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/codes.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace fundtrail::ledger::domain {
namespace {

struct Row {
  std::string code, name, level, parent;
};

// The rows of a published table below the folder of reference data; none where that folder is not present.
std::vector<Row> published(char const* file) {
  std::ifstream in(std::filesystem::path(FUNDTRAIL_SOURCE_DIR) / "../shared/data/codes" / file);
  std::vector<Row> rows;
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    if (line.ends_with('\r')) line.pop_back();
    std::vector<std::string> cells(1);
    for (char const c : line) {
      if (c == ',') {
        cells.emplace_back();
      } else {
        cells.back() += c;
      }
    }
    cells.resize(4);
    rows.push_back({cells[0], cells[1], cells[2], cells[3]});
  }
  return rows;
}

CityCode city(char const* text) {
  return CityCode::parse(text).value();
}

TEST(CityCode, EveryCodeOfTheTableReadsBackWhatItWrites) {
  for (Region const& region : regions()) {
    EXPECT_EQ(CityCode::parse(region.code.text()), region.code);
    EXPECT_EQ(CityCode::fromNumber(region.code.number()), region.code);
    EXPECT_EQ(region.code.text().size(), 6u);
    EXPECT_EQ(cityNameZh(region.code), region.nameZh);
    EXPECT_EQ(cityNameEn(region.code), region.nameEn);
  }
}

TEST(CityCode, TheTableHoldsTheProvinceItsCitiesAndTheirCounties) {
  auto const count = [](auto isOne) {
    return std::ranges::count_if(regions(), [&](Region const& r) { return (r.code.*isOne)(); });
  };
  EXPECT_EQ(count(&CityCode::isProvince), 1);
  EXPECT_EQ(count(&CityCode::isCity), 21);
  EXPECT_EQ(count(&CityCode::isCounty), 122);
  EXPECT_EQ(regions().size(), 144u);
  EXPECT_EQ(regions().front().code, CityCode::province());
}

TEST(CityCode, EveryOtherNumberIsRefused) {
  std::set<std::uint32_t> known;
  for (Region const& region : regions()) known.insert(region.code.number());
  for (std::uint32_t number = 430'000; number < 460'000; ++number) {
    ASSERT_EQ(CityCode::fromNumber(number).has_value(), known.contains(number)) << number;
  }
  for (char const* const text :
       {"", "0440100", "44010", "4401000", "440100 ", " 440100", "+440100", "44O100", "110000", "0"}) {
    EXPECT_EQ(CityCode::parse(text), std::nullopt) << text;
  }
}

TEST(CityCode, ACountyBelongsToItsCity) {
  EXPECT_EQ(city("440106").cityOf(), city("440100"));
  EXPECT_EQ(city("445381").cityOf(), city("445300"));
  EXPECT_EQ(city("440100").cityOf(), city("440100"));
  EXPECT_EQ(CityCode::province().cityOf(), CityCode::province());
  for (Region const& region : regions()) {
    EXPECT_EQ(CityCode::fromNumber(region.code.cityOf().number()), region.code.cityOf());
    EXPECT_EQ(region.code.isProvince() + region.code.isCity() + region.code.isCounty(), 1) << region.nameZh;
  }
}

TEST(CityCode, TheCountiesOfAllCitiesAreAllCounties) {
  std::size_t counties = 0;
  for (Region const& region : regions()) {
    for (Region const& county : countiesOf(region.code)) {
      EXPECT_TRUE(county.code.isCounty());
      EXPECT_EQ(county.code.cityOf(), region.code);
      ++counties;
    }
  }
  EXPECT_EQ(counties, 122u);
  EXPECT_EQ(countiesOf(city("440100")).size(), 11u);
  EXPECT_EQ(countiesOf(city("445300")).size(), 5u);
  EXPECT_TRUE(countiesOf(city("441900")).empty());
  EXPECT_TRUE(countiesOf(city("442000")).empty());
  EXPECT_TRUE(countiesOf(city("440106")).empty());
  EXPECT_TRUE(countiesOf(CityCode::province()).empty());
}

TEST(CityCode, NamesItsPlaceInChineseAndInPinyin) {
  EXPECT_EQ(cityNameZh(city("442000")), "中山市");
  EXPECT_EQ(cityNameEn(city("442000")), "Zhongshan");
  EXPECT_EQ(cityNameZh(city("440232")), "乳源瑶族自治县");
  EXPECT_EQ(cityNameEn(CityCode::province()), "Guangdong");
}

TEST(CityCode, TheTableEqualsThePublishedOne) {
  for (Row const& row : published("gbt2260_guangdong.csv")) {
    auto const code = CityCode::parse(row.code);
    ASSERT_TRUE(code) << row.code;
    EXPECT_EQ(cityNameZh(*code), row.name);
    // 东莞 and 中山 are published a second time, as counties of themselves.
    if (row.code != row.parent) {
      EXPECT_EQ(code->isCity(), row.level == "city") << row.name;
      EXPECT_EQ(code->isCounty() ? code->cityOf() : CityCode::province(), CityCode::parse(row.parent)) << row.name;
    }
  }
}

TEST(CityCode, NoRegionIsMissingFromThePublishedTable) {
  std::set<std::string> codes = {CityCode::province().text()};
  for (Row const& row : published("gbt2260_guangdong.csv")) codes.insert(row.code);
  EXPECT_TRUE(codes.size() == 1 || codes.size() == regions().size()) << codes.size();
}

TEST(IndustryCode, EveryCodeOfTheTableReadsBackWhatItWrites) {
  for (IndustryClass const& industry : industryClasses()) {
    EXPECT_EQ(IndustryCode::parse(industry.code.text()), industry.code);
    EXPECT_EQ(IndustryCode::fromNumber(industry.code.number()), industry.code);
    EXPECT_EQ(industryNameZh(industry.code), industry.nameZh);
    EXPECT_TRUE(industry.code.division() >= 13 && industry.code.division() <= 43) << industry.nameZh;
    EXPECT_EQ(industry.code.group() / 10, industry.code.division());
  }
  EXPECT_EQ(industryClasses().size(), 609u);
}

TEST(IndustryCode, EveryOtherNumberIsRefused) {
  std::set<std::uint32_t> known;
  for (IndustryClass const& industry : industryClasses()) known.insert(industry.code.number());
  for (std::uint32_t number = 0; number < 20'000; ++number) {
    ASSERT_EQ(IndustryCode::fromNumber(number).has_value(), known.contains(number)) << number;
  }
  for (char const* const text : {"", "131", "13", "C1311", "01311", "1311 ", "+1311", "13l1", "C"}) {
    EXPECT_EQ(IndustryCode::parse(text), std::nullopt) << text;
  }
}

TEST(IndustryCode, TheTableEqualsThePublishedOne) {
  for (Row const& row : published("gbt4754_manufacturing.csv")) {
    if (row.level != "4") continue;
    auto const code = IndustryCode::parse(row.code);
    ASSERT_TRUE(code) << row.code;
    EXPECT_EQ(std::to_string(code->group()), row.parent);
    // The published file pads one name, cuts a few off before 制造, and runs one into its explanation.
    std::string name = row.name.substr(row.name.find_first_not_of(' '));
    name.resize(std::min(name.size(), name.find("  ")));
    std::string_view const ours = industryNameZh(*code);
    ASSERT_TRUE(ours.starts_with(name)) << ours << " / " << name;
    std::string_view const rest = ours.substr(name.size());
    EXPECT_TRUE(rest.empty() || rest == "造" || rest == "制造") << ours << " / " << name;
  }
}

TEST(IndustryCode, NoClassIsMissingFromThePublishedTable) {
  auto const rows = published("gbt4754_manufacturing.csv");
  auto const classes = std::ranges::count(rows, "4", &Row::level);
  EXPECT_TRUE(rows.empty() || classes == 609) << classes;
}

}  // namespace
}  // namespace fundtrail::ledger::domain
