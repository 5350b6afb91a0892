// SPDX-License-Identifier: Apache-2.0
#include "ledger/attestation/attestations.h"

#include <array>
#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include "crypto/checkpoint.h"
#include "crypto/cosignature.h"
#include "crypto/note.h"
#include "tests/ledger/log/temporary_directory.h"

namespace fundtrail::ledger::attestation {
namespace {

using crypto::ErrorKind;

crypto::PrivateKey keyOf(std::uint8_t seed) {
  return crypto::PrivateKey::fromEd25519Seed({seed});
}

std::string noteOf(std::uint64_t size) {
  auto const signer = crypto::NoteSigner::make("log.example", keyOf(1)).value();
  auto const text = crypto::formatCheckpoint({"log.example", size, {}});
  std::array const lines{signer.signatureLine(text)};
  return crypto::formatNote(text, lines);
}

std::string cosigned(std::string const& note, std::uint8_t witness) {
  auto const cosigner = crypto::Cosigner::make("w" + std::to_string(witness), keyOf(witness)).value();
  return note + cosigner.signatureLine(crypto::parseNote(note)->text, 1'700'000'000);
}

struct AttestationsTest : ::testing::Test {
  fundtrail::testing::TemporaryDirectory directory;
  std::filesystem::path folder = directory.path() / "attestations";
  Attestations attestations{folder};
  files::Descriptor locked = attestations.lock().value();
};

TEST_F(AttestationsTest, AreNoneAtFirst) {
  EXPECT_FALSE(attestations.collected()->has_value());
  EXPECT_FALSE(attestations.witnessed()->has_value());
  EXPECT_TRUE(attestations.stamps()->empty());
  EXPECT_EQ(bestNote(attestations, noteOf(3), 3).value(), noteOf(3));
}

TEST_F(AttestationsTest, AreWrittenByOneProgramAtATime) {
  auto const another = Attestations(folder).lock();
  ASSERT_FALSE(another);
  EXPECT_EQ(another.error().kind, ErrorKind::conflict);
}

TEST_F(AttestationsTest, OfOneCheckpointGather) {
  ASSERT_TRUE(attestations.keep(cosigned(noteOf(3), 2), false));
  ASSERT_TRUE(attestations.keep(cosigned(noteOf(3), 3), true));
  auto const both = cosigned(cosigned(noteOf(3), 2), 3);
  EXPECT_EQ(attestations.collected()->value(), both);
  EXPECT_EQ(attestations.witnessed()->value(), cosigned(noteOf(3), 3));
}

TEST_F(AttestationsTest, OfANewerCheckpointTakeTheirPlace) {
  ASSERT_TRUE(attestations.keep(cosigned(noteOf(3), 2), true));
  ASSERT_TRUE(attestations.keep(cosigned(noteOf(4), 2), false));
  EXPECT_EQ(attestations.collected()->value(), cosigned(noteOf(4), 2));
  EXPECT_EQ(attestations.witnessed()->value(), cosigned(noteOf(3), 2)) << "that one still counts";
}

TEST_F(AttestationsTest, ThatAreDamagedGiveWayToNewOnes) {
  ASSERT_TRUE(attestations.keep(cosigned(noteOf(3), 2), true));
  ASSERT_TRUE(files::replaceFile(folder / "witnessed", "no note"));
  ASSERT_TRUE(attestations.keep(cosigned(noteOf(3), 2), true));
  EXPECT_EQ(attestations.witnessed()->value(), cosigned(noteOf(3), 2));
  EXPECT_EQ(attestations.keep("no note", true).error().kind, ErrorKind::badInput);
}

TEST_F(AttestationsTest, TheWitnessedNoteIsTheBestWhereItCoversWhatIsAskedFor) {
  ASSERT_TRUE(attestations.keep(cosigned(noteOf(3), 2), true));
  ASSERT_TRUE(attestations.keep(cosigned(noteOf(5), 3), false));
  EXPECT_EQ(bestNote(attestations, noteOf(5), 3).value(), cosigned(noteOf(3), 2));
  EXPECT_EQ(bestNote(attestations, noteOf(5), 4).value(), cosigned(noteOf(5), 3));
  EXPECT_EQ(bestNote(attestations, noteOf(6), 4).value(), noteOf(6));
}

TEST_F(AttestationsTest, StampsAreKeptBySize) {
  Stamp const later{noteOf(20), {1, 2}};
  Stamp const first{noteOf(3), {3}};
  for (auto const& stamp : {later, first, first}) ASSERT_TRUE(attestations.keep(stamp));
  auto const stamps = attestations.stamps().value();
  ASSERT_EQ(stamps.size(), 2U);
  EXPECT_EQ(stamps[0].note, first.note);
  EXPECT_EQ(stamps[0].token, first.token);
  EXPECT_EQ(stamps[1].note, later.note);
  EXPECT_EQ(attestations.keep(Stamp{"no note", {1}}).error().kind, ErrorKind::badInput);
}

TEST_F(AttestationsTest, AStampThatWasCutOffIsNone) {
  ASSERT_TRUE(attestations.keep(Stamp{noteOf(3), {3}}));
  for (auto const& entry : std::filesystem::directory_iterator(folder / "stamps")) {
    if (entry.path().extension() == ".tst") std::filesystem::remove(entry.path());
  }
  EXPECT_TRUE(attestations.stamps()->empty());
}

}  // namespace
}  // namespace fundtrail::ledger::attestation
