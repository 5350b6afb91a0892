// SPDX-License-Identifier: Apache-2.0
#include "ledger/receipt/receipts.h"

#include <memory>
#include <optional>
#include <set>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include <capnp/message.h>
#include <fmt/format.h>

#include "crypto/bytes.h"
#include "crypto/checkpoint_note.h"
#include "crypto/ensure.h"
#include "crypto/keys.h"
#include "crypto/merkle.h"
#include "crypto/tiles.h"
#include "crypto/tlog_proof.h"
#include "ledger/batch/batch.h"
#include "ledger/domain/label.h"
#include "ledger/domain/read.h"
#include "ledger/history/reading.h"
#include "ledger/schema/batch.capnp.h"
#include "ledger/schema/event.capnp.h"
#include "ledger/schema/receipt.capnp.h"
#include "ledger/schema/shape.h"

namespace fundtrail::ledger::receipt {

using crypto::Bytes;
using crypto::Digest;
using crypto::Error;
using crypto::ErrorKind;
using crypto::Result;

namespace {

capnp::Data::Reader dataOf(crypto::BytesView bytes) {
  return {bytes.data(), bytes.size()};
}

Bytes joined(std::span<Digest const> hashes) {
  Bytes bytes;
  bytes.reserve(hashes.size() * Digest::kSize);
  for (auto const& hash : hashes) bytes.insert(bytes.end(), hash.bytes.begin(), hash.bytes.end());
  return bytes;
}

/// A tree whose leaves are all at hand.
crypto::NodeReader nodesOf(crypto::HashAlgorithm algorithm, std::span<Digest const> leaves) {
  return [=](unsigned level, std::uint64_t index) -> Result<Digest> {
    return crypto::rootOf(algorithm, leaves.subspan(index << level, std::size_t{1} << level));
  };
}

/// An event's place in the log.
struct Place {
  std::unique_ptr<log::Cursor> cursor;  // owns what the batch points to
  log::StoredBatch batch;
  std::size_t index;
};

Result<Place> find(log::EventLog const& log, domain::EventNumber event) {
  auto const number = log.batchOf(event);
  if (!number) return number.error();
  auto cursor = log.read(*number);
  auto batch = cursor->next();
  if (!batch) return batch.error();
  crypto::ensure(batch->has_value(), "a batch that holds an event is there");
  auto const index = event.value() - (*batch)->firstEvent.value();
  return Place{std::move(cursor), **std::move(batch), index};
}

}  // namespace

/// The way of an event, and of its batch's entry, to a checkpoint.
struct Receipts::Way {
  std::uint64_t batch;
  Bytes entry;
  Bytes event;
  std::uint32_t index;
  std::vector<Digest> path;
  std::vector<Digest> logPath;
};

/// Finds the ways to one checkpoint, and takes none that does not lead there.
class Receipts::Ways {
 public:
  Ways(log::EventLog const& log, crypto::TileNodes& nodes, crypto::Checkpoint const& checkpoint)
      : log_(log),
        checkpoint_(checkpoint),
        algorithm_(log.hashAlgorithm()),
        hasher_(algorithm_),
        nodes_([&nodes, size = checkpoint.size](unsigned level, std::uint64_t index) {
          return nodes.node(size, level, index);
        }) {}

  [[nodiscard]] Result<std::vector<Digest>> ofEntry(std::uint64_t batch, crypto::BytesView entry) {
    auto path = crypto::inclusionProof(algorithm_, batch, checkpoint_.size, nodes_);
    if (!path) return path.error();
    if (!crypto::verifyInclusion(algorithm_, batch, checkpoint_.size, hasher_.leaf(entry), *path, checkpoint_.root)) {
      return history::damaged(domain::BatchNumber(batch),
                              {"条目与检查点不符", "its entry is not under the checkpoint"});
    }
    return path;
  }

  [[nodiscard]] Result<Way> ofEvent(domain::EventNumber event) {
    auto const found = find(log_, event);
    if (!found) return found.error();
    return ofEvent(found->batch, found->index);
  }

  [[nodiscard]] Result<Way> ofEvent(log::StoredBatch const& stored, std::size_t index) {
    Way way{stored.number.value(),
            {stored.entry.begin(), stored.entry.end()},
            {stored.events[index].begin(), stored.events[index].end()},
            static_cast<std::uint32_t>(index),
            {},
            {}};
    std::vector<Digest> leaves;
    leaves.reserve(stored.events.size());
    for (auto const bytes : stored.events) leaves.push_back(hasher_.leaf(bytes));
    auto path = crypto::inclusionProof(algorithm_, way.index, leaves.size(), nodesOf(algorithm_, leaves));
    if (!path) return path.error();
    way.path = *std::move(path);
    auto const entry = history::readEntry(stored.number, stored.entry);
    if (!entry) return entry.error();
    schema::Message<schema::Statement> const statement(entry->statement.bytes());
    auto const root = Digest::from(domain::bytesOf(statement.root().getEventsRoot()));
    if (!root || !crypto::verifyInclusion(algorithm_, way.index, leaves.size(), leaves[index], way.path, *root)) {
      return history::damaged(stored.number, {"事件与其条目不符", "its events are not those of its entry"});
    }
    return onward(std::move(way));
  }

  /// The same way, to this checkpoint.
  [[nodiscard]] Result<Way> onward(Way way) {
    auto logPath = ofEntry(way.batch, way.entry);
    if (!logPath) return logPath.error();
    way.logPath = *std::move(logPath);
    return way;
  }

 private:
  log::EventLog const& log_;
  crypto::Checkpoint const& checkpoint_;
  crypto::HashAlgorithm algorithm_;
  crypto::TreeHasher hasher_;
  crypto::NodeReader nodes_;
};

struct Receipts::Recent {
  explicit Recent(log::EventLog const& log)
      : nodes(log.hashAlgorithm(), [&log](crypto::TileId id) { return log.tile(id); }) {}

  crypto::TileNodes nodes;
  std::unordered_map<domain::EventNumber, Way> enrolments;  // to some checkpoint
  Bytes genesis;                                            // the first entry
};

Receipts::Receipts(log::EventLog const& log) : log_(log), recent_(std::make_unique<Recent>(log)) {}
Receipts::~Receipts() = default;

Result<Receipts::Way> Receipts::ofEnrolment(Ways& ways, domain::EventNumber event) {
  // Who signs one batch mostly signs more, and what enrolled the key stays where it is.
  constexpr std::size_t kMostKept = 1024;
  auto& enrolments = recent_->enrolments;
  if (auto const known = enrolments.find(event); known != enrolments.end()) return ways.onward(known->second);
  auto way = ways.ofEvent(event);
  if (!way) return way.error();
  if (enrolments.size() == kMostKept) enrolments.clear();
  enrolments.emplace(event, *way);
  return way;
}

void Receipts::fill(schema::SignedEvent::Builder signedEvent, Way const& way) {
  signedEvent.setEvent(dataOf(way.event));
  signedEvent.setIndex(way.index);
  signedEvent.setPath(dataOf(joined(way.path)));
  signedEvent.setEntry(dataOf(way.entry));
}

/// Whose key signed the batch of an entry.
Result<domain::KeyId> Receipts::authorOf(Way const& way) {
  auto const entry = history::readEntry(domain::BatchNumber(way.batch), way.entry);
  if (!entry) return entry.error();
  schema::Message<schema::Statement> const statement(entry->statement.bytes());
  return domain::readKeyId(statement.root().getAuthorKey());
}

Result<void> Receipts::learn(log::StoredBatch const& batch) {
  auto const algorithm = log_.hashAlgorithm();
  for (std::size_t i = 0; i < batch.events.size(); ++i) {
    if (auto const shape = schema::checkShape<schema::Event>(batch.events[i]); !shape) {
      return history::damaged(batch.number, shape.error());
    }
    schema::Message<schema::Event> const message(batch.events[i]);
    auto const event = message.root();
    domain::EventNumber const number(batch.firstEvent.value() + i);
    if (event.isKeyEnrolled()) {
      auto const key = crypto::PublicKey::fromSpki(domain::bytesOf(event.getKeyEnrolled().getPublicKey()));
      if (!key) return history::damaged(batch.number, key.error());
      domain::EventRef const ref(crypto::TreeHasher(algorithm).leaf(batch.events[i]));
      proposals_.try_emplace(ref, Proposal{domain::KeyId(key->fingerprint(algorithm)), number});
    } else if (event.isChangeConfirmed() && event.getChangeConfirmed().getOutcome() == schema::Outcome::PASS) {
      auto const change = domain::EventRef::from(domain::bytesOf(event.getChangeConfirmed().getChange()));
      auto const proposal = change ? proposals_.find(*change) : proposals_.end();
      if (proposal == proposals_.end()) continue;  // it confirms something else
      enrolments_.try_emplace(proposal->second.key, Enrolment{proposal->second.event, number});
      proposals_.erase(proposal);
    }
  }
  return {};
}

Result<void> Receipts::readUpTo(std::uint64_t batches) {
  if (batches_ == 0) {
    auto const statement = history::readGenesisStatement(log_);
    if (!statement) return statement.error();
    schema::Message<schema::Statement> const message(statement->bytes());
    auto genesis = log_.entry(domain::BatchNumber(0));
    if (!genesis) return genesis.error();
    recent_->genesis = *std::move(genesis);
    for (auto const founder : message.root().getGenesis().getKeys()) {
      auto const key = crypto::PublicKey::fromSpki(domain::bytesOf(founder.getPublicKey()));
      if (!key) return history::damaged(domain::BatchNumber(0), key.error());
      foundingKeys_.insert(domain::KeyId(key->fingerprint(log_.hashAlgorithm())));
    }
    batches_ = 1;
  }
  auto const cursor = log_.read(domain::BatchNumber(batches_));
  while (batches_ < batches) {
    auto const batch = cursor->next();
    if (!batch) return batch.error();
    if (!*batch) break;
    if (auto learnt = learn(**batch); !learnt) return learnt;
    ++batches_;
  }
  return {};
}

Result<std::optional<Receipts::Enrolment>> Receipts::enrolmentOf(domain::KeyId const& key, std::uint64_t batch) {
  auto known = enrolments_.find(key);
  if (known == enrolments_.end()) {
    if (auto const read = readUpTo(batch + 1); !read) return read.error();
    known = enrolments_.find(key);
  }
  return known == enrolments_.end() ? std::nullopt : std::optional(known->second);
}

auto Receipts::enrolmentsBehind(Ways& ways, Way const& subject) -> Result<std::vector<Way>> {
  std::vector<Way> found;
  std::set<domain::KeyId> explained;  // each key once: who confirmed one may have enrolled another
  for (std::size_t i = 0; i <= found.size(); ++i) {
    auto const& way = i == 0 ? subject : found[i - 1];
    auto const key = authorOf(way);
    if (!key) return key.error();
    if (foundingKeys_.contains(*key) || !explained.insert(*key).second) continue;
    auto const enrolment = enrolmentOf(*key, way.batch);
    if (!enrolment) return enrolment.error();
    if (!*enrolment) {
      return history::damaged(domain::BatchNumber(way.batch),
                              {"签名密钥未登记", "nobody enrolled the key that signed it"});
    }
    for (auto const number : {(*enrolment)->proposed, (*enrolment)->confirmed}) {
      auto event = ofEnrolment(ways, number);
      if (!event) return event.error();
      found.push_back(*std::move(event));
    }
  }
  return found;
}

Result<MadeReceipt> Receipts::make(domain::EventNumber event, std::string_view checkpoint) {
  auto const found = find(log_, event);
  if (!found) return found.error();
  return make(found->batch, found->index, checkpoint);
}

Result<MadeReceipt> Receipts::make(log::StoredBatch const& batch, std::size_t index, std::string_view checkpoint) {
  auto const stated = crypto::readCheckpointNote(checkpoint);
  if (!stated) return stated.error();
  domain::EventNumber const event(batch.firstEvent.value() + index);
  if (batch.number.value() >= stated->size) {
    return Error{ErrorKind::notFound,
                 fmt::format("event {} is in batch {}, and the checkpoint covers {} batches: wait for the next one",
                             event.text(), batch.number.text(), stated->size),
                 fmt::format("事件 {} 在第 {} 批，而检查点只到 {} 批：请等下一个检查点", event.text(),
                             batch.number.text(), stated->size)};
  }
  if (auto const read = readUpTo(1); !read) return read.error();

  Ways ways(log_, recent_->nodes, *stated);
  auto const subject = ways.ofEvent(batch, index);
  if (!subject) return subject.error();

  auto const enrolments = enrolmentsBehind(ways, *subject);
  if (!enrolments) return enrolments.error();
  auto const& genesis = recent_->genesis;
  auto const genesisPath = ways.ofEntry(0, genesis);
  if (!genesisPath) return genesisPath.error();

  capnp::MallocMessageBuilder message;
  auto receipt = message.initRoot<schema::Receipt>();
  fill(receipt.initEvent(), *subject);
  auto const logProof = crypto::formatTlogProof({{}, subject->batch, subject->logPath, std::string(checkpoint)});
  receipt.setLogProof(dataOf(crypto::asBytes(logProof)));
  auto list = receipt.initEnrolments(static_cast<unsigned>(enrolments->size()));
  for (unsigned i = 0; i < list.size(); ++i) {
    auto const& way = (*enrolments)[i];
    fill(list[i].initEvent(), way);
    list[i].setLogIndex(way.batch);
    list[i].setLogPath(dataOf(joined(way.logPath)));
  }
  receipt.setGenesis(dataOf(genesis));
  receipt.setGenesisPath(dataOf(joined(*genesisPath)));
  auto file = schema::canonical<schema::Receipt>(receipt);
  if (auto const shape = schema::checkShape<schema::Receipt>(file.bytes()); !shape) {
    return Error{ErrorKind::unsupported, "no receipt can hold this event: " + shape.error().message,
                 "该事件无法出具回执：" + shape.error().message};
  }
  domain::EventRef const ref(crypto::TreeHasher(log_.hashAlgorithm()).leaf(subject->event));
  return MadeReceipt{std::move(file), domain::labelOf(stated->origin, event, ref)};
}

}  // namespace fundtrail::ledger::receipt
