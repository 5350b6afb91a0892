// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "api/cli/commands.h"
#include "api/cli/ledger_directory.h"
#include "api/cli/options.h"
#include "api/cli/progress_line.h"
#include "api/views/city.h"
#include "crypto/bytes.h"
#include "crypto/log_policy.h"
#include "ledger/attestation/attestations.h"
#include "ledger/bundle/export.h"
#include "ledger/bundle/format.h"
#include "ledger/domain/codes.h"
#include "ledger/files/files.h"
#include "ledger/projections/city_events.h"

namespace fundtrail::api::cli {

namespace {

namespace bundle = ledger::bundle;
namespace domain = ledger::domain;
using crypto::Result;

struct Options {
  std::filesystem::path file;
  std::uint64_t from = 0;
  std::string city;
  std::vector<std::filesystem::path> policies;
  std::filesystem::path ledger;
};

std::vector<domain::CityCode> knownCities() {
  std::vector<domain::CityCode> cities;
  for (auto const& region : domain::regions()) {
    if (region.code.isCity()) cities.push_back(region.code);
  }
  return cities;
}

/// Policies that a reader can use: none is handed on that is not one.
Result<std::vector<std::string>> policiesIn(std::vector<std::filesystem::path> const& files) {
  std::vector<std::string> policies;
  for (auto const& file : files) {
    auto text = ledger::files::readFile(file, bundle::kMaxPolicy);
    if (!text) return text.error();
    if (auto const policy = crypto::LogPolicy::parse(*text); !policy) return policy.error().of(file.string());
    policies.push_back(*std::move(text));
  }
  return policies;
}

Result<bundle::Request> requestOf(Session const& session, ledger::log::EventLog const& log, Options const& options) {
  bundle::Request request;
  request.from = options.from;
  auto policies = policiesIn(options.policies);
  if (!policies) return policies.error();
  request.policies = *std::move(policies);
  if (options.city.empty()) return request;
  auto const cities = knownCities();
  auto const city = views::cityNamed(session, cities, options.city);
  if (!city) return city.error();
  auto kept = ledger::projections::cityEvents(log, *city);
  if (!kept) return kept.error();
  request.city = bundle::CityEvents{*city, *std::move(kept)};
  return request;
}

std::string textOf(Session const& session, Options const& options, bundle::Exported const& exported) {
  auto const& [checkpoint, size, leftOut, bytes, resumedAt] = exported;
  auto text =
      session.text({"{}：第 {} 至 {} 批，{} 个事件，{} 字节\n", "{}: batches {} to {}, {} events, {} bytes\n"},
                   options.file.string(), checkpoint.size - size.batches, checkpoint.size - 1, size.events, bytes);
  if (!options.city.empty()) {
    text += session.text({"其中 {} 个事件与其他城市有关，只收录其哈希\n",
                          "of {} events, which other cities are concerned with, it holds the hashes alone\n"},
                         leftOut);
  }
  if (resumedAt != 0) {
    text += session.text({"接续未完成的导出，自第 {} 批起\n", "an export that was cut off went on from batch {}\n"},
                         resumedAt);
  }
  return text + session.text({"检查点 {} {}\n下次只导出新增部分：--from {}\n",
                              "checkpoint {} {}\nnext time, for what is new alone: --from {}\n"},
                             checkpoint.size, crypto::toBase64(checkpoint.root.bytes), checkpoint.size);
}

Result<Exit> exportBundle(Session const& session, Options const& options) {
  LedgerDirectory const directory(options.ledger);
  auto const log = directory.openForReading(session);
  if (!log) return log.error();
  auto const request = requestOf(session, **log, options);
  if (!request) return request.error();
  ProgressLine line(session, {"已导出 {} / {} 批", "{} of {} batches"});
  auto const exported = bundle::write(**log, ledger::attestation::Attestations(directory.attestations()), *request,
                                      options.file, [&](std::uint64_t done, std::uint64_t of) { line.show(done, of); });
  if (!exported) return exported.error();
  session.out << textOf(session, options, *exported);
  return Exit::ok;
}

}  // namespace

void addBundle(commandline::Program& program, Action& chosen) {
  auto options = std::make_shared<Options>();
  auto bundle = program.command("bundle", {"一个文件的日志副本，交给审计：fundtrail-replay 直接读取",
                                           "a copy of the log in one file, for auditors: fundtrail-replay reads it"});
  auto command = bundle.command(
      "export",
      {"写成数据包：条目、事件、检查点、见证、时间戳；中断后再次运行则续写",
       "write it: entries, events, checkpoint, cosignatures, time-stamps; cut off and run again, it goes on"});
  command
      .option("FILE", options->file,
              {"数据包，不覆盖；未完成时名为 FILE.part", "file, never overwritten; named FILE.part until it is whole"})
      .required()
      .valueName("");
  command.option("--from", options->from, {"自第 N 批起，只含新增部分", "from batch N on: what is new since then"})
      .wholeNumber()
      .valueName("N");
  addCity(command, options->city,
          {"只收录该市和全省的事件；其他城市的事件只留哈希",
           "events of this city and of the province alone; of other cities' events the hashes"});
  command
      .option("--policy", options->policies,
              {"附上信任策略文件，可多次给出", "put this trust policy in as well; may be given several times"})
      .valueName("FILE");
  addLedger(command, options->ledger);
  command.onChosen(
      [options, &chosen] { chosen = [options](Session const& session) { return exportBundle(session, *options); }; });
}

}  // namespace fundtrail::api::cli
