// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "ledger/files/files.h"
#include "ledger/schema/nearest.h"
#include "replay/facts/collector.h"
#include "replay/indicators/examine.h"
#include "replay/indicators/report.h"
#include "replay/options.h"
#include "replay/program.h"
#include "replay/progress_bar.h"
#include "replay/report_text.h"
#include "replay/verify.h"

namespace fundtrail::replay {

namespace files = ledger::files;
using crypto::Error;
using crypto::ErrorKind;
using crypto::Result;

namespace {

constexpr std::size_t kMostSettings = std::size_t{1} << 20U;
constexpr std::size_t kMostTable = std::size_t{256} << 20U;

struct Arguments {
  std::vector<std::filesystem::path> log;
  std::filesystem::path trust;
  std::filesystem::path settings;
  std::filesystem::path registry;
  std::filesystem::path movements;
  std::string only;
  std::string asOf;
  std::string format = "text";
  bool list = false;
};

/// What a file says, read by `read`; as it is by default where none is named.
template <class Value, class Read>
Result<Value> fromFile(std::filesystem::path const& file, std::size_t most, Read read, Value byDefault) {
  if (file.empty()) return byDefault;
  auto const text = files::readFile(file, most);
  if (!text) return text.error();
  auto value = read(*text);
  if (!value) return value.error().of(file.string());
  return Value(*std::move(value));
}

Result<std::set<std::string>> idsIn(std::string_view list) {
  std::vector<std::string> names;
  for (auto const& indicator : indicators::indicators()) names.emplace_back(indicator.id);
  std::set<std::string> ids;
  while (!list.empty()) {
    auto const end = std::min(list.find(','), list.size());
    std::string const id(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
    if (!indicators::find(id)) {
      auto const meant = ledger::schema::nearest(id, names);
      return Error{ErrorKind::badInput,
                   fmt::format("--only: there is no indicator {}{}", id, meant ? ": did you mean " + *meant + "?" : ""),
                   fmt::format("--only：没有指标 {}{}", id, meant ? "，是否为 " + *meant + "？" : "")};
    }
    ids.insert(id);
  }
  return ids;
}

struct Brought {
  indicators::Settings settings;
  indicators::Supplements supplements;
  std::set<std::string> only;
  std::optional<domain::Date> asOf;
};

Result<Brought> broughtBy(Arguments const& arguments) {
  Brought brought;
  auto settings = fromFile(arguments.settings, kMostSettings, &indicators::readSettings, indicators::Settings());
  if (!settings) return settings.error();
  brought.settings = *std::move(settings);
  auto registry = fromFile(arguments.registry, kMostTable, &indicators::readRegistry,
                           std::optional<std::vector<indicators::RegistryEntry>>());
  if (!registry) return registry.error();
  brought.supplements.registry = *std::move(registry);
  auto movements = fromFile(arguments.movements, kMostTable, &indicators::readMovements,
                            std::optional<std::vector<indicators::Movement>>());
  if (!movements) return movements.error();
  brought.supplements.movements = *std::move(movements);
  auto only = idsIn(arguments.only);
  if (!only) return only.error();
  brought.only = *std::move(only);
  if (arguments.asOf.empty()) return brought;
  brought.asOf = domain::Date::parse(arguments.asOf);
  if (!brought.asOf) {
    return Error{ErrorKind::badInput, fmt::format("--as-of {}: is no date, write 2026-06-30", arguments.asOf),
                 fmt::format("--as-of {}：不是日期，请写作 2026-06-30", arguments.asOf)};
  }
  return brought;
}

Result<Exit> list(Session const& session, Arguments const& arguments) {
  auto const printed =
      session.print(arguments.format == "markdown-bilingual" ? indicators::tableToMarkdown()
                                                             : indicators::tableToText(session.language));
  if (!printed) return printed.error();
  return Exit::proven;
}

Result<Exit> examineLog(Session const& session, Arguments const& arguments) {
  if (arguments.list) return list(session, arguments);
  if (arguments.format == "markdown-bilingual") {
    return Error{ErrorKind::badInput, "--format markdown-bilingual is for --list",
                 "--format markdown-bilingual 只用于 --list"};
  }
  if (arguments.log.empty()) return Error{ErrorKind::badInput, "--log is missing", "缺少 --log"};
  auto const brought = broughtBy(arguments);
  if (!brought) return brought.error();
  auto const trust = trustIn(arguments.trust);
  if (!trust) return trust.error();
  auto const log = openLog(arguments.log);
  if (!log) return log.error();

  ProgressBar bar(session.language);
  Options options;
  options.hasCheckpointFile = log->hasCheckpointFile;
  options.progress = [&bar](Progress const& progress) { bar.show(progress); };
  facts::Collector collector;
  options.observers.push_back(&collector);
  auto const report = verify(*log->log, *trust, options);
  if (!report) return report.error();
  if (report->verdict == Verdict::tampered) {
    auto const printed = session.print(toText(*report, session.language));
    if (!printed) return printed.error();
    fmt::print(stderr, "fundtrail-replay: {}\n",
               session.text({"日志被篡改或无法验证，不给出预警指标",
                             "the log is tampered with or not verifiable: no indicators are shown of it"}));
    return Exit::tampered;
  }
  auto const& facts = collector.facts();
  if (!facts.lastAcceptedAt) return Error{ErrorKind::notFound, "the log holds no event yet", "日志中尚无事件"};
  if (report->notJudged > 0) {
    fmt::print(stderr, "fundtrail-replay: {}\n",
               session.text({"自事件 {} 起未予采用：该事件违反规则，见 verify",
                             "nothing from event {} on is looked at: it breaks a rule, see verify"},
                            facts.events));
  }
  auto const asOf = brought->asOf.value_or(facts.lastAcceptedAt->businessDate());
  auto const found = indicators::examine(facts, brought->settings, brought->supplements, asOf, brought->only);
  auto const printed = session.print(arguments.format == "json" ? indicators::toJson(found)
                                                                : indicators::toText(found, session.language));
  if (!printed) return printed.error();
  return found.hits() > 0 ? Exit::findings : Exit::proven;
}

}  // namespace

void addIndicators(ledger::commandline::Program& program, Action& chosen) {
  auto arguments = std::make_shared<Arguments>();
  auto command = program.command("indicators", {"预警指标 K1 至 K25：账本无误，仍须由人核实的迹象",
                                                "indicators K1 to K25: signs that a person is to look into, in a log "
                                                "that is proven"});
  addLog(command, arguments->log);
  addTrust(command, arguments->trust);
  command
      .option("--indicators", arguments->settings,
              {"阈值与关闭原因（JSON，见 docs/AUDIT_INPUT.md）",
               "thresholds, and which are off and why (JSON, docs/AUDIT_INPUT.md)"})
      .valueName("FILE");
  command
      .option("--registry", arguments->registry,
              {"登记资料（CSV）：法定代表人、股东、电话、地址、账户",
               "registry (CSV): representatives, shareholders, phones, addresses, accounts"})
      .valueName("FILE");
  command
      .option("--bank-movements", arguments->movements,
              {"企业与供给方的银行流水（CSV）", "bank movements of enterprises and providers (CSV)"})
      .valueName("FILE");
  command.option("--only", arguments->only, {"只看这些指标，以逗号分隔", "only these indicators, separated by commas"})
      .valueName("K9,K17");
  command
      .option("--as-of", arguments->asOf,
              {"审计日；默认为最后入账之日", "the audit date; the day of the last acceptance unless given"})
      .valueName("DATE");
  command.flag("--list", arguments->list,
               {"列出指标、参数与常见误报", "list the indicators, their parameters and common false alarms"});
  command.option("--format", arguments->format, {"输出格式", "form of the report"})
      .oneOf({"text", "json", "markdown-bilingual"})
      .showDefault();
  command.footer({"退出码：0 所查指标均无预警；2 有预警；3 被篡改或无法验证；1 没能运行。",
                  "Exit codes: 0 no signs; 2 signs; 3 tampered with or not verifiable; 1 it could not run."});
  command.onChosen([arguments, &chosen] {
    chosen = [arguments](Session const& session) { return examineLog(session, *arguments); };
  });
}

}  // namespace fundtrail::replay
