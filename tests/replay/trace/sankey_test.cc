// SPDX-License-Identifier: Apache-2.0
#include "replay/trace/sankey.h"

#include <algorithm>
#include <fstream>
#include <regex>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "replay/trace/plain.h"

namespace fundtrail::replay::trace {
namespace {

using ledger::domain::Fen;
using ledger::schema::Language;

/// A tranche that pays `payees` enterprises, the first the most, and keeps 5,000 yuan.
Flow flowTo(std::size_t payees) {
  Flow flow{.title = {"资金流向", "where the money went"}, .description = {"示例", "an example"}};
  flow.headings = {{"资金批次", "tranche"}, {"企业", "enterprise"}};
  flow.nodes.push_back({{"粤财工〔2025〕1号", "粤财工〔2025〕1号"}, 0});
  flow.nodes.push_back({{"可用", "available"}, 1});
  flow.bands.push_back({0, 1, Fen::literal(500'000)});
  for (std::size_t i = 0; i < payees; ++i) {
    auto const name = "企业" + std::to_string(i);
    flow.nodes.push_back({{name, name}, 1, ledger::domain::Text{"其他企业", "other enterprises"}});
    flow.bands.push_back({0, i + 2, Fen::literal(static_cast<std::int64_t>(payees - i) * 100)});
  }
  return flow;
}

std::vector<std::string> all(std::string const& text, std::string const& pattern) {
  std::regex const regex(pattern);
  std::vector<std::string> found;
  for (std::sregex_iterator match(text.begin(), text.end(), regex), end; match != end; ++match) {
    found.push_back((*match)[1]);
  }
  return found;
}

TEST(Sankey, ShowsEachPlaceWithItsAmount) {
  auto const svg = sankeySvg(flowTo(2), Language::zh);
  for (auto const* words :
       {">粤财工〔2025〕1号</text>", ">5,003.00</text>", ">可用</text>", ">5,000.00</text>", ">企业0</text>",
        ">2.00</text>", ">企业1</text>", ">1.00</text>", "<title>资金流向</title>"}) {
    EXPECT_NE(svg.find(words), std::string::npos) << words << "\n" << svg;
  }
  EXPECT_NE(sankeySvg(flowTo(2), Language::en).find(">available</text>"), std::string::npos);
}

TEST(Sankey, DrawsSmallPlacesOfOneKindTogetherAndLosesNoFen) {
  auto const svg = sankeySvg(flowTo(40), Language::en, {.mostInColumn = 6});
  EXPECT_EQ(all(svg, "<(rect)").size(), 7U) << "the tranche, and six";
  EXPECT_NE(svg.find(">other enterprises: 36</text>"), std::string::npos) << svg;
  EXPECT_NE(svg.find(">666.00</text>"), std::string::npos) << "36 + 35 + … + 1 yuan: " << svg;
  EXPECT_NE(svg.find(">available</text>"), std::string::npos) << "never drawn with others";
}

TEST(Sankey, MakesHeightsOfAmounts) {
  Flow flow{.title = {"", ""}, .description = {"", ""}};
  flow.nodes = {{{"a", "a"}, 0}, {{"b", "b"}, 1}, {{"c", "c"}, 1}};
  flow.bands = {{0, 1, Fen::literal(300)}, {0, 2, Fen::literal(100)}};
  auto const heights = all(sankeySvg(flow, Language::en, {.height = 400}), R"re(<rect [^>]*height="(\d+)")re");
  EXPECT_EQ(heights, (std::vector<std::string>{"400", "300", "100"}));
}

TEST(Sankey, KeepsLabelsOfAColumnApart) {
  auto const svg = sankeySvg(flowTo(11), Language::zh, {.mostInColumn = 20});
  std::vector<int> lines;
  for (auto const& y : all(svg, R"re(<text x="\d+" y="(\d+)">企业)re")) lines.push_back(std::stoi(y));
  ASSERT_EQ(lines.size(), 11U);
  std::ranges::sort(lines);
  for (std::size_t i = 1; i < lines.size(); ++i) EXPECT_GE(lines[i] - lines[i - 1], 30);
}

TEST(Sankey, IsTheSameForTheSameFlow) {
  EXPECT_EQ(sankeySvg(flowTo(30), Language::zh), sankeySvg(flowTo(30), Language::zh));
}

TEST(Sankey, EscapesWhateverANameHolds) {
  Flow flow{.title = {"", "</title><script>"}, .description = {"", "\"'&"}};
  flow.nodes = {{{"", "<b onload='x'>&amp;\"\x01\xff"}, 0}, {{"", "b\u202Ec\n"}, 1}};
  flow.bands = {{0, 1, Fen::literal(1)}};
  auto const svg = sankeySvg(flow, Language::en);
  EXPECT_EQ(svg.find("<script"), std::string::npos);
  EXPECT_EQ(svg.find("<b "), std::string::npos);
  EXPECT_EQ(svg.find('\x01'), std::string::npos);
  EXPECT_EQ(svg.find("\u202E"), std::string::npos);
  EXPECT_NE(svg.find("&lt;b onload=&#39;x&#39;&gt;&amp;amp;"), std::string::npos) << svg;
}

TEST(Sankey, CutsALongNameAndKeepsItWhereAPointerShowsIt) {
  std::string const name = "广东省某某市某某区某某镇一家名称特别长的智能装备制造股份有限公司第二分公司数字化车间";
  Flow flow{.title = {"", ""}, .description = {"", ""}};
  flow.nodes = {{{name, name}, 0}, {{"b", "b"}, 1}, {{"c", "c"}, 2}, {{"d", "d"}, 3}};
  flow.bands = {{0, 1, Fen::literal(1)}, {1, 2, Fen::literal(1)}, {2, 3, Fen::literal(1)}};
  auto const svg = sankeySvg(flow, Language::zh);
  EXPECT_NE(svg.find("…</text>"), std::string::npos);
  EXPECT_EQ(svg.find(">" + name + "</text>"), std::string::npos);
  EXPECT_NE(svg.find(name), std::string::npos);
}

TEST(Sankey, OfNoMoneySaysSo) {
  EXPECT_NE(sankeySvg({}, Language::en).find(">no money</text>"), std::string::npos);
}

TEST(Plain, ReplacesWhatIsNoPlainText) {
  EXPECT_EQ(plain("东莞 a"), "东莞 a");
  EXPECT_EQ(plain("a\nb"), "a\uFFFDb");
  EXPECT_EQ(plain(std::string_view("\0", 1)), "\uFFFD");
  EXPECT_EQ(plain("\xE4\xB8"), "\uFFFD\uFFFD");
}

}  // namespace
}  // namespace fundtrail::replay::trace
