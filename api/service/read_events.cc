// SPDX-License-Identifier: Apache-2.0
// The events themselves, and their receipts.
#include <algorithm>
#include <sstream>
#include <utility>
#include <vector>

#include "api/service/handlers.h"
#include "api/service/reading.h"
#include "api/service/rendering.h"
#include "api/views/event.h"
#include "api/views/reports.h"
#include "api/views/search.h"
#include "ledger/domain/authority.h"
#include "ledger/history/reading.h"
#include "ledger/schema/message.h"

namespace fundtrail::api::service {

namespace domain = ledger::domain;
namespace projections = ledger::projections;
namespace schema = ledger::schema;

namespace {

constexpr std::uint64_t kRows = 100;
// Bodies that one request reads to find what it looks for; the next page goes on behind them.
constexpr std::size_t kMostRead = 5000;

/// An administrator sees the events that administrators record.
bool isSeen(Call const& call, schema::Event::Which type) {
  return !call.sight.onlyAdministers() || domain::authorityOf(type).roles.contains(schema::Role::SECURITY_ADMIN);
}

bool isSeen(Call const& call, Named const& named) {
  return isSeen(call, named.type) && call.sight.sees(named.region, named.county, named.enterprise);
}

/// A page of events, newest first.
struct Found {
  std::vector<projections::JournalEntry> entries{};
  std::optional<domain::EventNumber> next{};  // the page after begins before it
};

crypto::Result<Found> search(Context const& context, Call const& call, View const& view,
                             views::EventFilter const& filter) {
  auto const lines = view.journal.lines();
  auto const before = call.arguments.number("before");
  auto const limit = call.arguments.number("limit").value_or(kRows);
  auto end = before
                 ? std::ranges::lower_bound(lines, domain::EventNumber(*before), {}, &projections::JournalLine::number)
                 : lines.end();
  Found found;
  std::size_t read = 0;
  while (end != lines.begin()) {
    auto const& line = *--end;
    if (filter.type && line.type != *filter.type) continue;
    if (filter.region && line.region != *filter.region) continue;
    if (!isSeen(call, line.type) || !call.sight.seesCity(line.region)) continue;
    if (found.entries.size() == limit || read == kMostRead) {
      found.next = domain::EventNumber(line.number.value() + 1);
      break;
    }
    ++read;
    auto const event = ledger::history::readEvent(context.ledger.log(), line.number);
    if (!event) return event.error();
    schema::Message<schema::Event> const message(event->bytes.bytes());
    auto const entry = line.entryOf(event->context);
    if (filter.admits(message.root()) && filter.admits(view.snapshot.state, entry)) {
      found.entries.push_back(entry);
    }
  }
  return found;
}

}  // namespace

http::Response getEvents(Context const& context, Call const& call) {
  auto const& arguments = call.arguments;
  // Who may not see a thing must not find out by searching for it.
  if (!call.sight.seesPrivateData() && (arguments.has("with") || arguments.has("by"))) {
    return answer(call.reader, {403, "denied",
                                call.reader.text({"按内容或签名人查找需要能查看账户和人员的角色",
                                                  "searching by content or person needs a role that sees accounts and "
                                                  "persons"})});
  }
  return viewed(context, call, [&](View const& view) {
    views::EventFilter const filter{schema::eventTypeNamed(arguments.text("type")), arguments.text("with"),
                                    arguments.text("by"), arguments.city("city")};
    auto const found = search(context, call, view, filter);
    if (!found) return answer(call.reader, problemOf(call.reader, found.error()));
    auto response =
        rendered(call, views::eventsReport(call.reader, view.snapshot.state, view.snapshot.basis, found->entries));
    if (found->next) linkNext(response, call, "before", found->next->text());
    return response;
  });
}

http::Response getEvent(Context const& context, Call const& call) {
  return viewed(context, call, [&](View const& view) {
    auto const named = namedEvent(context, call, view.snapshot);
    if (!named) return answer(call.reader, problemOf(call.reader, named.error()));
    if (!isSeen(call, *named)) {
      return nothingThere(call, call.arguments.text("event"));
    }
    auto const read = ledger::history::readEvent(context.ledger.log(), named->event.context.number);
    if (!read) return answer(call.reader, problemOf(call.reader, read.error()));
    schema::Message<schema::Event> const message(read->bytes.bytes());
    std::ostringstream out;
    views::printEvent(out, call.reader, view.snapshot.state, {read->context, read->batch, message.root()},
                      formatOf(call.media));
    return printed(call, std::move(out).str());
  });
}

http::Response getReceipt(Context const& context, Call const& call) {
  if (!call.sight.seesPrivateData()) {
    return answer(call.reader, {403, "denied",
                                call.reader.text({"回执载有事件全文，须由能查看账户和人员的角色获取",
                                                  "a receipt holds the whole event: it needs a role that sees accounts "
                                                  "and persons"})});
  }
  auto const named = context.live.read(
      [&](projections::Current const& current) { return namedEvent(context, call, current.snapshot()); });
  if (!named) return answer(call.reader, problemOf(call.reader, named.error()));
  if (!isSeen(call, *named)) {
    return nothingThere(call, call.arguments.text("event"));
  }
  auto const number = named->event.context.number;
  auto const receipt = context.receipts.make(number);
  if (!receipt) return answer(call.reader, problemOf(call.reader, receipt.error()));
  http::Response response{200, "application/zstd", std::string(crypto::asText(receipt->file))};
  response.headers.emplace_back("Content-Disposition", "attachment; filename=\"event-" + number.text() + ".receipt\"");
  response.headers.emplace_back("Fundtrail-Label", receipt->label);
  return response;
}

}  // namespace fundtrail::api::service
