// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "ledger/schema/nearest.h"
#include "replay/facts/collector.h"
#include "replay/indicators/examine.h"
#include "replay/indicators/inputs.h"
#include "replay/indicators/report.h"
#include "replay/options.h"
#include "replay/program.h"
#include "replay/progress_bar.h"
#include "replay/report_text.h"
#include "replay/verify.h"

namespace fundtrail::replay {

using crypto::Error;
using crypto::ErrorKind;
using crypto::Result;

namespace {

struct Arguments {
  std::vector<std::filesystem::path> log;
  std::filesystem::path trust;
  indicators::Files files;
  std::string only;
  std::string asOf;
  std::string format = "text";
  bool list = false;
};

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

struct Asked {
  indicators::Inputs inputs;
  std::set<std::string> only;
  std::optional<domain::Date> asOf;
};

Result<Asked> askedBy(Arguments const& arguments) {
  auto inputs = indicators::read(arguments.files);
  if (!inputs) return inputs.error();
  auto only = idsIn(arguments.only);
  if (!only) return only.error();
  Asked asked{*std::move(inputs), *std::move(only), {}};
  if (arguments.asOf.empty()) return asked;
  asked.asOf = domain::Date::parse(arguments.asOf);
  if (!asked.asOf) {
    return Error{ErrorKind::badInput, fmt::format("--as-of {}: is no date, write 2026-06-30", arguments.asOf),
                 fmt::format("--as-of {}：不是日期，请写作 2026-06-30", arguments.asOf)};
  }
  return asked;
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
  auto const asked = askedBy(arguments);
  if (!asked) return asked.error();
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
  auto const asOf = asked->asOf.value_or(facts.lastAcceptedAt->businessDate());
  auto const found = indicators::examine(facts, asked->inputs.settings, asked->inputs.supplements, asOf, asked->only);
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
  indicators::addFiles(command, arguments->files);
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
