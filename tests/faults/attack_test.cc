// SPDX-License-Identifier: Apache-2.0
// What an operator could do that holds the log's real keys, who notices, and what shows it to somebody who trusts no
// more than the log's and the witnesses' public keys.

#include <array>
#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crypto/bytes.h"
#include "crypto/cosignature.h"
#include "crypto/note.h"
#include "ledger/attestation/attestations.h"
#include "ledger/witnessing/time_stamping.h"
#include "tests/api/program.h"
#include "tests/faults/operator.h"
#include "tests/support/city_witness.h"
#include "tests/support/timestamp_authority.h"

namespace fundtrail::tests {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using ledger::domain::Instant;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::chrono::hours kDay{24};

Instant later(Instant instant, std::chrono::milliseconds by) {
  return *Instant::fromMilliseconds(instant.milliseconds() + by.count());
}

std::uint64_t secondsOf(Instant instant) {
  return static_cast<std::uint64_t>(instant.milliseconds() / 1000);
}

/// A ledger that two cities witness, both of which must cosign; its newest batch, as an enterprise has the receipt of
/// it; and the checkpoint that the witnesses saw, as an auditor wrote it down.
class Attack : public CliTest, public testing::WithParamInterface<char const*> {
 protected:
  Attack() : CliTest(GetParam()) {
    auto const said = replay({"verify", "--log", ledger_.string(), "--format", "json"});
    auto const identity = json::parse(said.out).at("ledger");
    log_ = "log " + std::string(identity.at("logVkeys").at(0).as_string()) + "\n";
    writeText(path("ledger-id"), "ledger " + std::string(identity.at("id").as_string()) + "\n");
    writeText(path("logs"), log_ + "quorum none\n");
    for (auto* const witness : {&north_, &south_}) {
      witness->start(path("logs"));
      writeText(path("policy-" + witness->name()), log_ + witness->policyLine() + "quorum " + witness->name() + "\n");
    }
    writeText(path("policy"),
              log_ + north_.policyLine() + south_.policyLine() + "group cities all north south\nquorum cities\n");
    record();
    operator_.copyLogTo(path("early"));
    record();
    EXPECT_THAT(ask("policy", 0), ElementsAre("cosigned", "cosigned"));
    keepCheckpoint("seen");
    EXPECT_EQ(onLedger({"receipt", std::to_string(events() - 1), "--out", path("receipt")}).exit, 0);
  }

  std::string path(std::string const& name) const { return (directory_ / name).string(); }
  bool gm() const { return std::string_view(GetParam()) == "gm"; }
  std::string algorithm() const { return gm() ? "sm2" : "ed25519"; }

  // What the operator does.

  /// Records something with the real programs.
  void record() {
    auto const made =
        fundtrail({"keygen", "--out", path(fmt::format("new-{}.pem", ++recorded_)), "--algorithm", algorithm()});
    constexpr std::string_view kBefore = "to enrol    ";
    auto const at = made.out.find(kBefore) + kBefore.size();
    auto const ran = submit(
        fmt::format(R"({{"events": [{{"occurredOn": 20260105, "keyEnrolled": {{"person": "p{}", "personName": "P",)"
                    R"("organisation": "office", "algorithm": "{}", "publicKey": "{}"}}}}]}})",
                    recorded_, algorithm(), made.out.substr(at, made.out.find('\n', at) - at)),
        "security-admin-1");
    ASSERT_EQ(ran.exit, 0) << ran.out << ran.err;
  }

  /// The real key of a person who does what the operator wants.
  crypto::PrivateKey accomplice() const {
    return crypto::PrivateKey::fromPem(readText(key("security-admin-1")), kPassword).value();
  }

  /// Has witnesses asked, as the programs do it, and tells what each came to.
  std::vector<std::string> ask(std::string const& policy, int exit) const {
    auto const ran = onLedger({"witness", "--policy", path(policy), "--format", "json"});
    EXPECT_EQ(ran.exit, exit) << ran.out << ran.err;
    std::vector<std::string> results;
    auto const answer = json::parse(ran.out);
    for (auto const& witness : answer.at("witnesses").as_array()) {
      results.emplace_back(witness.at("result").as_string());
    }
    return results;
  }

  void publish(std::string const& folder) const {
    auto const ran = onLedger({"spine", "export", path(folder)});
    ASSERT_EQ(ran.exit, 0) << ran.err;
  }

  // What others do.

  static Ran replay(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), FUNDTRAIL_BIN_DIR "/fundtrail-replay");
    return execute(std::move(arguments), {});
  }
  /// Somebody who has a copy of the operator's log, with more or less knowledge from elsewhere.
  Ran verify(std::vector<std::string> const& more = {}) const {
    std::vector<std::string> arguments{"verify", "--log", ledger_.string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return replay(std::move(arguments));
  }
  /// Somebody who is shown two checkpoints.
  Ran compare(std::string const& one, std::string const& other, std::vector<std::string> const& more = {}) const {
    std::vector<std::string> arguments{"compare", one, other, "--trust", path("policy")};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return replay(std::move(arguments));
  }
  /// Whoever received one, and trusts that many witnesses.
  Ran checkReceipt(std::string const& receipt) const {
    return replay({"receipt", path(receipt), "--trust", path("policy")});
  }

  /// The files that a witness hands out as evidence.
  std::vector<std::string> evidence(CityWitness const& witness) const {
    auto const folder = path("evidence-" + witness.name());
    auto const ran = execute({FUNDTRAIL_BIN_DIR "/fundtrail-witness", "evidence", "--lang", "en", "--state",
                              witness.state(), "--out", folder},
                             {});
    EXPECT_EQ(ran.exit, 0) << ran.err;
    std::vector<std::string> files;
    for (auto const& file : fs::directory_iterator(folder)) files.push_back(file.path().string());
    return files;
  }
  void expectProvenTwoStories(CityWitness const& witness) const {
    auto const files = evidence(witness);
    ASSERT_EQ(files.size(), 2U);
    auto const ran = compare(files[0], files[1]);
    EXPECT_EQ(ran.exit, 3) << ran.out << ran.err;
    EXPECT_THAT(ran.out, HasSubstr("the log signed two roots for one size"));
  }

  // What is known.

  std::uint64_t events() const { return status().at("basis").at("position").to_number<std::uint64_t>(); }
  std::uint64_t batches() const { return operator_.history().size(); }

  /// Keeps the checkpoint that enough have witnessed, as a note and as a line to trust.
  void keepCheckpoint(std::string const& name) const {
    auto const note = readText(ledger_ / "attestations" / "witnessed");
    writeText(path(name), note);
    auto const size = note.find('\n') + 1;
    auto const root = note.find('\n', size) + 1;
    writeText(path(name + "-line"), fmt::format("checkpoint {} {}\n", note.substr(size, root - 1 - size),
                                                note.substr(root, note.find('\n', root) - root)));
  }

  std::string log_;
  Operator operator_{ledger_};
  CityWitness north_{directory_, "north", algorithm(), kPassword};
  CityWitness south_{directory_, "south", algorithm(), kPassword};
  int recorded_ = 0;
};

void expectTampered(Ran const& ran, std::string const& words) {
  EXPECT_EQ(ran.exit, 3) << ran.out << ran.err;
  EXPECT_THAT(ran.out, HasSubstr(words));
}

TEST_P(Attack, NobodyIsAccusedWhereNothingWasDone) {
  record();
  EXPECT_THAT(ask("policy", 0), ElementsAre("cosigned", "cosigned"));
  publish("spine");
  EXPECT_EQ(verify({"--policy", path("policy"), "--trust", path("seen-line")}).exit, 0);
  EXPECT_EQ(compare(path("seen"), path("spine/checkpoint"), {"--spine", path("spine")}).exit, 0);
  EXPECT_EQ(compare(path("receipt"), path("spine/checkpoint"), {"--log", ledger_.string()}).exit, 0);
  EXPECT_EQ(checkReceipt("receipt").exit, 0);
  EXPECT_TRUE(evidence(north_).empty());
}

TEST_P(Attack, WhoDropsTheLastBatchIsContradictedByItsReceiptAndByTheWitnesses) {
  auto const history = operator_.history();
  operator_.rewrite(std::span(history).first(history.size() - 1));

  EXPECT_EQ(verify({"--trust", path("ledger-id")}).exit, 0) << "in itself the log is sound";
  EXPECT_EQ(checkReceipt("receipt").exit, 0) << "the log signed that the event is on record, and both cities saw it";
  expectTampered(verify({"--trust", path("seen-line")}), "those behind were cut off");
  expectTampered(verify({"--policy", path("policy")}), "those behind were cut off");
  publish("spine");
  expectTampered(replay({"fsck", "--spine", path("spine"), "--trust", path("seen-line")}), "cut off");
  EXPECT_THAT(ask("policy", 2), ElementsAre("ahead", "ahead"));

  record();  // into the gap
  EXPECT_THAT(ask("policy", 2), ElementsAre("forked", "forked"));
  publish("spine");
  expectTampered(compare(path("receipt"), path("spine/checkpoint")), "the log signed two roots for one size");
  expectProvenTwoStories(north_);
}

TEST_P(Attack, WhoForksAfterACheckpointIsRefusedByTheWitnessesAndGivenAwayByItsOwnTree) {
  operator_.putBack(path("early"));
  for (int i = 0; i < 3; ++i) record();

  EXPECT_EQ(verify({"--trust", path("ledger-id")}).exit, 0) << "in itself the log is sound";
  EXPECT_THAT(ask("policy", 2), ElementsAre("forked", "forked"));
  expectTampered(verify({"--policy", path("policy")}), "the root of the first");
  publish("spine");
  expectTampered(replay({"fsck", "--spine", path("spine"), "--trust", path("seen-line")}), "the past was altered");

  EXPECT_EQ(compare(path("seen"), path("spine/checkpoint")).exit, 2) << "of two sizes a tree decides";
  expectTampered(compare(path("seen"), path("spine/checkpoint"), {"--spine", path("spine")}), "CONTRADICTION");
  auto const proven =
      compare(path("receipt"), path("spine/checkpoint"), {"--spine", path("spine"), "--format", "json"});
  EXPECT_EQ(proven.exit, 3) << proven.err;
  EXPECT_FALSE(json::parse(proven.out).at("proof").as_array().empty());
}

TEST_P(Attack, AFollowerOfTheSpineTakesNoFork) {
  publish("spine");
  auto const followed = readText(path("spine/checkpoint"));
  operator_.putBack(path("early"));
  for (int i = 0; i < 3; ++i) record();
  expectFails(onLedger({"spine", "export", path("spine")}), "conflict: ");
  EXPECT_EQ(readText(path("spine/checkpoint")), followed);
}

TEST_P(Attack, WhoSwapsTwoBatchesIsContradictedByTheSizeThatStayed) {
  auto history = operator_.history();
  std::swap((history.end() - 2)->batch, history.back().batch);
  operator_.rewrite(history);

  EXPECT_EQ(verify({"--trust", path("ledger-id")}).exit, 0) << "in itself the log is sound";
  expectTampered(verify({"--trust", path("seen-line")}), "the past was altered");
  expectTampered(verify({"--policy", path("policy")}), "the root of the first");
  EXPECT_THAT(ask("policy", 2), ElementsAre("forked", "forked"));
  expectTampered(verify({"--policy", path("policy")}), "the root of the first");
  expectProvenTwoStories(south_);

  fs::remove_all(ledger_ / "attestations");
  ASSERT_EQ(onLedger({"receipt", std::to_string(events() - 1), "--out", path("now")}).exit, 0);
  EXPECT_EQ(checkReceipt("now").exit, 2) << "whom no city has witnessed";
  expectTampered(compare(path("receipt"), path("now")), "the log signed two roots for one size");
}

TEST_P(Attack, WhoSignsForAnAuthorWithAKeyOfItsOwnProvesNothing) {
  auto const history = operator_.history();
  auto const name = nameOf(history.front().batch);
  auto const own = crypto::PrivateKey::generate(name.keys).value();
  auto const at = later(history.back().acceptedAt, std::chrono::seconds(1));
  operator_.force({proposal(name, own, at), at});

  expectTampered(verify(), "[signature]");
  EXPECT_EQ(ask("policy", 0).size(), 2U) << "witnesses see hashes, not signatures of authors";
  std::size_t forged = 0;
  for (auto const& logged : history) forged += logged.batch.events.size();
  expectFails(onLedger({"receipt", std::to_string(forged), "--out", path("forged")}),
              "nobody enrolled the key that signed it");
}

TEST_P(Attack, WhoFoundsTheLedgerAnewWithKeysOfItsOwnIsContradictedByWhatItSignedBefore) {
  auto const history = operator_.history();
  auto at = history.front().acceptedAt;
  auto const own = foundAnew(history.front().batch, at);
  auto const name = nameOf(own.genesis);
  std::vector<Logged> made{{own.genesis, at}};
  while (made.size() <= history.size()) made.push_back({proposal(name, own.securityAdmin, at), at});
  operator_.rewrite(made);

  EXPECT_EQ(verify().exit, 0) << "the log's own word, which nobody should take";
  expectTampered(verify({"--trust", path("ledger-id")}), "[ledger] this is ledger");
  expectTampered(verify({"--policy", path("policy")}), "the root of the first");
  EXPECT_THAT(ask("policy", 2), ElementsAre("forked", "forked"));
  publish("spine");
  expectTampered(compare(path("receipt"), path("spine/checkpoint"), {"--spine", path("spine")}), "CONTRADICTION");
}

TEST_P(Attack, WhoBackdatesIsContradictedByWhatOutsidersSawWithoutIt) {
  auto history = operator_.history();
  auto const name = nameOf(history.front().batch);
  auto const last = history.back().acceptedAt;
  auto const seen = later(last, 10 * kDay);
  // Ten days without a batch; then the cities look again, and an authority stamps what there is.
  ledger::attestation::Attestations const beside(ledger_ / "attestations");
  auto const note = crypto::parseNote(readText(path("seen"))).value();
  std::vector lines{crypto::formatNoteLine(note.lines.front())};
  for (auto const* const witness : {&north_, &south_}) {
    auto key = crypto::PrivateKey::fromPem(readText(witness->keyFile()), kPassword).value();
    auto const cosigner = crypto::Cosigner::make(witness->name() + ".example", std::move(key)).value();
    lines.push_back(cosigner.signatureLine(note.text, secondsOf(seen)));
  }
  beside.keep(crypto::formatNote(note.text, lines), true).value();
  TimestampAuthority const authority("authority");
  writeText(path("authorities.pem"), authority.rootPem());
  auto const trusted = crypto::TimestampAuthorities::fromPem(authority.rootPem()).value();
  beside
      .keep(ledger::witnessing::stampCheckpoint(
                readText(path("seen")), "http://stamps.example/", trusted, {7},
                [&](ledger::http::Request const& request) -> ledger::http::Answer {
                  auto const answer = authority.answer(request.body, static_cast<std::int64_t>(secondsOf(seen)));
                  return {200, "application/timestamp-reply", std::string(crypto::asText(answer))};
                })
                .value())
      .value();

  auto const acceptedAt = [&](Instant at) {
    auto made = history;
    made.push_back({proposal(name, accomplice(), at), at});
    operator_.rewrite(made);
  };
  acceptedAt(later(seen, kDay));
  EXPECT_EQ(verify({"--policy", path("policy"), "--authorities", path("authorities.pem")}).exit, 0) << "honest";

  acceptedAt(later(last, kDay));
  EXPECT_EQ(verify({"--trust", path("seen-line")}).exit, 0) << "in itself the log is sound, and goes on";
  for (auto const& by : {std::array{"--policy", "policy"}, std::array{"--authorities", "authorities.pem"}}) {
    auto const ran = verify({by[0], path(by[1])});
    EXPECT_EQ(ran.exit, 2) << ran.out;
    EXPECT_THAT(ran.out, AllOf(HasSubstr("[time]"), HasSubstr("it is backdated"))) << by[0];
  }
}

TEST_P(Attack, WhoShowsTwoTreesToTwoWitnessesIsGivenAwayWhenTheirCheckpointsMeet) {
  operator_.copyLogTo(path("fork"));
  record();
  EXPECT_THAT(ask("policy-north", 0), ElementsAre("cosigned"));
  keepCheckpoint("by-north");
  ASSERT_EQ(onLedger({"receipt", std::to_string(events() - 1), "--out", path("from-north")}).exit, 0);

  operator_.putBack(path("fork"));
  fs::remove_all(ledger_ / "attestations");
  record();
  EXPECT_THAT(ask("policy-south", 0), ElementsAre("cosigned"));
  keepCheckpoint("by-south");

  EXPECT_EQ(checkReceipt("from-north").exit, 2) << "who demands both cities is not deceived";
  expectTampered(compare(path("by-north"), path("by-south")), "the log signed two roots for one size");
  expectTampered(compare(path("from-north"), path("by-south")), "the log signed two roots for one size");
  EXPECT_THAT(ask("policy", 2), ElementsAre("forked", "cosigned"));
  expectProvenTwoStories(north_);
}

TEST_P(Attack, WhoReplaysAnOldCheckpointIsToldTheNewerOne) {
  operator_.copyLogTo(path("old"));
  fs::copy(ledger_ / "attestations", path("old-attestations"), fs::copy_options::recursive);
  publish("old-spine");
  for (int i = 0; i < 2; ++i) record();
  EXPECT_THAT(ask("policy", 0), ElementsAre("cosigned", "cosigned"));
  keepCheckpoint("newest");

  operator_.putBack(path("old"));
  fs::remove_all(ledger_ / "attestations");
  fs::rename(path("old-attestations"), ledger_ / "attestations");
  EXPECT_EQ(verify({"--policy", path("policy"), "--trust", path("seen-line")}).exit, 0)
      << "all of it was set back: only what others hold tells";
  EXPECT_THAT(ask("policy", 2), ElementsAre("ahead", "ahead")) << "no witness cosigns it a second time";
  expectTampered(verify({"--trust", path("newest-line")}), "those behind were cut off");
  expectTampered(replay({"fsck", "--spine", path("old-spine"), "--trust", path("newest-line")}), "cut off");

  // The cities' newer cosignatures under the older checkpoint.
  auto const old = crypto::parseNote(readText(path("seen"))).value();
  auto const newest = readText(path("newest"));
  writeText(path("mixed"), old.text + newest.substr(newest.find("\n\n") + 1));
  expectFails(compare(path("mixed"), path("newest")), "does not fit the note");
}

INSTANTIATE_TEST_SUITE_P(Profiles, Attack, testing::Values("standard", "gm"),
                         [](auto const& profile) { return std::string(profile.param); });

}  // namespace
}  // namespace fundtrail::tests
