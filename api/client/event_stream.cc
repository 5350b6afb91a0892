// SPDX-License-Identifier: Apache-2.0
#include "api/client/event_stream.h"

#include <utility>

namespace fundtrail::api::client {

std::vector<ServerEvent> EventStream::take(std::string_view part) {
  std::vector<ServerEvent> events;
  for (auto const c : part) {
    // A line ends with a carriage return, a line feed, or both.
    if (std::exchange(skipLineFeed_, false) && c == '\n') continue;
    if (c != '\n' && c != '\r') {
      rest_ += c;
      continue;
    }
    skipLineFeed_ = c == '\r';
    line(std::exchange(rest_, {}), events);
  }
  return events;
}

void EventStream::line(std::string_view text, std::vector<ServerEvent>& events) {
  if (text.empty()) {
    if (hasData_) events.push_back(pending_);
    pending_.type.clear();
    pending_.data.clear();
    hasData_ = false;
    return;
  }
  auto const colon = text.find(':');
  auto const name = text.substr(0, colon);
  auto value = colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1);
  if (value.starts_with(' ')) value.remove_prefix(1);
  if (name == "data") {
    if (hasData_) pending_.data += '\n';
    pending_.data += value;
    hasData_ = true;
  } else if (name == "event") {
    pending_.type = value;
  } else if (name == "id") {
    pending_.id = value;
  }
}

}  // namespace fundtrail::api::client
