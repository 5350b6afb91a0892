// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fundtrail::api::client {

/// What is asked of a server: a path and its query. A value.
class Target {
 public:
  explicit Target(std::string_view path) : text_(path) {}

  /// One segment more.
  Target& then(std::string_view segment);
  /// Left out where the value is empty.
  Target& with(std::string_view name, std::string_view value);
  Target& with(std::string_view name, std::optional<std::uint64_t> value);

  [[nodiscard]] std::string const& text() const { return text_; }

 private:
  std::string text_;
  bool hasQuery_ = false;
};

}  // namespace fundtrail::api::client
