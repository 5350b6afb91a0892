// SPDX-License-Identifier: Apache-2.0
#include "ledger/batch/batch.h"

#include <string>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crypto/merkle.h"
#include "ledger/batch/verifier.h"
#include "ledger/domain/read.h"
#include "ledger/schema/limits.h"
#include "tests/support/gm_people.h"

namespace fundtrail::ledger::batch {
namespace {

using ::testing::HasSubstr;
using tests::Desk;

domain::Instant const kNow = domain::Instant::parse("2024-03-01T09:00:00.000+08:00").value();
domain::LedgerId const kLedger{crypto::hash(crypto::HashAlgorithm::sha256, crypto::asBytes("a ledger"))};

class BatchTest : public ::testing::TestWithParam<tests::People> {
 protected:
  static crypto::HashAlgorithm hash() { return GetParam().hash(); }
  static crypto::PrivateKey keyOf(std::string_view person) { return GetParam().keyOf(person); }

  schema::Words revocation(std::string const& reason) {
    return desk_.event(fmt::format(R"({{"occurredOn":20240301,"keyRevoked":{{"key":"{}","reason":"{}"}}}})",
                                   crypto::Digest{}.hex(), reason));
  }

  Desk desk_{kLedger, hash(), kNow, GetParam()};
};

INSTANTIATE_TEST_SUITE_P(Profiles, BatchTest, ::testing::ValuesIn(tests::bothProfiles()), tests::ProfileName());

TEST_P(BatchTest, WhatWasSignedOpens) {
  auto const batch = desk_.sign("anna", {revocation("lost"), revocation("stolen")});
  auto const contents = open(hash(), batch.statement.bytes(), batch.events.views());
  ASSERT_TRUE(contents) << contents.error().message;
  EXPECT_EQ(contents->ledger, kLedger);
  EXPECT_EQ(contents->author, domain::KeyId(keyOf("anna").publicKey().fingerprint(hash())));
  EXPECT_EQ(contents->authoredAt, kNow);
  ASSERT_EQ(contents->refs.size(), 2U);
  crypto::TreeHasher hasher(hash());
  EXPECT_EQ(contents->refs[1], domain::EventRef(hasher.leaf(batch.events[1])));
  EXPECT_TRUE(signatureHolds(keyOf("anna").publicKey(), batch.statement.bytes(), batch.signature));
  EXPECT_FALSE(signatureHolds(keyOf("bo").publicKey(), batch.statement.bytes(), batch.signature));
}

TEST_P(BatchTest, TheSignatureIsSeparatedFromEveryOtherUseOfTheKey) {
  auto const batch = desk_.sign("anna", {revocation("lost")});
  EXPECT_FALSE(keyOf("anna").publicKey().verify(batch.statement.bytes(), batch.signature));
}

TEST_P(BatchTest, EventsThatAreSwappedDroppedOrAddedDoNotOpen) {
  auto const batch = desk_.sign("anna", {revocation("lost"), revocation("stolen")});
  auto const fault = [&](std::vector<crypto::BytesView> const& events) {
    return open(hash(), batch.statement.bytes(), events).error().message;
  };
  EXPECT_THAT(fault({batch.events[1], batch.events[0]}), HasSubstr("not those that the statement was signed for"));
  EXPECT_THAT(fault({batch.events[0]}), HasSubstr("covers 2 events, the batch has 1"));
  EXPECT_THAT(fault({batch.events[0], batch.events[1], batch.events[1]}),
              HasSubstr("covers 2 events, the batch has 3"));
}

TEST_P(BatchTest, AChangedBitOfAnEventDoesNotOpen) {
  auto const batch = desk_.sign("anna", {revocation("lost")});
  auto const original = batch.events[0];
  for (std::size_t bit = 0; bit < original.size() * 8; ++bit) {
    crypto::Bytes bytes(original.begin(), original.end());
    bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    auto const changed = schema::Words::copyOf(bytes);
    crypto::BytesView const views[] = {changed.bytes()};
    EXPECT_FALSE(open(hash(), batch.statement.bytes(), views)) << "bit " << bit;
  }
}

TEST_P(BatchTest, ABatchLargerThanItsLimitDoesNotOpen) {
  auto const event = revocation(std::string(1000, 'x'));
  EventList list;
  while (list.byteSize() <= schema::kMaxBatchBytes) list.append(event.bytes());
  auto const batch = sign(kLedger, hash(), keyOf("anna"), kNow, {}, std::move(list));
  auto const contents = open(hash(), batch.statement.bytes(), batch.events.views());
  ASSERT_FALSE(contents);
  EXPECT_THAT(contents.error().message, HasSubstr("split it"));
}

TEST_P(BatchTest, AParcelComesBackAsTheSameBatch) {
  auto const batch = desk_.sign("anna", {revocation("lost"), revocation("stolen")});
  EXPECT_EQ(fromParcel(toParcel(batch)).value(), batch);
}

TEST_P(BatchTest, AParcelCutAnywhereIsRefused) {
  auto const parcel = toParcel(desk_.sign("anna", {revocation("lost")}));
  for (std::size_t size = 0; size < parcel.size(); ++size) {
    EXPECT_FALSE(fromParcel(crypto::BytesView(parcel).first(size))) << size;
  }
}

TEST_P(BatchTest, AnEventRefOfALedgerOfTheOtherProfileIsAnotherOne) {
  auto const batch = desk_.sign("anna", {revocation("lost")});
  auto const other = hash() == crypto::HashAlgorithm::sm3 ? crypto::HashAlgorithm::sha256 : crypto::HashAlgorithm::sm3;
  EXPECT_FALSE(open(other, batch.statement.bytes(), batch.events.views()));
}

TEST_P(BatchTest, TheGenesisNamesItsLedgerByItsStatement) {
  auto const genesis = tests::foundingBatch(kNow, nullptr, GetParam());
  auto const contents = open(hash(), genesis.statement.bytes(), {});
  ASSERT_TRUE(contents) << contents.error().message;
  EXPECT_EQ(contents->ledger, std::nullopt);
  EXPECT_EQ(ledgerIdOf(hash(), genesis.statement.bytes()),
            domain::LedgerId(crypto::hash(hash(), genesis.statement.bytes())));
}

TEST_P(BatchTest, AnEntryHoldsTheStatementAndItsSignature) {
  auto const batch = desk_.sign("anna", {revocation("lost")});
  auto const entry = makeEntry(batch, kNow, domain::EventNumber(17));
  EXPECT_LE(entry.bytes().size(), schema::kMaxEntryBytes);
  schema::Message<schema::Entry> const message(entry.bytes());
  EXPECT_TRUE(std::ranges::equal(domain::bytesOf(message.root().getStatement()), batch.statement.bytes()));
  EXPECT_TRUE(std::ranges::equal(domain::bytesOf(message.root().getSignature()), batch.signature));
  EXPECT_EQ(message.root().getFirstEvent(), 17U);
  EXPECT_EQ(message.root().getAcceptedAt(), kNow.milliseconds());
}

TEST_P(BatchTest, TheFirstStageSaysWhichEventBreaksARuleOfTheEventAlone) {
  auto const contradictory = desk_.event(
      R"({"occurredOn":20240301,"periodClosed":{"region":440000,"periodFrom":20240131,"periodTo":20240101}})");
  auto const batch = desk_.sign("anna", {revocation("lost"), contradictory});
  KeyRing keys;
  auto const id = domain::KeyId(keyOf("anna").publicKey().fingerprint(hash()));

  auto const unknown = check(hash(), keys, batch.statement.bytes(), batch.signature, batch.events.views());
  EXPECT_EQ(unknown.signature, Checked::Signature::unknownKey);

  keys.add(id, keyOf("anna").publicKey());
  auto const known = check(hash(), keys, batch.statement.bytes(), batch.signature, batch.events.views());
  EXPECT_EQ(known.signature, Checked::Signature::holds);
  ASSERT_TRUE(known.objection);
  EXPECT_EQ(known.objection->event, 1U);
  EXPECT_EQ(known.objection->refusal.rule->id, "E2");

  auto forged = batch.signature;
  forged[10] ^= 1;
  auto const fails = check(hash(), keys, batch.statement.bytes(), forged, batch.events.views());
  EXPECT_EQ(fails.signature, Checked::Signature::fails);
}

}  // namespace
}  // namespace fundtrail::ledger::batch
