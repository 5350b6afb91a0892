// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/domain/rule.h"
#include "ledger/planting/draft.h"
#include "ledger/planting/stories.h"

namespace fundtrail::ledger::planting {

/// Money that moved between accounts of which the ledger knows nothing: what an auditor brings from other banks.
struct Movement {
  domain::Date day;
  std::string fromAccount;
  std::string fromName;
  std::string toAccount;
  std::string toName;
  domain::Fen amount;
};

/// What the register of companies knows of an organisation: what an auditor brings from there.
struct Registered {
  std::string uscc;
  std::string_view kind;  // as the table has it: "representative"
  std::string value;
};

/// What one planting has done to the history.
struct Sown {
  std::vector<domain::EventRef> events;  // that were changed or put in, the first bad one first
  std::vector<std::string> subjects;     // unified social credit codes; identifiers of persons
  std::uint32_t city = 0;
  domain::Fen amount;  // that went wrong; zero where it is not about an amount
  domain::Text what;
  std::vector<Movement> movements{};
  std::vector<Registered> registry{};
};

/// A line for a bank statement.
struct BankLine {
  domain::Date day;
  domain::Fen credit;  // negative: a debit
  std::string name;
  std::string account;
  std::string reference;
};

/// Where things are planted: the history, what happens in it, and what of it bears something already. What is chosen
/// follows from the seed, the kind and the number of the planting.
class Field {
 public:
  Field(Draft& history, Stories const& its, std::uint64_t seed) : draft(history), stories(its), seed_(seed) {}
  Field(Field const&) = delete;
  Field& operator=(Field const&) = delete;

  Draft& draft;
  Stories const& stories;

  /// The next planting, of that kind.
  void begin(std::string_view kind);

  /// One of the projects that bear nothing yet; from now on it does. Null where none is left.
  Story const* project(std::function<bool(Story const&)> const& fits = {});
  void use(Story const& story) { used_.insert(story.enrolled); }
  [[nodiscard]] bool isUsed(Story const& story) const { return used_.contains(story.enrolled); }
  /// What concerns a city as a whole is planted in it once.
  void use(CityStory const& city) { used_.insert(city.planFiled); }
  [[nodiscard]] bool isUsed(CityStory const& city) const { return used_.contains(city.planFiled); }
  /// One of the cities that are not settled with; of those that bear the fewest plantings.
  CityStory const& city(std::function<bool(CityStory const&)> const& fits = {});
  [[nodiscard]] CityStory const& cityOf(Story const& story) const { return stories.cities.at(story.city); }

  /// A made-up number below the bound, another one each time.
  std::uint64_t draw(std::uint64_t bound);
  std::string bankReference(domain::Date day);
  std::string voucher(std::uint32_t city, domain::Date day);
  /// An account that nobody has registered.
  std::string account();
  /// 文号 of a document that nobody has issued.
  std::string documentNumber(std::string_view office, domain::Date day);

  /// Adds a line to the statement of the city's account that covers the day; later balances follow. Nothing where no
  /// statement covers it.
  std::optional<LinePlace> addLine(CityStory const& city, BankLine const& line);
  /// Changes a line that is there; `more` is how much more comes in by it.
  void changeLine(CityStory const& city, LinePlace const& at,
                  std::function<void(schema::StatementLine::Builder)> change, domain::Fen more);
  /// The city's clerk matches the line with the event.
  domain::EventRef matchLine(CityStory const& city, LinePlace const& line, domain::EventRef const& event);

  [[nodiscard]] domain::Date dayOf(Place place) const { return draft.acceptedAt(place).businessDate(); }
  /// The first statement of the city that is imported on that day or later.
  [[nodiscard]] std::optional<Place> statementFrom(CityStory const& city, domain::Date day) const;

 private:
  std::uint64_t hashOf(std::string_view what, std::uint64_t number) const;
  void shiftBalances(CityStory const& city, Place after, domain::Fen by);

  std::uint64_t seed_;
  std::string kind_;
  std::map<std::string, unsigned, std::less<>> begun_;
  std::uint64_t draws_ = 0;
  std::set<Place> used_;
  std::map<std::uint32_t, unsigned> usesOfCity_;
  std::map<Place, std::uint32_t> added_;  // lines, by statement
};

/// Plants one of a kind. Nothing where the history has no place left for it.
using Plant = std::optional<Sown> (*)(Field& field);

}  // namespace fundtrail::ledger::planting
