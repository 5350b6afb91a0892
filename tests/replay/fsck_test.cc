// SPDX-License-Identifier: Apache-2.0
// The published log of the simulated history, and each thing that can be wrong with a file of it.
#include "replay/fsck.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <memory>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "ledger/spine/publish.h"
#include "tests/ledger/log/temporary_directory.h"
#include "tests/replay/each_profile.h"

namespace fundtrail::replay {
namespace {

namespace fs = std::filesystem;
using Names = std::set<std::string>;

constexpr std::size_t kEarly = 300;
constexpr std::size_t kBatches = 600;

std::string textOf(fs::path const& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void overwrite(fs::path const& file, std::string const& text) {
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
}

/// What was published of a profile's history, made once.
struct Published {
  std::unique_ptr<log::MemoryLog> log;
  testing::TemporaryDirectory directory;
  fs::path folder = directory / "spine";

  /// At two sizes.
  explicit Published(History const& history) : log(logOf(kBatches, history)) {
    publish(*logOf(kEarly, history));
    publish(*log);
  }
  void publish(log::EventLog const& of) const {
    auto const published = ledger::spine::publish(of, folder);
    crypto::ensure(published.has_value(), published ? "" : published.error().message);
  }
};

class Fsck : public InEachProfile {
 protected:
  void SetUp() override { restore(); }

  void restore() {
    fs::remove_all(folder_);
    fs::copy(published().folder, folder_, fs::copy_options::recursive);
  }

  static Published const& published() {
    static std::map<Profile, Published> made;
    return made.try_emplace(GetParam(), history()).first->second;
  }
  static log::EventLog const& log() { return *published().log; }

  SpineReport report(bool byLog, Trust const& trust = {}) const {
    return checkSpine(folder_, byLog ? &log() : nullptr, trust).value();
  }

  static Names named(SpineReport const& report) {
    Names names;
    for (auto const& [file, text] : report.findings) names.insert(file);
    return names;
  }

  std::vector<std::string> files() const {
    std::vector<std::string> found;
    for (auto const& entry : fs::recursive_directory_iterator(folder_)) {
      if (entry.is_regular_file()) found.push_back(entry.path().lexically_relative(folder_).string());
    }
    return found;
  }

  /// Fails unless exactly these files are named, whether a log is at hand or not; puts the folder right again.
  void expectNamed(Names const& names, std::string const& what) {
    for (bool const byLog : {false, true}) {
      auto const found = report(byLog);
      EXPECT_EQ(named(found), names) << what << (byLog ? ", by the log" : "");
      EXPECT_EQ(found.verdict(), Verdict::tampered) << what;
    }
    restore();
  }

  testing::TemporaryDirectory directory_;
  fs::path folder_ = directory_ / "spine";
};

INSTANTIATE_TEST_SUITE_P(Profiles, Fsck, eachProfile(), ProfileName());

TEST_P(Fsck, ProvesAPublishedLog) {
  for (bool const byLog : {false, true}) {
    auto const found = report(byLog);
    EXPECT_EQ(found.verdict(), Verdict::proven) << found.findings.front().text.en;
    EXPECT_EQ(found.batches, kBatches);
    EXPECT_EQ(found.checkpoint->size, kBatches);
    EXPECT_EQ(found.byLog, byLog);
    EXPECT_EQ(found.bundles, 3U);
    EXPECT_EQ(found.tiles, 4U);
    EXPECT_EQ(found.earlier, 3U);
    EXPECT_EQ(found.identity->ledger, history().simulation.ledgerId());
    EXPECT_FALSE(found.identity->trusted);
  }
}

TEST_P(Fsck, ProvesAFolderWithoutTheFilesOfEarlierCheckpoints) {
  for (auto const* path : {"tile/0/001.p", "tile/entries/001.p", "tile/1/000.p/1"}) fs::remove_all(folder_ / path);
  EXPECT_EQ(report(false).verdict(), Verdict::proven);
  EXPECT_EQ(report(true).earlier, 0U);
}

TEST_P(Fsck, NamesTheFileThatWasChangedCutLengthenedOrTakenAway) {
  auto const all = files();
  ASSERT_EQ(all.size(), 11U);
  for (auto const& path : all) {
    auto const original = textOf(folder_ / path);
    auto flipped = original;
    auto& byte = path == "checkpoint" ? flipped[flipped.find('\n') + 1] : flipped.back();
    byte = static_cast<char>(byte ^ 1);
    overwrite(folder_ / path, flipped);
    // Another size in the checkpoint implies other files.
    if (path == "checkpoint") {
      EXPECT_TRUE(named(report(false)).contains(path));
      restore();
    } else {
      expectNamed({path}, "flipped " + path);
    }
    overwrite(folder_ / path, original.substr(0, original.size() - 1));
    expectNamed({path}, "cut " + path);
    overwrite(folder_ / path, original + "x");
    expectNamed({path}, "lengthened " + path);
    overwrite(folder_ / path, "");
    expectNamed({path}, "emptied " + path);
    bool const isEarlier = path == "tile/1/000.p/1" || path.find("001.p/") != std::string::npos;
    if (isEarlier) continue;  // they need not be there
    fs::remove(folder_ / path);
    expectNamed({path}, "removed " + path);
  }
}

TEST_P(Fsck, NamesBundlesAndTilesThatChangedPlaces) {
  for (auto const* kind : {"entries", "0"}) {
    auto const first = folder_ / "tile" / kind / "000";
    auto const second = folder_ / "tile" / kind / "001";
    auto const text = textOf(first);
    overwrite(first, textOf(second));
    overwrite(second, text);
    auto const place = std::string("tile/") + kind;
    auto expected = Names{place + "/000", place + "/001"};
    expectNamed(expected, "swapped " + place);
  }
}

TEST_P(Fsck, NamesAShortTileAtAFullTilesPath) {
  overwrite(folder_ / "tile/0/001", textOf(folder_ / "tile/0/001.p/44"));
  expectNamed({"tile/0/001"}, "a full tile that is short");
  overwrite(folder_ / "tile/0/002", textOf(folder_ / "tile/0/002.p/88"));
  expectNamed({"tile/0/002"}, "a partial tile at a full one's path");
}

TEST_P(Fsck, NamesWhatIsNoPartOfAPublishedLog) {
  for (auto const* path : {"index.html", "tile/0/000.new", "tile/0/0", "tile/64/000", "unfinished", "tile/0/000.p/256",
                           "tile/entries/x000/000", "tile/0/003", "tile/entries/002.p/89", "tile/2/000.p/1"}) {
    overwrite(folder_ / path, "x");
    expectNamed({path}, path);
  }
  fs::create_symlink(folder_ / "checkpoint", folder_ / "link");
  expectNamed({"link"}, "a link");
}

TEST_P(Fsck, NamesTheCheckpointOfAnotherLogOrAnotherSize) {
  auto const seal = [&](crypto::Checkpoint const& checkpoint, crypto::PrivateKey key) {
    auto const text = crypto::formatCheckpoint(checkpoint);
    std::array const lines{crypto::NoteSigner::make(checkpoint.origin, std::move(key)).value().signatureLine(text)};
    overwrite(folder_ / "checkpoint", crypto::formatNote(text, lines));
  };
  auto const key = [] { return history().simulation.logKey(); };
  std::string const origin = "fundtrail.example/gd-sme-digital";
  auto const root = log().root();

  seal({origin, kBatches, root}, key());
  EXPECT_EQ(report(false).verdict(), Verdict::proven) << "the test's seal is the log's";
  seal({"fundtrail.example/other", kBatches, root}, key());
  expectNamed({"checkpoint"}, "another log's");
  seal({origin, kBatches, root}, strangersKey("another"));
  expectNamed({"checkpoint"}, "by another key");
  seal({origin, kBatches, {}}, key());
  expectNamed({"checkpoint"}, "with another root");

  auto const longer = logOf(kBatches + 1);
  seal({origin, kBatches + 1, longer->root()}, key());
  auto const ahead = named(report(true));
  EXPECT_TRUE(ahead.contains("checkpoint"));
  EXPECT_TRUE(ahead.contains("tile/entries/002.p/89"));
  EXPECT_TRUE(named(report(false)).contains("tile/0/002.p/89"));
  restore();

  seal({origin, kEarly, logOf(kEarly)->root()}, key());
  EXPECT_TRUE(named(report(false)).contains("tile/0/001")) << "an older one was put back";
}

/// Without a log, what leads to the checkpoint is right and what does not is named, as long as either does.
TEST_P(Fsck, NamesBothWhereABundleAndATileAreWrong) {
  for (auto const* path : {"tile/0/000", "tile/entries/001"}) {
    auto text = textOf(folder_ / path);
    text.back() = static_cast<char>(text.back() ^ 1);
    overwrite(folder_ / path, text);
  }
  EXPECT_EQ(named(report(true)), (Names{"tile/0/000", "tile/entries/001"}));
  auto const alone = named(report(false));
  EXPECT_TRUE(alone.contains("tile/0/000"));
  EXPECT_TRUE(alone.contains("tile/0/001")) << "which disagrees with its bundle";
  EXPECT_TRUE(alone.contains("checkpoint"));
}

TEST_P(Fsck, BelievesTheAuditor) {
  auto const ledger = history().simulation.ledgerId();
  auto const key =
      crypto::NoteVerifier::make("fundtrail.example/gd-sme-digital", history().simulation.logKey().publicKey()).value();
  EXPECT_TRUE(report(false, {ledger, std::nullopt, std::nullopt}).identity->trusted);
  EXPECT_TRUE(report(false, {std::nullopt, key, std::nullopt}).identity->trusted);
  auto const other = crypto::NoteVerifier::make(key.name(), strangersKey("another").publicKey()).value();
  EXPECT_EQ(named(report(false, {std::nullopt, other, std::nullopt})), (Names{"checkpoint", "tile/entries/000"}));
  EXPECT_EQ(named(report(true, {domain::LedgerId(crypto::Digest{}), std::nullopt, std::nullopt})),
            Names{"tile/entries/000"});

  for (std::size_t const size : {std::size_t{1}, kEarly, kBatches}) {
    KnownRoot const known{size, logOf(size)->root()};
    auto const found = report(false, {std::nullopt, std::nullopt, known});
    EXPECT_EQ(found.verdict(), Verdict::proven);
    EXPECT_EQ(found.continues, known);
    EXPECT_TRUE(found.identity->trusted);
    EXPECT_EQ(named(report(false, {std::nullopt, std::nullopt, KnownRoot{size, {}}})), Names{"checkpoint"});
  }
  EXPECT_EQ(named(report(false, {std::nullopt, std::nullopt, KnownRoot{kBatches + 1, {}}})), Names{"checkpoint"});
}

TEST_P(Fsck, SaysWhereThereIsNoPublishedLog) {
  auto const kindOf = [&](fs::path const& folder) { return checkSpine(folder, nullptr, {}).error().kind; };
  EXPECT_EQ(kindOf(directory_ / "absent"), crypto::ErrorKind::notFound);
  fs::create_directory(directory_ / "empty");
  EXPECT_EQ(kindOf(directory_ / "empty"), crypto::ErrorKind::notFound);
}

}  // namespace
}  // namespace fundtrail::replay
