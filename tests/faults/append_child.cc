// SPDX-License-Identifier: Apache-2.0
// append_child DIR: appends sample batches for ever, in groups whose sizes follow from their place, and acknowledges
// each on standard output with the number of batches that are now stored (8 bytes), after append() has returned. Exit
// code 3: the log cannot be opened; what it said is on standard error.
#include <cstdint>
#include <cstdio>
#include <unistd.h>

#include "ledger/log/rocksdb_log.h"
#include "tests/ledger/log/sample.h"

namespace log = fundtrail::ledger::log;

int main(int argc, char** argv) {
  if (argc != 2) {
    return 2;
  }
  auto const ledger = log::RocksDbLog::openForWriting(argv[1]);
  if (!ledger) {
    std::fprintf(stderr, "%s\n", ledger.error().message.c_str());
    return 3;
  }
  for (;;) {
    auto const batches = (*ledger)->size().batches;
    if (!log::testing::append(**ledger, log::testing::sampleBatches(batches, batches % 9 + 1))) {
      return 4;
    }
    std::uint64_t const stored = (*ledger)->size().batches;
    if (::write(STDOUT_FILENO, &stored, sizeof stored) != sizeof stored) {
      return 0;  // nobody listens any more
    }
  }
}
