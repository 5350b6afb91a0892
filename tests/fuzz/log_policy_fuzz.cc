// SPDX-License-Identifier: Apache-2.0
// A policy is written by hand. Whatever is taken is sound, means the same however its items are spaced, and trusts no
// checkpoint that no log signed.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "crypto/bytes.h"
#include "crypto/ensure.h"
#include "crypto/log_policy.h"

namespace {

using namespace fundtrail::crypto;

/// The policy in as few characters as can be, out of what was read of it.
std::string written(LogPolicy const& policy) {
  std::string text;
  auto const url = [](std::optional<std::string> const& u) { return u ? " " + *u : std::string(); };
  auto const nameOf = [&](LogPolicy::Member const& member) {
    return member.kind == LogPolicy::Member::Kind::group ? policy.groups()[member.index].name
                                                         : policy.witnesses()[member.index].name;
  };
  for (auto const& log : policy.logs()) {
    text += "log " + log.key.vkey() + url(log.url) + "\n";
  }
  for (auto const& witness : policy.witnesses()) {
    text += "witness " + witness.name + " " + witness.key.vkey() + url(witness.url) + "\n";
  }
  for (auto const& group : policy.groups()) {
    text += "group " + group.name + " " + std::to_string(group.threshold);
    for (auto const& member : group.members) {
      text += " " + nameOf(member);
    }
    text += "\n";
  }
  return text + "quorum " + (policy.quorum() ? nameOf(*policy.quorum()) : "none") + "\n";
}

SignedNote unsignedCheckpoint() {
  return {formatCheckpoint({"log.example", 1, {}}), {{"log.example", 1, Bytes(64)}, {"w1.example", 2, Bytes(72)}}};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const policy = LogPolicy::parse(asText({data, size}));
  if (!policy) {
    ensure(policy.error().message.find('\n') == std::string::npos, "an error is one line");
    return 0;
  }
  std::string const text = written(*policy);
  auto const again = LogPolicy::parse(text);
  ensure(again && written(*again) == text, "what is taken can be written and taken again");
  ensure(policy->evaluate(unsignedCheckpoint()).has_error(), "a checkpoint that no log signed is not trusted");
  return 0;
}
