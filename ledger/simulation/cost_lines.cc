// SPDX-License-Identifier: Apache-2.0
#include "ledger/simulation/cost_lines.h"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include "crypto/ensure.h"

namespace fundtrail::ledger::simulation {

namespace {

using domain::Fen;
using C = schema::CostCategory;

constexpr std::int64_t kGoods = 13;
constexpr std::int64_t kServices = 6;

struct Extra {
  C category;
  std::string_view name;
};
constexpr auto kExcluded = std::to_array<Extra>({{C::IMPLEMENTATION, "实施服务"},
                                                 {C::CUSTOMISATION, "定制开发"},
                                                 {C::TRAINING, "操作培训"},
                                                 {C::MAINTENANCE, "年度维保"}});

Fen tax(std::int64_t net, std::int64_t rate) {
  return Fen::literal((net * rate + 50) / 100);
}

/// As many units as `net` is worth at the unit price, or a little less each. The unit price is rounded.
CostLine unitsWorth(Product& product, std::int64_t net, std::int64_t unitPrice, std::int64_t taxRate) {
  auto const quantity = (net + unitPrice - 1) / unitPrice;
  return {product.ware->category,
          product.ware->name,
          &product,
          static_cast<std::uint32_t>(quantity),
          Fen::literal((2 * net + quantity) / (2 * quantity)),
          Fen::literal(net),
          tax(net, taxRate)};
}

CostLine onePiece(C category, std::string_view name, std::int64_t net, std::int64_t taxRate) {
  return {category, name, nullptr, 1, Fen::literal(net), Fen::literal(net), tax(net, taxRate)};
}

Product& stillSold(std::span<Product> products, Random& random) {
  auto at = random.below(products.size());
  while (products[at].retired) at = (at + 1) % products.size();
  return products[at];
}

}  // namespace

std::vector<CostLine> drawReformLines(Fen eligible, Provider& provider, Random& random) {
  std::vector<CostLine> lines;
  auto left = eligible.count();
  auto const buy = [&](Product& product, std::int64_t net, std::int64_t unitPrice, std::int64_t taxRate) {
    lines.push_back(unitsWorth(product, net, unitPrice, taxRate));
    left -= net;
  };
  // Equipment takes up to half; what it leaves is software, and often a cloud service.
  for (auto kinds = random.below(3); kinds != 0; --kinds) {
    auto& product = stillSold(provider.equipment(), random);
    auto const unitPrice = product.price.count() * random.between(80, 100) / 100;
    auto const quantity = std::min<std::int64_t>(random.between(1, 20), left / 4 / unitPrice);
    if (quantity != 0) buy(product, quantity * unitPrice, unitPrice, kGoods);
  }
  if (random.chance(40)) {
    auto& cloud = provider.cloudService();
    buy(cloud, left / random.between(4, 10), cloud.price.count(), kServices);
  }
  auto& software = stillSold(provider.software(), random);
  buy(software, left, software.price.count(), kGoods);
  for (auto extras = random.below(3); extras != 0; --extras) {
    auto const& extra = random.oneOf(kExcluded);
    auto const net = eligible.count() * random.between(3, 12) / 100 / 100 * 100;
    lines.push_back(onePiece(extra.category, extra.name, net, kServices));
  }
  return lines;
}

std::vector<CostLine> drawOtherLines(Fen eligible, OtherPurpose const& rules, Random& random) {
  auto const category = rules.categories.front();
  bool const isInterest = category == C::LOAN_INTEREST;
  auto const taxRate = isInterest ? 0 : kServices;
  std::vector<CostLine> lines;
  auto left = eligible.count();
  // Interest falls due by the quarter; a service is paid for in two parts.
  for (std::int64_t parts = isInterest ? 4 : 2; parts != 0; --parts) {
    lines.push_back(onePiece(category, rules.item, left / parts, taxRate));
    left -= lines.back().net.count();
  }
  if (rules.restsOnContract && random.chance(30)) {
    lines.push_back(onePiece(C::MAINTENANCE, "年度维保", eligible.count() / 20, kServices));
  }
  return lines;
}

void spendLess(std::vector<CostLine>& lines, std::int64_t percent) {
  auto const main = std::ranges::find(lines, C::SOFTWARE, &CostLine::category);
  crypto::ensure(main != lines.end(), "every reform has its software");
  main->net = Fen::literal(main->net.count() * percent / 100);
  main->tax = tax(main->net.count(), kGoods);
}

}  // namespace fundtrail::ledger::simulation
