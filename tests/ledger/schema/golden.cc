// SPDX-License-Identifier: Apache-2.0
#include "tests/ledger/schema/golden.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

#include "ledger/schema/json.h"
#include "ledger/schema/shape.h"

namespace fundtrail::ledger::schema {

namespace {

template <class T>
std::string jsonOf(crypto::BytesView bytes) {
  auto const aligned = Words::copyOf(bytes);
  return toJson(Message<T>(aligned.bytes()).root(), true) + '\n';
}

}  // namespace

crypto::Result<Words> Golden::encode(std::string_view text) const {
  auto const kind = name();
  return kind == "genesis"                                   ? fromJson<Genesis>(text)
         : kind == "entry"                                   ? fromJson<Entry>(text)
         : kind == "genesisStatement" || kind == "statement" ? fromJson<Statement>(text)
                                                             : fromJson<Event>(text);
}

std::string Golden::decode(crypto::BytesView bytes) const {
  auto const kind = name();
  return kind == "genesis"                                   ? jsonOf<Genesis>(bytes)
         : kind == "entry"                                   ? jsonOf<Entry>(bytes)
         : kind == "genesisStatement" || kind == "statement" ? jsonOf<Statement>(bytes)
                                                             : jsonOf<Event>(bytes);
}

std::vector<Golden> goldensIn(std::filesystem::path const& folder) {
  std::set<std::filesystem::path> stems;
  for (auto const& file : std::filesystem::directory_iterator(folder)) {
    if (file.path().extension() == ".json" || file.path().extension() == ".hex") {
      stems.insert(file.path().parent_path() / file.path().stem());
    }
  }
  std::vector<Golden> goldens;
  for (auto const& stem : stems) {
    goldens.push_back({stem.string() + ".json", stem.string() + ".hex"});
  }
  return goldens;
}

std::string readFile(std::filesystem::path const& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string toHexLines(crypto::BytesView bytes) {
  std::string lines;
  for (std::size_t at = 0; at < bytes.size(); at += 32) {
    lines += crypto::toHex(bytes.subspan(at, std::min<std::size_t>(32, bytes.size() - at))) + '\n';
  }
  return lines;
}

crypto::Bytes fromHexLines(std::string lines) {
  std::erase(lines, '\n');
  return crypto::fromHex(lines).value();
}

}  // namespace fundtrail::ledger::schema
