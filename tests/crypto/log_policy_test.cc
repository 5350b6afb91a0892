// SPDX-License-Identifier: Apache-2.0
#include "crypto/log_policy.h"

#include <algorithm>
#include <array>
#include <deque>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "tests/crypto/vectors.h"

namespace fundtrail::crypto {
namespace {

using testing::text;

PrivateKey ed25519Key(std::uint8_t seed) {
  std::array<std::uint8_t, 32> bytes;
  bytes.fill(seed);
  return PrivateKey::fromEd25519Seed(bytes);
}

std::string numbered(std::string prefix, std::size_t number) {
  return prefix.append(std::to_string(number));
}

/// A log with an Ed25519 and an SM2 key, and as many witnesses as are asked for: w0 with an SM2 key, the others
/// Ed25519.
class Cast {
 public:
  explicit Cast(std::size_t witnesses) {
    for (std::size_t i = 0; i < witnesses; ++i) {
      auto key =
          i == 0 ? PrivateKey::generate(KeyAlgorithm::sm2).value() : ed25519Key(static_cast<std::uint8_t>(100 + i));
      witnesses_.push_back(Cosigner::make(numbered("w", i) + ".example", std::move(key)).value());
    }
  }

  std::string logLines() const {
    return "log " + log.verifier().vkey() + " https://log.example/\nlog " + gm.verifier().vkey() + "\n";
  }

  std::string witnessLines() const {
    std::string lines;
    for (std::size_t i = 0; i < witnesses_.size(); ++i) {
      lines += "witness w" + std::to_string(i) + " " + vkey(i) + "\n";
    }
    return lines;
  }

  std::string vkey(std::size_t witness) const { return witnesses_[witness].verifier().vkey(); }

  LogPolicy policy(std::string const& rest) const {
    return LogPolicy::parse(logLines() + witnessLines() + rest).value();
  }

  std::string cosignature(std::size_t witness) const { return witnesses_[witness].signatureLine(text, 1000 + witness); }

  /// The checkpoint, signed by the log and by these witnesses, at 1000 seconds and the witness's number.
  SignedNote checkpoint(std::vector<std::size_t> const& witnesses) const {
    std::vector<std::string> lines = {log.signatureLine(text)};
    for (std::size_t const witness : witnesses) {
      lines.push_back(cosignature(witness));
    }
    return note(lines);
  }

  SignedNote note(std::vector<std::string> const& lines) const { return parseNote(formatNote(text, lines)).value(); }

  std::string const text = formatCheckpoint({"log.example", 7, {}});
  NoteSigner const log = NoteSigner::make("log.example", ed25519Key(1)).value();
  NoteSigner const gm = NoteSigner::make("log.example", PrivateKey::generate(KeyAlgorithm::sm2).value()).value();

 private:
  std::deque<Cosigner> witnesses_;
};

Tally quorumOf(LogPolicy const& policy, SignedNote const& note) {
  return policy.evaluate(note).value().quorum;
}

using Signers = std::vector<std::size_t>;

TEST(LogPolicy, SaysWhoSignedWhoCosignedWhenAndHowManyAreMissing) {
  Cast const cast(4);
  auto const policy = cast.policy("group cities 3 w0 w1 w2 w3\nquorum cities\n");
  auto const two = policy.evaluate(cast.checkpoint({3, 0})).value();
  EXPECT_EQ(two.checkpoint, (Checkpoint{"log.example", 7, {}}));
  EXPECT_EQ(two.logKeys, Signers{0});
  EXPECT_EQ(two.cosignatures, (std::vector<Cosignature>{{3, 1003}, {0, 1000}}));
  EXPECT_EQ(two.quorum, (Tally{2, 3}));
  EXPECT_FALSE(two.quorum.met());
  auto const three = policy.evaluate(cast.checkpoint({3, 0, 2})).value();
  EXPECT_EQ(three.quorum, (Tally{3, 3}));
  EXPECT_TRUE(three.quorum.met());
  EXPECT_EQ(quorumOf(policy, cast.checkpoint({0, 1, 2, 3})), (Tally{4, 3}));
}

TEST(LogPolicy, TenOfFourteenCitiesAreNeededAndAnyTenSuffice) {
  Cast const cast(14);
  std::string members;
  for (std::size_t i = 0; i < 14; ++i) {
    members += numbered(" w", i);
  }
  auto const policy = cast.policy("group cities 10" + members + "\nquorum cities\n");
  EXPECT_TRUE(rc::check([&] {
    auto const witnesses = *rc::gen::unique<Signers>(rc::gen::inRange<std::size_t>(0, 14));
    auto const quorum = quorumOf(policy, cast.checkpoint(witnesses));
    RC_ASSERT(quorum == (Tally{witnesses.size(), 10}));
    RC_ASSERT(quorum.met() == (witnesses.size() >= 10));
  }));
}

TEST(LogPolicy, KeepsWhatTheFileSays) {
  Cast const cast(2);
  auto const policy = LogPolicy::parse("# a comment\n\n\t  \n" + cast.logLines() + "\twitness \t\xff\xfe " +
                                       cast.vkey(0) + "  https://w0.example/submit \nwitness w1 " + cast.vkey(1) +
                                       "\ngroup g any \xff\xfe\ngroup h all g w1\nquorum h\n# the end\n")
                          .value();
  ASSERT_EQ(policy.logs().size(), 2U);
  EXPECT_EQ(policy.logs()[0].key.vkey(), cast.log.verifier().vkey());
  EXPECT_EQ(policy.logs()[0].url, "https://log.example/");
  EXPECT_EQ(policy.logs()[1].key.vkey(), cast.gm.verifier().vkey());
  EXPECT_EQ(policy.logs()[1].url, std::nullopt);
  ASSERT_EQ(policy.witnesses().size(), 2U);
  EXPECT_EQ(policy.witnesses()[0].name, "\xff\xfe");
  EXPECT_EQ(policy.witnesses()[0].key.vkey(), cast.vkey(0));
  EXPECT_EQ(policy.witnesses()[0].url, "https://w0.example/submit");
  EXPECT_EQ(policy.witnesses()[1].url, std::nullopt);
  ASSERT_EQ(policy.groups().size(), 2U);
  EXPECT_EQ(policy.groups()[1].name, "h");
  EXPECT_EQ(policy.groups()[1].threshold, 2U);
  ASSERT_EQ(policy.groups()[1].members.size(), 2U);
  EXPECT_EQ(policy.groups()[1].members[0].kind, LogPolicy::Member::Kind::group);
  EXPECT_EQ(policy.groups()[1].members[1].kind, LogPolicy::Member::Kind::witness);
  EXPECT_EQ(policy.groups()[1].members[1].index, 1U);
  ASSERT_TRUE(policy.quorum().has_value());
  EXPECT_EQ(policy.quorum()->index, 1U);
}

TEST(LogPolicy, GroupsOfGroupsCountGroupsThatHaveWitnessed) {
  Cast const cast(6);
  auto const policy =
      cast.policy("group cities 2 w0 w1 w2\ngroup audit any w3 w4\ngroup both all cities audit\nquorum both\n");
  auto const oneEach = policy.evaluate(cast.checkpoint({0, 4, 5})).value();
  EXPECT_EQ(oneEach.groups, (std::vector<Tally>{{1, 2}, {1, 1}, {1, 2}}));
  EXPECT_EQ(oneEach.quorum, (Tally{1, 2}));
  EXPECT_TRUE(quorumOf(policy, cast.checkpoint({0, 2, 3})).met());
  EXPECT_EQ(quorumOf(policy, cast.checkpoint({0, 1, 2})), (Tally{1, 2}));
  EXPECT_EQ(quorumOf(policy, cast.checkpoint({})), (Tally{0, 2}));
}

TEST(LogPolicy, TheQuorumMayBeOneWitnessOrNone) {
  Cast const cast(2);
  auto const one = cast.policy("quorum w1\n");
  EXPECT_EQ(quorumOf(one, cast.checkpoint({0})), (Tally{0, 1}));
  EXPECT_EQ(quorumOf(one, cast.checkpoint({1})), (Tally{1, 1}));
  auto const none = cast.policy("quorum none\n");
  EXPECT_EQ(none.quorum().has_value(), false);
  EXPECT_EQ(quorumOf(none, cast.checkpoint({})), (Tally{0, 0}));
  EXPECT_TRUE(quorumOf(none, cast.checkpoint({})).met());
}

TEST(LogPolicy, WithoutASignatureOfItsLogNothingIsTrusted) {
  Cast const cast(2);
  auto const policy = cast.policy("quorum none\n");
  auto const denied = [&](LogPolicy const& by, SignedNote const& note) {
    EXPECT_EQ(by.evaluate(note).error().kind, ErrorKind::denied);
  };
  denied(policy, cast.note({cast.cosignature(0), cast.cosignature(1)}));
  denied(LogPolicy::parse("quorum none\n").value(), cast.checkpoint({0, 1}));
  auto const stranger = NoteSigner::make("log.example", ed25519Key(77)).value();
  denied(policy, cast.note({stranger.signatureLine(cast.text)}));
}

TEST(LogPolicy, AnyOfTheKeysOfALogSuffices) {
  Cast const cast(1);
  auto const policy = cast.policy("quorum none\n");
  EXPECT_EQ(policy.evaluate(cast.note({cast.gm.signatureLine(cast.text)}))->logKeys, Signers{1});
  EXPECT_EQ(policy.evaluate(cast.note({cast.gm.signatureLine(cast.text), cast.log.signatureLine(cast.text)}))->logKeys,
            (Signers{1, 0}));
}

TEST(LogPolicy, AKeyCountsOnlyForTheLogThatItIsNamedAfter) {
  Cast const cast(1);
  auto const other = NoteSigner::make("other.example", ed25519Key(50)).value();
  auto const policy =
      LogPolicy::parse("log " + other.verifier().vkey() + "\n" + cast.logLines() + "quorum none\n").value();
  EXPECT_EQ(policy.evaluate(cast.note({other.signatureLine(cast.text)})).error().kind, ErrorKind::denied);
  auto const both = policy.evaluate(cast.note({other.signatureLine(cast.text), cast.log.signatureLine(cast.text)}));
  EXPECT_EQ(both->logKeys, Signers{1});
}

TEST(LogPolicy, ASignatureOfAKnownKeyThatFailsIsADenial) {
  Cast const cast(2);
  auto const policy = cast.policy("quorum none\n");
  std::string const good = cast.log.signatureLine(cast.text);
  auto const stale = Cosigner::make("w1.example", ed25519Key(101))->signatureLine("another text\n", 5);
  EXPECT_EQ(policy.evaluate(cast.note({good, cast.gm.signatureLine("other\n")})).error().kind, ErrorKind::denied);
  EXPECT_EQ(policy.evaluate(cast.note({good, stale})).error().kind, ErrorKind::denied);
}

TEST(LogPolicy, WhatIsNoCheckpointIsBadInputAndExtensionLinesArePassedOver) {
  Cast const cast(1);
  auto const policy = cast.policy("quorum none\n");
  auto const signedText = [&](std::string const& message) {
    return parseNote(formatNote(message, std::vector{cast.log.signatureLine(message)})).value();
  };
  EXPECT_EQ(policy.evaluate(signedText("log.example\n")).error().kind, ErrorKind::badInput);
  EXPECT_EQ(policy.evaluate(signedText(cast.text + "more\n"))->checkpoint.size, 7U);
}

TEST(LogPolicy, TheSameWitnessCountsOnce) {
  Cast const cast(2);
  auto const policy = cast.policy("group g 2 w0 w1\nquorum g\n");
  EXPECT_EQ(quorumOf(policy, cast.checkpoint({1, 1, 1})), (Tally{1, 2}));
}

// Other tools write a witness's key as one for notes: the same key, name and meaning.
TEST(LogPolicy, AWitnessMayBeGivenByItsKeyForNotes) {
  Cast const cast(2);
  for (std::size_t i = 0; i < 2; ++i) {
    auto const cosigning = CosignatureVerifier::fromVkey(cast.vkey(i)).value();
    std::string const plain = NoteVerifier::make(cosigning.name(), cosigning.key())->vkey();
    auto const policy = LogPolicy::parse(cast.logLines() + "witness w " + plain + "\nquorum w\n").value();
    EXPECT_EQ(policy.witnesses()[0].key.vkey(), cast.vkey(i));
    EXPECT_TRUE(quorumOf(policy, cast.checkpoint({i})).met());
    auto const twice = LogPolicy::parse("witness w " + plain + "\nwitness v " + cast.vkey(i) + "\nquorum w\n");
    EXPECT_EQ(twice.error().kind, ErrorKind::badInput);
  }
}

TEST(LogPolicy, HoldsManyLogsWitnessesAndGroups) {
  std::string file;
  for (std::uint8_t i = 0; i < 40; ++i) {
    file += "log " + NoteVerifier::make(numbered("log", i), ed25519Key(i).publicKey())->vkey() + "\n";
    file += "witness " + numbered("w", i) + " " +
            CosignatureVerifier::make(numbered("x", i), ed25519Key(i).publicKey())->vkey() + "\n";
    file += "group " + numbered("g", i) + " all " + numbered("w", i) + (i == 0 ? "" : numbered(" g", i - 1U)) + "\n";
  }
  auto const policy = LogPolicy::parse(file + "quorum g39\n").value();
  EXPECT_EQ(policy.logs().size(), 40U);
  EXPECT_EQ(policy.witnesses().size(), 40U);
  EXPECT_EQ(policy.groups().size(), 40U);
}

TEST(LogPolicy, AnErrorNamesItsLine) {
  auto const policy = LogPolicy::parse("# one\n\nquorum w1\n");
  ASSERT_TRUE(policy.has_error());
  EXPECT_EQ(policy.error().message, "line 3: w1 is no witness and no group that an earlier line defines");
}

TEST(LogPolicy, AKeyThatCannotBeVerifiedHereIsUnsupported) {
  std::string const mlDsa = "w.example+00000000+" + toBase64(Bytes(1313, 6));
  EXPECT_EQ(LogPolicy::parse("witness w " + mlDsa + "\nquorum w\n").error().kind, ErrorKind::unsupported);
  EXPECT_EQ(LogPolicy::parse("log " + mlDsa + "\nquorum none\n").error().kind, ErrorKind::unsupported);
}

class LogPolicyVectors : public ::testing::TestWithParam<std::filesystem::path> {};
INSTANTIATE_TEST_SUITE_P(, LogPolicyVectors,
                         ::testing::ValuesIn(testing::vectorPaths({"policies.json"},
                                                                  {"transparency-dev-formats/policy.json"})),
                         testing::FileName());

TEST_P(LogPolicyVectors, AreJudgedRightly) {
  auto const vectors = testing::readJson(GetParam());
  for (auto const& vector : vectors.at("ok").as_array()) {
    auto const policy = LogPolicy::parse(text(vector.at("text")));
    // What the tool that published them takes, against the standard.
    bool const againstC2sp = vector.as_object().contains("c2sp");
    ASSERT_EQ(policy.has_value(), !againstC2sp) << vector.at("text");
    if (policy) {
      ASSERT_EQ(policy->quorum()->kind, LogPolicy::Member::Kind::group);
      LogPolicy::Group const& quorum = policy->groups()[policy->quorum()->index];
      EXPECT_EQ(quorum.threshold, vector.at("n").to_number<std::size_t>());
      EXPECT_EQ(quorum.members.size(), vector.at("members").to_number<std::size_t>());
    }
  }
  for (auto const& vector : vectors.at("error").as_array()) {
    auto const policy = LogPolicy::parse(text(vector.at("text")));
    ASSERT_TRUE(policy.has_error()) << vector.at("why");
    EXPECT_NE(policy.error().kind, ErrorKind::denied);
    EXPECT_EQ(policy.error().message.find('\n'), std::string::npos);
  }
}

}  // namespace
}  // namespace fundtrail::crypto
