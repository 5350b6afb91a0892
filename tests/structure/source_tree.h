// SPDX-License-Identifier: Apache-2.0
// The source tree as text: what the tests of this folder state facts about.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace fundtrail::tests::structure {

/// One file of the tree. Paths are relative to the root and use '/'.
struct File {
  std::string path;
  std::string text;

  [[nodiscard]] bool isCpp() const { return path.ends_with(".h") || path.ends_with(".cc"); }
  [[nodiscard]] bool isIn(std::string_view folder) const;
};

std::filesystem::path root();

/// Every file that people write: all but build/ and what begins with a dot, .ci and the dot files of the root excepted.
/// Read once; sorted by path.
std::vector<File> const& files();

/// The file of that path; a failed test if there is none.
File const& file(std::string_view path);

std::vector<std::string> lines(std::string_view text);

/// The text of a C++ file with comments removed and the contents of string and character literals emptied, line for
/// line.
std::string codeOf(std::string_view cpp);

/// The words of a CMake file, comments taken out; brackets are words of their own.
std::vector<std::string> cmakeWords(std::string_view text);

/// What stands between the quotes of the #include "…" lines of a file.
std::vector<std::string> includesOf(File const& file);

/// What a module's CMakeLists.txt says: fundtrail_module(SOURCES … HEADERS … DEPENDS …).
struct Module {
  std::string folder;                         // "ledger/domain"
  std::set<std::string> publicHeaders;        // paths from the root, those generated from schemas included
  std::vector<std::string> dependsOnFolders;  // in the order of the DEPENDS line
};

/// All modules by folder.
std::map<std::string, Module> const& modules();

/// The module whose folder holds the file, the innermost one; nullptr for files outside any.
Module const* moduleOf(std::string_view path);

/// The folders that a module may include from: itself and all that it depends on, directly or not.
std::set<std::string> reachableFrom(std::string const& folder);

}  // namespace fundtrail::tests::structure
