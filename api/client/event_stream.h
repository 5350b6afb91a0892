// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fundtrail::api::client {

/// One of a stream of server-sent events (WHATWG HTML, section 9.2).
struct ServerEvent {
  std::string id;  // of this or the last event that stated one
  std::string type;
  std::string data;
  friend bool operator==(ServerEvent const&, ServerEvent const&) = default;
};

/// Reads such a stream, in whatever parts it comes. A value.
class EventStream {
 public:
  /// The events that this part ends.
  [[nodiscard]] std::vector<ServerEvent> take(std::string_view part);
  [[nodiscard]] std::string const& lastId() const { return pending_.id; }

 private:
  void line(std::string_view text, std::vector<ServerEvent>& events);

  std::string rest_;  // of a line that goes on
  bool skipLineFeed_ = false;
  ServerEvent pending_{};
  bool hasData_ = false;
};

}  // namespace fundtrail::api::client
