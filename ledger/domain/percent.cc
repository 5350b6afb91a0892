// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/percent.h"

#include <fmt/format.h>

namespace fundtrail::ledger::domain {

std::string percentText(std::uint32_t tenThousandths) {
  auto const whole = tenThousandths / 100;
  auto const rest = tenThousandths % 100;
  if (rest == 0) return fmt::format("{}%", whole);
  if (rest % 10 == 0) return fmt::format("{}.{}%", whole, rest / 10);
  return fmt::format("{}.{:02}%", whole, rest);
}

}  // namespace fundtrail::ledger::domain
