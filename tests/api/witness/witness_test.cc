// SPDX-License-Identifier: Apache-2.0
#include "api/witness/witness.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crypto/digest.h"
#include "tests/ledger/log/temporary_directory.h"
#include "tests/support/sm2_keys.h"
#include "tests/support/watched_log.h"

namespace fundtrail::api::witness {
namespace {

using crypto::ErrorKind;
using crypto::HashAlgorithm;
using crypto::KeyAlgorithm;
using ::testing::HasSubstr;
using tests::WatchedLog;

constexpr Milliseconds kNow{1'740'000'000'123};
constexpr char kOrigin[] = "log.example";

/// A store whose writes fail, or do nothing, when told to.
class UnreliableStore final : public Store {
 public:
  explicit UnreliableStore(std::unique_ptr<Store> store) : store_(std::move(store)) {}
  crypto::Result<std::optional<std::string>> newest(std::string const& origin) const override {
    return store_->newest(origin);
  }
  crypto::Result<bool> replace(std::string const& origin, std::optional<std::string> const& expected,
                               std::string_view note) override {
    if (fails) return crypto::Error{ErrorKind::io, "no space"};
    if (before) before();
    return store_->replace(origin, expected, note);
  }
  crypto::Result<bool> keep(std::string const& origin, std::uint64_t size, Evidence const& evidence) override {
    return store_->keep(origin, size, evidence);
  }
  crypto::Result<std::vector<Evidence>> evidence() const override { return store_->evidence(); }

  bool fails = false;
  std::function<void()> before{};

 private:
  std::unique_ptr<Store> store_;
};

/// In either profile: by the algorithm of all keys, the log's and the witness's.
struct WitnessTest : ::testing::TestWithParam<KeyAlgorithm> {
  WitnessTest() { open(); }

  static bool gm() { return GetParam() == KeyAlgorithm::sm2; }
  static crypto::PrivateKey keyOf(std::uint8_t seed) {
    return gm() ? tests::sm2KeyOf(std::to_string(seed)) : crypto::PrivateKey::fromEd25519Seed({seed});
  }
  static WatchedLog logOf(std::uint8_t seed, std::string const& word = "entry", std::string const& origin = kOrigin) {
    return {origin, keyOf(seed), gm() ? HashAlgorithm::sm3 : HashAlgorithm::sha256, word};
  }

  void open(Limits limits = {}, crypto::PrivateKey key = keyOf(20)) {
    witness.reset();
    store.reset();
    store = std::make_unique<UnreliableStore>(Store::open(directory / "state").value());
    auto made = Witness::make(crypto::Cosigner::make("w.example", std::move(key)).value(),
                              crypto::LogPolicy::parse(log.policy()).value(), *store, limits);
    ASSERT_TRUE(made) << made.error().message;
    witness = *std::move(made);
  }

  http::Response add(std::string const& body, Milliseconds now = kNow) const {
    return witness->answer({http::Method::post, "/add-checkpoint", "", body}, now);
  }
  http::Response get(std::string const& path) const { return witness->answer({http::Method::get, path, "", ""}, kNow); }

  /// When the answer's cosignature was made; nothing unless it is of this checkpoint.
  std::optional<std::uint64_t> cosignedAt(http::Response const& response, crypto::Checkpoint const& checkpoint) const {
    auto const lines = crypto::parseNoteLines(response.body);
    if (response.status != 200 || !lines || lines->size() != 1) return std::nullopt;
    auto const key = crypto::CosignatureVerifier::make("w.example", keyOf(20).publicKey()).value();
    auto const time = key.verify(lines->front(), crypto::formatCheckpoint(checkpoint));
    return time ? std::optional(*time) : std::nullopt;
  }

  fundtrail::testing::TemporaryDirectory directory;
  WatchedLog log = logOf(1);
  WatchedLog fork = logOf(1, "forged");
  std::unique_ptr<UnreliableStore> store;
  std::unique_ptr<Witness> witness;
};

INSTANTIATE_TEST_SUITE_P(Profiles, WitnessTest, ::testing::Values(KeyAlgorithm::ed25519, KeyAlgorithm::sm2),
                         [](auto const& test) { return test.param == KeyAlgorithm::sm2 ? "gm" : "standard"; });

TEST_P(WitnessTest, CosignsALogThatGrows) {
  EXPECT_EQ(cosignedAt(add(log.request(0, 3)), log.checkpoint(3)), 1'740'000'000U);
  EXPECT_TRUE(cosignedAt(add(log.request(3, 8)), log.checkpoint(8)));
  EXPECT_TRUE(cosignedAt(add(log.request(8, 9)), log.checkpoint(9)));
}

TEST_P(WitnessTest, TheSameCheckpointAgainIsCosignedAgainAndNeverEarlier) {
  ASSERT_TRUE(cosignedAt(add(log.request(0, 3)), log.checkpoint(3)));
  EXPECT_EQ(cosignedAt(add(log.request(3, 3), kNow + Milliseconds(5'000)), log.checkpoint(3)), 1'740'000'005U);
  EXPECT_EQ(cosignedAt(add(log.request(3, 3), kNow - Milliseconds(60'000)), log.checkpoint(3)), 1'740'000'005U);
}

TEST_P(WitnessTest, AnswersAsTheProtocolSays) {
  ASSERT_EQ(add(log.request(0, 3)).status, 200);
  auto const stranger = logOf(1, "entry", "other.example");
  auto const impostor = logOf(2);
  auto forgedSignature = log.request(3, 5);
  auto& changed = forgedSignature[forgedSignature.size() - 6];
  changed = changed == 'A' ? 'B' : 'A';
  auto extended = log.request(3, 5);
  extended.insert(extended.rfind("\n\n") + 1, "extension\n");

  EXPECT_EQ(add("").status, 400);
  EXPECT_EQ(add("old 3\n\nno note").status, 400);
  EXPECT_EQ(add(extended).status, 400);
  EXPECT_EQ(add(stranger.request(0, 3)).status, 404);
  EXPECT_EQ(add(impostor.request(3, 5)).status, 403);
  EXPECT_EQ(add(forgedSignature).status, 403);
  EXPECT_EQ(add(crypto::formatAddCheckpoint({6, {}, log.note(5)})).status, 400);
  auto const conflict = add(log.request(2, 5));
  EXPECT_EQ(conflict.status, 409);
  EXPECT_EQ(conflict.contentType, "text/x.tlog.size");
  EXPECT_EQ(conflict.body, "3\n");
  EXPECT_EQ(add(log.request(0, 2)).status, 409) << "an old checkpoint";
  EXPECT_EQ(add(fork.request(3, 5)).status, 422);
  EXPECT_EQ(add(crypto::formatAddCheckpoint({3, {}, log.note(5)})).status, 422) << "no proof";
  EXPECT_EQ(add(crypto::formatAddCheckpoint({3, {crypto::Digest{}}, log.note(3)})).status, 422);
  EXPECT_EQ(add(crypto::formatAddCheckpoint({3, {}, fork.note(3)})).status, 422) << "the same size, another root";
  EXPECT_EQ(witness->answer({http::Method::get, "/add-checkpoint", "", ""}, kNow).status, 405);
  EXPECT_EQ(get("/").status, 404);

  EXPECT_EQ(add(log.request(3, 5)).status, 200) << "nothing of it did any harm";
}

TEST_P(WitnessTest, TheFirstCheckpointTakesNoProof) {
  EXPECT_EQ(add(crypto::formatAddCheckpoint({0, {crypto::Digest{}}, log.note(3)})).status, 422);
  EXPECT_EQ(add(crypto::formatAddCheckpoint({0, {}, log.note({kOrigin, 0, crypto::Digest{}})})).status, 422);
  EXPECT_EQ(add(crypto::formatAddCheckpoint({0, {}, log.note(0)})).status, 200) << "an empty log";
  EXPECT_EQ(add(log.request(0, 4)).status, 200);
}

TEST_P(WitnessTest, AForkIsNeverCosignedWhateverItsProof) {
  ASSERT_EQ(add(log.request(0, 4)).status, 200);
  for (std::uint64_t size = 4; size < 12; ++size) {
    for (std::uint64_t old = 0; old <= size; ++old) EXPECT_NE(add(fork.request(old, size)).status, 200) << old << size;
  }
}

TEST_P(WitnessTest, RemembersAcrossARestart) {
  ASSERT_EQ(add(log.request(0, 4)).status, 200);
  open();
  EXPECT_EQ(add(fork.request(0, 4)).status, 409);
  EXPECT_EQ(add(log.request(4, 6)).status, 200);
}

TEST_P(WitnessTest, ServesTheLastCheckpointWithBothSignatures) {
  auto const path = "/" + crypto::hash(HashAlgorithm::sha256, crypto::asBytes(kOrigin)).hex() + "/checkpoint";
  EXPECT_EQ(get(path).status, 404);
  auto const note = log.note(4);
  auto const answer = add(crypto::formatAddCheckpoint({0, {}, note}));
  auto const served = get(path);
  EXPECT_EQ(served.status, 200);
  EXPECT_EQ(served.body, note + answer.body);
  EXPECT_EQ(get("/" + std::string(64, '0') + "/checkpoint").status, 404);
  EXPECT_EQ(get("//checkpoint").status, 404);
}

TEST_P(WitnessTest, KeepsWhatShowsThatTheLogToldTwoStories) {
  ASSERT_EQ(add(log.request(0, 4)).status, 200);
  EXPECT_TRUE(store->evidence()->empty());
  auto const other = fork.note(4);
  EXPECT_EQ(add(crypto::formatAddCheckpoint({4, {}, other})).status, 422);
  EXPECT_EQ(add(crypto::formatAddCheckpoint({0, {}, other})).status, 409) << "told again, in another way";
  auto const evidence = store->evidence().value();
  ASSERT_EQ(evidence.size(), 1U);
  EXPECT_EQ(evidence[0].seenAt, static_cast<std::uint64_t>(kNow.count()));
  EXPECT_EQ(evidence[0].submitted, other);
  std::vector const keys{log.verifier()};
  auto const first = crypto::parseNote(evidence[0].cosigned).value();
  auto const second = crypto::parseNote(evidence[0].submitted).value();
  EXPECT_TRUE(crypto::verifyNote(first, keys));
  EXPECT_TRUE(crypto::verifyNote(second, keys));
  EXPECT_NE(first.text, second.text);
  EXPECT_THAT(get("/metrics").body, HasSubstr("fundtrail_witness_equivocations 1\n"));
  open();
  EXPECT_THAT(get("/metrics").body, HasSubstr("fundtrail_witness_equivocations 1\n"));
}

TEST_P(WitnessTest, TwoStoriesWithoutTheLogsSignatureAreNoEvidence) {
  ASSERT_EQ(add(log.request(0, 4)).status, 200);
  auto const impostor = logOf(2, "forged");
  EXPECT_EQ(add(crypto::formatAddCheckpoint({4, {}, impostor.note(4)})).status, 403);
  EXPECT_TRUE(store->evidence()->empty());
}

TEST_P(WitnessTest, NoCosignatureLeavesThatIsNotStored) {
  ASSERT_EQ(add(log.request(0, 4)).status, 200);
  store->fails = true;
  auto const answer = add(log.request(4, 6));
  EXPECT_EQ(answer.status, 500);
  EXPECT_THAT(answer.body, Not(HasSubstr("\xE2\x80\x94")));
  store->fails = false;
  EXPECT_EQ(add(log.request(4, 6)).status, 500) << "what the store holds is not known";
  open();
  EXPECT_EQ(add(log.request(4, 6)).status, 200);
}

TEST_P(WitnessTest, NoCosignatureLeavesIfAnotherWasStoredMeanwhile) {
  ASSERT_EQ(add(log.request(0, 4)).status, 200);
  store->before = [this] {
    store->before = {};
    ASSERT_TRUE(store->replace(kOrigin, store->newest(kOrigin).value(), log.note(9)));
  };
  EXPECT_EQ(add(log.request(4, 6)).status, 409);
}

TEST_P(WitnessTest, PushesBackAndGoesOn) {
  open({.perSecond = 1, .atOnce = 2});
  EXPECT_EQ(add(log.request(0, 1)).status, 200);
  EXPECT_EQ(add(log.request(1, 2)).status, 200);
  auto const later = add(log.request(2, 3));
  EXPECT_EQ(later.status, 429);
  EXPECT_EQ(later.headers.front().first, "Retry-After");
  EXPECT_EQ(add(log.request(2, 3), kNow + Milliseconds(1'000)).status, 200);
}

TEST_P(WitnessTest, CountsWhatItAnswers) {
  add(log.request(0, 4));
  add(log.request(0, 4));
  auto const metrics = get("/metrics").body;
  EXPECT_THAT(metrics, HasSubstr("fundtrail_witness_requests_total{status=\"200\"} 1\n"));
  EXPECT_THAT(metrics, HasSubstr("fundtrail_witness_requests_total{status=\"409\"} 1\n"));
  EXPECT_THAT(metrics, HasSubstr("fundtrail_witness_cosigned_size{origin=\"log.example\"} 4\n"));
  EXPECT_THAT(metrics, HasSubstr("fundtrail_witness_cosigned_time_seconds{origin=\"log.example\"} 1740000000\n"));
}

TEST_P(WitnessTest, AnotherKeyThanTheDirectorysIsRefused) {
  ASSERT_EQ(add(log.request(0, 4)).status, 200);
  auto const made = Witness::make(crypto::Cosigner::make("w.example", keyOf(21)).value(),
                                  crypto::LogPolicy::parse(log.policy()).value(), *store, {});
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().kind, ErrorKind::corrupt);
}

/// The log's key decides on the tree, and the witness's own on the cosignature.
TEST(WitnessOfAnotherProfile, CosignsALogOfTheGmProfileWithAnEd25519Key) {
  fundtrail::testing::TemporaryDirectory const directory;
  auto const store = Store::open(directory / "state").value();
  WatchedLog const log(kOrigin, tests::sm2KeyOf("log"), HashAlgorithm::sm3);
  auto cosigner = crypto::Cosigner::make("w.example", crypto::PrivateKey::fromEd25519Seed({20})).value();
  auto const verifier = cosigner.verifier();
  auto const witness =
      Witness::make(std::move(cosigner), crypto::LogPolicy::parse(log.policy()).value(), *store, {}).value();
  auto const add = [&](std::string const& body) {
    return witness->answer({http::Method::post, "/add-checkpoint", "", body}, kNow);
  };
  EXPECT_EQ(add(log.request(0, 4)).status, 200);
  auto const answer = add(log.request(4, 9));
  ASSERT_EQ(answer.status, 200);
  EXPECT_TRUE(
      verifier.verify(crypto::parseNoteLines(answer.body)->front(), crypto::formatCheckpoint(log.checkpoint(9))));
}

TEST_P(WitnessTest, APolicyWithoutLogsIsRefused) {
  auto const made = Witness::make(crypto::Cosigner::make("w.example", keyOf(20)).value(),
                                  crypto::LogPolicy::parse("quorum none\n").value(), *store, {});
  EXPECT_EQ(made.error().kind, ErrorKind::badInput);
}

TEST_P(WitnessTest, AStoreHasOneOwnerAndIsTakenForNothingElse) {
  EXPECT_EQ(Store::open(directory / "state").error().kind, ErrorKind::conflict);
  EXPECT_TRUE(Store::openReadOnly(directory / "state"));
  EXPECT_FALSE(Store::openReadOnly(directory / "absent"));
}

}  // namespace
}  // namespace fundtrail::api::witness
