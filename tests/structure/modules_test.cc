// SPDX-License-Identifier: Apache-2.0
// The architecture: who may know whom. The DEPENDS lines of the CMakeLists.txt files say it; everything else must
// agree.
#include <algorithm>
#include <filesystem>
#include <regex>

#include <gtest/gtest.h>

#include "tests/structure/source_tree.h"

namespace fundtrail::tests::structure {
namespace {

namespace fs = std::filesystem;

bool isOfModule(File const& file) {
  return !file.isIn("tests") && file.isCpp() && moduleOf(file.path) != nullptr;
}

/// Every source file that some CMakeLists.txt names, as a path from the root.
std::set<std::string> namedInBuild() {
  static std::string const fromRoot = "${PROJECT_SOURCE_DIR}/";
  std::set<std::string> named;
  for (auto const& cmake : files()) {
    if (!cmake.path.ends_with("CMakeLists.txt")) continue;
    auto const folder = fs::path(cmake.path).parent_path();
    auto const words = cmakeWords(cmake.text);
    for (std::size_t i = 0; i < words.size(); ++i) {
      bool const fuzzer = i >= 2 && words[i - 2] == "fundtrail_fuzzer" && words[i - 1] == "(";
      auto const word = fuzzer ? words[i] + ".cc" : words[i];
      bool const source = word.ends_with(".cc") || word.ends_with(".h") || word.ends_with(".capnp");
      auto const path = word.starts_with(fromRoot) ? fs::path(word.substr(fromRoot.size())) : folder / word;
      if (!source || path.string().find('$') != std::string::npos) continue;  // with a $ it is generated
      named.insert(path.lexically_normal().generic_string());
    }
  }
  return named;
}

/// The block of docs/ARCHITECTURE.md that draws the modules: lines "module -> module, module".
std::map<std::string, std::set<std::string>> drawnGraph() {
  static std::regex const edge(R"(^([a-z/]+) +->(.*)$)");
  static std::regex const name("[a-z/]+");
  std::map<std::string, std::set<std::string>> drawn;
  for (auto const& line : lines(file("docs/ARCHITECTURE.md").text)) {
    std::smatch match;
    if (!std::regex_match(line, match, edge)) continue;
    auto& onto = drawn[match[1]];
    auto const list = match[2].str();
    for (std::sregex_iterator at(list.begin(), list.end(), name), end; at != end; ++at) onto.insert(at->str());
  }
  return drawn;
}

TEST(Modules, AreFound) {
  for (auto const* folder : {"crypto", "ledger/schema", "ledger/domain", "ledger/log", "ledger", "replay", "api/cli"}) {
    EXPECT_TRUE(modules().contains(folder)) << folder;
  }
  EXPECT_EQ(modules().at("ledger/log").dependsOnFolders.front(), "crypto");
  EXPECT_TRUE(modules().at("ledger/schema").publicHeaders.contains("ledger/schema/event.capnp.h"));
}

TEST(Modules, IncludeOnlyWhatTheyDependOn) {
  std::size_t seen = 0;
  for (auto const& file : files()) {
    if (!isOfModule(file)) continue;
    auto const& module = *moduleOf(file.path);
    auto const allowed = reachableFrom(module.folder);
    for (auto const& include : includesOf(file)) {
      ++seen;
      auto const* owner = moduleOf(include);
      if (owner == nullptr) {
        ADD_FAILURE() << file.path << " includes " << include << ", which is not the path of a module's file";
        continue;
      }
      EXPECT_TRUE(allowed.contains(owner->folder)) << file.path << " includes " << include << ", but " << module.folder
                                                   << " does not depend on " << owner->folder;
      EXPECT_TRUE(owner == &module || owner->publicHeaders.contains(include))
          << file.path << " includes " << include << ", which is private to " << owner->folder;
    }
  }
  EXPECT_GT(seen, 100U);
}

TEST(Modules, UseEveryModuleThatTheyDependOn) {
  for (auto const& [folder, module] : modules()) {
    std::set<std::string> used;
    for (auto const& file : files()) {
      if (!isOfModule(file) || moduleOf(file.path) != &module) continue;
      for (auto const& include : includesOf(file)) {
        if (auto const* owner = moduleOf(include)) used.insert(owner->folder);
      }
    }
    for (auto const& onto : module.dependsOnFolders) {
      EXPECT_TRUE(used.contains(onto)) << folder << " depends on " << onto << " and includes nothing of it";
    }
  }
}

TEST(Modules, HaveNoCycle) {
  for (auto const& [folder, module] : modules()) {
    for (auto const& onto : module.dependsOnFolders) {
      EXPECT_FALSE(reachableFrom(onto).contains(folder)) << folder << " and " << onto << " depend on each other";
    }
  }
}

TEST(Modules, ReplayAndTheServerDoNotKnowEachOther) {
  for (auto const& [folder, module] : modules()) {
    auto const reached = reachableFrom(folder);
    auto const knows = [&](std::string_view part) {
      return std::ranges::any_of(
          reached, [&](auto const& one) { return one == part || one.starts_with(std::string(part) + "/"); });
    };
    EXPECT_FALSE(knows("api") && knows("replay")) << folder;
    if (knows("replay")) {
      EXPECT_FALSE(reached.contains("ledger")) << folder << ": the proof must not share the shell that wrote the log";
    }
  }
}

TEST(Modules, AreDrawnAsTheyAre) {
  std::map<std::string, std::set<std::string>> actual;
  for (auto const& [folder, module] : modules()) {
    actual[folder] = {module.dependsOnFolders.begin(), module.dependsOnFolders.end()};
  }
  auto const drawn = drawnGraph();
  for (auto const& [folder, onto] : actual) {
    ASSERT_TRUE(drawn.contains(folder)) << "docs/ARCHITECTURE.md does not draw " << folder;
    EXPECT_EQ(drawn.at(folder), onto) << "docs/ARCHITECTURE.md draws other edges from " << folder;
  }
  for (auto const& [folder, onto] : drawn) {
    EXPECT_TRUE(actual.contains(folder)) << "docs/ARCHITECTURE.md draws " << folder << ", which is no module";
  }
}

TEST(Modules, NameEverySourceInTheirBuildFile) {
  auto const named = namedInBuild();
  for (auto const& file : files()) {
    bool const built = file.path.ends_with(".cc") || file.path.ends_with(".capnp");
    bool const header = file.path.ends_with(".h") && !file.isIn("tests");
    EXPECT_TRUE(named.contains(file.path) || !(built || header)) << file.path << " is in no CMakeLists.txt";
  }
}

TEST(Modules, NameNothingThatIsNotThere) {
  for (auto const& name : namedInBuild()) {
    EXPECT_TRUE(fs::exists(root() / name)) << name << " is named in a CMakeLists.txt and does not exist";
  }
}

TEST(TestHeaders, AreEachIncludedBySomeTest) {
  std::set<std::string> included;
  for (auto const& file : files()) {
    if (!file.isIn("tests") || !file.isCpp()) continue;
    for (auto const& include : includesOf(file)) included.insert(include);
  }
  for (auto const& file : files()) {
    if (file.isIn("tests") && file.path.ends_with(".h")) {
      EXPECT_TRUE(included.contains(file.path)) << file.path << " is included by nothing";
    }
  }
}

}  // namespace
}  // namespace fundtrail::tests::structure
