// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/founders.h"
#include "tests/support/sm2_keys.h"

namespace fundtrail::tests {

/// The same people in the gm profile.
inline People gmPeople() {
  return {ledger::schema::Profile::GM, &sm2KeyOf};
}

/// For suites that run in each profile, and what their tests are called then.
inline std::vector<People> bothProfiles() {
  return {People{}, gmPeople()};
}
struct ProfileName {
  std::string operator()(::testing::TestParamInfo<People> const& test) const {
    return test.param.profile == ledger::schema::Profile::GM ? "gm" : "standard";
  }
};

}  // namespace fundtrail::tests
