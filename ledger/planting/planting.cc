// SPDX-License-Identifier: Apache-2.0
#include "ledger/planting/planting.h"

#include <algorithm>
#include <utility>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "crypto/ensure.h"
#include "ledger/planting/plants.h"
#include "ledger/schema/nearest.h"

namespace fundtrail::ledger::planting {

namespace {

/// Without separators, which a table has between its columns.
std::string plainYuan(domain::Fen amount) {
  constexpr std::int64_t kYuan = 100;
  return fmt::format("{}.{:02}", amount.count() / kYuan, amount.count() % kYuan);
}

crypto::Error unknownKind(std::string_view name) {
  std::vector<std::string> names;
  for (auto const& kind : kinds()) names.emplace_back(kind.name);
  auto const meant = schema::nearest(name, names);
  return {crypto::ErrorKind::badInput,
          fmt::format("there is no kind \"{}\"{}; `fundtrail plants` lists them", name,
                      meant ? fmt::format(": do you mean {}?", *meant) : std::string()),
          fmt::format("没有“{}”这一种{}；`fundtrail plants` 列出全部种类", name,
                      meant ? fmt::format("，是否指 {}", *meant) : std::string())};
}

crypto::Error noPlaceFor(Kind const& kind) {
  return {crypto::ErrorKind::notFound,
          fmt::format("the history has no place left for {}: simulate more enterprises (--enterprises)", kind.name),
          fmt::format("这段历史没有地方再埋设“{}”（{}）：请增加企业数（--enterprises）", kind.zh, kind.name)};
}

}  // namespace

crypto::Result<Request> parseRequest(std::string_view text) {
  auto const colon = text.find(':');
  auto const name = text.substr(0, colon);
  auto const* const kind = findKind(name);
  if (!kind) return unknownKind(name);
  if (colon == std::string_view::npos) return Request{kind};
  auto const number = text.substr(colon + 1);
  bool const isNumber = !number.empty() && number.size() <= 2 && number.front() != '0' &&
                        number.find_first_not_of("0123456789") == std::string_view::npos;
  if (!isNumber) {
    return crypto::Error{crypto::ErrorKind::badInput,
                         fmt::format("\"{}\": behind the colon stands how many, from 1 to 99", text),
                         fmt::format("“{}”：冒号后须为个数，1 至 99", text)};
  }
  unsigned count = 0;
  for (char const digit : number) count = count * 10 + static_cast<unsigned>(digit - '0');
  return Request{kind, count};
}

bool breakRules(std::span<Request const> requests) {
  return std::ranges::any_of(requests, [](Request const& each) { return each.kind->breaksRules(); });
}

crypto::Result<std::vector<Planted>> plant(simulation::Simulation const& simulation, std::uint64_t seed,
                                           std::span<Request const> requests,
                                           std::function<void(batch::SignedBatch)> const& sink) {
  Draft draft(simulation);
  auto const stories = read(draft);
  Field field(draft, stories, seed);
  std::vector<std::pair<Kind const*, Sown>> sown;
  for (auto const& request : requests) {
    for (unsigned i = 0; i < request.count; ++i) {
      field.begin(request.kind->name);
      auto one = plantOf(*request.kind)(field);
      if (!one) return noPlaceFor(*request.kind);
      sown.emplace_back(request.kind, std::move(*one));
    }
  }
  draft.write(sink);
  std::vector<Planted> planted;
  for (auto& [kind, one] : sown) {
    Planted result{kind, {}, std::move(one.subjects), one.city, one.amount, std::move(one.what)};
    for (auto const& ref : one.events) {
      auto const number = draft.numberOf(ref);
      crypto::ensure(number.has_value(), "what was planted is on record");
      result.events.push_back(*number);
    }
    for (auto const& movement : one.movements) {
      result.movements +=
          fmt::format("{},{},{},{},{},{}\n", movement.day.text(), movement.fromAccount, movement.fromName,
                      movement.toAccount, movement.toName, plainYuan(movement.amount));
    }
    for (auto const& [uscc, what, value] : one.registry) {
      result.registry += fmt::format("{},{},{}\n", uscc, what, value);
    }
    planted.push_back(std::move(result));
  }
  return planted;
}

std::string registryOf(std::span<Planted const> planted) {
  std::string rows;
  for (auto const& one : planted) rows += one.registry;
  return rows.empty() ? rows : "uscc,kind,value\n" + rows;
}

std::string movementsOf(std::span<Planted const> planted) {
  std::string rows;
  for (auto const& one : planted) rows += one.movements;
  return rows.empty() ? rows : "date,from_account,from_name,to_account,to_name,amount\n" + rows;
}

std::string toJson(std::span<Planted const> planted) {
  boost::json::array list;
  for (auto const& one : planted) {
    auto const orNull = [](std::string_view text) {
      return text.empty() ? boost::json::value(nullptr) : boost::json::value(boost::json::string(text));
    };
    boost::json::array events(one.events.begin(), one.events.end());
    boost::json::array subjects;
    for (auto const& subject : one.subjects) subjects.emplace_back(subject);
    list.push_back(boost::json::object{{"kind", one.kind->name},
                                       {"check", one.kind->check},
                                       {"rule", orNull(one.kind->rule)},
                                       {"fraud", orNull(one.kind->fraud)},
                                       {"events", std::move(events)},
                                       {"subjects", std::move(subjects)},
                                       {"city", one.city},
                                       {"amountFen", std::to_string(one.amount.count())},
                                       {"zh", one.what.zh},
                                       {"en", one.what.en}});
  }
  return boost::json::serialize(boost::json::object{{"simulated", true}, {"planted", std::move(list)}}) + "\n";
}

}  // namespace fundtrail::ledger::planting
