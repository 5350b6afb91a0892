// SPDX-License-Identifier: Apache-2.0
// What must hold in every source file, and what must not stand in the core.
#include <algorithm>
#include <cctype>
#include <filesystem>

#include <gtest/gtest.h>

#include "tests/structure/source_tree.h"

namespace fundtrail::tests::structure {
namespace {

struct Place {
  std::string where;  // "path:line"
  std::string word;
};

/// Every identifier in the code of a file.
std::vector<Place> identifiers(File const& file) {
  auto const belongs = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; };
  std::vector<Place> found;
  int number = 0;
  for (auto const& line : lines(codeOf(file.text))) {
    ++number;
    for (auto at = line.begin(); at != line.end();) {
      auto const start = std::find_if(at, line.end(), belongs);
      at = std::find_if_not(start, line.end(), belongs);
      if (start != at) found.push_back({file.path + ":" + std::to_string(number), {start, at}});
    }
  }
  return found;
}

void expectNowhere(std::set<std::string> const& words, std::string_view why, auto const& where) {
  std::size_t looked = 0;
  for (auto const& file : files()) {
    if (!file.isCpp() || !where(file)) continue;
    for (auto const& place : identifiers(file)) {
      ++looked;
      EXPECT_FALSE(words.contains(place.word)) << place.where << ": " << place.word << "\n  " << why;
    }
  }
  EXPECT_GT(looked, 0U) << why;
}

/// Fails for every file that includes a header of the library and may not.
void expectIncludedOnlyWhere(std::string_view start, auto const& mayInclude) {
  std::size_t seen = 0;
  for (auto const& file : files()) {
    for (auto const& line : lines(file.text)) {
      if (!file.isCpp() || !line.starts_with(start)) continue;
      ++seen;
      EXPECT_TRUE(mayInclude(file)) << file.path << ": " << line;
    }
  }
  EXPECT_GT(seen, 0U) << start;
}

TEST(CodeOf, LeavesOutCommentsAndLiterals) {
  EXPECT_EQ(codeOf("int a; // double\nb /* float\n */ c"), "int a; \nb \n c");
  EXPECT_EQ(codeOf(R"(f("double \" // x", 'f', 1'000);)"), R"(f("", '', 1'000);)");
  EXPECT_EQ(codeOf("f(R\"x(double\n\")x\", 2)"), "f(\n\"\", 2)");
}

TEST(Sources, BeginWithTheLicenceLine) {
  for (auto const& file : files()) {
    auto const comment = file.isCpp() ? "// " : "# ";
    if (!file.isCpp() && !file.path.ends_with(".capnp") && !file.path.ends_with(".cmake") &&
        !file.path.ends_with(".sh") && !file.path.ends_with(".py") && !file.path.ends_with("CMakeLists.txt")) {
      continue;
    }
    auto const start = file.text.starts_with("#!") ? file.text.find('\n') + 1 : 0;
    EXPECT_TRUE(file.text.substr(start).starts_with(std::string(comment) + "SPDX-License-Identifier: Apache-2.0\n"))
        << file.path;
  }
}

TEST(Sources, HaveAtMostSixHundredLines) {
  for (auto const& file : files()) {
    if (!file.isCpp() && !file.path.ends_with(".capnp")) continue;
    EXPECT_LE(std::ranges::count(file.text, '\n'), 600) << file.path << ": is it one thing?";
  }
}

TEST(Sources, LeaveNothingForLater) {
  // Written in two parts so that this file does not contain what it looks for.
  std::vector<std::string> const leftOvers{
      "TO"
      "DO",
      "FIX"
      "ME",
      "GTEST_"
      "SKIP",
      "DISABLED"
      "_"};
  for (auto const& file : files()) {
    if (!file.isCpp() && !file.path.ends_with(".capnp") && !file.path.ends_with(".cmake")) continue;
    for (auto const& leftOver : leftOvers) {
      EXPECT_EQ(file.text.find(leftOver), std::string::npos) << file.path << ": " << leftOver;
    }
  }
}

TEST(Sources, AreNamedAfterWhatTheyAreAbout) {
  static std::set<std::string> const empty{"util", "utils", "common", "misc", "helper", "helpers"};
  for (auto const& file : files()) {
    for (auto const& part : std::filesystem::path(file.path)) {
      EXPECT_FALSE(empty.contains(part.stem().string())) << file.path;
    }
  }
}

TEST(Core, CountsMoneyInWholeFenOnly) {
  expectNowhere(
      {"double", "float"}, "money is whole fen; nothing near it is a floating point number", [](File const& file) {
        return file.isIn("ledger/domain") || file.isIn("ledger/projections") || file.path.starts_with("replay/books");
      });
}

TEST(Core, ReadsNoClockNoFileAndNoChance) {
  expectNowhere({"system_clock", "steady_clock", "random_device", "fopen", "fstream", "ifstream", "ofstream",
                 "iostream", "getenv", "cout", "cerr", "printf"},
                "time, chance and input reach the core as arguments",
                [](File const& file) { return file.isIn("ledger/domain"); });
}

TEST(Core, ThrowsNothing) {
  expectNowhere({"throw", "catch"}, "a refusal is a value, a bug is an assertion",
                [](File const& file) { return file.isIn("ledger/domain"); });
}

TEST(Libraries, OpensslIsKnownToCryptoAndToTheServersTlsAlone) {
  expectIncludedOnlyWhere("#include <openssl/", [](File const& file) {
    return file.isIn("tests") || file.path == "crypto/openssl.h" || file.path == "api/http/tls.cc" ||
           (file.isIn("crypto") && file.path.ends_with(".cc"));
  });
}

TEST(Libraries, SocketsAreKnownToTheServerAlone) {
  for (auto const* start : {"#include <boost/asio", "#include <boost/beast"}) {
    expectIncludedOnlyWhere(start, [](File const& file) {
      return file.isIn("tests") ||
             (file.isIn("api/http") && (file.path.ends_with(".cc") || file.path == "api/http/connection.h" ||
                                        file.path == "api/http/transport.h"));
    });
  }
}

TEST(Libraries, RocksdbIsKnownToTheLogAndTheWitnesssStoreAlone) {
  expectIncludedOnlyWhere("#include <rocksdb/", [](File const& file) {
    return file.isIn("tests") || file.isIn("ledger/log") || file.path == "api/witness/store.cc";
  });
}

}  // namespace
}  // namespace fundtrail::tests::structure
