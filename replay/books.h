// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <tuple>
#include <vector>

#include <boost/container/flat_map.hpp>
#include <boost/container/small_vector.hpp>
#include <boost/unordered/unordered_flat_map.hpp>

#include "ledger/domain/city_code.h"
#include "ledger/domain/event_context.h"
#include "ledger/domain/money.h"
#include "ledger/domain/refs.h"
#include "ledger/domain/rule.h"
#include "ledger/domain/state.h"
#include "ledger/schema/event.capnp.h"

// The audit's own double-entry books. They say once more, apart from the rules, what each event means in money: nothing
// here asks the domain for a posting or for a tranche's balances, so that a mistake there does not repeat itself here.

namespace fundtrail::replay {

/// The accounts of a tranche (资金批次): where its money stands. `outside` is the world beyond the ledger, which owes
/// what it issued.
enum class Account : std::uint8_t {
  outside,
  issued,              // 已下达未到账
  available,           // 可用
  reserved,            // 已核定待拨付
  inFlight,            // 支付在途
  paid,                // 已支付
  returnedToTreasury,  // 已缴回国库
  recalled,            // 已收回
};
inline constexpr std::size_t kAccounts = 8;
[[nodiscard]] ledger::domain::Text title(Account account);

/// Money of one city, over its tranches.
struct CityTotals {
  ledger::domain::CityCode city;
  std::array<ledger::domain::Fen, kAccounts> balances{};  // by Account; outside is what was issued in all
  [[nodiscard]] ledger::domain::Fen at(Account account) const { return balances[static_cast<std::size_t>(account)]; }
  friend bool operator==(CityTotals const&, CityTotals const&) = default;
};

/// Part of a tranche: for a purpose, and held by a county or (0) by the city.
struct BooksPocket {
  ledger::schema::Purpose purpose;
  std::uint32_t county;
  friend auto operator<=>(BooksPocket const&, BooksPocket const&) = default;
};

/// One side gives, the other takes.
struct JournalLine {
  ledger::domain::EventRef tranche;
  std::optional<ledger::domain::EventRef> award;
  BooksPocket fromPocket;
  Account from;
  BooksPocket toPocket;
  Account to;
  ledger::domain::Fen amount;
};

/// Nothing: the books agree. A sentence: what does not.
using Disagreement = std::optional<ledger::domain::Text>;

/// One thread. Amounts of all tranches together are at most Fen::kMaxMagnitude.
class Books {
 public:
  /// Books an event that the rules admitted and that is not booked yet; they come in order. Disagreement: an account
  /// would be overdrawn, an event names money that the books do not know, a tranche's accounts no longer add up to what
  /// was issued, or what the event before took back was not shown. The books are then of no further use.
  Disagreement book(ledger::domain::EventContext const& context, ledger::schema::Event::Reader event);

  /// Books back the event that the second person, whose event was booked just before, has taken back: the journal is
  /// not kept, its lines are derived from it anew. Disagreement: as above, and where it is another event than the one
  /// that the reversal names.
  Disagreement takeBack(ledger::domain::EventContext const& original, ledger::schema::Event::Reader event);

  /// The journal's lines of the last book() or takeBack(), for whoever reads the books by another measure; none if it
  /// moved no money. Valid until the next.
  [[nodiscard]] std::span<JournalLine const> lastBooked() const { return last_; }

  /// Compares every account with the rules' state, to the fen, in both directions.
  [[nodiscard]] Disagreement compare(ledger::domain::State const& state) const;

  /// By code; cities without a tranche are left out.
  [[nodiscard]] std::vector<CityTotals> totals() const;
  [[nodiscard]] std::uint64_t postings() const { return postings_; }

 private:
  using Fen = ledger::domain::Fen;
  using EventRef = ledger::domain::EventRef;
  using EventNumber = ledger::domain::EventNumber;
  using Purpose = ledger::schema::Purpose;
  using Pocket = BooksPocket;
  using Line = JournalLine;

  struct Tranche {
    ledger::domain::CityCode city;
    Fen issued;  // as announced, adjustments included
    boost::container::flat_map<std::pair<Pocket, Account>, Fen> balances;
  };
  struct Source {  // money of one pocket
    EventRef tranche;
    std::uint32_t county;
    Fen amount;
  };
  using Sources = boost::container::small_vector<Source, 1>;
  struct Award {
    Purpose purpose;
    Sources reserved;  // what stands in `reserved` for it
  };
  struct Payment {
    EventRef award;
    Sources sources;
  };
  class Entry;

  boost::unordered_flat_map<EventRef, Tranche> tranches_;
  boost::unordered_flat_map<EventRef, Purpose> projects_;
  boost::unordered_flat_map<EventRef, Award> awards_;
  boost::unordered_flat_map<EventRef, Payment> payments_;
  boost::unordered_flat_map<EventRef, EventRef> recoveries_;  // to their awards
  boost::unordered_flat_map<EventRef, EventRef> reversals_;   // that wait for their second person: what they name
  std::optional<EventRef> due_;                               // taken back by the event booked last, and not shown yet
  // What withdrawals set free, which nobody can derive later: their awards reserve nothing any more.
  boost::unordered_flat_map<EventRef, std::vector<Line>> withdrawals_;
  std::vector<Line> last_;
  std::uint64_t postings_ = 0;
  Fen issuedInAll_;
};

}  // namespace fundtrail::replay
