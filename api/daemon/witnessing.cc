// SPDX-License-Identifier: Apache-2.0
#include "api/daemon/witnessing.h"

#include <algorithm>
#include <utility>

namespace fundtrail::api::daemon {

using crypto::Result;
using ledger::witnessing::WitnessAnswer;

Witnessing::Witnessing(ledger::Ledger const& ledger, crypto::LogPolicy policy,
                       ledger::attestation::Attestations attestations, std::chrono::seconds every,
                       ledger::witnessing::Witnesses::Post post, Log& log)
    : ledger_(ledger),
      attestations_(std::move(attestations)),
      every_(every),
      log_(log),
      witnesses_(std::move(policy), std::move(post)),
      thread_([this] { run(); }) {}

Witnessing::~Witnessing() {
  {
    std::lock_guard const lock(mutex_);
    stopping_ = true;
  }
  stops_.notify_all();
  thread_.join();
}

void Witnessing::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    if (auto const done = round(); !done) {
      auto const& error = done.error();
      log_.write(Level::error, {"见证未能进行", "the witnesses could not be asked"}, {{"reason", error.message}});
    }
    lock.lock();
    stops_.wait_for(lock, every_, [this] { return stopping_; });
  }
}

Result<void> Witnessing::round() {
  auto const note = ledger_.checkpoint();
  if (note == done_) return {};
  auto const locked = attestations_.lock();
  if (!locked) return locked.error();
  auto const round = witnesses_.ask(ledger_.log(), note);
  if (!round) return round.error();
  auto const& attestation = round->attestation;
  bool const met = attestation.quorum.met();
  if (auto kept = attestations_.keep(round->note, met); !kept) return kept;
  report(*round);
  if (!met) return {};
  done_ = note;
  std::uint64_t time = 0;
  for (auto const& cosignature : attestation.cosignatures) time = std::max(time, cosignature.time);
  batches_ = attestation.checkpoint.size;
  time_ = time;
  return {};
}

void Witnessing::report(ledger::witnessing::Round const& round) {
  auto const& quorum = round.attestation.quorum;
  for (auto const& answer : round.answers) {
    auto const& name = witnesses_.policy().witnesses()[answer.witness].name;
    std::string_view const kind = ledger::witnessing::name(answer.kind);
    switch (answer.kind) {
      case WitnessAnswer::Kind::cosigned:
      case WitnessAnswer::Kind::notAsked: break;
      case WitnessAnswer::Kind::ahead:
      case WitnessAnswer::Kind::forked:
        log_.write(Level::error,
                   {"见证方报警：它见证过的历史与本日志不同",
                    "a witness gives alarm: it has cosigned another history than this log's"},
                   {{"witness", name}, {"result", kind}, {"reason", answer.text.en}});
        break;
      default:
        log_.write(Level::warning, {"见证方未见证", "a witness did not cosign"},
                   {{"witness", name}, {"result", kind}, {"reason", answer.text.en}});
    }
  }
  log_.write(quorum.met() ? Level::info : Level::warning, {"检查点见证", "asked for cosignatures"},
             {{"batches", round.attestation.checkpoint.size},
              {"cosigned", std::uint64_t{quorum.reached}},
              {"needed", std::uint64_t{quorum.needed}}});
}

}  // namespace fundtrail::api::daemon
