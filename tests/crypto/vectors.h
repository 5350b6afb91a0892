// SPDX-License-Identifier: Apache-2.0
// Known answers for the tests: this folder's own (vectors/, always there), and the published ones beside the source
// tree, if present.
#pragma once

#include <filesystem>
#include <map>
#include <ostream>
#include <string>
#include <vector>

#include <boost/json/value.hpp>
#include <gtest/gtest.h>

#include "crypto/bytes.h"
#include "crypto/digest.h"

namespace fundtrail::crypto::testing {

/// One source of known answers, and the algorithm that they are for.
template <class Algorithm>
struct VectorFile {
  std::filesystem::path path;
  Algorithm algorithm;

  friend void PrintTo(VectorFile const& file, std::ostream* out) { *out << file.path.string(); }
};

/// Those of the paths that exist: `own` below vectors/ (they must), `published` below the published folder.
std::vector<std::filesystem::path> vectorPaths(std::vector<std::string> const& own,
                                               std::vector<std::string> const& published);

std::filesystem::path ownVector(std::string const& name);

/// All .json files in a folder and its subfolders, sorted.
std::vector<std::filesystem::path> jsonFilesIn(std::filesystem::path const& folder);

std::string readText(std::filesystem::path const& path);
Bytes readBytes(std::filesystem::path const& path);
boost::json::value readJson(std::filesystem::path const& path);

/// The stanzas of a test file of OpenSSL's, each a map from "Name" to "value"; of several lines with one name, the
/// last.
std::vector<std::map<std::string, std::string>> readStanzas(std::filesystem::path const& path);

std::string text(boost::json::value const& value);
Bytes hexBytes(boost::json::value const& value);
Digest hexDigest(boost::json::value const& value);
std::vector<Digest> hexDigests(boost::json::value const& array);

/// Names a parameterised test after its file: letters and digits of the path from its vectors folder on.
struct FileName {
  static std::string of(std::filesystem::path const& path);
  std::string operator()(::testing::TestParamInfo<std::filesystem::path> const& test) const { return of(test.param); }
  template <class File>
  std::string operator()(::testing::TestParamInfo<File> const& test) const {
    return of(test.param.path);
  }
};

}  // namespace fundtrail::crypto::testing
