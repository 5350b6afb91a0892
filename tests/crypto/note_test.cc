// SPDX-License-Identifier: Apache-2.0
#include "crypto/note.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <iterator>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "tests/crypto/vectors.h"

namespace fundtrail::crypto {
namespace {

using testing::text;

NoteSigner signer(std::string name, std::uint8_t seed) {
  std::array<std::uint8_t, 32> bytes;
  bytes.fill(seed);
  return NoteSigner::make(std::move(name), PrivateKey::fromEd25519Seed(bytes)).value();
}

NoteSigner sm2Signer(std::string name) {
  return NoteSigner::make(std::move(name), PrivateKey::generate(KeyAlgorithm::sm2).value()).value();
}

std::string note(std::string const& text, std::vector<std::string> const& lines) {
  return formatNote(text, lines);
}

using Indexes = std::vector<std::size_t>;

TEST(Note, IsVerifiedByEachKeyThatSignedIt) {
  NoteSigner const log = signer("log.example", 1);
  NoteSigner const gm = sm2Signer("log.example");
  NoteSigner const absent = signer("other.example", 3);
  std::string const message = "three\nlines\n\nand an empty one\n";
  auto const parsed = parseNote(note(message, {gm.signatureLine(message), log.signatureLine(message)})).value();
  EXPECT_EQ(parsed.text, message);
  ASSERT_EQ(parsed.lines.size(), 2U);
  EXPECT_EQ(parsed.lines[1].name, "log.example");
  EXPECT_EQ(parsed.lines[1].keyId, log.verifier().keyId());
  EXPECT_EQ(parsed.lines[1].signature.size(), 64U);
  std::vector<NoteVerifier> const known = {absent.verifier(), log.verifier(), gm.verifier()};
  EXPECT_EQ(verifyNote(parsed, known).value(), (Indexes{2, 1}));
  EXPECT_EQ(verifyNote(parsed, std::span(known).first(2)).value(), Indexes{1});
}

TEST(Note, NoKnownKeyIsADenial) {
  NoteSigner const log = signer("log.example", 1);
  auto const parsed = parseNote(note("text\n", {log.signatureLine("text\n")})).value();
  EXPECT_EQ(verifyNote(parsed, {}).error().kind, ErrorKind::denied);
  // The name alone, and the key alone under another name, are unknown keys.
  std::vector<NoteVerifier> const strangers = {signer("log.example", 2).verifier(),
                                               signer("log2.example", 1).verifier()};
  EXPECT_EQ(verifyNote(parsed, strangers).error().kind, ErrorKind::denied);
}

TEST(Note, AKnownKeyWhoseSignatureFailsRejectsTheWholeNote) {
  NoteSigner const good = signer("good.example", 1);
  NoteSigner const bad = signer("bad.example", 2);
  std::vector<NoteVerifier> const known = {good.verifier(), bad.verifier()};
  for (auto const& lines : {std::vector{good.signatureLine("text\n"), bad.signatureLine("other\n")},
                            std::vector{bad.signatureLine("other\n"), good.signatureLine("text\n")}}) {
    auto const parsed = parseNote(note("text\n", lines)).value();
    EXPECT_EQ(verifyNote(parsed, known).error().kind, ErrorKind::denied);
    EXPECT_TRUE(verifyNote(parsed, std::span(known).first(1)).has_value());
  }
}

TEST(Note, FurtherLinesOfTheSameKeyArePassedOver) {
  NoteSigner const log = signer("log.example", 1);
  auto const parsed = parseNote(note("text\n", {log.signatureLine("text\n"), log.signatureLine("other\n"),
                                                log.signatureLine("text\n")}))
                          .value();
  EXPECT_EQ(verifyNote(parsed, {&log.verifier(), 1}).value(), Indexes{0});
}

TEST(Note, TwoKnownKeysThatCannotBeToldApartAreAnErrorOnlyWhenUsed) {
  NoteSigner const log = signer("log.example", 1);
  NoteSigner const other = signer("other.example", 2);
  std::vector<NoteVerifier> const known = {log.verifier(), log.verifier(), other.verifier()};
  auto const used = parseNote(note("text\n", {log.signatureLine("text\n")})).value();
  EXPECT_EQ(verifyNote(used, known).error().kind, ErrorKind::conflict);
  auto const unused = parseNote(note("text\n", {other.signatureLine("text\n")})).value();
  EXPECT_EQ(verifyNote(unused, known).value(), Indexes{2});
}

TEST(Note, SurvivesAnyText) {
  NoteSigner const log = signer("log.example", 1);
  EXPECT_TRUE(rc::check([&] {
    std::string const message = *rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab \n\n+=/"))) + "\n";
    auto const parsed = parseNote(note(message, {log.signatureLine(message)}));
    RC_ASSERT(parsed.has_value());
    RC_ASSERT(parsed->text == message);
    RC_ASSERT(verifyNote(*parsed, {&log.verifier(), 1}).has_value());
  }));
}

void expectNoChangedByteVerifies(NoteSigner const& log) {
  std::string const whole = note("text\n", {log.signatureLine("text\n")});
  ASSERT_TRUE(verifyNote(parseNote(whole).value(), {&log.verifier(), 1}));
  for (std::size_t i = 0; i < whole.size(); ++i) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      std::string changed = whole;
      changed[i] = static_cast<char>(changed[i] ^ (1 << bit));
      auto const parsed = parseNote(changed);
      EXPECT_FALSE(parsed && verifyNote(*parsed, {&log.verifier(), 1})) << i << " " << bit;
    }
    auto const parsed = parseNote(whole.substr(0, i));
    EXPECT_FALSE(parsed && verifyNote(*parsed, {&log.verifier(), 1})) << i;
  }
}

TEST(Note, NoChangedByteOfItVerifies) {
  expectNoChangedByteVerifies(signer("log.example", 1));
  expectNoChangedByteVerifies(sm2Signer("log.example"));
}

TEST(Note, EveryMalformedOneIsRefused) {
  std::string const blob = toBase64(Bytes(68, 7));
  std::string const dash = "\u2014 ";
  std::string const line = dash + "log.example " + blob + "\n";
  ASSERT_TRUE(parseNote("text\n\n" + line).has_value());
  std::vector<std::string> const malformed = {std::string(),
                                              std::string("text\n"),
                                              std::string("text\n\n"),
                                              "text\n" + line,
                                              "\n" + line,
                                              line,
                                              "text\n\n" + line.substr(0, line.size() - 1),
                                              "text\n\n" + line + "\n",
                                              "text\n\n" + line + "more\n",
                                              "text\n\n- log.example " + blob + "\n",
                                              "text\n\n\u2013 log.example " + blob + "\n",
                                              "text\n\n\u2014log.example " + blob + "\n",
                                              "text\n\n\u2014\u00a0log.example " + blob + "\n",
                                              "text\n\n" + dash + " " + blob + "\n",
                                              "text\n\n" + dash + blob + "\n",
                                              "text\n\n" + dash + "log.example\n",
                                              "text\n\n" + dash + "log.example \n",
                                              "text\n\n" + dash + "log+example " + blob + "\n",
                                              "text\n\n" + dash + "log\u00a0example " + blob + "\n",
                                              "text\n\n" + dash + "log\u2028example " + blob + "\n",
                                              "text\n\n" + dash + "log\u3000example " + blob + "\n",
                                              "text\n\n" + dash + "log.example  " + blob + "\n",
                                              "text\n\n" + dash + "log.example " + blob + " \n",
                                              "text\n\n" + dash + "log.example " + blob + "=\n",
                                              "text\n\n" + dash + "log.example " + toBase64(Bytes(4)) + "\n",
                                              "text\n\n" + dash + "log.example AAAA\n",
                                              "text\r\n\n" + line,
                                              "te\txt\n\n" + line,
                                              std::string("te\0xt\n\n", 7) + line,
                                              "te\x1bxt\n\n" + line,
                                              "text\n\n" + dash + "log.example " + blob + "\r\n"};
  for (std::string const& bad : malformed) {
    auto const parsed = parseNote(bad);
    ASSERT_TRUE(parsed.has_error()) << bad;
    EXPECT_EQ(parsed.error().kind, ErrorKind::badInput);
  }
}

TEST(Note, OnlyUtf8IsTaken) {
  std::string const rest = "\n\n\u2014 log.example " + toBase64(Bytes(68)) + "\n";
  for (std::string const& good :
       std::vector<std::string>{"\x7f", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80",
                                "\xef\xbf\xbf", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"}) {
    EXPECT_TRUE(parseNote(good + rest).has_value()) << toHex(asBytes(good));
  }
  for (std::string const& bad : std::vector<std::string>{
           "\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xc2", "\xc2 ", "\xe0\x80\x80", "\xe0\x9f\xbf", "\xe2\x80",
           "\xed\xa0\x80", "\xed\xbf\xbf", "\xf0\x80\x80\x80", "\xf0\x8f\xbf\xbf", "\xf0\x90\x80", "\xf4\x90\x80\x80",
           "\xf5\x80\x80\x80", "\xf8\x88\x80\x80\x80", "\xfe", "\xff"}) {
    EXPECT_TRUE(parseNote(bad + rest).has_error()) << toHex(asBytes(bad));
  }
}

TEST(Note, LinesByThemselvesAreTakenAsInANote) {
  std::string const line = signer("log.example", 1).signatureLine("text\n");
  auto const lines = parseNoteLines(line + line).value();
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(formatNoteLine(lines.front()), line);
  for (std::string const& bad : {std::string(), std::string("\n"), line.substr(0, line.size() - 1), line + "\n",
                                 "\n" + line, "text\n\n" + line}) {
    ASSERT_TRUE(parseNoteLines(bad).has_error()) << bad;
    EXPECT_EQ(parseNoteLines(bad).error().kind, ErrorKind::badInput);
  }
}

TEST(Note, HoldsAHundredSignaturesAndNoMore) {
  std::string const line = "\u2014 log.example " + toBase64(Bytes(68)) + "\n";
  EXPECT_EQ(parseNote(note("text\n", std::vector(100, line)))->lines.size(), 100U);
  EXPECT_TRUE(parseNote(note("text\n", std::vector(101, line))).has_error());
}

TEST(Note, OfMoreThanAMegabyteIsRefused) {
  std::string const line = "\u2014 log.example " + toBase64(Bytes(68)) + "\n";
  std::string const fits(kMaxNoteSize - line.size() - 2, 'a');
  EXPECT_TRUE(parseNote(fits + "\n\n" + line).has_value());
  EXPECT_TRUE(parseNote(fits + "a\n\n" + line).has_error());
}

TEST(NoteDeathTest, TextWithoutItsNewlineIsABug) {
  EXPECT_DEATH(signer("log.example", 1).signatureLine("text"), "ends with a newline");
  EXPECT_DEATH(formatNote("text", std::vector<std::string>{"line\n"}), "ends with a newline");
  EXPECT_DEATH(formatNote("text\n", {}), "has a signature");
}

TEST(NoteVerifier, SurvivesItsVkey) {
  NoteSigner const ed25519 = signer("log.example/汉字", 1);
  NoteSigner const sm2 = sm2Signer("log.example");
  for (auto const* const verifier : {&ed25519.verifier(), &sm2.verifier()}) {
    auto const again = NoteVerifier::fromVkey(verifier->vkey()).value();
    EXPECT_EQ(again.vkey(), verifier->vkey());
    EXPECT_EQ(again.name(), verifier->name());
    EXPECT_EQ(again.keyId(), verifier->keyId());
    EXPECT_EQ(again.key(), verifier->key());
  }
}

TEST(NoteVerifier, NamesAreRestricted) {
  PublicKey const key = signer("x", 1).verifier().key();
  for (std::string const& bad :
       std::vector<std::string>{std::string(), "a b", "a+b", "a\nb", "a\u0085", std::string("\u2003"), "a\xff",
                                std::string("a\0", 2), std::string(256, 'a')}) {
    auto const verifier = NoteVerifier::make(bad, key);
    ASSERT_TRUE(verifier.has_error()) << bad;
    EXPECT_EQ(verifier.error().kind, ErrorKind::badInput);
  }
  EXPECT_TRUE(NoteVerifier::make(std::string(255, 'a'), key).has_value());
}

TEST(NoteVerifier, P256KeysAreUnsupported) {
  auto key = PrivateKey::generate(KeyAlgorithm::p256).value();
  EXPECT_EQ(NoteVerifier::make("log.example", key.publicKey()).error().kind, ErrorKind::unsupported);
  EXPECT_EQ(NoteSigner::make("log.example", std::move(key)).error().kind, ErrorKind::unsupported);
}

TEST(NoteVerifier, EveryMalformedVkeyIsRefused) {
  std::string const good = signer("log.example", 1).verifier().vkey();
  std::size_t const id = good.find('+') + 1;
  std::string const key = good.substr(id + 9);
  auto const withId = [&](std::string const& digits) { return "log.example+" + digits + "+" + key; };
  std::string const digits = good.substr(id, 8);
  ASSERT_EQ(withId(digits), good);
  Bytes const lowOrder = [] {
    Bytes material(33, 0);
    material.front() = 1;
    return material;
  }();
  std::vector<std::string> const malformed = {std::string(),
                                              "log.example",
                                              "log.example+",
                                              "log.example+" + digits,
                                              "log.example+" + digits + "+",
                                              "log.example+" + digits + "+!" + key,
                                              withId("00000000"),
                                              withId(digits.substr(1)),
                                              withId("0" + digits),
                                              withId(""),
                                              withId("zzzzzzzz"),
                                              " " + good,
                                              good + " ",
                                              good + "\n",
                                              "other.example" + good.substr(id - 1),
                                              good.substr(id - 1),
                                              "log.example+" + digits + "+" + toBase64(lowOrder),
                                              "log.example+" + digits + "+" + toBase64(Bytes{1, 2, 3})};
  for (std::string const& bad : malformed) {
    EXPECT_EQ(NoteVerifier::fromVkey(bad).error().kind, ErrorKind::badInput) << bad;
  }
  std::string upper = good;
  std::ranges::transform(digits, upper.begin() + static_cast<std::ptrdiff_t>(id),
                         [](char c) { return static_cast<char>(std::toupper(static_cast<unsigned char>(c))); });
  EXPECT_TRUE(upper == good || NoteVerifier::fromVkey(upper).has_error());
  for (std::uint8_t const type : Bytes{0x00, 0x02, 0x03, 0x04, 0x05, 0x06, 0xfa, 0xff}) {
    Bytes material(33, type);
    EXPECT_EQ(NoteVerifier::fromVkey("log.example+" + digits + "+" + toBase64(material)).error().kind,
              ErrorKind::unsupported);
  }
}

struct NoteCase {
  std::string name;
  std::string vkey;
  std::string note;
  bool verifies;

  friend void PrintTo(NoteCase const& example, std::ostream* out) { *out << example.name; }
};

std::vector<NoteCase> noteCases() {
  std::vector<NoteCase> cases;
  for (auto const& path :
       testing::vectorPaths({"notes.json"}, {"c2sp-spec-examples/examples.json", "sm2-sm3/proposed-sm2-note.json"})) {
    auto const file = testing::readJson(path);
    auto const add = [&](boost::json::value const& value) {
      auto const& example = value.as_object();
      cases.push_back({path.filename().string() + " " + std::to_string(cases.size()), text(example.at("vkey")),
                       text(example.at("note")), !example.contains("verifies") || example.at("verifies").as_bool()});
    };
    if (file.as_object().contains("notes")) {
      std::ranges::for_each(file.at("notes").as_array(), add);
    } else {
      add(file.as_object().contains("signed_note") ? file.at("signed_note") : file);
    }
  }
  return cases;
}

class NoteVectors : public ::testing::TestWithParam<NoteCase> {};
INSTANTIATE_TEST_SUITE_P(, NoteVectors, ::testing::ValuesIn(noteCases()));

TEST_P(NoteVectors, AreJudgedRightlyAndRewrittenUnchanged) {
  auto const verifier = NoteVerifier::fromVkey(GetParam().vkey).value();
  EXPECT_EQ(verifier.vkey(), GetParam().vkey);
  auto const parsed = parseNote(GetParam().note).value();
  EXPECT_EQ(verifyNote(parsed, {&verifier, 1}).has_value(), GetParam().verifies);
  EXPECT_TRUE(GetParam().note.starts_with(parsed.text + "\n\u2014 "));
}

class VkeyVectors : public ::testing::TestWithParam<std::filesystem::path> {};
INSTANTIATE_TEST_SUITE_P(, VkeyVectors,
                         ::testing::ValuesIn(testing::vectorPaths({"vkeys.json"},
                                                                  {"transparency-dev-formats/notes.json"})),
                         testing::FileName());

TEST_P(VkeyVectors, AreJudgedRightly) {
  auto const file = testing::readJson(GetParam());
  for (auto const& vector : file.at("vkeys_valid").as_array()) {
    std::string const vkey = text(vector.at("vkey"));
    auto const verifier = NoteVerifier::fromVkey(vkey);
    bool const ours = vector.at("type").as_int64() == 1;
    ASSERT_EQ(verifier.has_value(), ours) << vkey;
    EXPECT_EQ(ours ? verifier->vkey() : vkey, vkey);
    EXPECT_TRUE(ours || verifier.error().kind == ErrorKind::unsupported) << vkey;
  }
  for (auto const& vkey : file.at("vkeys_invalid").as_array()) {
    EXPECT_TRUE(NoteVerifier::fromVkey(text(vkey)).has_error()) << vkey;
  }
  // PRIVATE+KEY+<name>+<key id>+<base64 of 01 || seed>, the form that Go's tools write.
  for (auto const& vector : file.at("skeys").as_array()) {
    std::string const skey = text(vector.at("skey"));
    std::string const vkey = text(vector.at("vkey"));
    std::string const prefix = "PRIVATE+KEY+" + vkey.substr(0, vkey.find('+', vkey.find('+') + 1)) + "+";
    ASSERT_TRUE(skey.starts_with(prefix));
    Bytes const material = fromBase64(skey.substr(prefix.size())).value();
    auto const seed = Digest::from(BytesView(material).subspan(1)).value().bytes;
    auto const noteSigner = NoteSigner::make(vkey.substr(0, vkey.find('+')), PrivateKey::fromEd25519Seed(seed)).value();
    EXPECT_EQ(noteSigner.verifier().vkey(), vkey);
  }
}

TEST(Note, TheStandardsExamplesAreTakenApartAndPutTogetherUnchanged) {
  for (auto const& path : testing::vectorPaths({}, {"c2sp-spec-examples/examples.json"})) {
    auto const examples = testing::readJson(path);
    std::string const blank = text(examples.at("note_with_blank_line_in_text").at("note"));
    std::string const request = text(examples.at("witness_request"));
    std::string const asked = request.substr(request.find("\n\n") + 2);
    std::string const answered = asked + text(examples.at("witness_response"));
    std::string const cosigned = text(examples.at("cosigned_checkpoint").at("checkpoint"));
    for (auto const& [whole, lines] : {std::pair(blank, 1U), {asked, 2U}, {answered, 5U}, {cosigned, 2U}}) {
      auto const parsed = parseNote(whole).value();
      EXPECT_EQ(parsed.lines.size(), lines);
      std::vector<std::string> again;
      std::ranges::transform(parsed.lines, std::back_inserter(again), formatNoteLine);
      EXPECT_EQ(formatNote(parsed.text, again), whole);
    }
    EXPECT_NE(parseNote(blank)->text.find("\n\n"), std::string::npos);
    EXPECT_EQ(parseNoteLines(text(examples.at("witness_response")))->size(), 3U);
  }
}

TEST(Note, LinesOfTypesThatAreNotOursAreUnknownKeys) {
  NoteSigner const log = signer("log.example", 1);
  for (auto const& path : testing::vectorPaths({}, {"transparency-dev-formats/notes.json"})) {
    auto const vectors = testing::readJson(path);
    for (auto const& vector : vectors.at("ecdsa_notes").as_array()) {
      EXPECT_EQ(NoteVerifier::fromVkey(text(vector.at("vkey"))).error().kind, ErrorKind::unsupported);
      std::string const whole = text(vector.at("note"));
      auto const parsed = parseNote(whole).value();
      EXPECT_EQ(verifyNote(parsed, {&log.verifier(), 1}).error().kind, ErrorKind::denied);
      auto const both = parseNote(whole + log.signatureLine(parsed.text)).value();
      EXPECT_TRUE(verifyNote(both, {&log.verifier(), 1}).has_value());
    }
  }
}

}  // namespace
}  // namespace fundtrail::crypto
