// SPDX-License-Identifier: Apache-2.0
// A month of a finance office, as docs/walkthrough/ tells it in two languages, and an audit, as docs/handbook/ does:
// the commands run, and print what it shows.
#include <algorithm>
#include <filesystem>
#include <optional>
#include <span>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "tests/api/program.h"

namespace fundtrail::tests {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kAnything = "…";  // in a page: what differs from one ledger to the next, or is left out
constexpr char kEndOfStep = '\x1e';

struct Page {
  char const* path;
  char const* locale;
};
constexpr Page kEnglish{"docs/walkthrough/README.md", "en_US.UTF-8"};
constexpr Page kChinese{"docs/walkthrough/README.zh-CN.md", "zh_CN.UTF-8"};
constexpr Page kEnglishHandbook{"docs/handbook/README.md", "en_US.UTF-8"};
constexpr Page kChineseHandbook{"docs/handbook/README.zh-CN.md", "zh_CN.UTF-8"};

fs::path root() {
  return FUNDTRAIL_SOURCE_DIR;
}

std::vector<std::string> linesOf(std::string const& text) {
  std::vector<std::string> found;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) found.push_back(line);
  return found;
}

/// A fenced block of a page.
struct Block {
  std::string language;
  std::string text;
  std::size_t line = 0;  // of its first fence
};

std::vector<Block> blocksOf(Page const& page) {
  std::vector<Block> blocks;
  bool inside = false;
  std::size_t number = 0;
  for (auto const& line : linesOf(readText(root() / page.path))) {
    ++number;
    if (!line.starts_with("```")) {
      if (inside) blocks.back().text += line + '\n';
      continue;
    }
    inside = !inside;
    if (inside) blocks.push_back({line.substr(3), "", number});
  }
  EXPECT_FALSE(inside) << page.path << ": a ``` is not closed";
  return blocks;
}

std::vector<std::string> textsOf(Page const& page, std::string_view language) {
  std::vector<std::string> texts;
  for (auto const& block : blocksOf(page)) {
    if (block.language == language) texts.push_back(block.text);
  }
  return texts;
}

/// Commands, and what the page says that they print, if it does.
struct Step {
  std::string commands;
  std::optional<std::string> shown;
  std::size_t line;
};

std::vector<Step> stepsOf(Page const& page) {
  std::vector<Step> steps;
  for (auto const& block : blocksOf(page)) {
    if (block.language == "sh") steps.push_back({block.text, std::nullopt, block.line});
    if (block.language != "text") continue;
    bool const first = !steps.empty() && !steps.back().shown;
    EXPECT_TRUE(first) << page.path << ":" << block.line << ": an output without commands of its own";
    if (first) steps.back().shown = block.text;
  }
  return steps;
}

bool lineMatches(std::string_view shown, std::string_view printed) {
  auto const at = shown.find(kAnything);
  if (at == std::string_view::npos) return shown == printed;
  if (!printed.starts_with(shown.substr(0, at))) return false;
  auto const rest = shown.substr(at + kAnything.size());
  for (auto left = printed.substr(at);; left.remove_prefix(1)) {
    if (lineMatches(rest, left)) return true;
    if (left.empty()) return false;
  }
}

bool linesMatch(std::span<std::string const> shown, std::span<std::string const> printed) {
  if (shown.empty()) return printed.empty();
  if (shown.front() == kAnything) {
    for (std::size_t left = 0; left <= printed.size(); ++left) {
      if (linesMatch(shown.subspan(1), printed.subspan(left))) return true;
    }
    return false;
  }
  return !printed.empty() && lineMatches(shown.front(), printed.front()) &&
         linesMatch(shown.subspan(1), printed.subspan(1));
}

/// All steps as one script, as somebody would type them into one shell; it ends at the first command that fails.
std::string scriptOf(std::vector<Step> const& steps) {
  auto script =
      std::string("set -e; exec 2>&1\nwork=$(mktemp -d); trap 'rm -rf \"$work\"' EXIT; cd \"$work\"\nln -s '") +
      FUNDTRAIL_SOURCE_DIR + "/docs' docs\n";
  for (auto const& step : steps) script += step.commands + "printf '\\x1e'\n";
  return script;
}

std::vector<std::string> printedBy(std::vector<Step> const& steps, Page const& page) {
  auto const ran = execute({"/bin/bash", "-c", scriptOf(steps)},
                           {{"PATH", FUNDTRAIL_BIN_DIR ":/usr/bin:/bin"}, {"LANG", page.locale}});
  std::vector<std::string> printed;
  std::istringstream stream(ran.out);
  for (std::string step; std::getline(stream, step, kEndOfStep);) printed.push_back(step);
  EXPECT_EQ(ran.exit, 0) << page.path << ": a command fails:\n" << (printed.empty() ? ran.err : printed.back());
  return printed;
}

void runAsWritten(Page const& page) {
  auto const steps = stepsOf(page);
  ASSERT_GT(steps.size(), 8U);
  auto const printed = printedBy(steps, page);
  ASSERT_EQ(printed.size(), steps.size());
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (!steps[i].shown) continue;
    EXPECT_TRUE(linesMatch(linesOf(*steps[i].shown), linesOf(printed[i])))
        << page.path << ":" << steps[i].line << ": these commands\n"
        << steps[i].commands << "print\n"
        << printed[i] << "and the page shows\n"
        << *steps[i].shown;
  }
}

TEST(Walkthrough, RunsAsItIsWrittenInEnglish) {
  runAsWritten(kEnglish);
}

TEST(Walkthrough, RunsAsItIsWrittenInChinese) {
  runAsWritten(kChinese);
}

TEST(Handbook, RunsAsItIsWrittenInEnglish) {
  runAsWritten(kEnglishHandbook);
}

TEST(Handbook, RunsAsItIsWrittenInChinese) {
  runAsWritten(kChineseHandbook);
}

TEST(Handbook, HasTheSameCommandsInBothLanguages) {
  EXPECT_EQ(textsOf(kEnglishHandbook, "sh"), textsOf(kChineseHandbook, "sh"));
}

TEST(Walkthrough, HasTheSameCommandsAndFilesInBothLanguages) {
  EXPECT_EQ(textsOf(kEnglish, "sh"), textsOf(kChinese, "sh"));
  EXPECT_EQ(textsOf(kEnglish, "json"), textsOf(kChinese, "json"));
}

TEST(Walkthrough, UsesEveryFileAndShowsFilesAsTheyAre) {
  std::string commands;
  for (auto const& text : textsOf(kEnglish, "sh")) commands += text;
  std::vector<std::string> files;
  auto const folder = root() / "docs/walkthrough/files";
  for (auto const& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    auto const name = fs::relative(entry.path(), folder).generic_string();
    EXPECT_NE(commands.find(" " + name + " "), std::string::npos) << name << " is not submitted";
    files.push_back(readText(entry.path()));
  }
  for (auto const& shown : textsOf(kEnglish, "json")) {
    EXPECT_NE(std::ranges::find(files, shown), files.end()) << "no file reads\n" << shown;
  }
}

}  // namespace
}  // namespace fundtrail::tests
