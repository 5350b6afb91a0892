// SPDX-License-Identifier: Apache-2.0
#include "ledger/simulation/cost_lines.h"

#include <algorithm>
#include <array>
#include <string_view>

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

CostLine pieces(Product const& product, std::int64_t quantity, std::int64_t unitPrice) {
  auto const net = unitPrice * quantity;
  return {product.ware->category,  product.ware->name, product.code,    static_cast<std::uint32_t>(quantity),
          Fen::literal(unitPrice), Fen::literal(net),  tax(net, kGoods)};
}

/// As many units as `net` is worth at the catalogue's price, or a little less each. The unit price is rounded.
CostLine unitsWorth(Product const& product, std::int64_t net, std::int64_t taxRate) {
  auto const quantity = (net + product.price.count() - 1) / product.price.count();
  return {product.ware->category,
          product.ware->name,
          product.code,
          static_cast<std::uint32_t>(quantity),
          Fen::literal((2 * net + quantity) / (2 * quantity)),
          Fen::literal(net),
          tax(net, taxRate)};
}

}  // namespace

std::vector<CostLine> drawCostLines(Fen eligible, Provider const& provider, Random& random) {
  std::vector<CostLine> lines;
  auto left = eligible.count();
  // Equipment takes up to half; what it leaves is software, and often a cloud service.
  for (auto kinds = random.below(3); kinds != 0; --kinds) {
    auto const& product = random.oneOf(provider.equipment());
    auto const unitPrice = product.price.count() * random.between(80, 100) / 100;
    auto const quantity = std::min<std::int64_t>(random.between(1, 20), left / 4 / unitPrice);
    if (quantity == 0) continue;
    lines.push_back(pieces(product, quantity, unitPrice));
    left -= lines.back().net.count();
  }
  if (random.chance(40)) {
    auto const cloud = left / random.between(4, 10);
    lines.push_back(unitsWorth(provider.cloudService(), cloud, kServices));
    left -= cloud;
  }
  lines.push_back(unitsWorth(random.oneOf(provider.software()), left, kGoods));
  for (auto extras = random.below(3); extras != 0; --extras) {
    auto const& extra = random.oneOf(kExcluded);
    auto const net = eligible.count() * random.between(3, 12) / 100 / 100 * 100;
    lines.push_back({extra.category, extra.name, {}, 1, Fen::literal(net), Fen::literal(net), tax(net, kServices)});
  }
  return lines;
}

}  // namespace fundtrail::ledger::simulation
