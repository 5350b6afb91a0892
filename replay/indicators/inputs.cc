// SPDX-License-Identifier: Apache-2.0
#include "replay/indicators/inputs.h"

#include <utility>

#include "ledger/files/files.h"

namespace fundtrail::replay::indicators {

namespace {

constexpr std::size_t kMostSettings = std::size_t{1} << 20U;
constexpr std::size_t kMostTable = std::size_t{256} << 20U;

/// What `parse` makes of a file; the value stays as it is where none is named.
template <class Parse, class Value>
crypto::Result<void> readInto(std::filesystem::path const& file, std::size_t most, Parse parse, Value& value) {
  if (file.empty()) return {};
  auto const text = ledger::files::readFile(file, most);
  if (!text) return text.error();
  auto parsed = parse(*text);
  if (!parsed) return parsed.error().of(file.string());
  value = *std::move(parsed);
  return {};
}

}  // namespace

void addFiles(ledger::commandline::Command& command, Files& files) {
  command
      .option("--indicators", files.settings,
              {"阈值与关闭原因（JSON，见 docs/AUDIT_INPUT.md）",
               "thresholds, and which are off and why (JSON, docs/AUDIT_INPUT.md)"})
      .valueName("FILE");
  command
      .option("--registry", files.registry,
              {"登记资料（CSV）：法定代表人、股东、电话、地址、账户",
               "registry (CSV): representatives, shareholders, phones, addresses, accounts"})
      .valueName("FILE");
  command
      .option("--bank-movements", files.movements,
              {"企业与供给方的银行流水（CSV）", "bank movements of enterprises and providers (CSV)"})
      .valueName("FILE");
}

crypto::Result<Inputs> read(Files const& files) {
  Inputs inputs;
  auto& [settings, supplements] = inputs;
  if (auto const done = readInto(files.settings, kMostSettings, &readSettings, settings); !done) return done.error();
  if (auto const done = readInto(files.registry, kMostTable, &readRegistry, supplements.registry); !done) {
    return done.error();
  }
  if (auto const done = readInto(files.movements, kMostTable, &readMovements, supplements.movements); !done) {
    return done.error();
  }
  return inputs;
}

}  // namespace fundtrail::replay::indicators
