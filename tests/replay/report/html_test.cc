// SPDX-License-Identifier: Apache-2.0
// The page for people: whole by itself, escaped, the same every time.
#include "replay/report/html.h"

#include <algorithm>
#include <pugixml.hpp>
#include <regex>
#include <string>

#include <gtest/gtest.h>

#include "ledger/domain/codes.h"
#include "replay/unopened.h"
#include "tests/replay/report/made.h"

namespace fundtrail::replay::report {
namespace {

using schema::Language;

std::size_t countOf(std::string const& text, std::string_view part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

/// The page is written so that an XML parser reads it too: every element is closed, nothing is left unescaped.
void expectWellFormed(std::string const& page) {
  pugi::xml_document document;
  auto const parsed = document.load_string(page.c_str(), pugi::parse_full);
  ASSERT_TRUE(parsed) << parsed.description() << ": " << page.substr(static_cast<std::size_t>(parsed.offset), 200);
  EXPECT_TRUE(document.child("html").child("body").child("main"));
}

TEST(Html, SaysTheVerdictInBothLanguagesAndEveryCitysMoney) {
  for (auto const language : {Language::zh, Language::en}) {
    auto const page = toHtml(whole().dossier, language);
    expectWellFormed(page);
    bool const chinese = language == Language::zh;
    EXPECT_NE(page.find(chinese ? "<html lang=\"zh-CN\">" : "<html lang=\"en\">"), std::string::npos);
    EXPECT_NE(page.find("class=\"verdict " + std::string(name(whole().dossier.report.verdict)) + "\""),
              std::string::npos);
    for (auto const& city : whole().dossier.report.cities) {
      auto const cityName = chinese ? domain::cityNameZh(city.city) : domain::cityNameEn(city.city);
      EXPECT_NE(page.find("<th scope=\"row\">" + std::string(cityName) + "</th><td class=\"n\">" +
                          formatYuan(city.at(Account::outside))),
                std::string::npos)
          << cityName;
    }
    EXPECT_EQ(countOf(page, "<svg "), 3U) << "bars, flow and months";
    EXPECT_NE(page.find("checkpoint " + std::to_string(whole().dossier.report.size.batches) + " "), std::string::npos);
  }
}

TEST(Html, ShowsEachOfTheSevenParts) {
  auto const page = toHtml(whole().dossier, Language::en);
  for (auto const& part : whole().dossier.report.parts) {
    EXPECT_NE(page.find("<th scope=\"row\">" + title(part.id).en + "</th>"), std::string::npos) << title(part.id).en;
  }
}

TEST(Html, ListsEveryIndicatorWithItsState) {
  auto const page = toHtml(whole().dossier, Language::en);
  for (auto const& indicator : indicators::indicators()) {
    EXPECT_NE(page.find("<th scope=\"row\">" + std::string(indicator.id) + "</th>"), std::string::npos) << indicator.id;
  }
}

TEST(Html, NeedsNothingFromOutsideAndNoScript) {
  auto const page = toHtml(whole().dossier, Language::zh);
  EXPECT_EQ(page.find("<script"), std::string::npos);
  EXPECT_EQ(page.find(" src="), std::string::npos);
  EXPECT_EQ(page.find(" href="), std::string::npos);
  EXPECT_EQ(page.find("@import"), std::string::npos);
  static std::regex const kOutside("url\\((?!#)");
  EXPECT_FALSE(std::regex_search(page, kOutside)) << "patterns of its own alone";
}

TEST(Html, EscapesWhateverALedgerWrites) {
  auto const dossier = hostile();
  for (auto const language : {Language::zh, Language::en}) {
    auto const page = toHtml(dossier, language);
    expectWellFormed(page);
    EXPECT_EQ(page.find("<script"), std::string::npos);
    EXPECT_EQ(page.find('\x01'), std::string::npos);
    EXPECT_GT(countOf(page, "&lt;script&gt;"), 20U) << "and yet it is shown";
  }
}

TEST(Html, IsTheSameToTheByteForTheSameAudit) {
  auto const again = make(*logOf(History::shared().batches.size()));
  EXPECT_EQ(toHtml(whole().dossier, Language::zh), toHtml(again.dossier, Language::zh));
}

TEST(Html, ShowsTheFiguresOfPoliciesAndPlans) {
  auto const& dossier = whole().dossier;
  ASSERT_FALSE(dossier.policies.empty());
  ASSERT_FALSE(dossier.plans.empty());
  auto const page = toHtml(dossier, Language::en);
  for (auto const& policy : dossier.policies) {
    EXPECT_NE(page.find("<th scope=\"row\">" + policy.number + "</th><td class=\"n\">" + policy.event.text()),
              std::string::npos)
        << policy.number;
  }
  EXPECT_NE(page.find("20.00 %"), std::string::npos) << "that platforms may take";
  for (auto const& row : dossier.plans) {
    for (auto const& [level, cap] : row.plan.caps) {
      EXPECT_NE(page.find(std::to_string(level) + ": " + formatYuan(cap)), std::string::npos) << row.number;
    }
  }
}

TEST(Html, DrawsWhatWasPaidOnToTheInvoicesOfEachProject) {
  auto const& flow = whole().dossier.flow;
  constexpr std::uint32_t kStands = 3;
  auto const paid = std::ranges::find_if(
      flow.nodes, [](auto const& node) { return node.column == kStands && node.name.en == "Paid (net)"; });
  ASSERT_NE(paid, flow.nodes.end());
  auto const at = static_cast<std::size_t>(paid - flow.nodes.begin());
  domain::Fen in;
  domain::Fen out;
  std::size_t projects = 0;
  for (auto const& band : flow.bands) {
    if (band.to == at) in += band.amount;
    if (band.from != at) continue;
    out += band.amount;
    ++projects;
    EXPECT_EQ(flow.nodes[band.to].column, kStands + 1);
  }
  EXPECT_TRUE(in.isPositive());
  EXPECT_EQ(out, in) << "to the fen";
  EXPECT_GT(projects, 24U) << "more than are drawn one by one";
  auto const page = toHtml(whole().dossier, Language::en);
  EXPECT_NE(page.find("invoices of other projects: "), std::string::npos);
}

TEST(Html, SaysHowToMakeTheReceiptOfEachEventThatAFindingNames) {
  auto dossier = whole().dossier;
  dossier.report.findings.push_back({FindingKind::rule,
                                     {},
                                     domain::EventNumber(12),
                                     "F3",
                                     {"x", "x"},
                                     {},
                                     {domain::EventNumber(7), domain::EventNumber(12)}});
  auto const page = toHtml(dossier, Language::en);
  EXPECT_EQ(countOf(page, "fundtrail receipt 12 --ledger LEDGER --out receipt-12\n"), 1U);
  EXPECT_EQ(countOf(page, "fundtrail receipt 7 --ledger LEDGER --out receipt-7\n"), 1U);
}

TEST(Html, OfALogThatCannotBeOpenedSaysNotProvenAndWhy) {
  crypto::Error const error{crypto::ErrorKind::denied, "no permission to read it", "没有读取权限"};
  auto report = reportOfUnopened(error).value();
  auto const dossier = makeDossier(std::move(report), {}, {}, std::nullopt, {"fundtrail-replay 0.0", "x", "", "", ""});
  for (auto const language : {Language::zh, Language::en}) {
    auto const page = toHtml(dossier, language);
    expectWellFormed(page);
    EXPECT_NE(page.find("class=\"verdict notProven\""), std::string::npos);
    EXPECT_GE(countOf(page, language == Language::zh ? "没有读取权限" : "no permission to read it"), 7U);
    EXPECT_EQ(page.find("✓"), std::string::npos) << "no part of the proof holds";
    EXPECT_EQ(page.find("checkpoint 0"), std::string::npos);
  }
}

TEST(Html, TellsOfALedgerWithoutMoney) {
  auto const made = make(*logOf(2));
  expectWellFormed(toHtml(made.dossier, Language::en));
  EXPECT_TRUE(made.dossier.months.empty());
}

}  // namespace
}  // namespace fundtrail::replay::report
