// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <memory>
#include <string>

#include "api/cli/commands.h"
#include "api/cli/remote.h"
#include "api/cli/view.h"
#include "api/views/reports.h"
#include "ledger/projections/explanation.h"

namespace fundtrail::api::cli {

namespace {

namespace domain = ledger::domain;
namespace projections = ledger::projections;
using crypto::Result;

struct Options {
  Place place;
  std::string event;
  std::string format;
};

Result<domain::EventNumber> numberOf(Session const& session, ledger::log::EventLog const& log,
                                     std::string const& event) {
  auto const events = log.size().events;
  if (auto const number = views::EventName(event, events).number()) return *number;
  views::EventSearch search(event, events);
  auto const read = projections::read(log, {}, [&](domain::Case const& about) { search.apply(about); });
  if (!read) return read.error();
  auto const named = search.result(session);
  if (!named) return named.error();
  return named->context.number;
}

Result<Exit> show(Session const& session, Options const& options) {
  auto const log = LedgerDirectory(options.place.ledger).openForReading(session);
  if (!log) return log.error();
  auto const number = numberOf(session, **log, options.event);
  if (!number) return number.error();
  auto const explained = projections::explain(**log, *number);
  if (!explained) return explained.error();
  views::print(session.out, session, views::explanationReport(session, *explained),
               *views::formatNamed(options.format));
  return Exit::ok;
}

Result<Exit> showAt(Session const& session, client::Server const& server, Options const& options) {
  client::Target target("/v1/explanations");
  target.then(options.event);
  return showFrom(session, server, target, options.format);
}

}  // namespace

void addExplain(commandline::Program& program, Action& chosen) {
  auto options = std::make_shared<Options>();
  auto command = program.command("explain", {"一项奖补如何得出：明细、比例、上限、条款、资金来源",
                                             "how an award came about: its lines, rate, cap, clauses and sources"});
  addEvent(command, options->event);
  addPlace(command, options->place);
  addFormat(command, options->format, {"table", "json", "csv"});
  command.onChosen([options, &chosen] {
    chosen = [options](Session const& session) {
      return at(
          session, options->place, [&] { return show(session, *options); },
          [&](client::Server const& server) { return showAt(session, server, *options); });
    };
  });
}

}  // namespace fundtrail::api::cli
