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

struct Good {
  C category;
  std::string_view name;
  std::int64_t yuan;  // unit price
};
constexpr auto kEquipment = std::to_array<Good>({
    {C::GATEWAY, "工业网关", 4'800},
    {C::ROUTER, "工业路由器", 2'600},
    {C::SENSOR, "温振一体传感器", 850},
    {C::INDUSTRIAL_CONTROL_SYSTEM, "可编程控制器", 6'900},
    {C::FIREWALL, "工业防火墙", 18'500},
    {C::LARGE_MODEL_APPLIANCE, "大模型一体机", 98'000},
    {C::OTHER_NECESSARY_EQUIPMENT, "数据采集终端", 3'200},
});
constexpr auto kSoftware = std::to_array<std::string_view>(
    {"制造执行系统", "企业资源计划系统", "仓储管理系统", "产品生命周期管理系统", "质量管理系统", "设备管理系统"});

struct Extra {
  C category;
  std::string_view name;
};
constexpr auto kExcluded = std::to_array<Extra>({{C::IMPLEMENTATION, "实施服务"},
                                                 {C::CUSTOMISATION, "定制开发"},
                                                 {C::TRAINING, "操作培训"},
                                                 {C::MAINTENANCE, "年度维保"}});

CostLine line(C category, std::string_view name, std::uint32_t quantity, std::int64_t unitPrice, std::int64_t taxRate) {
  auto const net = unitPrice * quantity;
  return {
      category, name, quantity, Fen::literal(unitPrice), Fen::literal(net), Fen::literal((net * taxRate + 50) / 100)};
}

}  // namespace

std::vector<CostLine> drawCostLines(Fen eligible, Random& random) {
  std::vector<CostLine> lines;
  auto left = eligible.count();
  // Equipment takes up to half; what it leaves is software, and often a cloud service.
  for (auto pieces = random.below(3); pieces != 0; --pieces) {
    auto const& good = random.oneOf(kEquipment);
    auto const unitPrice = good.yuan * random.between(90, 115);  // percent of the price, in fen
    auto const quantity = std::min<std::int64_t>(random.between(1, 20), left / 4 / unitPrice);
    if (quantity == 0) continue;
    lines.push_back(line(good.category, good.name, static_cast<std::uint32_t>(quantity), unitPrice, kGoods));
    left -= lines.back().net.count();
  }
  if (random.chance(40)) {
    auto const cloud = left / random.between(4, 10);
    lines.push_back(line(C::CLOUD_SERVICE, "工业云服务", 1, cloud, kServices));
    left -= cloud;
  }
  lines.push_back(line(C::SOFTWARE, random.oneOf(kSoftware), 1, left, kGoods));
  for (auto extras = random.below(3); extras != 0; --extras) {
    auto const& extra = random.oneOf(kExcluded);
    lines.push_back(
        line(extra.category, extra.name, 1, eligible.count() * random.between(3, 12) / 100 / 100 * 100, kServices));
  }
  return lines;
}

}  // namespace fundtrail::ledger::simulation
