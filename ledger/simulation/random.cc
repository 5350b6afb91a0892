// SPDX-License-Identifier: Apache-2.0
#include "ledger/simulation/random.h"

namespace fundtrail::ledger::simulation {

Random::Random(std::uint64_t seed, std::string_view stream) : state_(seed) {
  for (char const c : stream) state_ = next() ^ static_cast<std::uint8_t>(c);
}

std::uint64_t Random::next() {
  state_ += 0x9e3779b97f4a7c15U;
  auto z = state_;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
  return z ^ (z >> 31);
}

}  // namespace fundtrail::ledger::simulation
