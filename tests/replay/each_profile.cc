// SPDX-License-Identifier: Apache-2.0
#include "tests/replay/each_profile.h"

#include "tests/support/founders.h"
#include "tests/support/sm2_keys.h"

namespace fundtrail::replay {

History const& gmHistory() {
  static History const history = History::of({schema::Profile::GM, &tests::sm2KeyOf});
  return history;
}

crypto::PrivateKey InEachProfile::strangersKey(std::string_view name) {
  return GetParam() == &gmHistory ? tests::sm2KeyOf(name) : tests::keyOf(name);
}

}  // namespace fundtrail::replay
