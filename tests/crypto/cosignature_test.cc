// SPDX-License-Identifier: Apache-2.0
#include "crypto/cosignature.h"

#include <array>
#include <limits>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "crypto/checkpoint.h"
#include "tests/crypto/vectors.h"

namespace fundtrail::crypto {
namespace {

using testing::text;

constexpr std::uint64_t kLastTime = std::numeric_limits<std::int64_t>::max();

PrivateKey ed25519Key(std::uint8_t seed) {
  std::array<std::uint8_t, 32> bytes;
  bytes.fill(seed);
  return PrivateKey::fromEd25519Seed(bytes);
}

Cosigner cosigner(std::string name, std::uint8_t seed) {
  return Cosigner::make(std::move(name), ed25519Key(seed)).value();
}

Cosigner sm2Cosigner(std::string name) {
  return Cosigner::make(std::move(name), PrivateKey::generate(KeyAlgorithm::sm2).value()).value();
}

std::string const kText = formatCheckpoint({"log.example", 7, {}});

SignedNote noteOf(std::vector<std::string> const& lines) {
  return parseNote(formatNote(kText, lines)).value();
}

using Cosignatures = std::vector<Cosignature>;

class EveryCosigner : public ::testing::TestWithParam<KeyAlgorithm> {
 protected:
  Cosigner const cosigner_ = GetParam() == KeyAlgorithm::sm2 ? sm2Cosigner("w.example") : cosigner("w.example", 1);
};
INSTANTIATE_TEST_SUITE_P(, EveryCosigner, ::testing::Values(KeyAlgorithm::ed25519, KeyAlgorithm::sm2),
                         [](auto const& test) { return std::string(name(test.param)); });

TEST_P(EveryCosigner, StatesWhatItSawAndWhen) {
  for (std::uint64_t const time : {std::uint64_t{1}, std::uint64_t{1'767'139'200}, kLastTime}) {
    auto const note = noteOf({cosigner_.signatureLine(kText, time)});
    EXPECT_EQ(cosigner_.verifier().verify(note.lines.front(), kText).value(), time);
    EXPECT_EQ(verifyCosignatures(note, {&cosigner_.verifier(), 1}).value(), (Cosignatures{{0, time}}));
  }
}

TEST_P(EveryCosigner, NoChangedByteOfALineOrTextVerifies) {
  SignedNote::Line const line = noteOf({cosigner_.signatureLine(kText, 5)}).lines.front();
  for (std::size_t i = 0; i < line.signature.size(); ++i) {
    SignedNote::Line changed = line;
    changed.signature[i] ^= 1;
    EXPECT_EQ(cosigner_.verifier().verify(changed, kText).error().kind, ErrorKind::denied) << i;
    changed.signature.resize(i);
    EXPECT_TRUE(cosigner_.verifier().verify(changed, kText).has_error()) << i;
  }
  for (std::size_t i = 0; i < kText.size(); ++i) {
    std::string changed = kText;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_TRUE(cosigner_.verifier().verify(line, changed).has_error()) << i;
  }
}

TEST_P(EveryCosigner, ALineThatNamesAnotherKeyIsDenied) {
  SignedNote::Line const line = noteOf({cosigner_.signatureLine(kText, 5)}).lines.front();
  SignedNote::Line named = line;
  named.name = "v.example";
  EXPECT_TRUE(cosigner_.verifier().verify(named, kText).has_error());
  SignedNote::Line numbered = line;
  numbered.keyId ^= 1;
  EXPECT_TRUE(cosigner_.verifier().verify(numbered, kText).has_error());
}

TEST_P(EveryCosigner, ItsVerifierSurvivesItsVkey) {
  auto const again = CosignatureVerifier::fromVkey(cosigner_.verifier().vkey()).value();
  EXPECT_EQ(again.vkey(), cosigner_.verifier().vkey());
  EXPECT_EQ(again.name(), "w.example");
  EXPECT_EQ(again.keyId(), cosigner_.verifier().keyId());
  EXPECT_EQ(again.key(), cosigner_.verifier().key());
}

TEST_P(EveryCosigner, ACosignatureIsNoSignatureOfTheNoteNorTheOtherWayRound) {
  auto const asNote = NoteVerifier::make("w.example", cosigner_.verifier().key()).value();
  EXPECT_NE(asNote.keyId(), cosigner_.verifier().keyId());
  EXPECT_EQ(NoteVerifier::fromVkey(cosigner_.verifier().vkey()).error().kind, ErrorKind::unsupported);
  EXPECT_EQ(CosignatureVerifier::fromVkey(asNote.vkey()).error().kind, ErrorKind::unsupported);
  auto const note = noteOf({cosigner_.signatureLine(kText, 5)});
  EXPECT_EQ(verifyNote(note, {&asNote, 1}).error().kind, ErrorKind::denied);
}

TEST(Cosignature, TheBlobIsKeyIdTimeAndSignatureOfTheStatedMessage) {
  Cosigner const witness = cosigner("w.example", 1);
  SignedNote::Line const line = noteOf({witness.signatureLine(kText, 0x0102030405060708)}).lines.front();
  EXPECT_EQ(toHex(BytesView(line.signature).first(8)), "0102030405060708");
  std::string const message = "cosignature/v1\ntime 72623859790382856\n" + kText;
  EXPECT_TRUE(witness.verifier().key().verify(asBytes(message), BytesView(line.signature).subspan(8)));
  Bytes const hashed = concatenate({asBytes("w.example\n\x04"), witness.verifier().key().raw()});
  EXPECT_EQ(toHex(BytesView(hash(HashAlgorithm::sha256, hashed).bytes).first(4)),
            witness.verifier().vkey().substr(std::string("w.example+").size(), 8));
}

TEST(Cosignature, IsTakenApartOnlyAtALengthThatItsAlgorithmHas) {
  for (std::size_t size = 0; size <= 90; ++size) {
    Bytes const bytes(size, 1);
    auto const ed25519 = parseTimestampedSignature(KeyAlgorithm::ed25519, bytes);
    EXPECT_EQ(ed25519.has_value(), size == 8 + 64) << size;
    EXPECT_TRUE(ed25519 || ed25519.error().kind == ErrorKind::badInput);
    EXPECT_EQ(parseTimestampedSignature(KeyAlgorithm::sm2, bytes).has_value(), size > 8) << size;
  }
}

TEST(Cosignature, EveryTimeSurvives) {
  Cosigner const witness = cosigner("w.example", 1);
  EXPECT_TRUE(rc::check([&] {
    auto const time = (*rc::gen::arbitrary<std::uint64_t>() >> *rc::gen::inRange(1, 63)) | 1U;
    auto const note = noteOf({witness.signatureLine(kText, time)});
    RC_ASSERT(verifyCosignatures(note, {&witness.verifier(), 1}).value() == (Cosignatures{{0, time}}));
  }));
}

TEST(Cosignatures, AreThoseOfKnownKeysInTheOrderOfTheNote) {
  Cosigner const first = cosigner("w1.example", 1);
  Cosigner const second = sm2Cosigner("w2.example");
  Cosigner const absent = cosigner("w3.example", 3);
  Cosigner const unknown = cosigner("w4.example", 4);
  auto const log = NoteSigner::make("log.example", ed25519Key(9)).value();
  auto const note = noteOf({log.signatureLine(kText), second.signatureLine(kText, 20), unknown.signatureLine(kText, 30),
                            first.signatureLine(kText, 10)});
  std::vector const known = {first.verifier(), absent.verifier(), second.verifier()};
  EXPECT_EQ(verifyCosignatures(note, known).value(), (Cosignatures{{2, 20}, {0, 10}}));
  EXPECT_EQ(verifyCosignatures(note, {}).value(), Cosignatures{});
}

TEST(Cosignatures, FurtherLinesOfTheSameKeyArePassedOver) {
  Cosigner const witness = cosigner("w.example", 1);
  auto const note = noteOf(
      {witness.signatureLine(kText, 10), witness.signatureLine(kText, 20), witness.signatureLine("other\n", 30)});
  EXPECT_EQ(verifyCosignatures(note, {&witness.verifier(), 1}).value(), (Cosignatures{{0, 10}}));
}

TEST(Cosignatures, AKnownKeyWhoseCosignatureFailsIsADenial) {
  Cosigner const good = cosigner("w1.example", 1);
  Cosigner const bad = cosigner("w2.example", 2);
  std::vector const known = {good.verifier(), bad.verifier()};
  auto const note = noteOf({good.signatureLine(kText, 10), bad.signatureLine("other\n", 10)});
  EXPECT_EQ(verifyCosignatures(note, known).error().kind, ErrorKind::denied);
  EXPECT_TRUE(verifyCosignatures(note, std::span(known).first(1)).has_value());
}

TEST(Cosignatures, TwoKnownKeysThatCannotBeToldApartAreAnErrorOnlyWhenUsed) {
  Cosigner const witness = cosigner("w1.example", 1);
  Cosigner const other = cosigner("w2.example", 2);
  std::vector const known = {witness.verifier(), witness.verifier(), other.verifier()};
  EXPECT_EQ(verifyCosignatures(noteOf({witness.signatureLine(kText, 1)}), known).error().kind, ErrorKind::conflict);
  EXPECT_EQ(verifyCosignatures(noteOf({other.signatureLine(kText, 1)}), known).value(), (Cosignatures{{2, 1}}));
}

TEST(CosignatureVerifier, NamesAndKeysAreRestricted) {
  PublicKey const key = cosigner("x", 1).verifier().key();
  for (std::string const& bad : {std::string(), std::string("a b"), std::string("a+b"), std::string(256, 'a')}) {
    EXPECT_EQ(CosignatureVerifier::make(bad, key).error().kind, ErrorKind::badInput) << bad;
  }
  EXPECT_TRUE(CosignatureVerifier::make(std::string(255, 'a'), key).has_value());
  auto p256 = PrivateKey::generate(KeyAlgorithm::p256).value();
  EXPECT_EQ(CosignatureVerifier::make("w.example", p256.publicKey()).error().kind, ErrorKind::unsupported);
  EXPECT_EQ(Cosigner::make("w.example", std::move(p256)).error().kind, ErrorKind::unsupported);
}

TEST(CosignatureVerifier, AVkeyOfAnotherTypeIsUnsupportedAndOneWithAnotherIdBad) {
  std::string const good = cosigner("w.example", 1).verifier().vkey();
  for (std::uint8_t const type : Bytes{0x00, 0x01, 0x02, 0x05, 0x06, 0xff}) {
    EXPECT_EQ(CosignatureVerifier::fromVkey("w.example+00000000+" + toBase64(Bytes(33, type))).error().kind,
              ErrorKind::unsupported);
  }
  EXPECT_EQ(CosignatureVerifier::fromVkey("v" + good.substr(1)).error().kind, ErrorKind::badInput);
  EXPECT_EQ(CosignatureVerifier::fromVkey(good + "AAAA").error().kind, ErrorKind::badInput);
}

TEST(CosignatureDeathTest, ATimeOutsideItsRangeIsABug) {
  Cosigner const witness = cosigner("w.example", 1);
  EXPECT_DEATH(witness.signatureLine(kText, 0), "time is 1");
  EXPECT_DEATH(witness.signatureLine(kText, kLastTime + 1), "time is 1");
  EXPECT_DEATH(witness.signatureLine("text", 1), "ends with a newline");
}

class CosignatureVectors : public ::testing::TestWithParam<std::filesystem::path> {};
INSTANTIATE_TEST_SUITE_P(, CosignatureVectors, ::testing::ValuesIn(testing::vectorPaths({"cosignatures.json"}, {})),
                         testing::FileName());

TEST_P(CosignatureVectors, AreJudgedRightly) {
  auto const vectors = testing::readJson(GetParam());
  for (auto const& vector : vectors.as_array()) {
    auto const verifier = CosignatureVerifier::fromVkey(text(vector.at("vkey"))).value();
    EXPECT_EQ(verifier.vkey(), text(vector.at("vkey")));
    auto const note = parseNote(text(vector.at("note"))).value();
    auto const time = verifier.verify(note.lines.front(), note.text);
    ASSERT_EQ(time.has_value(), vector.at("verifies").as_bool()) << vector.at("name");
    if (time) {
      EXPECT_EQ(*time, vector.at("time").to_number<std::uint64_t>());
    }
  }
}

TEST(PublishedCosignatures, OfTheStandardIsTakenApartAndItsMessageIsOurs) {
  for (auto const& path : testing::vectorPaths({}, {"c2sp-spec-examples/examples.json"})) {
    auto const example = testing::readJson(path).at("cosigned_checkpoint");
    auto const note = parseNote(text(example.at("checkpoint"))).value();
    auto const time = parseTimestampedSignature(KeyAlgorithm::ed25519, note.lines.at(1).signature)->time;
    EXPECT_EQ(time, example.at("cosig_timestamp").to_number<std::uint64_t>());
    Cosigner const witness = cosigner("w.example", 1);
    auto const ours = parseNoteLines(witness.signatureLine(note.text, time)).value();
    EXPECT_TRUE(witness.verifier().key().verify(asBytes(text(example.at("cosigned_message"))),
                                                BytesView(ours.front().signature).subspan(8)));
  }
}

TEST(PublishedCosignatures, TimesAreReadAsOtherToolsReadThem) {
  for (auto const& path : testing::vectorPaths({}, {"transparency-dev-formats/notes.json"})) {
    auto const vectors = testing::readJson(path);
    for (auto const& vector : vectors.at("cosigv1_timestamp").as_array()) {
      auto const lines = parseNoteLines("\u2014 w.example " + text(vector.at("sig_b64")) + "\n");
      auto const parsed = lines ? parseTimestampedSignature(KeyAlgorithm::ed25519, lines->front().signature)
                                : Result<TimestampedSignature>(lines.error());
      bool const right = vector.as_object().contains("unix");
      ASSERT_EQ(parsed.has_value(), right) << vector;
      if (right) {
        EXPECT_EQ(parsed->time, vector.at("unix").to_number<std::uint64_t>());
      } else {
        EXPECT_EQ(parsed.error().kind, ErrorKind::badInput);
      }
    }
  }
}

TEST(PublishedCosignatures, VkeysOfCosignersAreTaken) {
  std::size_t taken = 0;
  for (auto const& path : testing::vectorPaths({"vkeys.json"}, {"transparency-dev-formats/notes.json"})) {
    auto const vectors = testing::readJson(path);
    for (auto const& vector : vectors.at("vkeys_valid").as_array()) {
      auto const verifier = CosignatureVerifier::fromVkey(text(vector.at("vkey")));
      bool const ours = vector.at("type").as_int64() == 4;
      ASSERT_EQ(verifier.has_value(), ours) << vector;
      EXPECT_EQ(ours ? verifier->vkey() : "", ours ? text(vector.at("vkey")) : "");
      taken += ours ? 1 : 0;
    }
  }
  EXPECT_GE(taken, 1U);
}

}  // namespace
}  // namespace fundtrail::crypto
