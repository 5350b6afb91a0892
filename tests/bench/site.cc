// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/site.h"

#include <future>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "ledger/log/rocksdb_log.h"
#include "replay/verify.h"
#include "tests/support/founders.h"

namespace fundtrail::tests {

namespace fs = std::filesystem;
namespace batch = ledger::batch;
namespace domain = ledger::domain;
namespace logs = ledger::log;

Site::Site(fs::path directory, std::uint32_t payments) : directory_(std::move(directory)), payRuns_(payments) {
  fs::remove_all(directory_);
  auto log = logs::RocksDbLog::create(directory_, crypto::HashAlgorithm::sha256);
  if (!log) stop(log.error().message);
  auto const now = domain::Instant::parse("2024-03-04T09:00:00.000+08:00").value();
  if (auto const founded = ledger::Ledger::found(**log, payRuns_.genesis(), keyOf("log"), now); !founded) {
    stop(founded.error().message);
  }
  ledger::Options options;
  options.checkThreads = cores();
  options.clock = [](domain::Instant authoredAt) { return authoredAt; };
  auto opened = ledger::Ledger::open(std::move(*log), keyOf("log"), options);
  if (!opened) stop(opened.error().message);
  ledger_ = std::move(*opened);
  Batches setup;
  payRuns_.prepare([&](batch::SignedBatch signedBatch) { setup.push_back(std::move(signedBatch)); });
  prepared_ = eventsIn(setup);
  record(std::move(setup));
}

Site::~Site() {
  ledger_.reset();
  if (!keep_) fs::remove_all(directory_);
}

void Site::record(Batches batches) {
  std::vector<std::future<ledger::Outcome>> answers;
  answers.reserve(batches.size());
  for (auto& signedBatch : batches) answers.push_back(ledger_->submit(std::move(signedBatch)));
  for (auto& answer : answers) {
    auto const outcome = answer.get();
    if (std::holds_alternative<ledger::Recorded>(outcome)) continue;
    if (auto const* const refused = std::get_if<ledger::BatchRefused>(&outcome)) {
      stop(fmt::format("refused by rule {}: {}", refused->refusal.rule->id, refused->refusal.reason.en));
    }
    stop(std::get<crypto::Error>(outcome).message);
  }
}

std::size_t Site::prove() {
  ledger_.reset();
  auto const log = logs::RocksDbLog::openReadOnly(directory_);
  if (!log) stop(log.error().message);
  auto const report = replay::verify(**log, {}, {});
  if (!report) stop(report.error().message);
  // No bank statement is imported here: that part of the proof stays open.
  if (report->verdict > replay::Verdict::notProven) stop("the ledger does not hold");
  return report->proof.judged;
}

std::uintmax_t Site::bytesOnDisk() const {
  std::uintmax_t sum = 0;
  for (auto const& file : fs::recursive_directory_iterator(directory_)) {
    if (file.is_regular_file()) sum += file.file_size();
  }
  return sum;
}

}  // namespace fundtrail::tests
