// SPDX-License-Identifier: Apache-2.0
// A bundle with the bodies of one city's events: what it proves, and what it says that it cannot.

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include <gtest/gtest.h>

#include "crypto/merkle.h"
#include "ledger/domain/codes.h"
#include "ledger/projections/city_events.h"
#include "ledger/schema/message.h"
#include "replay/report_json.h"
#include "replay/report_text.h"
#include "replay/verify.h"
#include "tests/ledger/bundle/reframed.h"
#include "tests/replay/each_profile.h"

namespace fundtrail::ledger::bundle::testing {
namespace {

using crypto::Bytes;
using replay::EventRange;
using replay::Report;
using replay::Verdict;
using schema::Language;

/// The whole history of a profile, and the bundle of one of its cities.
struct Shared {
  explicit Shared(replay::History const& history) : log(replay::logOf(history.batches.size(), history)) {}

  std::unique_ptr<log::MemoryLog> log;
  domain::CityCode city = *domain::CityCode::parse("441900");
  std::vector<bool> kept = projections::cityEvents(*log, city).value();
  Bytes file = exported(*log, {.city = CityEvents{city, kept}, .frameBytes = 100'000});

  std::uint64_t leftOut() const {
    return log->size().events - static_cast<std::uint64_t>(std::ranges::count(kept, true));
  }
  std::vector<EventRange> ranges() const {
    std::vector<EventRange> ranges;
    for (std::uint64_t i = 0; i < kept.size(); ++i) {
      if (kept[i]) continue;
      if (i > 0 && !kept[i - 1]) {
        ranges.back().last = i;
      } else {
        ranges.push_back({i, i});
      }
    }
    return ranges;
  }
};

class CityBundle : public replay::InEachProfile {
 protected:
  /// Made once for each profile.
  static Shared const& shared() {
    static std::map<replay::Profile, std::unique_ptr<Shared>> made;
    auto& mine = made[GetParam()];
    if (!mine) mine = std::make_unique<Shared>(history());
    return *mine;
  }
};

Report reportOf(Frames const& frames) {
  return replay::replayOf(*openBytes({putTogether(frames)}).value());
}

TEST_P(CityBundle, HoldsTheEventsOfTheCityAndThoseOfTheProvince) {
  auto const& [log, city, kept, file] = shared();
  ASSERT_EQ(kept.size(), log->size().events);
  EXPECT_GT(shared().leftOut(), 0U);
  std::size_t ofTheCity = 0;
  for (std::uint64_t i = 0; i < kept.size(); ++i) {
    auto const bytes = log->event(domain::EventNumber(i)).value();
    schema::Message<schema::Event> const message(bytes);
    auto const event = message.root();
    if (event.isKeyEnrolled() || event.isRoleGranted() || event.isPolicyPublished() || event.isCityDesignated()) {
      EXPECT_TRUE(kept[i]) << i << ": everybody needs it";
    }
    if (event.isTrancheIssued()) {
      EXPECT_EQ(kept[i], event.getTrancheIssued().getCity() == city.number()) << i;
      if (kept[i]) ++ofTheCity;
    }
    if (event.isProjectEnrolled()) {
      EXPECT_EQ(kept[i], event.getProjectEnrolled().getCity() == city.number()) << i;
    }
  }
  EXPECT_GT(ofTheCity, 0U);
}

TEST_P(CityBundle, OfACityThatTheLedgerHasNot) {
  auto const missing = projections::cityEvents(*logOf(3), *domain::CityCode::parse("441900"));
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().kind, crypto::ErrorKind::notFound);
}

TEST_P(CityBundle, ProvesTheSpineAndNamesEveryEventThatItLeavesOut) {
  auto const bundle = openBytes({shared().file}).value();
  EXPECT_EQ(bundle->beside().heads.front().city, shared().city);
  auto const report = replay::replayOf(*bundle);

  EXPECT_EQ(report.verdict, Verdict::notProven) << "never proven: most of the ledger is not there";
  EXPECT_TRUE(report.findings.empty()) << toText(report, Language::en);
  EXPECT_EQ(report.proof.batches, shared().log->size().batches);
  EXPECT_EQ(report.proof.signatures, shared().log->size().batches);
  EXPECT_EQ(report.size, shared().log->size());
  EXPECT_EQ(report.root, shared().log->root());
  ASSERT_TRUE(report.checkpoint);
  EXPECT_EQ(report.checkpoint->size, shared().log->size().batches);

  EXPECT_EQ(report.leftOut.events, shared().leftOut());
  EXPECT_EQ(report.leftOut.ranges, shared().ranges());
  EXPECT_EQ(report.leftOut.furtherRanges, 0U);
  EXPECT_EQ(report.proof.judged, shared().ranges().front().first) << "up to the first that is left out";
  EXPECT_EQ(report.proof.judged + report.notJudged, shared().log->size().events);

  auto const english = toText(report, Language::en);
  EXPECT_NE(english.find("left out    " + std::to_string(shared().leftOut()) + " events"), std::string::npos)
      << english;
  EXPECT_NE(english.find("behind it nothing is proven"), std::string::npos) << english;
  EXPECT_NE(english.find("verdict: not proven"), std::string::npos) << english;
  EXPECT_NE(toText(report, Language::zh).find("未能完全证明"), std::string::npos);
  for (auto const part : {replay::PartId::lawful, replay::PartId::conserved}) {
    EXPECT_EQ(report.parts[static_cast<std::size_t>(part)].standing, replay::Standing::notProven);
  }
  for (auto const part : {replay::PartId::authentic, replay::PartId::complete}) {
    EXPECT_EQ(report.parts[static_cast<std::size_t>(part)].standing, replay::Standing::holds);
  }
  EXPECT_NE(toJson(report).find("\"verdict\":\"notProven\""), std::string::npos);
}

TEST_P(CityBundle, ShowsTheBodiesOfTheCityAndNoOther) {
  auto const bundle = openBytes({shared().file}).value();
  for (std::uint64_t i = 0; i < shared().kept.size(); ++i) {
    domain::EventNumber const number(i);
    auto const event = bundle->event(number);
    ASSERT_EQ(event.has_value(), shared().kept[i]) << i;
    if (event) {
      EXPECT_EQ(*event, shared().log->event(number).value());
    } else {
      EXPECT_EQ(event.error().kind, crypto::ErrorKind::notFound);
      EXPECT_NE(event.error().message.find("left out"), std::string::npos);
    }
    EXPECT_EQ(bundle->batchOf(number).value(), shared().log->batchOf(number).value());
  }
}

/// Where the first record of this type stands behind another of that type.
OwnRecord& firstOf(Frames& frames, RecordType type, std::size_t skip = 0) {
  for (auto& records : frames) {
    for (auto& record : records) {
      if (record.type == type && skip-- == 0) return record;
    }
  }
  crypto::abortOnBug("the bundle has such a record");
}

TEST_P(CityBundle, ABodyThatIsSwappedForAnotherIsFoundOut) {
  auto frames = takenApart(shared().file);
  std::swap(firstOf(frames, RecordType::event, 40).body, firstOf(frames, RecordType::event, 41).body);
  auto const report = reportOf(frames);
  EXPECT_EQ(report.verdict, Verdict::tampered);
  EXPECT_EQ(replay::kindsOf(report).front(), replay::FindingKind::entry);
}

TEST_P(CityBundle, AHashThatIsAnotherOrMissingIsFoundOut) {
  auto altered = takenApart(shared().file);
  firstOf(altered, RecordType::leftOut).body.front() ^= 1;
  EXPECT_EQ(reportOf(altered).verdict, Verdict::tampered);

  auto shorter = takenApart(shared().file);
  for (std::size_t skip = 0;; ++skip) {
    auto& record = firstOf(shorter, RecordType::leftOut, skip);
    if (record.body.size() == crypto::Digest::kSize) continue;
    record.body.resize(record.body.size() - crypto::Digest::kSize);
    break;
  }
  EXPECT_FALSE(openBytes({putTogether(shorter)})) << "the end counts them";
  correctEnd(shorter);
  EXPECT_EQ(reportOf(shorter).verdict, Verdict::tampered);
}

TEST_P(CityBundle, ABodyThatIsClaimedToBeLeftOutIsNamed) {
  // Somebody takes away what he does not want to be seen, and knows the format: it cannot be hidden that it is gone.
  auto frames = takenApart(shared().file);
  std::uint64_t event = 0;
  std::optional<std::uint64_t> taken;
  crypto::TreeHasher hasher(hash());
  for (auto& records : frames) {
    for (std::size_t r = 0; r < records.size() && !taken; ++r) {
      auto& [type, body] = records[r];
      if (type == RecordType::leftOut) event += body.size() / crypto::Digest::kSize;
      if (type != RecordType::event) continue;
      bool const alone = records[r - 1].type != RecordType::leftOut &&
                         (r + 1 == records.size() || records[r + 1].type != RecordType::leftOut);
      if (event > 500 && alone) {
        auto const leaf = hasher.leaf(body);
        type = RecordType::leftOut;
        body.assign(leaf.bytes.begin(), leaf.bytes.end());
        taken = event;
      }
      ++event;
    }
  }
  ASSERT_TRUE(taken);
  correctEnd(frames);
  auto const report = reportOf(frames);
  EXPECT_EQ(report.verdict, Verdict::notProven);
  EXPECT_EQ(report.leftOut.events, shared().leftOut() + 1);
  EXPECT_TRUE(std::ranges::any_of(
      report.leftOut.ranges, [&](EventRange const& range) { return range.first <= *taken && *taken <= range.last; }));
}

TEST_P(CityBundle, WithoutTheEnrolmentOfAKeyProvesNoSignatureByIt) {
  auto frames = takenApart(shared().file);
  crypto::TreeHasher hasher(hash());
  for (auto& records : frames) {
    for (auto& [type, body] : records) {
      if (type != RecordType::event) continue;
      schema::Message<schema::Event> const message(body);
      if (!message.root().isKeyEnrolled()) continue;
      auto const leaf = hasher.leaf(body);
      type = RecordType::leftOut;
      body.assign(leaf.bytes.begin(), leaf.bytes.end());
    }
    for (std::size_t r = 1; r < records.size();) {  // one run, one record
      if (records[r].type != RecordType::leftOut || records[r - 1].type != RecordType::leftOut) {
        ++r;
        continue;
      }
      records[r - 1].body.insert(records[r - 1].body.end(), records[r].body.begin(), records[r].body.end());
      records.erase(records.begin() + static_cast<std::ptrdiff_t>(r));
    }
  }
  correctEnd(frames);
  auto const report = reportOf(frames);
  EXPECT_EQ(report.verdict, Verdict::tampered);
  EXPECT_EQ(replay::kindsOf(report).front(), replay::FindingKind::signature);
}

TEST_P(CityBundle, GoesOnInIncrements) {
  auto const& [log, city, kept, file] = shared();
  auto const base = exported(*logOf(500), {.city = CityEvents{city, kept}});
  auto const rest = exported(*log, {.from = 500, .city = CityEvents{city, kept}});
  auto const report = replay::replayOf(*openBytes({base, rest}).value());
  EXPECT_EQ(replay::toJson(report), replay::toJson(replay::replayOf(*openBytes({file}).value())));
}

INSTANTIATE_TEST_SUITE_P(Profiles, CityBundle, replay::eachProfile(), replay::ProfileName());

}  // namespace
}  // namespace fundtrail::ledger::bundle::testing
