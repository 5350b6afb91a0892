// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

namespace fundtrail::tests {

/// An operation of a description. It lives as long as that.
struct Operation {
  std::string path;    // with {names}
  std::string method;  // "GET"
  boost::json::object const* described;

  [[nodiscard]] std::string id() const { return std::string(described->at("operationId").as_string()); }
  /// Its parameters in "path" or "query".
  [[nodiscard]] std::vector<boost::json::object const*> parametersIn(std::string_view where) const;
  /// The types of the answer with this status; none where it is not described, or has no body.
  [[nodiscard]] std::vector<std::string> typesOf(unsigned status) const;
  [[nodiscard]] bool takesBody() const { return described->contains("requestBody"); }
  /// Whether it is for those who have signed in.
  [[nodiscard]] bool isProtected() const { return !described->at("security").as_array().empty(); }
};

/// An interface by its own description (OpenAPI 3.1), as far as this one uses it.
class Description {
 public:
  explicit Description(std::string_view document);
  Description(Description const&) = delete;
  Description& operator=(Description const&) = delete;

  [[nodiscard]] std::vector<Operation> const& operations() const { return operations_; }
  /// Throws std::out_of_range.
  [[nodiscard]] Operation const& operation(std::string_view id) const;

  /// What is wrong with an answer of an operation; empty where nothing is.
  [[nodiscard]] std::string faultIn(Operation const& operation, unsigned status, std::string_view contentType,
                                    std::string_view body) const;
  /// What is wrong with a body as problem details.
  [[nodiscard]] std::string faultInProblem(std::string_view contentType, std::string_view body) const;

 private:
  boost::json::object document_;
  std::vector<Operation> operations_;
};

/// What no parameter may be, and no text do harm as.
[[nodiscard]] std::vector<std::string> const& hostileValues();
/// What no endpoint's body may be.
[[nodiscard]] std::vector<std::string> const& hostileBodies();

}  // namespace fundtrail::tests
