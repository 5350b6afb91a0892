// SPDX-License-Identifier: Apache-2.0
#include <memory>
#include <utility>
#include <vector>

#include "api/cli/commands.h"
#include "api/cli/ledger_directory.h"
#include "api/cli/options.h"
#include "api/cli/remote.h"
#include "api/views/event.h"
#include "api/views/event_name.h"
#include "ledger/history/fold.h"
#include "ledger/schema/message.h"

namespace fundtrail::api::cli {

namespace {

namespace domain = ledger::domain;
namespace schema = ledger::schema;
using crypto::Result;

struct Options {
  std::string event;
  Place place;
  std::string format;
};

struct Found {
  domain::EventContext context;
  schema::Words bytes;
};

Result<Exit> show(Session const& session, Options const& options) {
  auto const log = LedgerDirectory(options.place.ledger).openForReading(session);
  if (!log) return log.error();
  auto const events = (*log)->size().events;
  views::EventName const wanted(options.event, events);
  if (!wanted.makesSense()) return views::notOnRecord(session, options.event, events);

  std::vector<Found> found;
  auto const folded = ledger::history::fold(**log, wanted.upTo(events), [&](domain::Case const& about) {
    if (wanted.is(about.context.number, about.context.ref))
      found.push_back({about.context, schema::canonical<schema::Event>(about.event)});
  });
  if (!folded) return folded.error();
  if (found.empty()) return views::notOnRecord(session, options.event, events);
  if (found.size() > 1) return views::ambiguous(session, options.event, found.size());
  auto const batch = (*log)->batchOf(found.front().context.number);
  if (!batch) return batch.error();
  schema::Message<schema::Event> const event(found.front().bytes.bytes());
  views::printEvent(session.out, session, folded->state, {found.front().context, *batch, event.root()},
                    options.format == "json" ? views::Format::json : views::Format::table);
  return Exit::ok;
}

Result<Exit> showAt(Session const& session, client::Server const& server, Options const& options) {
  client::Target target("/v1/events");
  target.then(options.event);
  return showFrom(session, server, target, options.format);
}

}  // namespace

void addShow(commandline::Program& program, Action& chosen) {
  auto options = std::make_shared<Options>();
  auto command = program.command("show", {"查看一个事件：内容、签名人、入账时间、哈希",
                                          "show one event: what it states, who signed it, when, and its hash"});
  addEvent(command, options->event);
  addPlace(command, options->place);
  addFormat(command, options->format, {"text", "json"});
  command.onChosen([options, &chosen] {
    chosen = [options](Session const& session) {
      return at(
          session, options->place, [&] { return show(session, *options); },
          [&](client::Server const& server) { return showAt(session, server, *options); });
    };
  });
}

}  // namespace fundtrail::api::cli
