// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "api/cli/commands.h"
#include "api/cli/remote.h"
#include "api/cli/view.h"
#include "api/views/reports.h"
#include "api/views/search.h"
#include "ledger/projections/journal.h"
#include "ledger/schema/names.h"

namespace fundtrail::api::cli {

namespace {

namespace domain = ledger::domain;
namespace projections = ledger::projections;
namespace schema = ledger::schema;
using crypto::Result;
using projections::JournalEntry;

constexpr std::uint64_t kShownUnlessTold = 50;

struct Options {
  ViewOptions view;
  std::string type;
  std::string city;
  std::string by;
  std::string with;
  std::uint64_t last = kShownUnlessTold;
};

std::vector<std::string> typeNames() {
  std::vector<std::string> names;
  for (auto const type : schema::eventTypes()) names.emplace_back(schema::eventTypeName(type));
  return names;
}

/// Those that meet the conditions: counts all, keeps the last.
class Search {
 public:
  Search(views::EventFilter filter, std::size_t most) : filter_(std::move(filter)), most_(most) {}

  void apply(domain::Case const& about) {
    if (filter_.admits(about.event)) found_.push_back(projections::journalEntryOf(about));
  }

  /// Takes out what the state knows not to be meant.
  std::span<JournalEntry const> take(domain::State const& state, std::optional<domain::CityCode> city) {
    filter_.region = city;
    std::erase_if(found_, [&](JournalEntry const& entry) { return !filter_.admits(state, entry); });
    return std::span(found_).last(std::min(found_.size(), most_));
  }
  [[nodiscard]] std::size_t count() const { return found_.size(); }

 private:
  views::EventFilter filter_;
  std::size_t most_;
  std::vector<JournalEntry> found_;
};

Result<Exit> list(Session const& session, Options const& options) {
  Search search({schema::eventTypeNamed(options.type), options.with, options.by}, options.last);
  auto const view =
      readCityView(session, options.view, options.city, [&](domain::Case const& about) { search.apply(about); });
  if (!view) return view.error();
  auto const& state = view->snapshot.state;
  auto const entries = search.take(state, view->city);
  auto const format = formatOf(options.view);
  if (format == views::Format::table && entries.size() < search.count()) {
    session.out << session.text({"共 {} 个事件，只列出最后 {} 个（--last N 可改）\n",
                                 "{} events, of which the last {} are listed (--last N lists more)\n"},
                                search.count(), entries.size());
  }
  views::print(session.out, session, views::eventsReport(session, state, view->snapshot.basis, entries), format);
  return Exit::ok;
}

Result<Exit> listAt(Session const& session, client::Server const& server, Options const& options) {
  auto const city = cityCode(session, options.city);
  if (!city) return city.error();
  client::Target target("/v1/events");
  target.with("type", options.type)
      .with("with", options.with)
      .with("by", options.by)
      .with("city", *city)
      .with("limit", std::clamp<std::uint64_t>(options.last, 1, 1000));
  addTo(target, options.view.asOf);
  return showFrom(session, server, target, options.view.format, Pages::first);
}

}  // namespace

void addEvents(commandline::Program& program, Action& chosen) {
  auto options = std::make_shared<Options>();
  auto command = program.command(
      "events", {"列出或查找事件：按类型、城市、签名人，或任一字段中的号码、名称、金额",
                 "list or find events: by type, city, person, or a number, name or amount in any field"});
  command
      .option("--with", options->with,
              {"字段中含有该文字，如发票号码、账号、80,000.00",
               "that state this text: an invoice number, an account, 80,000.00"})
      .valueName("TEXT");
  command.option("--type", options->type, {"只看一种事件", "one type of event"})
      .oneOfMany(typeNames())
      .valueName("TYPE");
  addCity(command, options->city, {"只看一市：代码或名称", "one city, by code or name"});
  command.option("--by", options->by, {"只看某签名人", "signed by this person"}).valueName("PERSON");
  command.option("--last", options->last, {"只列最后 N 个", "list the last N"})
      .wholeNumber()
      .showDefault()
      .valueName("N");
  addView(command, options->view);
  command.onChosen([options, &chosen] {
    chosen = [options](Session const& session) {
      return at(
          session, options->view.place, [&] { return list(session, *options); },
          [&](client::Server const& server) { return listAt(session, server, *options); });
    };
  });
}

}  // namespace fundtrail::api::cli
