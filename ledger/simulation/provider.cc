// SPDX-License-Identifier: Apache-2.0
#include "ledger/simulation/provider.h"

#include <array>

#include <fmt/format.h>

#include "ledger/domain/codes.h"
#include "ledger/simulation/names.h"

namespace fundtrail::ledger::simulation {

namespace {

using domain::Fen;
using C = schema::CostCategory;

constexpr std::size_t kEquipment = 7;
constexpr std::size_t kSoftware = 6;

// Equipment, then software, then the cloud service.
constexpr auto kWares = std::to_array<Ware>({
    {C::GATEWAY, "工业网关", "台", 5'500},
    {C::ROUTER, "工业路由器", "台", 3'000},
    {C::SENSOR, "温振一体传感器", "只", 980},
    {C::INDUSTRIAL_CONTROL_SYSTEM, "可编程控制器", "套", 7'900},
    {C::FIREWALL, "工业防火墙", "台", 21'000},
    {C::LARGE_MODEL_APPLIANCE, "大模型一体机", "台", 112'000},
    {C::OTHER_NECESSARY_EQUIPMENT, "数据采集终端", "台", 3'700},
    {C::SOFTWARE, "制造执行系统", "用户", 9'600},
    {C::SOFTWARE, "企业资源计划系统", "用户", 7'200},
    {C::SOFTWARE, "仓储管理系统", "用户", 5'800},
    {C::SOFTWARE, "产品生命周期管理系统", "用户", 12'500},
    {C::SOFTWARE, "质量管理系统", "用户", 6'400},
    {C::SOFTWARE, "设备管理系统", "用户", 5'200},
    {C::CLOUD_SERVICE, "工业云服务", "月", 4'500},
});
static_assert(kWares.size() == kEquipment + kSoftware + 1);

constexpr std::int64_t kWan = 1'000'000;  // in fen

}  // namespace

Enterprise planCompany(domain::CityCode region, domain::CityCode city, std::string name, domain::IndustryCode industry,
                       Numbers& numbers, Random& random) {
  auto const staff = static_cast<std::uint32_t>(random.between(20, 900));
  return {.uscc = numbers.uscc(region),
          .name = std::move(name),
          .industry = industry,
          .staff = staff,
          .revenue = Fen::literal(random.between(300, 38'000) * kWan),
          .account = numbers.account(city)};
}

std::span<Product> Provider::equipment() {
  return std::span(products).first(kEquipment);
}

std::span<Product> Provider::software() {
  return std::span(products).subspan(kEquipment, kSoftware);
}

std::vector<Provider> planProviders(domain::CityCode city, domain::IndustryCode industry, Numbers& numbers,
                                    Random& random) {
  constexpr unsigned kPerCity = 4;
  std::vector<Provider> providers;
  for (unsigned i = 0; i < kPerCity; ++i) {
    auto const kind = i % 2 == 0 ? schema::OrganisationKind::INTEGRATOR : schema::OrganisationKind::VENDOR;
    providers.push_back(
        {planCompany(city, city, providerName(random, domain::cityNameZh(city)), industry, numbers, random), kind, {}});
    for (auto const& ware : kWares) {
      providers.back().products.push_back({fmt::format("{}-{}-{:03}", city.number(), i + 1, &ware - kWares.data() + 1),
                                           &ware, Fen::literal(ware.yuan * 100)});
    }
  }
  return providers;
}

Enterprise planAssessor(domain::CityCode city, domain::IndustryCode industry, Numbers& numbers, Random& random) {
  auto name = fmt::format("{}数字化水平评测中心{}", domain::cityNameZh(city), kSimulated);
  return planCompany(city, city, std::move(name), industry, numbers, random);
}

}  // namespace fundtrail::ledger::simulation
