// SPDX-License-Identifier: Apache-2.0
#include "replay/trace/plain.h"

#include "ledger/schema/plain_text.h"

namespace fundtrail::replay::trace {

std::string plain(std::string_view text) {
  std::string result;
  while (auto const wrong = ledger::schema::firstNotPlain(text)) {
    result += text.substr(0, *wrong);
    result += "\uFFFD";
    text.remove_prefix(*wrong + 1);
  }
  return result += text;
}

std::string escapedForXml(std::string_view text) {
  std::string result;
  for (auto const c : text) {
    switch (c) {
      case '&': result += "&amp;"; break;
      case '<': result += "&lt;"; break;
      case '>': result += "&gt;"; break;
      case '"': result += "&quot;"; break;
      case '\'': result += "&#39;"; break;
      default: result += c;
    }
  }
  return result;
}

}  // namespace fundtrail::replay::trace
