// SPDX-License-Identifier: Apache-2.0
#include "ledger/planting/field.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include <fmt/format.h>

#include "crypto/digest.h"
#include "crypto/ensure.h"
#include "ledger/domain/read.h"

namespace fundtrail::ledger::planting {

namespace {

using domain::Date;
using domain::Fen;

/// The statement's lines with one more.
void append(schema::StatementImported::Builder statement, BankLine const& line) {
  auto const old = statement.disownLines();
  auto const before = old.getReader();
  auto lines = statement.initLines(before.size() + 1);
  for (unsigned i = 0; i < before.size(); ++i) lines.setWithCaveats(i, before[i]);
  auto added = lines[before.size()];
  added.setValueDate(line.day.number());
  added.setDebitFen(std::max(-line.credit, Fen()).count());
  added.setCreditFen(std::max(line.credit, Fen()).count());
  added.setCounterpartyName(textOf(line.name));
  if (!line.account.empty()) added.setCounterpartyAccount(textOf(line.account));
  added.setBankReference(textOf(line.reference));
  statement.setClosingFen(statement.getClosingFen() + line.credit.count());
}

}  // namespace

void Field::begin(std::string_view kind) {
  kind_ = fmt::format("{} {}", kind, begun_[std::string(kind)]++);
  draws_ = 0;
}

std::uint64_t Field::hashOf(std::string_view what, std::uint64_t number) const {
  auto const text = fmt::format("fundtrail planting\n{}\n{}\n{}\n{}", seed_, kind_, what, number);
  auto const digest = crypto::hash(crypto::HashAlgorithm::sha256, crypto::asBytes(text));
  std::uint64_t value = 0;
  for (unsigned i = 0; i < sizeof value; ++i) value = value << 8U | digest.bytes[i];
  return value;
}

std::uint64_t Field::draw(std::uint64_t bound) {
  return hashOf("draw", draws_++) % bound;
}

Story const* Field::project(std::function<bool(Story const&)> const& fits) {
  Story const* best = nullptr;
  std::pair<unsigned, std::uint64_t> bestRank;
  for (auto const& story : stories.projects) {
    if (isUsed(story) || cityOf(story).settled || (fits && !fits(story))) continue;
    auto const uses = usesOfCity_.find(story.city);
    std::pair const rank{uses == usesOfCity_.end() ? 0U : uses->second, hashOf("project", story.enrolled)};
    if (!best || rank < bestRank) {
      best = &story;
      bestRank = rank;
    }
  }
  if (best) {
    use(*best);
    ++usesOfCity_[best->city];
  }
  return best;
}

CityStory const& Field::city(std::function<bool(CityStory const&)> const& fits) {
  CityStory const* best = nullptr;
  std::pair<unsigned, std::uint64_t> bestRank;
  for (auto const& [code, city] : stories.cities) {
    if (city.settled || (fits && !fits(city))) continue;
    std::pair const rank{usesOfCity_[code], hashOf("city", code)};
    if (!best || rank < bestRank) {
      best = &city;
      bestRank = rank;
    }
  }
  crypto::ensure(best != nullptr, "most cities are not settled with");
  ++usesOfCity_[best->code];
  return *best;
}

std::string Field::bankReference(Date day) {
  return fmt::format("{}9{:012}", day.number(), draw(1'000'000'000'000));
}

std::string Field::voucher(std::uint32_t city, Date day) {
  return fmt::format("{}-{}-9{:09}", city, day.number() / 10'000, draw(1'000'000'000));
}

std::string Field::account() {
  return fmt::format("6222{:014}", draw(100'000'000'000'000));
}

std::string Field::documentNumber(std::string_view office, Date day) {
  return fmt::format("模拟{}〔{}〕{}号", office, day.number() / 10'000, 100'000 + draw(900'000));
}

std::optional<Place> Field::statementFrom(CityStory const& city, Date day) const {
  for (auto const place : city.statements) {
    if (dayOf(place) >= day) return place;
  }
  return std::nullopt;
}

void Field::shiftBalances(CityStory const& city, Place after, Fen by) {
  if (by.isZero()) return;
  for (auto const place : city.statements) {
    if (place <= after) continue;
    draft.edit(place, [by](schema::Event::Builder event) {
      auto body = event.getStatementImported();
      body.setOpeningFen(body.getOpeningFen() + by.count());
      body.setClosingFen(body.getClosingFen() + by.count());
    });
  }
}

std::optional<LinePlace> Field::addLine(CityStory const& city, BankLine const& line) {
  std::optional<Place> covers;
  for (auto const place : city.statements) {
    auto const body = draft.event(place).getStatementImported();
    if (body.getPeriodFrom() <= line.day.number() && line.day.number() <= body.getPeriodTo()) covers = place;
  }
  if (!covers) return std::nullopt;
  draft.edit(*covers, [line](schema::Event::Builder event) { append(event.getStatementImported(), line); });
  shiftBalances(city, *covers, line.credit);
  return LinePlace{*covers, draft.event(*covers).getStatementImported().getLines().size() + added_[*covers]++};
}

void Field::changeLine(CityStory const& city, LinePlace const& at,
                       std::function<void(schema::StatementLine::Builder)> change, Fen more) {
  draft.edit(at.statement, [at, change = std::move(change), more](schema::Event::Builder event) {
    auto body = event.getStatementImported();
    change(body.getLines()[at.line]);
    body.setClosingFen(body.getClosingFen() + more.count());
  });
  shiftBalances(city, at.statement, more);
}

domain::EventRef Field::matchLine(CityStory const& city, LinePlace const& line, domain::EventRef const& event) {
  // Some days after the import, as everything of that month is on record.
  auto const behind = statementFrom(city, dayOf(line.statement).plusDays(1)).value_or(draft.size() - 1);
  return draft.insert({behind}, draft.authorOf(city.received), dayOf(behind), [&](schema::Event::Builder match) {
    auto body = match.initLineMatched();
    body.setStatement(dataOf(draft.refOf(line.statement)));
    body.setLine(line.line);
    body.setEvent(dataOf(event));
  });
}

}  // namespace fundtrail::ledger::planting
