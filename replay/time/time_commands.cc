// SPDX-License-Identifier: Apache-2.0
// fundtrail-replay state and diff.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "ledger/commandline/program.h"
#include "ledger/domain/codes.h"
#include "replay/options.h"
#include "replay/program.h"
#include "replay/time/difference.h"
#include "replay/time/moment.h"
#include "replay/time/standing.h"
#include "replay/time/time_json.h"
#include "replay/time/time_text.h"
#include "replay/verified_log.h"

namespace fundtrail::replay {

namespace commandline = ledger::commandline;
namespace projections = ledger::projections;
using crypto::Error;
using crypto::ErrorKind;

namespace {

struct Arguments {
  VerifiedLogArguments verified;
  std::string at;
  std::string from;
  std::string to;
  std::optional<std::uint64_t> knownAt;
  std::string city;
  std::string format = "text";
};

crypto::Result<std::optional<domain::CityCode>> cityNamed(std::string const& text) {
  if (text.empty()) return std::optional<domain::CityCode>();
  if (auto const code = domain::CityCode::parse(text)) return code;
  for (auto const& region : domain::regions()) {
    if (!region.code.isCounty() && (region.nameZh == text || region.nameEn == text)) return std::optional(region.code);
  }
  return Error{ErrorKind::badInput, fmt::format("{} is no city: give its code or name, as 441900 or Dongguan", text),
               fmt::format("没有城市“{}”：请给出代码或名称，如 441900 或 东莞市", text)};
}

/// The last moment that may be shown, where none is asked for.
crypto::Result<projections::AsOf> momentOf(std::string const& text, Arguments const& arguments,
                                           VerifiedLog const& verified) {
  auto const end = std::to_string(verified.lawful);
  return time::momentNamed(text.empty() ? end : text, arguments.knownAt, verified.log(), verified.lawful);
}

template <class Contents>
crypto::Result<Exit> show(Session const& session, Arguments const& arguments, VerifiedLog const& verified,
                          Contents const& contents, bool agrees) {
  auto const city = cityNamed(arguments.city);
  if (!city) return city.error();
  bool const json = arguments.format == "json";
  auto const verdict = agrees ? verified.report.verdict : Verdict::findings;
  auto const out = json ? toJson(contents, *city, verdict) : toText(contents, *city, session);
  if (auto const notice = verified.notice(session); !notice.empty()) fmt::print(stderr, "{}", notice);
  if (auto const printed = session.print(out); !printed) return printed.error();
  return exitFor(verdict);
}

crypto::Result<Exit> showState(Session const& session, Arguments const& arguments, VerifiedLog const& verified) {
  auto const moment = momentOf(arguments.at, arguments, verified);
  if (!moment) return moment.error();
  auto const standing = time::standingAt(verified.log(), *moment);
  if (!standing) return standing.error();
  return show(session, arguments, verified, *standing, !standing->disagreement);
}

crypto::Result<Exit> showDifference(Session const& session, Arguments const& arguments, VerifiedLog const& verified) {
  auto const from = momentOf(arguments.from, arguments, verified);
  if (!from) return from.error();
  auto const to = momentOf(arguments.to, arguments, verified);
  if (!to) return to.error();
  if (!time::isContained(*from, *to)) {
    return Error{
        ErrorKind::badInput,
        "--from names events that --to leaves out: name the earlier point first, and two dates or two positions",
        "--from 所含的事件有些不在 --to 之内：请先写较早的时点，并同用日期或同用位置"};
  }
  auto const before = time::standingAt(verified.log(), *from);
  if (!before) return before.error();
  auto const after = time::standingAt(verified.log(), *to);
  if (!after) return after.error();
  return show(session, arguments, verified, time::differenceOf(*before, *after),
              !before->disagreement && !after->disagreement);
}

using Shows = crypto::Result<Exit> (*)(Session const&, Arguments const&, VerifiedLog const&);

/// What both commands have: the log, verified first, and how to show what they found.
void addCommon(commandline::Command& command, std::shared_ptr<Arguments> const& given, Shows shows, Action& chosen) {
  auto& arguments = *given;
  addVerifiedLog(command, arguments.verified);
  command
      .option("--known-at", arguments.knownAt,
              {"与日期同用：只凭前 N 个事件所知，默认全部",
               "with a date: as the first N events know of it; all unless given"})
      .valueName("N");
  command.option("--city", arguments.city, {"只列该市（代码或名称）", "this city alone: its code or name"})
      .valueName("CITY");
  addFormat(command, arguments.format);
  command.onChosen([given, shows, &chosen] {
    chosen = [given, shows](Session const& session) -> crypto::Result<Exit> {
      auto const verified = verifiedLog(session, given->verified);
      if (!verified) return verified.error();
      if (!*verified) return Exit::tampered;
      return shows(session, *given, **verified);
    };
  });
}

}  // namespace

void addState(commandline::Program& program, Action& chosen) {
  auto arguments = std::make_shared<Arguments>();
  auto command = program.command(
      "state", {"核验后，列出某一时点的账本状态", "verify, then show how the ledger stood at a point in time"});
  addCommon(command, arguments, &showState, chosen);
  command
      .option("--at", arguments->at,
              {"时点：事件数 N、checkpoint:批数 或日期 2025-05-21，默认末尾",
               "the point: a number of events, checkpoint:SIZE, or a date as 2025-05-21; the end unless given"})
      .valueName("N|DATE");
}

void addDiff(commandline::Program& program, Action& chosen) {
  auto arguments = std::make_shared<Arguments>();
  auto command = program.command(
      "diff", {"核验后，列出两个时点之间的变化", "verify, then show what changed between two points in time"});
  addCommon(command, arguments, &showDifference, chosen);
  command
      .option("--from", arguments->from,
              {"较早的时点：事件数 N、checkpoint:批数 或日期 2025-05-21",
               "the earlier point: a number of events, checkpoint:SIZE, or a date as 2025-05-21"})
      .required()
      .valueName("A");
  command.option("--to", arguments->to, {"较晚的时点，默认末尾", "the later point; the end unless given"})
      .valueName("B");
}

}  // namespace fundtrail::replay
