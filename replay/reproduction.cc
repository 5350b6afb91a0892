// SPDX-License-Identifier: Apache-2.0
#include "replay/reproduction.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "ledger/domain/codes.h"

namespace fundtrail::replay {

namespace domain = ledger::domain;
using domain::Fen;
using domain::Stage;
using domain::Text;
using ledger::projections::CityAllocation;

namespace {

/// Where each account of the books stands in the projection; what is outside was issued.
constexpr std::array<std::optional<Stage>, kAccounts> kStagesOf = {
    std::nullopt,    Stage::issued, Stage::available,          Stage::reserved,
    Stage::inFlight, Stage::paid,   Stage::returnedToTreasury, Stage::recalled};

CityTotals totalsOf(CityAllocation const& city) {
  auto const amounts = city.total();
  CityTotals totals{city.city, {}};
  for (std::size_t i = 0; i < kAccounts; ++i) {
    totals.balances[i] = kStagesOf[i] ? amounts.in(*kStagesOf[i]) : amounts.issued;
  }
  return totals;
}

CityTotals bookedFor(std::vector<CityTotals> const& booked, domain::CityCode city) {
  auto const at = std::ranges::find(booked, city, &CityTotals::city);
  return at == booked.end() ? CityTotals{city, {}} : *at;
}

std::optional<Fen> difference(CityTotals const& figures, CityTotals const& books) {
  for (std::size_t i = 0; i < kAccounts; ++i) {
    if (figures.balances[i] != books.balances[i]) return figures.balances[i].minus(books.balances[i]);
  }
  return std::nullopt;
}

/// The first figure that differs, in both languages.
Text differs(std::string_view zh, std::string_view en, CityTotals const& figures, CityTotals const& books) {
  for (std::size_t i = 0; i < kAccounts; ++i) {
    if (figures.balances[i] == books.balances[i]) continue;
    auto const [accountZh, accountEn] = title(Account(i));
    return {fmt::format("{}：{} 的“{}”为 {} 元，由事件得出 {} 元", zh, cityNameZh(figures.city), accountZh,
                        formatYuan(figures.balances[i]), formatYuan(books.balances[i])),
            fmt::format("{}: {}, {}: {} yuan, {} yuan follow from the events", en, cityNameEn(figures.city), accountEn,
                        formatYuan(figures.balances[i]), formatYuan(books.balances[i]))};
  }
  return {};
}

}  // namespace

Reproduction::Reproduction(std::vector<PublishedFigures> const& published, Findings& findings) : findings_(findings) {
  for (auto const& figures : published) due_.push_back(&figures);
  std::ranges::stable_sort(due_, {}, [](PublishedFigures const* figures) { return figures->position; });
  Books const empty;
  while (next_ < due_.size() && due_[next_]->position == 0) compareDue(0, empty);
}

void Reproduction::add(Text text, std::optional<Fen> amount) {
  fails_ = true;
  findings_.add({FindingKind::reproduction, {}, {}, {}, std::move(text), amount, {}});
}

void Reproduction::compareDue(std::uint64_t position, Books const& books) {
  compareProjection(books);
  for (; next_ < due_.size() && due_[next_]->position == position; ++next_) compare(*due_[next_], books);
}

void Reproduction::compareProjection(Books const& books) {
  auto const booked = books.totals();
  for (auto const& city : allocation_.cities()) {
    auto const figures = totalsOf(city);
    auto const ours = bookedFor(booked, city.city);
    ++compared_;
    if (figures.balances == ours.balances) {
      ++equal_;
      continue;
    }
    add(differs("账本的投影", "the ledger's projection", figures, ours), difference(figures, ours));
  }
  for (auto const& ours : booked) {
    if (allocation_.find(ours.city)) continue;
    ++compared_;
    CityTotals const none{ours.city, {}};
    if (ours.balances == none.balances) continue;
    add(differs("账本的投影", "the ledger's projection", none, ours), difference(none, ours));
  }
}

void Reproduction::compare(PublishedFigures const& figures, Books const& books) {
  auto const booked = books.totals();
  for (auto const& published : figures.cities) {
    auto const ours = bookedFor(booked, published.city);
    ++compared_;
    if (published.balances == ours.balances) {
      ++equal_;
      continue;
    }
    add(differs(figures.source, figures.source, published, ours), difference(published, ours));
  }
}

Part Reproduction::conclude(Books const& books, Roots const& roots, bool whole) {
  Part part{PartId::reproduced, Standing::holds, {}, {}, {}};
  auto const figures = due_.size();
  if (whole) compareProjection(books);
  for (auto const* const published : due_) {
    auto const root = roots.find(published->treeSize);
    if (root == roots.end() || root->second != published->root) {
      add({fmt::format("{}：所依据的 {} 批检查点不是本日志的", published->source, published->treeSize),
           fmt::format("{}: the checkpoint of {} batches that it rests on is not this log's", published->source,
                       published->treeSize)},
          std::nullopt);
    }
  }
  for (; next_ < due_.size(); ++next_) {
    part.missing.push_back(
        {fmt::format("{}：其位置 {} 未能审到", due_[next_]->source, due_[next_]->position),
         fmt::format("{}: its position {} was not reached", due_[next_]->source, due_[next_]->position)});
  }
  if (!whole) {
    part.missing.push_back({"并非全部事件都已判定，最终数字无法重现",
                            "not every event was judged, so the final figures cannot be derived"});
  }
  part.counted = {{{"逐分相符的城市数字", "cities' figures, equal to the fen"}, equal_, compared_, {}},
                  {{"您提供的已公布数字", "published figures that you brought"}, figures, figures, {}}};
  if (figures == 0) {
    part.granted.push_back(
        {"未提供已公布的数字（--figures），只核对了账本自身的投影",
         "no published figures were brought (--figures): only the ledger's own projection was compared"});
  }
  part.standing = fails_ ? Standing::fails : part.missing.empty() ? Standing::holds : Standing::notProven;
  return part;
}

}  // namespace fundtrail::replay
