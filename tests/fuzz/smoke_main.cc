// SPDX-License-Identifier: Apache-2.0
// FUZZER --seed N --runs N FOLDER…: feeds the fuzzer each file of the folders as it is, then mutations of them. The
// same seed gives the same inputs, so a failure is seen again by running again.
#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <random>
#include <string_view>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size);

namespace {

using Input = std::vector<std::uint8_t>;

class Mutator {
 public:
  Mutator(std::vector<Input> const& corpus, std::uint64_t seed) : corpus_(corpus), random_(seed) {}

  Input next() {
    auto input = corpus_[below(corpus_.size())];
    for (auto changes = 1 + below(4); changes != 0; --changes) {
      change(input);
    }
    return input;
  }

 private:
  /// Not std::uniform_int_distribution: its results are each library's own.
  std::size_t below(std::size_t bound) { return bound == 0 ? 0 : random_() % bound; }

  void change(Input& input) {
    auto const at = below(input.size() + 1);
    auto const length = std::min(below(17), input.size() - at);
    auto const position = input.begin() + static_cast<std::ptrdiff_t>(at);
    switch (at == input.size() ? 3 + below(2) : below(7)) {
      case 0: input[at] ^= static_cast<std::uint8_t>(1u << below(8)); break;
      case 1: input[at] = static_cast<std::uint8_t>(random_()); break;
      case 2: input[at] = kEdges[below(std::size(kEdges))]; break;
      case 3: input.insert(position, 1 + below(16), static_cast<std::uint8_t>(random_())); break;
      case 4: splice(input, at); break;
      case 5: input.erase(position, position + static_cast<std::ptrdiff_t>(length)); break;
      default: input.resize(at); break;
    }
  }

  /// Puts a piece of some file of the corpus there.
  void splice(Input& input, std::size_t at) {
    auto const& other = corpus_[below(corpus_.size())];
    auto const from = below(other.size());
    auto const length = std::min(8 * below(9), other.size() - from);
    auto const begin = other.begin() + static_cast<std::ptrdiff_t>(from);
    input.insert(input.begin() + static_cast<std::ptrdiff_t>(at), begin, begin + static_cast<std::ptrdiff_t>(length));
  }

  static constexpr std::uint8_t kEdges[] = {0x00, 0x01, 0x7f, 0x80, 0xff, '"', '@', ',', '{', '['};

  std::vector<Input> const& corpus_;
  std::mt19937_64 random_;
};

std::vector<Input> readCorpus(std::vector<std::filesystem::path> const& folders) {
  std::vector<std::filesystem::path> paths;
  for (auto const& folder : folders) {
    for (auto const& file : std::filesystem::directory_iterator(folder)) {
      paths.push_back(file.path());
    }
  }
  std::ranges::sort(paths);  // a folder has no order of its own
  std::vector<Input> corpus;
  for (auto const& path : paths) {
    std::ifstream file(path, std::ios::binary);
    corpus.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return corpus;
}

std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

}  // namespace

int main(int argc, char** argv) {
  std::optional<std::uint64_t> seed = 1;
  std::optional<std::uint64_t> runs = 1000;
  std::vector<std::filesystem::path> folders;
  for (int i = 1; i < argc; ++i) {
    std::string_view const argument = argv[i];
    if ((argument == "--seed" || argument == "--runs") && i + 1 < argc) {
      (argument == "--seed" ? seed : runs) = number(argv[++i]);
    } else {
      folders.emplace_back(argument);
    }
  }
  auto const corpus = readCorpus(folders);
  if (!seed || !runs || corpus.empty()) {
    std::fputs("usage: FUZZER --seed N --runs N FOLDER... (folders that are not empty)\n", stderr);
    return 2;
  }

  for (auto const& input : corpus) {
    LLVMFuzzerTestOneInput(input.data(), input.size());
  }
  Mutator mutator(corpus, *seed);
  for (std::uint64_t run = 0; run < *runs; ++run) {
    auto const input = mutator.next();
    LLVMFuzzerTestOneInput(input.data(), input.size());
  }
  std::printf("%zu files and %llu mutations with seed %llu\n", corpus.size(), static_cast<unsigned long long>(*runs),
              static_cast<unsigned long long>(*seed));
  return 0;
}
