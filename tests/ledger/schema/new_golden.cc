// SPDX-License-Identifier: Apache-2.0
// new_golden FOLDER: gives every NAME.json without a NAME.hex its bytes, and puts that JSON into its settled form.
// Goldens that have both files are never touched.
#include <cstdio>
#include <fstream>
#include <string>

#include "tests/ledger/schema/golden.h"

namespace {

bool write(std::filesystem::path const& path, std::string const& text) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text;
  file.close();
  return !file.fail();
}

}  // namespace

int main(int argc, char** argv) {
  using namespace fundtrail::ledger::schema;
  if (argc != 2) {
    std::fputs("usage: new_golden FOLDER\n", stderr);
    return 2;
  }
  for (auto const& golden : goldensIn(argv[1])) {
    if (exists(golden.hex)) {
      continue;
    }
    auto const words = golden.encode(readFile(golden.json));
    if (!words) {
      std::fprintf(stderr, "%s: %s\n", golden.name().c_str(), words.error().message.c_str());
      return 1;
    }
    if (!write(golden.json, golden.decode(words->bytes())) || !write(golden.hex, toHexLines(words->bytes()))) {
      std::fprintf(stderr, "%s: cannot be written\n", golden.name().c_str());
      return 1;
    }
    std::printf("%s\n", golden.name().c_str());
  }
  return 0;
}
