// SPDX-License-Identifier: Apache-2.0
// A bundle, and those that go on from it.

#include <gtest/gtest.h>

#include "replay/report_json.h"
#include "replay/verify.h"
#include "tests/ledger/bundle/reframed.h"
#include "tests/replay/each_profile.h"

namespace fundtrail::ledger::bundle::testing {
namespace {

using crypto::ErrorKind;

class Increments : public replay::InEachProfile {};

TEST_P(Increments, AreTogetherWhatTheWholeIs) {
  auto const base = exported(*logOf(37), {.frameBytes = 8192});
  auto const middle = exported(*logOf(300), {.from = 37, .frameBytes = 8192});
  auto const log = logOf(700);
  auto const last = exported(*log, {.from = 300});
  auto const chain = openBytes({base, middle, last}).value();
  auto const whole = openBytes({exported(*log)}).value();
  EXPECT_EQ(chain->size(), log->size());
  EXPECT_EQ(chain->root(), log->root());
  EXPECT_EQ(replay::toJson(replay::replayOf(*chain)), replay::toJson(replay::replayOf(*whole)));
  EXPECT_TRUE(replay::replayOf(*chain).findings.empty());
  for (std::uint64_t i = 0; i < log->size().events; ++i) {
    ASSERT_EQ(chain->event(domain::EventNumber(i)).value(), log->event(domain::EventNumber(i)).value());
  }
  for (crypto::TileId const id : {crypto::TileId{0, 0}, {0, 1}, {0, 2}, {1, 0}}) {
    EXPECT_EQ(chain->tile(id).value(), log->tile(id).value()) << id.level << " " << id.index;
  }
  EXPECT_EQ(chain->beside().heads.size(), 3U);
}

TEST_P(Increments, ThatDoNotFollowEachOtherAreNamed) {
  auto const base = exported(*logOf(20));
  auto const next = exported(*logOf(30), {.from = 20});
  auto const later = exported(*logOf(40), {.from = 30});
  auto const refused = [](std::vector<crypto::Bytes> files, std::string_view what) {
    auto const opened = openBytes(std::move(files));
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().kind, ErrorKind::badInput);
    EXPECT_NE(opened.error().message.find(what), std::string::npos) << opened.error().message;
  };
  refused({next}, "begins with batch 20, batch 0 must come next");
  refused({base, later}, "begins with batch 30, batch 20 must come next");
  refused({base, base}, "begins with batch 0, batch 20 must come next");
  refused({base, next, next}, "begins with batch 20, batch 30 must come next");
  EXPECT_TRUE(openBytes({base, next, later}));
}

TEST_P(Increments, OfAnotherHistoryAreTamperedWith) {
  auto const base = exported(*logOf(20));
  log::MemoryLog other(hash());
  auto const& batches = history().batches;
  for (std::size_t i = 0; i < 31; ++i) {
    if (i != 9) replay::write(other, batches[i].batch, batches[i].numbers);
  }
  seal(other);
  auto const opened = openBytes({base, exported(other, {.from = 20})});
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, ErrorKind::corrupt);
}

TEST_P(Increments, WithAForgedFrontierDoNotLeadToTheCheckpoint) {
  // Made to fit the base: then the entries that it adds cannot lead to a root that the log signed.
  auto const base = exported(*logOf(20));
  log::MemoryLog other(hash());
  auto const& batches = history().batches;
  for (std::size_t i = 0; i < 31; ++i) {
    if (i != 9) replay::write(other, batches[i].batch, batches[i].numbers);
  }
  seal(other);
  auto frames = takenApart(exported(other, {.from = 20}));
  auto head = decodeHead(frames.front().front().body).value();
  auto const right = takenApart(exported(*logOf(30), {.from = 20}));
  auto const expected = decodeHead(right.front().front().body).value();
  head.frontier = expected.frontier;
  head.firstEvent = expected.firstEvent;
  frames.front().front().body = encode(head);
  correctEnd(frames);
  auto const opened = openBytes({base, putTogether(frames)}).value();
  EXPECT_EQ(replay::replayOf(*opened).verdict, replay::Verdict::tampered);
}

INSTANTIATE_TEST_SUITE_P(Profiles, Increments, replay::eachProfile(), replay::ProfileName());

}  // namespace
}  // namespace fundtrail::ledger::bundle::testing
