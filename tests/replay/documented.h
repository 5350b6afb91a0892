// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <string_view>

#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace fundtrail::replay {

inline void collectNames(boost::json::value const& value, std::set<std::string>& names) {
  if (value.is_array()) {
    for (auto const& item : value.get_array()) collectNames(item, names);
  } else if (value.is_object()) {
    for (auto const& [name, member] : value.get_object()) {
      names.insert(name);
      collectNames(member, names);
    }
  }
}

/// Every name in the JSON stands in docs/OUTPUT.md.
inline void expectDocumented(std::string_view json) {
  std::ifstream in(FUNDTRAIL_SOURCE_DIR "/docs/OUTPUT.md", std::ios::binary);
  std::string const page(std::istreambuf_iterator<char>(in), {});
  std::set<std::string> names;
  collectNames(boost::json::parse(json), names);
  EXPECT_FALSE(names.empty());
  for (auto const& name : names) EXPECT_NE(page.find("`" + name + "`"), std::string::npos) << name;
}

}  // namespace fundtrail::replay
