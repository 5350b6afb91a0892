// SPDX-License-Identifier: Apache-2.0
#include "ledger/witnessing/witnesses.h"

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crypto/cosignature.h"
#include "crypto/merkle.h"
#include "crypto/note.h"
#include "crypto/witness_protocol.h"
#include "ledger/log/memory_log.h"
#include "tests/support/sm2_keys.h"

namespace fundtrail::ledger::witnessing {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Kind = WitnessAnswer::Kind;

constexpr std::uint64_t kTime = 1'740'000'000;

/// Three witnesses, two of which must cosign; what each answers, a test says.
struct WitnessesTest : testing::TestWithParam<crypto::KeyAlgorithm> {
  static constexpr int kWitnesses = 3;

  static bool gm() { return GetParam() == crypto::KeyAlgorithm::sm2; }
  static crypto::HashAlgorithm hash() { return gm() ? crypto::HashAlgorithm::sm3 : crypto::HashAlgorithm::sha256; }
  static crypto::PrivateKey keyOf(std::uint8_t seed) {
    return gm() ? tests::sm2KeyOf(std::to_string(seed)) : crypto::PrivateKey::fromEd25519Seed({seed});
  }

  static crypto::Cosigner cosigner(int number) {
    return crypto::Cosigner::make(fmt::format("w{}.example", number), keyOf(static_cast<std::uint8_t>(10 + number)))
        .value();
  }

  static std::string urlOf(int number) { return fmt::format("http://w{}.example", number); }

  WitnessesTest() { append(5); }

  void append(int count) {
    for (int i = 0; i < count; ++i) {
      auto const entry = fmt::format("entry {}", log.size().batches);
      auto const number = static_cast<std::uint8_t>(log.size().batches);
      log::PreparedBatch const batch[] = {{crypto::asBytes(entry), {}, domain::KeyId(crypto::Digest{}), {number}, {}}};
      EXPECT_TRUE(log.append(batch));
    }
  }

  std::string note() const {
    auto const text = crypto::formatCheckpoint({"log.example", log.size().batches, log.root()});
    std::vector const lines{signer.signatureLine(text)};
    return crypto::formatNote(text, lines);
  }

  std::string policyText(std::string const& url2 = urlOf(2)) const {
    std::string text = "log " + signer.verifier().vkey() + "\n";
    for (int i = 0; i < kWitnesses; ++i) {
      text += fmt::format("witness w{} {} {}\n", i, cosigner(i).verifier().vkey(), i == 2 ? url2 : urlOf(i));
    }
    return text + "group two 2 w0 w1 w2\nquorum two\n";
  }

  Witnesses witnesses(std::string const& policy) {
    return {crypto::LogPolicy::parse(policy).value(), [this](http::Request const& request) { return answer(request); }};
  }

  crypto::Result<http::Answer> answer(http::Request const& request) {
    std::lock_guard const lock(mutex);
    std::string const body(crypto::asText(request.body));
    asked[request.url].push_back(body);
    auto const script = scripts.find(request.url);
    if (script != scripts.end()) return script->second(body);
    return cosign(request.url, body);
  }

  /// As a witness does that has nothing against it.
  static http::Answer cosign(std::string const& url, std::string const& body) {
    auto const submitted = crypto::parseNote(body.substr(body.find("\n\n") + 2)).value();
    for (int i = 0; i < kWitnesses; ++i) {
      if (url == urlOf(i) + "/add-checkpoint") return {200, "", cosigner(i).signatureLine(submitted.text, kTime)};
    }
    return {404, "", ""};
  }

  static std::vector<Kind> kinds(Round const& round) {
    std::vector<Kind> kinds;
    for (auto const& answer : round.answers) kinds.push_back(answer.kind);
    return kinds;
  }

  void script(int number, std::function<crypto::Result<http::Answer>(std::string const&)> answer) {
    scripts[urlOf(number) + "/add-checkpoint"] = std::move(answer);
  }

  log::MemoryLog log{hash()};
  crypto::NoteSigner signer = crypto::NoteSigner::make("log.example", keyOf(1)).value();
  std::mutex mutex;
  std::map<std::string, std::function<crypto::Result<http::Answer>(std::string const&)>> scripts;
  std::map<std::string, std::vector<std::string>> asked;  // bodies, by address
};

INSTANTIATE_TEST_SUITE_P(Profiles, WitnessesTest,
                         testing::Values(crypto::KeyAlgorithm::ed25519, crypto::KeyAlgorithm::sm2),
                         [](auto const& test) { return test.param == crypto::KeyAlgorithm::sm2 ? "gm" : "standard"; });

TEST_P(WitnessesTest, AllCosignWhatTheyAreAsked) {
  auto all = witnesses(policyText());
  auto const asking = note();
  auto const round = all.ask(log, asking);
  ASSERT_TRUE(round) << round.error().message;
  EXPECT_THAT(kinds(*round), ElementsAre(Kind::cosigned, Kind::cosigned, Kind::cosigned));
  EXPECT_EQ(round->answers[1].time, kTime);
  EXPECT_TRUE(round->attestation.quorum.met());
  EXPECT_EQ(round->attestation.cosignatures.size(), 3U);
  EXPECT_EQ(crypto::parseNote(round->note)->lines.size(), 4U);
  EXPECT_THAT(asked[urlOf(0) + "/add-checkpoint"], ElementsAre("old 0\n\n" + asking));
}

TEST_P(WitnessesTest, FromThenOnTheyAreGivenAProofFromWhereTheyAre) {
  auto all = witnesses(policyText());
  auto const rootBefore = log.root();
  ASSERT_TRUE(all.ask(log, note()));
  append(4);
  ASSERT_TRUE(all.ask(log, note()));
  auto const request = crypto::parseAddCheckpoint(asked[urlOf(0) + "/add-checkpoint"].back());
  ASSERT_TRUE(request);
  EXPECT_EQ(request->oldSize, 5U);
  EXPECT_TRUE(crypto::verifyConsistency(hash(), 5, 9, request->proof, rootBefore, log.root()));
}

TEST_P(WitnessesTest, AConflictTellsTheSizeAndItIsAskedAgain) {
  script(0, [this](std::string const& body) -> http::Answer {
    if (!body.starts_with("old 3\n")) return {409, "text/x.tlog.size", "3\n"};
    return cosign(urlOf(0) + "/add-checkpoint", body);
  });
  auto all = witnesses(policyText());
  auto const round = all.ask(log, note()).value();
  EXPECT_EQ(round.answers[0].kind, Kind::cosigned);
  EXPECT_EQ(asked[urlOf(0) + "/add-checkpoint"].size(), 2U);
}

TEST_P(WitnessesTest, AWitnessThatLostItsStateIsGivenTheBeginning) {
  auto all = witnesses(policyText());
  ASSERT_TRUE(all.ask(log, note()));
  append(1);
  script(0, [this](std::string const& body) -> http::Answer {
    if (!body.starts_with("old 0\n")) return {409, "text/x.tlog.size", "0\n"};
    return cosign(urlOf(0) + "/add-checkpoint", body);
  });
  EXPECT_EQ(all.ask(log, note())->answers[0].kind, Kind::cosigned);
}

TEST_P(WitnessesTest, ConflictsWithoutEndEnd) {
  script(0, [](std::string const& body) -> http::Answer {
    return {409, "text/x.tlog.size", body.starts_with("old 1\n") ? "2\n" : "1\n"};
  });
  auto all = witnesses(policyText());
  EXPECT_EQ(all.ask(log, note())->answers[0].kind, Kind::busy);
  EXPECT_EQ(asked[urlOf(0) + "/add-checkpoint"].size(), 3U);
}

TEST_P(WitnessesTest, AWitnessAheadOfTheLogIsAnAlarm) {
  script(0, [](std::string const&) -> http::Answer { return {409, "text/x.tlog.size", "6\n"}; });
  auto all = witnesses(policyText());
  auto const round = all.ask(log, note()).value();
  EXPECT_EQ(round.answers[0].kind, Kind::ahead);
  EXPECT_THAT(round.answers[0].text.en, HasSubstr("6 batches"));
}

TEST_P(WitnessesTest, EachAnswerIsSaidInItsOwnWords) {
  using Answer = crypto::Result<http::Answer>;
  std::vector<std::pair<Kind, Answer>> const cases = {
      {Kind::unknownLog, http::Answer{404, "", ""}},
      {Kind::unknownLog, http::Answer{403, "", ""}},
      {Kind::forked, http::Answer{422, "", ""}},
      {Kind::busy, http::Answer{429, "", ""}},
      {Kind::unreachable, http::Answer{500, "", "disk"}},
      {Kind::unreachable, crypto::Error{crypto::ErrorKind::io, "timed out"}},
      {Kind::wrong, http::Answer{400, "", ""}},
      {Kind::wrong, http::Answer{302, "", ""}},
      {Kind::wrong, http::Answer{200, "", "no line"}},
      {Kind::wrong, http::Answer{200, "", ""}},
      {Kind::wrong, http::Answer{409, "", "-1\n"}},
  };
  for (auto const& [kind, what] : cases) {
    script(0, [&what = what](std::string const&) { return what; });
    auto all = witnesses(policyText());
    auto const round = all.ask(log, note()).value();
    EXPECT_EQ(name(round.answers[0].kind), name(kind)) << (what ? what->status : 0);
    EXPECT_FALSE(round.answers[0].text.en.empty());
    EXPECT_FALSE(round.answers[0].text.zh.empty());
    EXPECT_TRUE(round.attestation.quorum.met()) << "the others go on";
  }
}

TEST_P(WitnessesTest, ASignatureByAnotherKeyOrOfAnotherCheckpointCountsForNothing) {
  for (bool const stranger : {true, false}) {
    script(0, [&](std::string const&) -> http::Answer {
      auto const other = crypto::formatCheckpoint({"log.example", 4, {}});
      return {200, "",
              stranger ? cosigner(1).signatureLine(crypto::parseNote(note())->text, kTime)
                       : cosigner(0).signatureLine(other, kTime)};
    });
    script(1, [](std::string const&) -> http::Answer { return {500, "", ""}; });
    auto all = witnesses(policyText());
    auto const round = all.ask(log, note()).value();
    EXPECT_EQ(round.answers[0].kind, Kind::wrong);
    EXPECT_FALSE(round.attestation.quorum.met());
    EXPECT_EQ(round.attestation.quorum, (crypto::Tally{1, 2}));
  }
}

TEST_P(WitnessesTest, TwoBehindOneAddressAreAskedByOneRequest) {
  script(1, [this](std::string const& body) -> http::Answer {
    auto const text = crypto::parseNote(note())->text;
    (void)body;
    return {200, "", cosigner(1).signatureLine(text, kTime) + cosigner(2).signatureLine(text, kTime)};
  });
  auto all = witnesses(policyText(urlOf(1)));
  auto const round = all.ask(log, note()).value();
  EXPECT_THAT(kinds(round), ElementsAre(Kind::cosigned, Kind::cosigned, Kind::cosigned));
  EXPECT_EQ(asked[urlOf(1) + "/add-checkpoint"].size(), 1U);
}

TEST_P(WitnessesTest, AWitnessWithoutAddressIsNotAsked) {
  auto all = witnesses(policyText(""));
  EXPECT_EQ(all.ask(log, note())->answers[2].kind, Kind::notAsked);
}

TEST_P(WitnessesTest, NobodySeesACheckpointThatTheLogDidNotSign) {
  auto all = witnesses(policyText());
  auto forged = note();
  forged[forged.find("\n5\n") + 1] = '6';
  EXPECT_FALSE(all.ask(log, forged));
  EXPECT_TRUE(asked.empty());
}

}  // namespace
}  // namespace fundtrail::ledger::witnessing
