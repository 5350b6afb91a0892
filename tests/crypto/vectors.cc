// SPDX-License-Identifier: Apache-2.0
#include "tests/crypto/vectors.h"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

#include <boost/json/src.hpp>

namespace fundtrail::crypto::testing {
namespace {

std::filesystem::path const kOwn = std::filesystem::path(FUNDTRAIL_SOURCE_DIR) / "tests/crypto/vectors";
std::filesystem::path const kPublished = std::filesystem::path(FUNDTRAIL_SOURCE_DIR) / "../shared/vectors";

}  // namespace

std::filesystem::path ownVector(std::string const& name) {
  return kOwn / name;
}

std::vector<std::filesystem::path> vectorPaths(std::vector<std::string> const& own,
                                               std::vector<std::string> const& published) {
  std::vector<std::filesystem::path> paths;
  std::ranges::transform(own, std::back_inserter(paths), ownVector);
  for (std::string const& name : published) {
    if (std::filesystem::exists(kPublished / name)) {
      paths.push_back(kPublished / name);
    }
  }
  return paths;
}

std::vector<std::filesystem::path> jsonFilesIn(std::filesystem::path const& folder) {
  std::vector<std::filesystem::path> files;
  for (auto const& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == ".json") {
      files.push_back(entry.path());
    }
  }
  std::ranges::sort(files);
  return files;
}

std::string readText(std::filesystem::path const& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    throw std::runtime_error("cannot read " + path.string());
  }
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

Bytes readBytes(std::filesystem::path const& path) {
  std::string const content = readText(path);
  BytesView const bytes = asBytes(content);
  return {bytes.begin(), bytes.end()};
}

boost::json::value readJson(std::filesystem::path const& path) {
  return boost::json::parse(readText(path));
}

std::vector<std::map<std::string, std::string>> readStanzas(std::filesystem::path const& path) {
  std::vector<std::map<std::string, std::string>> stanzas(1);
  std::istringstream lines(readText(path));
  for (std::string line; std::getline(lines, line);) {
    auto const equals = line.find(" = ");
    if (line.empty()) {
      stanzas.emplace_back();
    } else if (!line.starts_with('#') && equals != std::string::npos) {
      stanzas.back()[line.substr(0, equals)] = line.substr(equals + 3);
    }
  }
  return stanzas;
}

std::string text(boost::json::value const& value) {
  return std::string(value.as_string());
}

Bytes hexBytes(boost::json::value const& value) {
  return fromHex(text(value)).value();
}

Digest hexDigest(boost::json::value const& value) {
  return Digest::from(hexBytes(value)).value();
}

std::vector<Digest> hexDigests(boost::json::value const& array) {
  std::vector<Digest> digests;
  for (auto const& value : array.as_array()) {
    digests.push_back(hexDigest(value));
  }
  return digests;
}

std::string FileName::of(std::filesystem::path const& path) {
  std::string name = path.lexically_normal().string();
  name = name.substr(name.rfind("vectors/"));
  std::ranges::replace_if(
      name, [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return path.string().starts_with(kOwn.string()) ? "own_" + name : name;
}

}  // namespace fundtrail::crypto::testing
