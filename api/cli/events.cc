// SPDX-License-Identifier: Apache-2.0
#include <deque>
#include <memory>
#include <sstream>

#include "api/cli/commands.h"
#include "api/cli/view.h"
#include "ledger/domain/account_name.h"
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

/// Events that a person looks for: those that take part and meet every condition stated, the last ones of them.
class Search {
 public:
  explicit Search(Options const& options)
      : type_(schema::eventTypeNamed(options.type)),
        with_(domain::normalisedName(options.with).value_or(options.with)),
        most_(options.last) {}

  void apply(domain::Case const& about) {
    if (type_ && about.event.which() != *type_) return;
    if (!with_.empty() && !mentions(about.event)) return;
    found_.push_back(projections::journalEntryOf(about));
  }

  /// Those by this person, of this city; either may be left open. Counts all, keeps the last.
  std::deque<JournalEntry> take(domain::State const& state, std::string const& by,
                                std::optional<domain::CityCode> city) {
    std::erase_if(found_, [&](JournalEntry const& entry) {
      bool const another = !by.empty() && state.person(state.keys.find(entry.context.author)->person).id != by;
      return another || (city && entry.region != *city);
    });
    count_ = found_.size();
    while (found_.size() > most_) found_.pop_front();
    return std::move(found_);
  }
  [[nodiscard]] std::size_t count() const { return count_; }

 private:
  /// In any field, as people read it: a number, a name, an account, an amount in yuan, a date, another event's hash.
  [[nodiscard]] bool mentions(schema::Event::Reader event) const {
    std::istringstream lines(schema::describe(event, schema::Language::zh));
    for (std::string line; std::getline(lines, line);) {
      if (domain::normalisedName(line).value_or(line).find(with_) != std::string::npos) return true;
    }
    return false;
  }

  std::optional<schema::Event::Which> type_;
  std::string with_;
  std::size_t most_;
  std::deque<JournalEntry> found_;
  std::size_t count_ = 0;
};

Section eventsSection(Session const& session, domain::State const& state, std::deque<JournalEntry> const& entries) {
  Section section{"events",
                  {},
                  {{{"事件", "event"}, "event", Align::right},
                   {{"日期", "date"}, "occurredOn"},
                   {{"内容", "what"}, "type"},
                   {{"针对", "of"}, "of"},
                   {{"结果", "outcome"}, "outcome"},
                   {{"地区", "region"}, "region"},
                   {{"办理人", "by"}, "person"},
                   {{"金额", "amount"}, "amountFen", Align::right}}};
  for (auto const& entry : entries) {
    section.rows.push_back({cell(entry.context.number), cell(entry.occurredOn), eventTypeCell(session, entry.type),
                            entry.decides ? eventTypeCell(session, *entry.decides) : cell(),
                            cellOf(session, entry.outcome), regionCell(session, entry.region),
                            personCell(state, entry.context.author), cell(entry.amount)});
  }
  return section;
}

Result<Exit> list(Session const& session, Options const& options) {
  Search search(options);
  auto const view =
      readCityView(session, options.view, options.city, [&](domain::Case const& about) { search.apply(about); });
  if (!view) return view.error();
  auto const& state = view->snapshot.state;
  auto const entries = search.take(state, options.by, view->city);
  if (options.view.format == "table") {
    if (entries.empty()) session.out << session.text({"没有符合条件的事件\n", "no event meets the conditions\n"});
    if (entries.size() < search.count()) {
      session.out << session.text({"共 {} 个事件，只列出最后 {} 个（--last N 可改）\n",
                                   "{} events, of which the last {} are listed (--last N lists more)\n"},
                                  search.count(), entries.size());
    }
  }
  print(session, {{eventsSection(session, state, entries)}, view->snapshot.basis}, options.view.format);
  return Exit::ok;
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
  command.onChosen(
      [options, &chosen] { chosen = [options](Session const& session) { return list(session, *options); }; });
}

}  // namespace fundtrail::api::cli
