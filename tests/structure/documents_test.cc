// SPDX-License-Identifier: Apache-2.0
// What the documents say must be so: links, names of files, commands, and the terms of the schema.
#include <array>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <regex>
#include <unistd.h>

#include <gtest/gtest.h>

#include "ledger/schema/annotations.h"
#include "ledger/schema/batch.capnp.h"
#include "ledger/schema/names.h"
#include "tests/structure/source_tree.h"

namespace fundtrail::tests::structure {
namespace {

namespace fs = std::filesystem;
namespace schema = ledger::schema;

std::vector<std::string> matches(std::string const& text, std::regex const& pattern, std::size_t group = 1) {
  std::vector<std::string> found;
  for (std::sregex_iterator match(text.begin(), text.end(), pattern), end; match != end; ++match) {
    found.push_back((*match)[group]);
  }
  return found;
}

std::vector<File const*> documents() {
  std::vector<File const*> found;
  for (auto const& file : files()) {
    if (file.path.ends_with(".md")) found.push_back(&file);
  }
  return found;
}

/// A line of a document, and whether it stands in a fenced block, of which language.
struct Line {
  std::string text;
  bool fenced;
  std::string language;
};

std::vector<Line> linesOf(File const& document) {
  std::vector<Line> found;
  bool fenced = false;
  std::string language;
  for (auto const& line : lines(document.text)) {
    if (line.starts_with("```")) {
      fenced = !fenced;
      language = line.substr(3);
    } else {
      found.push_back({line, fenced, fenced ? language : ""});
    }
  }
  EXPECT_FALSE(fenced) << document.path << ": a ``` is not closed";
  return found;
}

/// The anchor that a heading gets: lower case, spaces as hyphens, other ASCII punctuation dropped.
std::string anchorOf(std::string const& heading) {
  std::string anchor;
  for (char const c : heading) {
    auto const byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || std::isalnum(byte) != 0 || c == '-' || c == '_')
      anchor += static_cast<char>(std::tolower(byte));
    if (c == ' ') anchor += '-';
  }
  return anchor;
}

bool hasAnchor(File const& document, std::string const& anchor) {
  for (auto const& line : linesOf(document)) {
    if (line.fenced || !line.text.starts_with('#')) continue;
    if (anchorOf(line.text.substr(line.text.find_first_not_of("# "))) == anchor) return true;
  }
  return false;
}

TEST(Documents, LinkToWhatIsThere) {
  static std::regex const link(R"(\]\(([^)\s]+)\))");
  std::size_t seen = 0;
  for (auto const* document : documents()) {
    for (auto const& line : linesOf(*document)) {
      if (line.fenced) continue;
      for (auto const& target : matches(line.text, link)) {
        if (target.starts_with("http")) continue;
        ++seen;
        auto const hash = target.find('#');
        auto const name = target.substr(0, hash);
        auto const path = name.empty() ? fs::path(document->path) : fs::path(document->path).parent_path() / name;
        auto const normal = path.lexically_normal().generic_string();
        ASSERT_TRUE(fs::exists(root() / normal)) << document->path << " links to " << target;
        if (hash != std::string::npos) {
          EXPECT_TRUE(hasAnchor(file(normal), target.substr(hash + 1))) << document->path << " links to " << target;
        }
      }
    }
  }
  EXPECT_GT(seen, 10U);
}

TEST(Documents, NameFilesThatExist) {
  static std::regex const name(R"(`((api|cmake|crypto|docs|ledger|replay|tests|\.ci)/[A-Za-z0-9_./-]*)`)");
  for (auto const* document : documents()) {
    for (auto const& line : linesOf(*document)) {
      for (auto const& path : matches(line.text, name)) {
        EXPECT_TRUE(fs::exists(root() / path)) << document->path << " names " << path;
      }
    }
  }
}

/// The commands of the ```sh blocks of the documents that users follow.
std::vector<std::string> shownCommands() {
  std::vector<std::string> found;
  for (auto const* path : {"README.md", "README.zh-CN.md", "docs/HACKING.md"}) {
    for (auto const& line : linesOf(file(path))) {
      if (line.language == "sh" && !line.text.empty() && !line.text.starts_with('#')) found.push_back(line.text);
    }
  }
  return found;
}

/// What `program subcommand --help` prints; the exit code must be 0.
std::string helpOf(std::string const& program, std::string const& subcommand) {
  auto const command = std::string(FUNDTRAIL_BIN_DIR) + "/" + program + " " + subcommand + " --help 2>&1";
  std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  std::string output;
  std::array<char, 4096> buffer{};
  for (std::size_t n = 0; (n = fread(buffer.data(), 1, buffer.size(), pipe.get())) > 0;)
    output.append(buffer.data(), n);
  EXPECT_EQ(pclose(pipe.release()), 0) << command << "\n" << output;
  return output;
}

TEST(Documents, ShowCommandsThatExist) {
  static std::regex const program(R"(^(?:build/[a-z]+/bin/)?(fundtrail[a-z-]*)(?: ((?:spine|bundle) export|[a-z]+))?)");
  static std::regex const script(R"(^(?:\./)((?:[a-z.]+/)*[a-z.]+))");
  static std::regex const option(R"( (--[a-z-]+))");
  std::size_t programs = 0;
  for (auto const& line : shownCommands()) {
    std::smatch match;
    std::string known;
    if (std::regex_search(line, match, program)) {
      ++programs;
      known = helpOf(match[1], match[2]);
    } else if (std::regex_search(line, match, script)) {
      EXPECT_EQ(access((root() / match[1].str()).c_str(), X_OK), 0) << line;
      known = file(match[1].str()).text;
    } else {
      continue;
    }
    for (auto const& name : matches(line, option)) {
      EXPECT_NE(known.find(name), std::string::npos) << line << "\n  does not know " << name;
    }
  }
  EXPECT_GT(programs, 3U);
}

/// Every enum that events, entries and genesis are made of, found through the fields of the schema.
void collectEnums(capnp::StructSchema of, std::map<std::uint64_t, capnp::EnumSchema>& enums,
                  std::set<std::uint64_t>& seen) {
  if (!seen.insert(of.getProto().getId()).second) return;
  for (auto const field : of.getFields()) {
    auto type = field.getType();
    while (type.isList()) type = type.asList().getElementType();
    if (type.isStruct()) collectEnums(type.asStruct(), enums, seen);
    if (type.isEnum()) enums.emplace(type.asEnum().getProto().getId(), type.asEnum());
  }
}

std::string row(std::string_view name, std::string_view zh) {
  return "| `" + std::string(name) + "` | " + std::string(zh) + " |";
}

/// Rows of the glossary that state a name of the schema: "| `name` | 中文 |".
TEST(Glossary, HoldsTheTermsOfTheSchemaAndNoOthers) {
  std::set<std::string> expected;
  for (auto const type : schema::eventTypes()) {
    expected.insert(row(schema::eventTypeName(type), schema::eventTypeTitle(type, schema::Language::zh)));
  }
  std::map<std::uint64_t, capnp::EnumSchema> enums;
  std::set<std::uint64_t> seen;
  for (auto const top : {capnp::Schema::from<schema::Event>(), capnp::Schema::from<schema::Genesis>()}) {
    collectEnums(top, enums, seen);
  }
  for (auto const& [id, one] : enums) {
    auto const name = one.getShortDisplayName();
    expected.insert(row(std::string_view(name.begin(), name.size()), schema::zhOf(one.getProto().getAnnotations())));
    for (auto const enumerant : one.getEnumerants()) {
      if (enumerant.getOrdinal() == 0) continue;  // "not stated" is no term
      expected.insert(row(std::string(name.begin(), name.size()) + "." + enumerant.getProto().getName().cStr(),
                          schema::zhOf(enumerant.getProto().getAnnotations())));
    }
  }
  EXPECT_GT(expected.size(), 100U);

  std::set<std::string> stated;
  for (auto const& line : lines(file("docs/GLOSSARY.md").text)) {
    if (line.starts_with("| `")) stated.insert(line);
  }
  for (auto const& one : expected) EXPECT_TRUE(stated.contains(one)) << "missing: " << one;
  for (auto const& one : stated) EXPECT_TRUE(expected.contains(one)) << "not in the schema: " << one;
}

}  // namespace
}  // namespace fundtrail::tests::structure
