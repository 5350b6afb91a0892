// SPDX-License-Identifier: Apache-2.0
#include "ledger/planting/draft.h"

#include <algorithm>
#include <utility>

#include <capnp/dynamic.h>
#include <capnp/message.h>
#include <fmt/format.h>

#include "crypto/ensure.h"
#include "crypto/merkle.h"
#include "ledger/domain/read.h"

namespace fundtrail::ledger::planting {

namespace {

crypto::Digest digestOf(std::string const& text) {
  return crypto::hash(crypto::HashAlgorithm::sha256, crypto::asBytes(text));
}

/// Calls visit(capnp::Data::Builder) for everything of 32 bytes that the struct holds: references are among it.
template <class Visit>
void visitDigests(capnp::DynamicStruct::Builder of, Visit const& visit) {
  auto const look = [&](capnp::StructSchema::Field const& field) {
    auto const type = field.getType();
    if (type.isData()) {
      if (!of.has(field)) return;
      auto const data = of.get(field).as<capnp::Data>();
      if (data.size() == crypto::Digest::kSize) visit(data);
    } else if (type.isStruct()) {
      if (of.has(field)) visitDigests(of.get(field).as<capnp::DynamicStruct>(), visit);
    } else if (type.isList() && type.asList().getElementType().isStruct()) {
      if (!of.has(field)) return;
      auto list = of.get(field).as<capnp::DynamicList>();
      for (unsigned i = 0; i < list.size(); ++i) visitDigests(list[i].as<capnp::DynamicStruct>(), visit);
    }
  };
  for (auto const field : of.getSchema().getNonUnionFields()) look(field);
  KJ_IF_MAYBE (active, of.which()) {
    look(*active);
  }
}

}  // namespace

Draft::Draft(simulation::Simulation const& simulation) : simulation_(simulation) {
  for (auto const& person : simulation.founders()) {
    learnKey(domain::KeyId(simulation.keyOf(person).publicKey().fingerprint(simulation.hashAlgorithm())), person);
  }
  simulation.run([this](batch::SignedBatch const& signedBatch) { take(signedBatch); });
}

void Draft::learnKey(domain::KeyId const& id, std::string const& person) {
  constexpr unsigned kMostKeysOfAPerson = 8;
  for (unsigned generation = 0; generation < kMostKeysOfAPerson; ++generation) {
    auto key = simulation_.keyOf(person, generation);
    if (domain::KeyId(key.publicKey().fingerprint(simulation_.hashAlgorithm())) != id) continue;
    persons_.insert_or_assign(id, person);
    keys_.insert_or_assign(id, std::move(key));
    return;
  }
  crypto::abortOnBug("a simulated person's key is one of a few");
}

void Draft::take(batch::SignedBatch const& signedBatch) {
  crypto::TreeHasher hasher(simulation_.hashAlgorithm());
  schema::Message<schema::Statement> const message(signedBatch.statement.bytes());
  auto const statement = message.root();
  Batch batch{domain::readKeyId(statement.getAuthorKey()),
              domain::checked(domain::Instant::fromMilliseconds(statement.getAuthoredAt())),
              {},
              events_.size(),
              signedBatch.events.size()};
  std::ranges::copy(statement.getIdempotencyKey(), batch.idempotencyKey.begin());
  for (auto const view : signedBatch.events.views()) {
    domain::EventRef const ref(hasher.leaf(view));
    places_.insert_or_assign(ref, events_.size());
    auto bytes = schema::Words::copyOf(view);
    auto read = std::make_unique<schema::Message<schema::Event>>(bytes.bytes());
    auto const event = read->root();
    if (event.isKeyEnrolled()) {
      auto const key = crypto::PublicKey::fromSpki(domain::bytesOf(event.getKeyEnrolled().getPublicKey())).value();
      learnKey(domain::KeyId(key.fingerprint(simulation_.hashAlgorithm())),
               std::string(domain::textOf(event.getKeyEnrolled().getPerson())));
    }
    events_.push_back({std::move(bytes), std::move(read), ref, batches_.size()});
  }
  batches_.push_back(batch);
}

std::optional<Place> Draft::placeOf(crypto::BytesView ref) const {
  auto const named = domain::EventRef::from(ref);
  if (!named) return std::nullopt;
  auto const at = places_.find(*named);
  return at == places_.end() ? std::nullopt : std::optional(at->second);
}

std::string const& Draft::authorOf(Place place) const {
  return persons_.at(batches_[events_[place].batch].author);
}

domain::Instant Draft::acceptedAt(Place place) const {
  return batches_[events_[place].batch].at;
}

void Draft::edit(Place place, Fill change) {
  edits_[place].push_back(std::move(change));
}

void Draft::drop(Place place) {
  gone_[place] = true;
}

void Draft::sign(Place place, Behind behind, std::string person) {
  auto const batch = events_[behind.place].batch;
  gone_[place] = true;
  added_[batch].push_back(
      {std::move(person), behind.at.value_or(batches_[batch].at), {events_[place].bytes, events_[place].ref, place}});
}

domain::EventRef Draft::insert(Behind behind, std::string person, domain::Date occurredOn, Fill const& fill) {
  auto const name = fmt::format("fundtrail planted event\n{}\n{}", simulation_.ledgerId().text(), inserted_++);
  domain::EventRef const ref(digestOf(name));
  capnp::MallocMessageBuilder message;
  auto event = message.initRoot<schema::Event>();
  auto const salt = digestOf(name + "\nsalt");
  event.setSalt(dataOf(salt.view().first(schema::kSaltBytes)));
  event.setOccurredOn(occurredOn.number());
  fill(event);
  auto const batch = events_[behind.place].batch;
  added_[batch].push_back({std::move(person),
                           behind.at.value_or(batches_[batch].at),
                           {schema::canonical<schema::Event>(event), ref, std::nullopt}});
  return ref;
}

/// The key with which the person signs at that time; of a person who signs nothing before, the next one.
domain::KeyId Draft::keyAt(std::string const& person, std::size_t batch) const {
  auto const isHis = [&](std::size_t i) { return persons_.at(batches_[i].author) == person; };
  for (std::size_t i = batch + 1; i-- != 0;) {
    if (isHis(i)) return batches_[i].author;
  }
  for (std::size_t i = batch + 1; i < batches_.size(); ++i) {
    if (isHis(i)) return batches_[i].author;
  }
  return domain::KeyId(simulation_.keyOf(person).publicKey().fingerprint(simulation_.hashAlgorithm()));
}

/// Writes the batches, and keeps what later ones must know of earlier ones.
class Draft::Writer {
 public:
  Writer(Draft& draft, std::function<void(batch::SignedBatch)> const& sink)
      : draft_(draft), sink_(sink), hasher_(draft.simulation_.hashAlgorithm()), tree_(hasher_.algorithm()) {
    append(draft.simulation_.genesis(), draft.simulation_.foundedAt());
  }

  /// From here on trees are those in front of this batch of the history before.
  void comeTo() { trees_.push_back({tree_.size(), tree_.root()}); }

  void write(crypto::PrivateKey const& key, domain::Instant at, batch::IdempotencyKey const& idempotencyKey,
             std::vector<Item const*> const& items) {
    crypto::ensure(at >= last_, "batches are accepted in the order of their times");
    batch::EventList events;
    for (auto const* const item : items) {
      auto const bytes = finish(*item);
      draft_.final_.insert_or_assign(item->ref,
                                     Final{domain::EventRef(hasher_.leaf(bytes.bytes())), next_ + events.size()});
      events.append(bytes.bytes());
    }
    auto signedBatch =
        batch::sign(draft_.simulation_.ledgerId(), hasher_.algorithm(), key, at, idempotencyKey, std::move(events));
    append(signedBatch, at);
    sink_(std::move(signedBatch));
  }

 private:
  struct Tree {
    std::uint64_t size;
    crypto::Digest root;
  };

  void append(batch::SignedBatch const& signedBatch, domain::Instant at) {
    auto const entry = batch::makeEntry(signedBatch, at, domain::EventNumber(next_));
    tree_.append(hasher_.leaf(entry.bytes()));
    next_ += signedBatch.events.size();
    last_ = at;
  }

  schema::Words finish(Item const& item) {
    schema::Message<schema::Event> const message(item.bytes.bytes());
    capnp::MallocMessageBuilder copy;
    copy.setRoot(message.root());
    auto event = copy.getRoot<schema::Event>();
    if (item.place) {
      auto const edits = draft_.edits_.find(*item.place);
      if (edits != draft_.edits_.end()) {
        for (auto const& change : edits->second) change(event);
      }
    }
    number(event);
    visitDigests(event, [this](capnp::Data::Builder data) {
      auto const known = draft_.final_.find(*domain::EventRef::from({data.begin(), data.size()}));
      if (known != draft_.final_.end()) std::ranges::copy(known->second.ref.digest().bytes, data.begin());
    });
    return schema::canonical<schema::Event>(event);
  }

  /// What names a position, besides the hash.
  void number(schema::Event::Builder event) {
    auto const numberOf = [this](capnp::Data::Reader ref) { return draft_.numberOf(domain::readRef(ref)).value_or(0); };
    if (event.isEventReversed()) {
      auto body = event.getEventReversed();
      body.setNumber(numberOf(body.asReader().getEvent()));
    } else if (event.isLineMatched()) {
      auto body = event.getLineMatched();
      body.setNumber(numberOf(body.asReader().getEvent()));
    } else if (event.isAuditConcluded()) {
      auto body = event.getAuditConcluded();
      // The founding batch is none of batches_: tree size n stood in front of batch n - 1.
      auto const& tree = trees_.at(body.getTreeSize() - 1);
      body.setTreeSize(tree.size);
      body.setRootHash(dataOf(tree.root.view()));
    }
  }

  Draft& draft_;
  std::function<void(batch::SignedBatch)> const& sink_;
  crypto::TreeHasher hasher_;
  crypto::Frontier tree_;
  std::vector<Tree> trees_;
  domain::Instant last_ = draft_.simulation_.foundedAt();
  std::uint64_t next_ = 0;
};

void Draft::write(std::function<void(batch::SignedBatch)> const& sink) {
  Writer writer(*this, sink);
  for (std::size_t b = 0; b < batches_.size(); ++b) {
    auto const& batch = batches_[b];
    writer.comeTo();
    std::vector<Item> kept;
    for (auto place = batch.first; place < batch.first + batch.count; ++place) {
      if (gone_.contains(place)) continue;
      kept.push_back({events_[place].bytes, events_[place].ref, place});
    }
    std::vector<Item const*> items;
    for (auto const& item : kept) items.push_back(&item);
    if (!items.empty()) writer.write(keys_.at(batch.author), batch.at, batch.idempotencyKey, items);
    auto const more = added_.find(b);
    if (more == added_.end()) continue;
    std::ranges::stable_sort(more->second, {}, &Added::at);
    for (auto const& added : more->second) {
      auto const id = keyAt(added.person, b);
      if (!keys_.contains(id)) learnKey(id, added.person);
      batch::IdempotencyKey idempotencyKey{};
      auto const digest = digestOf(added.item.ref.text() + added.person);
      std::ranges::copy(std::span(digest.bytes).first(idempotencyKey.size()), idempotencyKey.begin());
      writer.write(keys_.at(id), added.at, idempotencyKey, {&added.item});
    }
  }
}

std::optional<std::uint64_t> Draft::numberOf(domain::EventRef const& ref) const {
  auto const at = final_.find(ref);
  return at == final_.end() ? std::nullopt : std::optional(at->second.number);
}

}  // namespace fundtrail::ledger::planting
