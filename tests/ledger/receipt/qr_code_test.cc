// SPDX-License-Identifier: Apache-2.0
#include "ledger/receipt/qr_code.h"

#include <regex>
#include <set>
#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace fundtrail::ledger::receipt {
namespace {

/// The dark modules of a drawing, by column and row, and its side.
struct Drawn {
  std::set<std::pair<int, int>> dark;
  int side = 0;
};

Drawn read(std::string const& svg) {
  static std::regex const module(R"(M(\d+) (\d+)h1v1h-1z)");
  static std::regex const box(R"rx(viewBox="0 0 (\d+) (\d+)")rx");
  Drawn drawn;
  std::smatch sides;
  if (std::regex_search(svg, sides, box) && sides[1] == sides[2]) drawn.side = std::stoi(sides[1]);
  for (std::sregex_iterator at(svg.begin(), svg.end(), module), end; at != end; ++at) {
    drawn.dark.emplace(std::stoi((*at)[1]), std::stoi((*at)[2]));
  }
  return drawn;
}

std::string const kLabel =
    "fundtrail:fundtrail.example/gd-sme-digital/7801#c9010f5b1e4b6fcdf0d28a3f4a1f0f6e7e5f5c0db5fd6fce2bd8be5bb0a9a0aa";

/// ISO/IEC 18004: three of the corners hold a square of 7 modules, dark but for a ring, and 4 light modules stand
/// around.
TEST(QrCode, HasItsFindersAndItsQuietZone) {
  auto const [dark, side] = read(qrCodeSvg(kLabel));
  ASSERT_GT(side, 8 + 21);
  EXPECT_EQ((side - 8 - 17) % 4, 0) << "a version has 17 + 4n modules";
  for (auto const& [left, top] : {std::pair{4, 4}, {side - 4 - 7, 4}, {4, side - 4 - 7}}) {
    for (int x = 0; x < 7; ++x) {
      for (int y = 0; y < 7; ++y) {
        auto const ring = std::min({x, y, 6 - x, 6 - y});
        EXPECT_EQ(dark.contains({left + x, top + y}), ring != 1) << left + x << " " << top + y;
      }
    }
  }
  for (auto const& [x, y] : dark) {
    EXPECT_GE(std::min(x, y), 4);
    EXPECT_LT(std::max(x, y), side - 4);
  }
}

TEST(QrCode, FollowsFromItsText) {
  EXPECT_EQ(qrCodeSvg(kLabel), qrCodeSvg(kLabel));
  EXPECT_NE(qrCodeSvg(kLabel), qrCodeSvg(kLabel.substr(1)));
  EXPECT_GT(read(qrCodeSvg(std::string(500, 'x'))).side, read(qrCodeSvg("x")).side);
}

}  // namespace
}  // namespace fundtrail::ledger::receipt
