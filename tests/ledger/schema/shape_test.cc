// SPDX-License-Identifier: Apache-2.0
#include "ledger/schema/shape.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <functional>
#include <string>
#include <tuple>
#include <vector>

#include <capnp/any.h>
#include <capnp/dynamic.h>
#include <capnp/message.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "ledger/schema/annotations.h"
#include "ledger/schema/limits.h"
#include "ledger/schema/message.h"
#include "ledger/schema/names.h"
#include "tests/ledger/schema/arbitrary_event.h"
#include "tests/ledger/schema/golden.h"

namespace fundtrail::ledger::schema {
namespace {

std::string const kGoldens = FUNDTRAIL_SOURCE_DIR "/tests/golden/events/";

Words golden(std::string const& name) {
  return Words::copyOf(fromHexLines(readFile(kGoldens + name + ".hex")));
}

/// What checkShape says; empty if nothing.
template <class T>
std::string fault(crypto::BytesView bytes) {
  auto const shape = checkShape<T>(bytes);
  return shape ? "" : shape.error().message;
}

/// A golden message with one thing changed.
template <class T>
Words edited(std::string const& name, std::function<void(typename T::Builder)> const& edit) {
  auto const original = golden(name);
  capnp::MallocMessageBuilder message;
  message.setRoot(Message<T>(original.bytes()).root());
  edit(message.getRoot<T>());
  return canonical<T>(message.getRoot<T>());
}

template <class T>
std::string faultOfEdited(std::string const& name, std::function<void(typename T::Builder)> const& edit) {
  return fault<T>(edited<T>(name, edit).bytes());
}

/// What Cap'n Proto itself says of bytes.
bool isCanonical(crypto::BytesView bytes) {
  auto const segment = kj::arrayPtr(reinterpret_cast<capnp::word const*>(bytes.data()), bytes.size() / 8);
  capnp::SegmentArrayMessageReader message(kj::arrayPtr(&segment, 1));
  return message.isCanonical();
}

TEST(Shape, EveryGoldenEventPasses) {
  for (auto const type : eventTypes()) {
    auto const words = golden(std::string(eventTypeName(type)));
    EXPECT_EQ(fault<Event>(words.bytes()), "") << eventTypeName(type);
  }
}

TEST(Shape, GenesisStatementAndEntryPass) {
  EXPECT_EQ(fault<Genesis>(golden("genesis").bytes()), "");
  EXPECT_EQ(fault<Statement>(golden("statement").bytes()), "");
  EXPECT_EQ(fault<Statement>(golden("genesisStatement").bytes()), "");
  EXPECT_EQ(fault<Entry>(golden("entry").bytes()), "");
}

TEST(Shape, AnyEventMadeByTheRulesOfTheSchemaPasses) {
  EXPECT_TRUE(rc::check([](std::uint64_t seed) { RC_ASSERT(fault<Event>(arbitraryEvent(seed).bytes()) == ""); }));
}

// The walk knows the canonical form by itself: here Cap'n Proto's own check and its own encoder are asked about all
// that the walk lets pass.
TEST(Shape, WhateverPassesWithOneBitFlippedIsCanonicalByCapnProtosOwnCheck) {
  std::size_t passed = 0;
  for (auto const type : eventTypes()) {
    auto bytes = fromHexLines(readFile(kGoldens + std::string(eventTypeName(type)) + ".hex"));
    for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
      bytes[bit / 8] ^= static_cast<std::uint8_t>(1u << bit % 8);
      auto const words = Words::copyOf(bytes);
      if (checkShape<Event>(words.bytes())) {
        ++passed;
        ASSERT_TRUE(isCanonical(words.bytes())) << eventTypeName(type) << ", bit " << bit;
        ASSERT_EQ(canonical<Event>(Message<Event>(words.bytes()).root()), words)
            << eventTypeName(type) << ", bit " << bit;
      }
      bytes[bit / 8] ^= static_cast<std::uint8_t>(1u << bit % 8);
    }
  }
  EXPECT_GT(passed, 0u);
}

TEST(Shape, AMessageCutOffAnywhereIsRefused) {
  auto const words = golden("paymentRequested");
  for (std::size_t size = 0; size < words.bytes().size(); ++size) {
    EXPECT_NE(fault<Event>(words.bytes().first(size)), "") << size;
  }
}

TEST(Shape, BytesBehindTheMessageAreRefused) {
  auto bytes = fromHexLines(readFile(kGoldens + "paymentRequested.hex"));
  bytes.resize(bytes.size() + 8);
  EXPECT_EQ(fault<Event>(Words::copyOf(bytes).bytes()),
            "event: is not in canonical form, or cut off: send the bytes as Cap'n Proto's canonicalize gives them");
}

TEST(Shape, AMessageBuiltInAnotherOrderIsRefused) {
  auto const original = golden("changeConfirmed");
  Message<Event> const whole(original.bytes());
  auto const reader = whole.root();
  capnp::MallocMessageBuilder message;
  auto event = message.initRoot<Event>();
  event.setChangeConfirmed(reader.getChangeConfirmed());
  event.setSalt(reader.getSalt());
  event.setOccurredOn(reader.getOccurredOn());
  auto const segments = message.getSegmentsForOutput();
  ASSERT_EQ(segments.size(), 1u);
  auto const bytes = segments[0].asBytes();
  EXPECT_EQ(fault<Event>({bytes.begin(), bytes.size()}),
            "salt: is not in canonical form, or cut off: send the bytes as Cap'n Proto's canonicalize gives them");
}

TEST(Shape, LengthAndAlignmentComeFirst) {
  alignas(8) std::array<std::uint8_t, 72 * 1024> bytes{};
  EXPECT_EQ(fault<Event>({}), "event: is 0 bytes long: must be 8 to 65536");
  EXPECT_EQ(fault<Event>(crypto::BytesView(bytes).first(kMaxEventBytes + 8)),
            "event: is 65544 bytes long: must be 8 to 65536");
  EXPECT_EQ(fault<Event>(crypto::BytesView(bytes).first(12)),
            "event: is not a whole number of 8-byte words: send it complete");
  EXPECT_EQ(fault<Event>(crypto::BytesView(bytes).subspan(4, 16)),
            "event: does not begin at a multiple of 8: copy it with Words::copyOf");
  EXPECT_EQ(fault<Statement>(bytes), "statement: is 73728 bytes long: must be 8 to 8192");
}

TEST(Shape, TextsAndDataKeepTheirLimits) {
  auto const opinion = [](std::string const& text) {
    return faultOfEdited<Event>("paymentReviewed",
                                [&](auto event) { event.getPaymentReviewed().setOpinion(text.c_str()); });
  };
  EXPECT_EQ(opinion(std::string(2048, 'x')), "");
  EXPECT_EQ(opinion(std::string(2049, 'x')), "paymentReviewed.opinion: is 2049 bytes long: shorten it to 2048");
  EXPECT_EQ(opinion(""), "");

  auto const payeeName = [](std::string const& text) {
    return faultOfEdited<Event>("paymentRequested",
                                [&](auto event) { event.getPaymentRequested().setPayeeName(text.c_str()); });
  };
  EXPECT_EQ(payeeName(std::string(256, 'x')), "");
  EXPECT_EQ(payeeName(std::string(257, 'x')), "paymentRequested.payeeName: is 257 bytes long: shorten it to 256");
  EXPECT_EQ(payeeName(""), "paymentRequested.payeeName: is required: state it");

  auto const cause = [](std::size_t size) {
    crypto::Bytes const bytes(size, 7);
    return faultOfEdited<Event>("paymentRequested", [&](auto event) { event.setCause({bytes.data(), bytes.size()}); });
  };
  EXPECT_EQ(cause(0), "");
  EXPECT_EQ(cause(31), "cause: is 31 bytes long: must be exactly 32");
  EXPECT_EQ(cause(33), "cause: is 33 bytes long: must be exactly 32");

  crypto::Bytes const key(129, 1);
  EXPECT_EQ(faultOfEdited<Event>("keyEnrolled",
                                 [&](auto event) {
                                   event.getKeyEnrolled().setPublicKey({key.data(), key.size()});
                                 }),
            "keyEnrolled.publicKey: is 129 bytes long: must be at most 128");
}

TEST(Shape, WhatIsRequiredMustBeThere) {
  EXPECT_EQ(faultOfEdited<Event>("paymentRequested", [](auto event) { event.disownSalt(); }),
            "salt: is required: state it");
  EXPECT_EQ(faultOfEdited<Event>("paymentRequested", [](auto event) { event.setOccurredOn(0); }),
            "occurredOn: is required: state it");
  EXPECT_EQ(faultOfEdited<Event>("paymentRequested", [](auto event) { event.getPaymentRequested().initDraws(0); }),
            "paymentRequested.draws: is required: state it");
  EXPECT_EQ(
      faultOfEdited<Event>("bankAccountChanged", [](auto event) { event.getBankAccountChanged().disownAccount(); }),
      "bankAccountChanged.account: is required: state it");
  EXPECT_EQ(faultOfEdited<Event>("changeConfirmed",
                                 [](auto event) { event.getChangeConfirmed().setOutcome(Outcome::NOT_STATED); }),
            "changeConfirmed.outcome: is required: state it");
  EXPECT_EQ(faultOfEdited<Event>("trancheAdjusted", [](auto event) { event.getTrancheAdjusted().setChangeFen(0); }),
            "trancheAdjusted.changeFen: is required: state it");
}

TEST(Shape, AmountsKeepTheirSign) {
  auto const amount = [](std::int64_t fen) {
    return faultOfEdited<Event>("paymentRequested",
                                [=](auto event) { event.getPaymentRequested().getDraws()[1].setAmountFen(fen); });
  };
  EXPECT_EQ(amount(1), "");
  EXPECT_EQ(amount(0), "paymentRequested.draws[1].amountFen: is required, and must be greater than 0");
  EXPECT_EQ(amount(-1), "paymentRequested.draws[1].amountFen: must be greater than 0");
  EXPECT_EQ(amount(kMaxAmountFen), "");
  EXPECT_THAT(amount(kMaxAmountFen + 1), ::testing::HasSubstr("draws[1].amountFen: is larger than any amount may be"));

  auto const fine = [](std::int64_t fen) {
    return faultOfEdited<Event>("penaltyImposed", [=](auto event) { event.getPenaltyImposed().setFineFen(fen); });
  };
  EXPECT_EQ(fine(0), "");
  EXPECT_EQ(fine(-1), "penaltyImposed.fineFen: must not be negative");
}

TEST(Shape, ListsKeepTheirLimits) {
  auto const documents = [](unsigned count) {
    return faultOfEdited<Event>("trancheIssued", [=](Event::Builder event) {
      for (auto document : event.initDocuments(count)) {
        document.setKind("合同");
      }
    });
  };
  EXPECT_EQ(documents(0), "");
  EXPECT_EQ(documents(16), "");
  EXPECT_EQ(documents(17), "documents: has 17 elements: must be at most 16");

  auto const purposes = [](Purpose purpose) {
    return faultOfEdited<Event>("trancheIssued",
                                [=](auto event) { event.getTrancheIssued().getPurposes().set(1, purpose); });
  };
  EXPECT_EQ(purposes(Purpose::TRAINING), "");
  EXPECT_EQ(purposes(Purpose::NOT_STATED), "trancheIssued.purposes: holds 0, which stands for nothing here");
  EXPECT_EQ(purposes(static_cast<Purpose>(8)), "trancheIssued.purposes: holds 8, which stands for nothing here");
}

TEST(Shape, EnumerantsMustBeKnown) {
  EXPECT_EQ(faultOfEdited<Event>("trancheIssued",
                                 [](auto event) { event.getTrancheIssued().setKind(static_cast<TrancheKind>(4)); }),
            "trancheIssued.kind: is 4, which this version of the schema does not know");
}

TEST(Shape, TextsArePlain) {
  // NOLINTBEGIN(misc-misleading-bidirectional,bugprone-suspicious-missing-comma): these are what is refused
  for (auto const* text : {"a\nb", "a\tb", "a\x7f", "a\xc2\x85",
                           "a\xe2\x80\xae"
                           "b",
                           "\xff", "a\xe9\x87"}) {
    // NOLINTEND(misc-misleading-bidirectional,bugprone-suspicious-missing-comma)
    EXPECT_NE(
        faultOfEdited<Event>("paymentCancelled", [=](auto event) { event.getPaymentCancelled().setReason(text); }), "")
        << text;
  }
  EXPECT_EQ(
      faultOfEdited<Event>("paymentCancelled", [](auto event) { event.getPaymentCancelled().setReason("退\n票"); }),
      "paymentCancelled.reason: is not plain UTF-8 at byte 3: remove control, line, direction and invisible "
      "characters and what is ill-formed");
}

TEST(Shape, AnEventIsOfAKnownType) {
  EXPECT_EQ(faultOfEdited<Event>("paymentRequested", [](auto event) { event.setNotStated(); }),
            "event: states no type: name one");

  auto const later = [](std::uint16_t type) {
    return faultOfEdited<Event>("paymentRequested", [=](auto event) {
      auto data = capnp::AnyStruct::Builder(kj::mv(event)).getDataSection();
      std::memcpy(data.begin() + 4, &type, sizeof type);
    });
  };
  EXPECT_EQ(later(39 + 25), "event: is of type 64, which this version of the schema does not know");
}

TEST(Shape, TheTypesStructMustBeThere) {
  EXPECT_EQ(faultOfEdited<Event>("paymentRequested", [](auto event) { event.disownPaymentRequested(); }),
            "paymentRequested: is required: state it");
}

/// The golden event in a struct of another size, changed further; as canonical bytes.
Words resized(std::uint16_t dataWords, std::uint16_t pointers,
              std::function<void(capnp::AnyStruct::Builder)> const& edit) {
  auto const original = golden("changeConfirmed");
  Message<Event> const whole(original.bytes());
  capnp::AnyStruct::Reader const from(whole.root());
  capnp::MallocMessageBuilder message;
  auto to = message.initRoot<capnp::AnyPointer>().initAsAnyStruct(dataWords, pointers);
  std::memcpy(to.getDataSection().begin(), from.getDataSection().begin(), from.getDataSection().size());
  for (unsigned i = 0; i < from.getPointerSection().size(); ++i) {
    to.getPointerSection()[i].set(from.getPointerSection()[i]);
  }
  edit(to);
  return Words(to.asReader().canonicalize());
}

TEST(Shape, FieldsThatTheSchemaDoesNotHaveAreRefused) {
  EXPECT_EQ(fault<Event>(resized(1, 4, [](auto) {}).bytes()), "");
  EXPECT_EQ(fault<Event>(resized(2, 4, [](auto event) { event.getDataSection()[8] = 1; }).bytes()),
            "event: holds fields that this version of the schema does not know");
  EXPECT_EQ(fault<Event>(resized(1, 5, [](auto event) { event.getPointerSection()[4].initAsAnyStruct(0, 0); }).bytes()),
            "event: holds fields that this version of the schema does not know");
  EXPECT_EQ(fault<Event>(resized(1, 4, [](auto event) { event.getDataSection()[6] = 1; }).bytes()),
            "event: holds numbers that this version of the schema does not know");
}

TEST(Shape, PointersOfAnotherTypeAreRefused) {
  auto const wrong = [](auto init) {
    return fault<Event>(resized(1, 4, [&](auto event) { init(event.getPointerSection()[1]); }).bytes());
  };
  EXPECT_EQ(wrong([](auto documents) { documents.initAsAnyStruct(0, 0); }),
            "documents: is of another type than the schema states");
  EXPECT_EQ(wrong([](auto documents) { documents.template setAs<capnp::Text>("x"); }),
            "documents: is of another type than the schema states");
  EXPECT_EQ(wrong([](auto documents) { documents.template setAs<capnp::Data>({}); }),
            "documents: is of another type than the schema states");

  auto const number = fault<Event>(resized(1, 4, [](auto event) {
                                     event.getPointerSection()[0].template initAs<capnp::List<std::uint16_t>>(8);
                                   }).bytes());
  EXPECT_EQ(number, "salt: is of another type than the schema states");
}

TEST(Shape, AStatementFoundsALedgerOrBelongsToOne) {
  using B = Statement::Builder;
  EXPECT_EQ(faultOfEdited<Statement>("statement", [](B statement) { statement.disownLedgerId(); }),
            "ledgerId: is required: state it");
  EXPECT_EQ(faultOfEdited<Statement>("statement", [](B statement) { statement.setEventCount(0); }),
            "eventCount: must be 1 to 8192");
  EXPECT_EQ(faultOfEdited<Statement>("statement", [](B statement) { statement.setEventCount(8193); }),
            "eventCount: must be 1 to 8192");
  EXPECT_EQ(faultOfEdited<Statement>("genesisStatement", [](B statement) { statement.setEventCount(1); }),
            "genesis: founds a ledger: leave out ledgerId, eventCount and the events");
  EXPECT_EQ(faultOfEdited<Statement>("genesisStatement", [](B statement) { statement.initLedgerId(32); }),
            "genesis: founds a ledger: leave out ledgerId, eventCount and the events");
  EXPECT_EQ(faultOfEdited<Statement>("genesisStatement",
                                     [](B statement) { statement.getGenesis().getKeys()[1].disownPerson(); }),
            "genesis.keys[1].person: is required: state it");
}

TEST(Shape, ALongEntryFoundsALedger) {
  auto const entry = [](Words const& statement) {
    return faultOfEdited<Entry>("entry", [&](Entry::Builder builder) {
      builder.setStatement({statement.bytes().data(), statement.bytes().size()});
    });
  };
  auto const founding = edited<Statement>("genesisStatement", [](Statement::Builder statement) {
    statement.getGenesis().setProgramme(std::string(256, 'x').c_str());
    statement.getGenesis().setOrigin(std::string(200, 'x').c_str());
    statement.getGenesis().getKeys()[0].setOrganisation(std::string(256, 'x').c_str());
  });
  ASSERT_GT(founding.bytes().size(), kMaxEntryBytes);
  EXPECT_EQ(entry(founding), "");
  EXPECT_EQ(entry(golden("statement")), "");
  EXPECT_EQ(entry(Words::copyOf(crypto::Bytes(1024, 0))),
            "statement: statement: is not in canonical form, or cut off: send the bytes as Cap'n Proto's canonicalize "
            "gives them");
}

/// A signed batch of that many events of that many bytes.
Words batchOf(unsigned count, unsigned bytes) {
  capnp::MallocMessageBuilder message;
  auto batch = message.initRoot<SignedBatch>();
  batch.initStatement(200);
  batch.initSignature(64);
  auto events = batch.initEvents(count);
  for (unsigned i = 0; i < count; ++i) {
    events.init(i, bytes);
  }
  return canonical<SignedBatch>(batch);
}

TEST(Shape, ASignedBatchKeepsItsLimits) {
  EXPECT_EQ(fault<SignedBatch>(batchOf(1, 8).bytes()), "");
  EXPECT_EQ(fault<SignedBatch>(batchOf(8192, 512).bytes()), "");
  EXPECT_EQ(fault<SignedBatch>(batchOf(64, 64 * 1024).bytes()), "");
  EXPECT_EQ(fault<SignedBatch>(batchOf(8193, 8).bytes()), "events: has 8193 elements: must be at most 8192");
  EXPECT_EQ(fault<SignedBatch>(batchOf(1, 64 * 1024 + 8).bytes()),
            "events: is 65544 bytes long: must be at most 65536");
  EXPECT_EQ(fault<SignedBatch>(batchOf(2, 0).bytes()), "events: has an empty element 0: remove it");
  EXPECT_EQ(fault<SignedBatch>(batchOf(65, 65000).bytes()),
            "events: are 4225000 bytes long in all: split the batch, at most 4194304 are allowed");
}

TEST(Shape, ListsOfEmptyStructsCostNothing) {
  // 2^29 documents of no size at all: the count alone is refused.
  auto const words =
      resized(1, 4, [](auto event) { event.getPointerSection()[1].initAsListOfAnyStruct(0, 0, (1u << 29) - 1); });
  EXPECT_EQ(fault<Event>(words.bytes()), "documents: has 536870911 elements: must be at most 16");
}

using Visited = std::vector<std::tuple<Format, std::string, std::uint32_t, std::string>>;

/// What visitFormatted should find, found the slow way.
void addFormatted(capnp::DynamicStruct::Reader reader, Visited& visited) {
  for (auto const field : reader.getSchema().getFields()) {
    if (!reader.has(field, capnp::HasMode::NON_DEFAULT)) {
      continue;
    }
    auto const value = reader.get(field);
    auto const format = annotated(field.getProto().getAnnotations(), Annotation::format);
    auto const name = std::string(view(field.getProto().getName()));
    if (value.getType() == capnp::DynamicValue::STRUCT) {
      addFormatted(value.as<capnp::DynamicStruct>(), visited);
    } else if (value.getType() == capnp::DynamicValue::LIST) {
      for (auto const element : value.as<capnp::DynamicList>()) {
        if (element.getType() == capnp::DynamicValue::STRUCT) {
          addFormatted(element.as<capnp::DynamicStruct>(), visited);
        }
      }
    } else if (format && value.getType() == capnp::DynamicValue::UINT) {
      visited.emplace_back(static_cast<Format>(format->getEnum()), "", value.as<std::uint32_t>(), name);
    } else if (format) {
      auto const text =
          value.getType() == capnp::DynamicValue::TEXT ? value.as<capnp::Text>().asBytes() : value.as<capnp::Data>();
      if (text.size() != 0) {
        visited.emplace_back(static_cast<Format>(format->getEnum()), std::string(text.asChars().begin(), text.size()),
                             0, name);
      }
    }
  }
}

TEST(VisitFormatted, FindsExactlyTheFieldsThatBearAFormatAndHoldSomething) {
  EXPECT_TRUE(rc::check([](std::uint64_t seed) {
    auto const words = arbitraryEvent(seed);
    Message<Event> const message(words.bytes());
    Visited expected;
    addFormatted(message.root(), expected);
    Visited visited;
    visitFormatted(message.root(), [&](FormattedValue const& value) {
      RC_ASSERT(!value.field.zh.empty());
      visited.emplace_back(value.format, value.text, value.number, value.field.english);
      return true;
    });
    std::ranges::sort(expected);
    std::ranges::sort(visited);
    RC_ASSERT(visited == expected);
  }));
}

TEST(VisitFormatted, StopsWhenTold) {
  auto const words = golden("paymentRequested");
  int calls = 0;
  visitFormatted(Message<Event>(words.bytes()).root(), [&](FormattedValue const&) { return ++calls < 3; });
  EXPECT_EQ(calls, 3);
}

}  // namespace
}  // namespace fundtrail::ledger::schema
