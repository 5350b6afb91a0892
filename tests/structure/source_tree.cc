// SPDX-License-Identifier: Apache-2.0
#include "tests/structure/source_tree.h"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>
#include <sstream>

#include <gtest/gtest.h>

namespace fundtrail::tests::structure {

namespace fs = std::filesystem;

namespace {

std::string read(fs::path const& path) {
  std::ifstream in(path, std::ios::binary);
  EXPECT_TRUE(in.good()) << path;
  return {std::istreambuf_iterator<char>(in), {}};
}

bool isSkippedFolder(fs::path const& path) {
  auto const name = path.filename().string();
  return name == "build" || (name.starts_with('.') && name != ".ci");
}

std::vector<File> readFiles() {
  std::vector<File> found;
  for (auto entry = fs::recursive_directory_iterator(root()); entry != fs::recursive_directory_iterator(); ++entry) {
    if (entry->is_directory() && isSkippedFolder(entry->path())) {
      entry.disable_recursion_pending();
    } else if (entry->is_regular_file()) {
      found.push_back({fs::relative(entry->path(), root()).generic_string(), read(entry->path())});
    }
  }
  std::ranges::sort(found, {}, &File::path);
  return found;
}

/// The arguments of the file's fundtrail_module(…) by keyword; empty if it has none.
std::map<std::string, std::vector<std::string>> moduleArguments(std::string const& cmake) {
  auto const words = cmakeWords(cmake);
  auto at = std::ranges::find(words, "fundtrail_module");
  std::map<std::string, std::vector<std::string>> arguments;
  std::string keyword;
  for (; at != words.end() && *at != ")"; ++at) {
    if (std::ranges::all_of(*at, [](unsigned char c) { return std::isupper(c) || c == '_'; })) {
      keyword = *at;
    } else if (!keyword.empty()) {
      arguments[keyword].push_back(*at);
    }
  }
  if (at != words.end()) arguments.try_emplace("DEPENDS");
  return arguments;
}

std::map<std::string, Module> readModules() {
  std::map<std::string, Module> found;
  std::map<std::string, std::string> folderOfTarget;
  std::map<std::string, std::vector<std::string>> targets;
  for (auto const& cmake : files()) {
    if (!cmake.path.ends_with("/CMakeLists.txt") || cmake.isIn("tests")) continue;
    auto const arguments = moduleArguments(cmake.text);
    if (arguments.empty()) continue;
    auto const folder = fs::path(cmake.path).parent_path().generic_string();
    auto target = folder;
    std::ranges::replace(target, '/', '_');
    folderOfTarget[target] = folder;
    targets[folder] = arguments.at("DEPENDS");
    auto& module = found[folder] = {folder, {}, {}};
    for (auto const* keyword : {"HEADERS", "SCHEMAS"}) {
      if (!arguments.contains(keyword)) continue;
      for (auto const& header : arguments.at(keyword)) {
        module.publicHeaders.insert(folder + "/" + header + (header.ends_with(".capnp") ? ".h" : ""));
      }
    }
  }
  for (auto& [folder, module] : found) {
    for (auto const& target : targets[folder]) {
      EXPECT_TRUE(folderOfTarget.contains(target)) << folder << " depends on " << target << ", which is no module";
      module.dependsOnFolders.push_back(folderOfTarget[target]);
    }
  }
  return found;
}

}  // namespace

bool File::isIn(std::string_view folder) const {
  return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
}

fs::path root() {
  return FUNDTRAIL_SOURCE_DIR;
}

std::vector<File> const& files() {
  static auto const all = readFiles();
  return all;
}

File const& file(std::string_view path) {
  static File const none;
  auto const found = std::ranges::find(files(), path, &File::path);
  EXPECT_TRUE(found != files().end()) << path << " is missing";
  return found == files().end() ? none : *found;
}

std::vector<std::string> lines(std::string_view text) {
  std::vector<std::string> found;
  std::istringstream in{std::string(text)};
  for (std::string line; std::getline(in, line);) found.push_back(line);
  return found;
}

std::vector<std::string> cmakeWords(std::string_view text) {
  std::vector<std::string> words;
  auto at = text.begin();
  while (at != text.end()) {
    auto const start = at;
    if (*at == '#') {
      at = std::find(at, text.end(), '\n');
    } else if (std::isspace(static_cast<unsigned char>(*at)) != 0) {
      ++at;
    } else if (*at == '(' || *at == ')') {
      words.emplace_back(1, *at++);
    } else if (*at == '"') {
      at = std::find(at + 1, text.end(), '"');
      words.emplace_back(start + 1, at);
      if (at != text.end()) ++at;
    } else {
      at = std::find_if(at, text.end(),
                        [](char c) { return std::string_view(" \t\r\n()\"#").find(c) != std::string_view::npos; });
      words.emplace_back(start, at);
    }
  }
  return words;
}

std::string codeOf(std::string_view cpp) {
  std::string code;
  auto at = cpp.begin();
  auto const skipTo = [&](std::string_view ending) {
    auto const found = std::search(at, cpp.end(), ending.begin(), ending.end());
    code.append(static_cast<std::size_t>(std::count(at, found, '\n')), '\n');
    at = found == cpp.end() ? found : found + static_cast<std::ptrdiff_t>(ending.size());
  };
  while (at != cpp.end()) {
    std::string_view const rest(at, cpp.end());
    bool const afterWord = !code.empty() && (std::isalnum(static_cast<unsigned char>(code.back())) != 0);
    if (rest.starts_with("//")) {
      at = std::find(at, cpp.end(), '\n');
    } else if (rest.starts_with("/*")) {
      skipTo("*/");
    } else if (rest.starts_with("R\"") && !afterWord) {
      auto const open = rest.find('(');
      auto const delimiter = rest.substr(2, open - 2);
      at += static_cast<std::ptrdiff_t>(open);
      skipTo(")" + std::string(delimiter) + "\"");
      code += "\"\"";
    } else if (*at == '"' || (*at == '\'' && !afterWord)) {  // after a letter or digit ' separates digits
      char const quote = *at++;
      while (at != cpp.end() && *at != quote && *at != '\n') at += *at == '\\' && at + 1 != cpp.end() ? 2 : 1;
      if (at != cpp.end() && *at == quote) ++at;
      code.append(2, quote);
    } else {
      code += *at++;
    }
  }
  return code;
}

std::vector<std::string> includesOf(File const& file) {
  static constexpr std::string_view kStart = "#include \"";
  std::vector<std::string> found;
  for (auto const& line : lines(file.text)) {
    if (line.starts_with(kStart)) found.push_back(line.substr(kStart.size(), line.rfind('"') - kStart.size()));
  }
  return found;
}

std::map<std::string, Module> const& modules() {
  static auto const all = readModules();
  return all;
}

Module const* moduleOf(std::string_view path) {
  for (auto folder = fs::path(path).parent_path(); !folder.empty(); folder = folder.parent_path()) {
    if (auto const found = modules().find(folder.generic_string()); found != modules().end()) return &found->second;
  }
  return nullptr;
}

std::set<std::string> reachableFrom(std::string const& folder) {
  std::set<std::string> reached;
  std::vector<std::string> open{folder};
  while (!open.empty()) {
    auto const next = open.back();
    open.pop_back();
    if (!reached.insert(next).second) continue;
    auto const& further = modules().at(next).dependsOnFolders;
    open.insert(open.end(), further.begin(), further.end());
  }
  return reached;
}

}  // namespace fundtrail::tests::structure
