// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace fundtrail::tests {

/// Requests, most of them wrong: the seeds, cut, spliced and changed. The same number gives the same requests.
class Malformed {
 public:
  Malformed(std::uint64_t number, std::vector<std::string> seeds) : random_(number), seeds_(std::move(seeds)) {}

  std::string next() {
    auto text = seeds_[below(seeds_.size())];
    for (auto changes = 1 + below(6); changes != 0; --changes) change(text);
    return text;
  }

  /// Bytes without any sense.
  std::string noise(std::size_t most) {
    std::string bytes(below(most + 1), '\0');
    for (auto& byte : bytes) byte = static_cast<char>(random_());
    return bytes;
  }

  std::size_t below(std::size_t bound) { return bound == 0 ? 0 : random_() % bound; }

 private:
  void change(std::string& text) {
    static std::string const edges("\0\r\n :;,?#%\x7f\xff", 12);
    auto const at = below(text.size() + 1);
    switch (below(7)) {
      case 0: text.insert(at, 1, static_cast<char>(random_())); break;
      case 1: text.insert(at, 1, edges[below(edges.size())]); break;
      case 2: text.erase(at, below(8)); break;
      case 3: text.resize(at); break;
      case 4: text.insert(at, std::string(below(3000), 'a')); break;
      case 5: text.insert(at, seeds_[below(seeds_.size())]); break;
      default:
        if (at < text.size()) text[at] = static_cast<char>(random_());
    }
  }

  std::mt19937_64 random_;
  std::vector<std::string> seeds_;
};

}  // namespace fundtrail::tests
