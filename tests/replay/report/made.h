// SPDX-License-Identifier: Apache-2.0
// The dossier of the shared history, audited once.
#pragma once

#include "replay/facts/collector.h"
#include "replay/journal/vouchers.h"
#include "replay/report/dossier.h"
#include "tests/replay/history.h"

namespace fundtrail::replay::report {

struct Made {
  journal::Vouchers vouchers;
  Dossier dossier;
};

inline Made make(log::EventLog const& log) {
  Made made;
  facts::Collector collector;
  Options options;
  options.threads = 2;
  options.observers = {&made.vouchers, &collector};
  auto report = verify(log, {}, options).value();
  std::optional<indicators::Indicators> signs;
  if (collector.facts().lastAcceptedAt) {
    signs = indicators::examine(collector.facts(), {}, {}, collector.facts().lastAcceptedAt->businessDate());
  }
  made.dossier = makeDossier(std::move(report), made.vouchers, collector.facts(), std::move(signs),
                             {"fundtrail-replay 0.0", "ledger", "trust", "", ""});
  return made;
}

inline Made const& whole() {
  static auto const made = make(*logOf(History::shared().batches.size()));
  return made;
}

/// Text that would be markup, a formula or the end of an attribute, if somebody let it.
inline constexpr std::string_view kHostile = "=1+1</td><script>alert('x')</script>\"&\x01";

/// A dossier that bears such text wherever a ledger's text can stand.
inline Dossier hostile() {
  auto dossier = whole().dossier;
  std::string const text(kHostile);
  dossier.report.identity->programme = text;
  dossier.report.identity->logVkeys = {text};
  dossier.report.findings.push_back({FindingKind::rule, std::nullopt, std::nullopt, text, {text, text}});
  dossier.report.attested.push_back({{text, 1, {}}, {text}, {1, 1}, crypto::Timestamp{1, text}});
  for (auto& part : dossier.report.parts) {
    part.granted.push_back({text, text});
    part.missing.push_back({text, text});
    part.counted.push_back({{text, text}, 1, 2});
  }
  for (auto& row : dossier.tranches) row.tranche.document = text;
  for (auto& payment : dossier.payments) payment.payeeName = payment.bankReference = text;
  dossier.call = {text, text, text, text, text};
  return dossier;
}

}  // namespace fundtrail::replay::report
