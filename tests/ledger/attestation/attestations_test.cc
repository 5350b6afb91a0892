// SPDX-License-Identifier: Apache-2.0
#include "ledger/attestation/attestations.h"

#include <array>
#include <filesystem>
#include <map>
#include <string>

#include <gtest/gtest.h>

#include "crypto/checkpoint.h"
#include "crypto/cosignature.h"
#include "crypto/note.h"
#include "tests/ledger/log/temporary_directory.h"
#include "tests/support/founders.h"
#include "tests/support/sm2_keys.h"

namespace fundtrail::ledger::attestation {
namespace {

using crypto::ErrorKind;

/// Notes by signatures of one algorithm, each of which is made once: SM2's are others every time.
struct AttestationsTest : ::testing::TestWithParam<crypto::KeyAlgorithm> {
  static crypto::PrivateKey keyOf(std::string const& name) {
    return GetParam() == crypto::KeyAlgorithm::sm2 ? tests::sm2KeyOf(name) : tests::keyOf(name);
  }

  std::string noteOf(std::uint64_t size) {
    auto& note = notes[std::to_string(size)];
    if (note.empty()) {
      auto const signer = crypto::NoteSigner::make("log.example", keyOf("log")).value();
      auto const text = crypto::formatCheckpoint({"log.example", size, {}});
      std::array const lines{signer.signatureLine(text)};
      note = crypto::formatNote(text, lines);
    }
    return note;
  }
  std::string cosigned(std::string const& note, std::uint8_t witness) {
    auto const name = "w" + std::to_string(witness);
    auto const text = crypto::parseNote(note)->text;
    auto& line = notes[name + text];
    if (line.empty()) line = crypto::Cosigner::make(name, keyOf(name)).value().signatureLine(text, 1'700'000'000);
    return note + line;
  }

  std::map<std::string, std::string> notes;
  fundtrail::testing::TemporaryDirectory directory;
  std::filesystem::path folder = directory.path() / "attestations";
  Attestations attestations{folder};
  files::Descriptor locked = attestations.lock().value();
};

INSTANTIATE_TEST_SUITE_P(Profiles, AttestationsTest,
                         ::testing::Values(crypto::KeyAlgorithm::ed25519, crypto::KeyAlgorithm::sm2),
                         [](auto const& test) { return test.param == crypto::KeyAlgorithm::sm2 ? "gm" : "standard"; });

TEST_P(AttestationsTest, AreNoneAtFirst) {
  EXPECT_FALSE(attestations.collected()->has_value());
  EXPECT_FALSE(attestations.witnessed()->has_value());
  EXPECT_TRUE(attestations.stamps()->empty());
  EXPECT_EQ(bestNote(attestations, noteOf(3), 3).value(), noteOf(3));
}

TEST_P(AttestationsTest, AreWrittenByOneProgramAtATime) {
  auto const another = Attestations(folder).lock();
  ASSERT_FALSE(another);
  EXPECT_EQ(another.error().kind, ErrorKind::conflict);
}

TEST_P(AttestationsTest, OfOneCheckpointGather) {
  ASSERT_TRUE(attestations.keep(cosigned(noteOf(3), 2), false));
  ASSERT_TRUE(attestations.keep(cosigned(noteOf(3), 3), true));
  auto const both = cosigned(cosigned(noteOf(3), 2), 3);
  EXPECT_EQ(attestations.collected()->value(), both);
  EXPECT_EQ(attestations.witnessed()->value(), cosigned(noteOf(3), 3));
}

TEST_P(AttestationsTest, OfANewerCheckpointTakeTheirPlace) {
  ASSERT_TRUE(attestations.keep(cosigned(noteOf(3), 2), true));
  ASSERT_TRUE(attestations.keep(cosigned(noteOf(4), 2), false));
  EXPECT_EQ(attestations.collected()->value(), cosigned(noteOf(4), 2));
  EXPECT_EQ(attestations.witnessed()->value(), cosigned(noteOf(3), 2)) << "that one still counts";
}

TEST_P(AttestationsTest, ThatAreDamagedGiveWayToNewOnes) {
  ASSERT_TRUE(attestations.keep(cosigned(noteOf(3), 2), true));
  ASSERT_TRUE(files::replaceFile(folder / "witnessed", "no note"));
  ASSERT_TRUE(attestations.keep(cosigned(noteOf(3), 2), true));
  EXPECT_EQ(attestations.witnessed()->value(), cosigned(noteOf(3), 2));
  EXPECT_EQ(attestations.keep("no note", true).error().kind, ErrorKind::badInput);
}

TEST_P(AttestationsTest, TheWitnessedNoteIsTheBestWhereItCoversWhatIsAskedFor) {
  ASSERT_TRUE(attestations.keep(cosigned(noteOf(3), 2), true));
  ASSERT_TRUE(attestations.keep(cosigned(noteOf(5), 3), false));
  EXPECT_EQ(bestNote(attestations, noteOf(5), 3).value(), cosigned(noteOf(3), 2));
  EXPECT_EQ(bestNote(attestations, noteOf(5), 4).value(), cosigned(noteOf(5), 3));
  EXPECT_EQ(bestNote(attestations, noteOf(6), 4).value(), noteOf(6));
}

TEST_P(AttestationsTest, StampsAreKeptBySize) {
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

TEST_P(AttestationsTest, AStampThatWasCutOffIsNone) {
  ASSERT_TRUE(attestations.keep(Stamp{noteOf(3), {3}}));
  for (auto const& entry : std::filesystem::directory_iterator(folder / "stamps")) {
    if (entry.path().extension() == ".tst") std::filesystem::remove(entry.path());
  }
  EXPECT_TRUE(attestations.stamps()->empty());
}

}  // namespace
}  // namespace fundtrail::ledger::attestation
