// SPDX-License-Identifier: Apache-2.0
#include "ledger/projections/as_of.h"

#include <utility>

#include "crypto/tiles.h"
#include "ledger/domain/read.h"

namespace fundtrail::ledger::projections {

crypto::Result<Basis> basisOf(log::EventLog const& log, history::Tail const& tail, std::optional<domain::Date> on) {
  auto const batches = tail.batches();
  auto const nodes =
      crypto::nodeReader(log.hashAlgorithm(), batches, [&](crypto::TileId tile) { return log.tile(tile); });
  auto const root = crypto::rootAt(log.hashAlgorithm(), batches, nodes);
  if (!root) return root.error();
  return Basis{tail.position(), batches, *root, tail.position() == 0 ? std::nullopt : std::optional(tail.acceptedAt()),
               on};
}

namespace {

/// The state at the beginning, to which what takes part is added.
crypto::Result<std::optional<domain::State>> beginning(log::EventLog const& log, AsOf const& asOf) {
  if (!asOf.on) return std::optional<domain::State>();
  auto founded = history::fold(log, 0);
  if (!founded) return founded.error();
  return std::optional(std::move(founded->state));
}

}  // namespace

bool AsOf::takesIn(schema::Event::Reader event) const {
  return !on || domain::readDate(event.getOccurredOn()) <= *on;
}

domain::Date Snapshot::day() const {
  if (basis.on) return *basis.on;
  return basis.acceptedAt ? basis.acceptedAt->businessDate() : domain::Date::first();
}

crypto::Result<Snapshot> read(log::EventLog const& log, AsOf const& asOf, history::Follower const& follow,
                              history::Observer const& observe) {
  auto const position = asOf.position ? asOf.position->value() : log.size().events;
  auto dated = beginning(log, asOf);
  if (!dated) return dated.error();
  Register particulars;
  bool takesPart = true;
  auto const before = [&](domain::Case const& about) {
    takesPart = asOf.takesIn(about.event);
    if (!takesPart) return;
    particulars.apply(about);
    if (follow) follow(about);
  };
  auto const after = [&](domain::State const& state) {
    if (!takesPart) return;
    if (*dated) (*dated)->takeOverChanges(state);
    if (observe) observe(state);
  };
  domain::State state;
  auto const tail = history::Tail::open(log, state);
  if (!tail) return tail.error();
  auto const folded =
      (*tail)->advance(position, before, *dated || observe ? history::Observer(after) : history::Observer());
  if (!folded) return folded.error();
  auto const basis = basisOf(log, **tail, asOf.on);
  if (!basis) return basis.error();
  if (*dated) {
    // A step names its person by the position in the table: of whoever signed, all are kept.
    (*dated)->persons = state.persons;
    (*dated)->keys = state.keys;
    (*dated)->grants = state.grants;
    state = *std::move(*dated);
  }
  return Snapshot{std::move(state), std::move(particulars), *basis};
}

}  // namespace fundtrail::ledger::projections
