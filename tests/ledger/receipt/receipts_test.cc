// SPDX-License-Identifier: Apache-2.0
// What receipts cannot be made of. What they are good for, tests/replay/receipt_test.cc says.
#include "ledger/receipt/receipts.h"

#include <array>
#include <map>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "crypto/keys.h"
#include "crypto/note.h"
#include "tests/support/gm_people.h"
#include "tests/support/passing_log.h"
#include "tests/support/simulated_log.h"

namespace fundtrail::ledger::receipt {
namespace {

using crypto::ErrorKind;

class ReceiptsTest : public ::testing::TestWithParam<tests::People> {
 protected:
  /// Made once for each profile.
  static std::shared_ptr<log::MemoryLog> const& log() {
    static std::map<schema::Profile, std::shared_ptr<log::MemoryLog>> logs;
    auto& log = logs[GetParam().profile];
    if (!log) log = tests::makeSimulatedLog({GetParam().profile, GetParam().keyOf});
    return log;
  }

  static std::string noteOf(std::uint64_t size, crypto::Digest const& root) {
    auto const signer = crypto::NoteSigner::make("log.example", GetParam().keyOf("log")).value();
    auto const text = crypto::formatCheckpoint({"log.example", size, root});
    std::array const lines{signer.signatureLine(text)};
    return crypto::formatNote(text, lines);
  }
  static std::string wholeNote() { return noteOf(log()->size().batches, log()->root()); }

  static ErrorKind whyNone(log::EventLog const& log, std::uint64_t event, std::string const& checkpoint) {
    auto const made = Receipts(log).make(domain::EventNumber(event), checkpoint);
    EXPECT_FALSE(made);
    return made ? ErrorKind::io : made.error().kind;
  }
};

INSTANTIATE_TEST_SUITE_P(Profiles, ReceiptsTest, ::testing::ValuesIn(tests::bothProfiles()), tests::ProfileName());

TEST_P(ReceiptsTest, AreTheSameWhicheverWasMadeBefore) {
  auto const& log = *ReceiptsTest::log();
  auto const note = wholeNote();
  Receipts many(log);
  auto const last = log.size().events - 1;
  for (auto const event : {last, last / 2, std::uint64_t{0}, last}) {
    auto const made = many.make(domain::EventNumber(event), note);
    ASSERT_TRUE(made) << made.error().message;
    EXPECT_EQ(made->file, Receipts(log).make(domain::EventNumber(event), note)->file);
  }
}

TEST_P(ReceiptsTest, NeedACheckpointThatCoversTheEvent) {
  auto const& log = *ReceiptsTest::log();
  EXPECT_EQ(whyNone(log, log.size().events, wholeNote()), ErrorKind::notFound);
  EXPECT_EQ(whyNone(log, 0, "no note"), ErrorKind::badInput);
  EXPECT_EQ(whyNone(log, log.size().events - 1, noteOf(1, {})), ErrorKind::notFound);
  EXPECT_EQ(whyNone(log, 0, noteOf(log.size().batches, {})), ErrorKind::corrupt) << "another root";
}

/// A log whose batches have lost their first event's last bytes.
class Changed : public tests::PassingLog {
 public:
  using PassingLog::PassingLog;

  std::unique_ptr<log::Cursor> read(domain::BatchNumber from) const override {
    return std::make_unique<ChangedCursor>(PassingLog::read(from));
  }

 private:
  class ChangedCursor : public log::Cursor {
   public:
    explicit ChangedCursor(std::unique_ptr<log::Cursor> inner) : inner_(std::move(inner)) {}
    crypto::Result<std::optional<log::StoredBatch>> next() override {
      auto batch = inner_->next();
      if (batch && *batch && !(*batch)->events.empty()) {
        auto& first = (*batch)->events.front();
        first = first.first(first.size() - 8);
      }
      return batch;
    }

   private:
    std::unique_ptr<log::Cursor> inner_;
  };
};

TEST_P(ReceiptsTest, AreNotMadeOfADamagedLog) {
  EXPECT_TRUE(Receipts(*log()).make(domain::EventNumber(0), wholeNote()));
  EXPECT_EQ(whyNone(Changed(log()), 0, wholeNote()), ErrorKind::corrupt);
}

}  // namespace
}  // namespace fundtrail::ledger::receipt
