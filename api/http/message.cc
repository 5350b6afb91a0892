// SPDX-License-Identifier: Apache-2.0
#include "api/http/message.h"

#include <algorithm>

namespace fundtrail::api::http {

namespace {

char lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

}  // namespace

std::optional<std::string_view> Headers::find(std::string_view name) const {
  for (auto const& [written, value] : fields_) {
    if (std::ranges::equal(written, name, {}, lower, lower)) return value;
  }
  return std::nullopt;
}

AsyncHandler atOnce(Handler handler) {
  return [handler = std::move(handler)](Request const& request, Answer const& answer) { answer(handler(request)); };
}

}  // namespace fundtrail::api::http
