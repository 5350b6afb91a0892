// SPDX-License-Identifier: Apache-2.0
#include "ledger/simulation/desk.h"

#include <utility>

#include "crypto/ensure.h"

namespace fundtrail::ledger::simulation {

namespace {

/// One signature covers so many events of a pay run.
constexpr std::size_t kMaxEventsPerSignature = 500;

constexpr std::int64_t kOpens = 9 * 3'600'000;
constexpr std::int64_t kOpenFor = 8 * 3'600'000 + 1'800'000;  // until 17:30

}  // namespace

Desk::Desk(Plan const& plan, Founding const& founding, Staff const& staff, Sink const& sink)
    : ledger_(founding.ledger),
      staff_(staff),
      sink_(sink),
      maxEvents_(plan.alone ? 1 : kMaxEventsPerSignature),
      salts_(plan.seed, "salts"),
      papers_(plan.seed, "papers"),
      batches_(plan.seed, "batches"),
      hasher_(staff.hashAlgorithm()),
      log_(staff.hashAlgorithm()) {
  addToLog(founding.batch, founding.at, 0);
}

void Desk::addToLog(batch::SignedBatch const& signedBatch, domain::Instant at, std::uint64_t firstEvent) {
  auto const entry = batch::makeEntry(signedBatch, at, domain::EventNumber(firstEvent));
  log_.append(hasher_.leaf(entry.bytes()));
}

Desk::Pile& Desk::pileOf(OfficialIndex author) {
  pileOf_.resize(staff_.size());
  auto& index = pileOf_[static_cast<std::size_t>(author)];
  if (!index) {
    index = piles_.size();
    piles_.push_back({author, {}, {}});
  }
  return piles_[*index];
}

Written Desk::record(OfficialIndex author, crypto::BytesView event) {
  auto& pile = pileOf(author);
  if (pile.batches.empty() || pile.batches.back().size() == maxEvents_) pile.batches.emplace_back();
  pile.batches.back().append(event);
  Written const written{domain::EventRef(hasher_.leaf(event)), number_.size()};
  pile.places.push_back(written.place);
  number_.emplace_back();
  return written;
}

void Desk::attach(schema::Event::Builder event, Paper const& paper) {
  auto document = event.initDocuments(1)[0];
  document.setKind(textOf(paper.kind));
  if (!paper.number.empty()) document.setNumber(textOf(paper.number));
  if (!paper.issuer.empty()) document.setIssuer(textOf(paper.issuer));
  document.setDate(event.getOccurredOn());
  auto const digest = papers_.bytes<crypto::Digest::kSize>();
  document.setDigest(capnp::Data::Reader(digest.data(), digest.size()));
}

void Desk::closeDay(domain::Date day) {
  std::size_t count = 0;
  for (auto const& pile : piles_) count += pile.batches.size();
  if (count == 0) return;
  auto const slot = kOpenFor / static_cast<std::int64_t>(count);
  crypto::ensure(slot > 0, "a day has room for its signatures");
  auto start = domain::Instant::startOf(day).milliseconds() + kOpens;
  for (auto& pile : piles_) {
    auto first = signed_;
    for (auto const place : pile.places) number_[place] = signed_++;
    auto const& key = staff_[pile.author].key;
    for (auto& events : pile.batches) {
      auto const size = events.size();
      auto const at = *domain::Instant::fromMilliseconds(start + batches_.between(0, slot - 1));
      auto signedBatch = batch::sign(ledger_, hasher_.algorithm(), key, at, batches_.bytes<16>(), std::move(events));
      addToLog(signedBatch, at, first);
      sink_(std::move(signedBatch));
      first += size;
      start += slot;
    }
    pileOf_[static_cast<std::size_t>(pile.author)].reset();
  }
  piles_.clear();
}

domain::EventNumber Desk::numberOf(Written const& written) const {
  auto const number = number_[written.place];
  crypto::ensure(number.has_value(), "an event has its number when its day is over");
  return domain::EventNumber(*number);
}

}  // namespace fundtrail::ledger::simulation
