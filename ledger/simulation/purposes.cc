// SPDX-License-Identifier: Apache-2.0
#include "ledger/simulation/purposes.h"

#include <algorithm>
#include <array>

#include "crypto/ensure.h"
#include "ledger/domain/read.h"

namespace fundtrail::ledger::simulation {

namespace {

using domain::BasisPoints;
using domain::Fen;
using C = schema::CostCategory;
using K = schema::OrganisationKind;
using P = schema::Purpose;

constexpr auto kPlatform = std::to_array({C::PLATFORM_DEVELOPMENT, C::CLOUD_SERVICE});
constexpr auto kInterest = std::to_array({C::LOAN_INTEREST});
constexpr auto kDiagnosis = std::to_array({C::DIAGNOSIS_SERVICE});
constexpr auto kTraining = std::to_array({C::TRAINING_SERVICE});
constexpr auto kSecurity = std::to_array({C::SECURITY_SERVICE, C::FIREWALL});
constexpr auto kAdministration = std::to_array({C::ADMINISTRATION_EXPENSE});

Fen wan(std::int64_t amount) {
  return Fen::literal(amount * 1'000'000);
}
BasisPoints percent(std::uint32_t of100) {
  return domain::checked(BasisPoints::from(of100 * 100));
}

}  // namespace

std::span<OtherPurpose const> otherPurposes() {
  static std::array const purposes = {
      OtherPurpose{P::PLATFORM, "行业平台建设项目", K::LEAD_UNIT, percent(30), wan(150), kPlatform, "行业平台开发", 8,
                   19, true},
      OtherPurpose{P::INTEREST, "数字化改造贷款贴息", K::ENTERPRISE, percent(50), wan(30), kInterest, "贷款利息", 1, 2,
                   false},
      OtherPurpose{P::DIAGNOSIS, "数字化转型咨询诊断", K::ENTERPRISE, percent(80), wan(8), kDiagnosis, "咨询诊断服务",
                   1, 3, true},
      OtherPurpose{P::TRAINING, "数字化人才培养", K::ENTERPRISE, percent(60), wan(15), kTraining, "人才培养服务", 1, 1,
                   true},
      OtherPurpose{P::SECURITY, "工业信息安全防护", K::ENTERPRISE, percent(40), wan(20), kSecurity, "信息安全服务", 1,
                   2, true},
      OtherPurpose{P::ADMINISTRATION, "试点工作经费", K::OPERATOR, percent(100), wan(50), kAdministration,
                   "评审和宣传支出", 1, 1, false},
  };
  return purposes;
}

OtherPurpose const& otherPurpose(schema::Purpose purpose) {
  auto const purposes = otherPurposes();
  auto const at = std::ranges::find(purposes, purpose, &OtherPurpose::purpose);
  crypto::ensure(at != purposes.end(), "reform has rules of its own");
  return *at;
}

bool allowsAdministration(domain::CityCode city) {
  return city.number() == 441200;
}

}  // namespace fundtrail::ledger::simulation
