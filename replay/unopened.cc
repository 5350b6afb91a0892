// SPDX-License-Identifier: Apache-2.0
#include "replay/unopened.h"

#include <utility>

#include "replay/parts.h"

namespace fundtrail::replay {

std::optional<Report> reportOfUnopened(crypto::Error const& error) {
  using crypto::ErrorKind;
  domain::Text const why{error.zh.empty() ? error.message : error.zh, error.message};
  Report report;
  switch (error.kind) {
    case ErrorKind::corrupt:
      report.verdict = Verdict::tampered;
      report.findings.push_back({FindingKind::damage, {}, {}, {}, why});
      break;
    case ErrorKind::denied:
    case ErrorKind::io:
    case ErrorKind::conflict:
    case ErrorKind::unsupported: report.verdict = Verdict::notProven; break;
    default: return std::nullopt;
  }
  for (std::size_t i = 0; i < kParts; ++i) {
    auto& part = report.parts[i];
    part.id = PartId(i);
    part.standing = Standing::notProven;
    part.missing.push_back({"日志无法打开：" + why.zh, "the log cannot be opened: " + why.en});
  }
  return report;
}

}  // namespace fundtrail::replay
