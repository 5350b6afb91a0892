// SPDX-License-Identifier: Apache-2.0
// What others said of the log's checkpoints, against a log that tells something else.
#include "replay/attested.h"

#include <array>
#include <chrono>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crypto/checkpoint_note.h"
#include "crypto/cosignature.h"
#include "crypto/note.h"
#include "ledger/schema/batch.capnp.h"
#include "replay/verify.h"
#include "tests/replay/each_profile.h"
#include "tests/support/timestamp_authority.h"

namespace fundtrail::replay {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using tests::TimestampAuthority;

constexpr std::size_t kBatches = 30;
constexpr std::uint64_t kDay = 86'400;

class Attested : public InEachProfile {
 protected:
  /// When a batch of the history was accepted, in seconds since 1970.
  static std::uint64_t acceptedAt(std::size_t batch) {
    auto const entry = logOf(batch + 1)->entry(domain::BatchNumber(batch)).value();
    auto const words = schema::Words::copyOf(entry);
    return static_cast<std::uint64_t>(schema::Message<schema::Entry>(words.bytes()).root().getAcceptedAt() / 1000);
  }

  /// The first batch behind kBatches that was accepted some days after the one before.
  static std::size_t afterAPause() {
    auto batch = kBatches;
    while (acceptedAt(batch) < acceptedAt(batch - 1) + 2 * kDay) ++batch;
    return batch;
  }

  static std::string policyText() {
    auto const log =
        crypto::NoteVerifier::make("fundtrail.example/gd-sme-digital", history().simulation.logKey().publicKey());
    return "log " + log->vkey() + "\nwitness w " + cosigner().verifier().vkey() + "\nquorum w\n";
  }
  static crypto::Cosigner cosigner() { return crypto::Cosigner::make("w.example", strangersKey("witness")).value(); }

  /// The checkpoint of the first so many batches, and the cosignature that a witness made at that time.
  static AttestedNote cosigned(std::size_t batches, std::uint64_t time) {
    auto const note = **logOf(batches)->checkpoint();
    return {note + cosigner().signatureLine(crypto::parseNote(note)->text, time), {}};
  }
  /// The same with an authority's time-stamp.
  AttestedNote stamped(std::size_t batches, std::uint64_t time) const {
    auto const note = **logOf(batches)->checkpoint();
    return {note, token(crypto::parseNote(note)->text, time)};
  }
  crypto::Bytes token(std::string_view text, std::uint64_t time) const {
    constexpr std::array<std::uint8_t, 16> kNonce{1};
    auto const request = crypto::makeTimestampRequest(text, kNonce);
    return trusted_.takeResponse(request, authority_.answer(request, static_cast<std::int64_t>(time)), text).value();
  }

  Report replayed(std::size_t batches, std::vector<AttestedNote> notes) const {
    Options options;
    options.attestations.notes = std::move(notes);
    options.attestations.policy = crypto::LogPolicy::parse(policyText()).value();
    options.attestations.authorities = trusted_;
    return verify(*logOf(batches), {}, options).value();
  }

  TimestampAuthority authority_{"authority"};
  crypto::TimestampAuthorities trusted_ = crypto::TimestampAuthorities::fromPem(authority_.rootPem()).value();
};

INSTANTIATE_TEST_SUITE_P(Profiles, Attested, eachProfile(), ProfileName());

TEST_P(Attested, WhatOutsidersSawOfThisHistoryIsReported) {
  auto const seen = acceptedAt(kBatches - 1) + 60;
  auto const report = replayed(kBatches, {cosigned(kBatches, seen), stamped(kBatches, seen + 5)});
  EXPECT_THAT(kindsOf(report), IsEmpty());
  ASSERT_EQ(report.attested.size(), 2U);
  EXPECT_EQ(report.attested[0].witnesses, std::vector<std::string>{"w"});
  EXPECT_EQ(report.attested[0].since, seen);
  EXPECT_EQ(report.attested[1].stamp->time, seen + 5);
}

TEST_P(Attested, AShorterLogIsTampered) {
  auto const report = replayed(kBatches - 1, {cosigned(kBatches, acceptedAt(kBatches - 1))});
  EXPECT_EQ(report.verdict, Verdict::tampered);
  EXPECT_THAT(report.findings.front().text.en, HasSubstr("those behind were cut off"));
}

TEST_P(Attested, AnotherRootIsTampered) {
  auto const text = crypto::formatCheckpoint({"fundtrail.example/gd-sme-digital", kBatches, {}});
  auto const signer =
      crypto::NoteSigner::make("fundtrail.example/gd-sme-digital", history().simulation.logKey()).value();
  std::vector const lines{signer.signatureLine(text), cosigner().signatureLine(text, acceptedAt(kBatches - 1))};
  auto const report = replayed(kBatches, {{crypto::formatNote(text, lines), {}}});
  EXPECT_THAT(kindsOf(report), ElementsAre(FindingKind::attestation, FindingKind::witness));
  EXPECT_THAT(report.findings.front().text.en, HasSubstr("the past was altered, or the log forked"));
}

TEST_P(Attested, ABackdatedEntryIsAFinding) {
  auto const batch = afterAPause();
  auto const seen = acceptedAt(batch) + kDay;  // without it, though it says that it was there
  for (auto const& note : {cosigned(batch, seen), stamped(batch, seen)}) {
    auto const report = replayed(batch + 1, {note, cosigned(batch + 1, seen + kDay)});
    EXPECT_THAT(kindsOf(report), ElementsAre(FindingKind::time));
    EXPECT_EQ(report.findings.front().batch, domain::BatchNumber(batch));
    EXPECT_THAT(report.findings.front().text.en, HasSubstr("it is backdated"));
    EXPECT_EQ(report.verdict, Verdict::findings);
  }
}

TEST_P(Attested, AnEntryThatOutsidersSawBeforeItWasIsAFinding) {
  auto const report = replayed(kBatches, {cosigned(kBatches, acceptedAt(kBatches - 1) - kDay)});
  EXPECT_THAT(kindsOf(report), ElementsAre(FindingKind::time));
  EXPECT_THAT(report.findings.front().text.en, HasSubstr("it is dated late"));
}

TEST_P(Attested, ClocksMayDifferByTenMinutes) {
  auto const at = acceptedAt(kBatches - 1);
  EXPECT_THAT(kindsOf(replayed(kBatches, {cosigned(kBatches, at - 599)})), IsEmpty());
  EXPECT_THAT(kindsOf(replayed(kBatches, {cosigned(kBatches, at - 601)})), ElementsAre(FindingKind::time));
}

TEST_P(Attested, ATokenOfAnotherCheckpointStampsNothing) {
  auto const seen = acceptedAt(kBatches - 1) + 60;
  auto note = stamped(kBatches, seen);
  note.token = stamped(kBatches - 1, seen).token;
  auto const report = replayed(kBatches, {cosigned(kBatches, seen), note});
  EXPECT_THAT(kindsOf(report), ElementsAre(FindingKind::attestation));
  EXPECT_THAT(report.findings.front().text.en, HasSubstr("the time-stamp is of something else"));
  EXPECT_EQ(report.attested.size(), 1U);
}

TEST_P(Attested, ACosignatureThatDoesNotHoldIsAFinding) {
  auto const seen = acceptedAt(kBatches - 1) + 60;
  auto note = cosigned(kBatches, seen);
  auto const other = cosigned(kBatches - 1, seen);
  note.note =
      note.note.substr(0, note.note.find("\u2014 w.example")) + other.note.substr(other.note.find("\u2014 w.example"));
  EXPECT_THAT(kindsOf(replayed(kBatches, {note})), ElementsAre(FindingKind::attestation, FindingKind::witness));
}

TEST_P(Attested, WhatNobodyVouchesForAccusesNobody) {
  auto const report = replayed(kBatches - 1, {{**logOf(kBatches)->checkpoint(), {}}});
  EXPECT_THAT(kindsOf(report), ElementsAre(FindingKind::witness)) << "the policy's quorum is missing, and that is all";
}

}  // namespace
}  // namespace fundtrail::replay
