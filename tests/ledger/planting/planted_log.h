// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/checkpoint.h"
#include "crypto/ensure.h"
#include "crypto/note.h"
#include "ledger/log/memory_log.h"
#include "ledger/planting/planting.h"
#include "ledger/planting/recorder.h"
#include "ledger/simulation/simulation.h"

// A log in memory of a simulated history in which something is planted.

namespace fundtrail::tests {

namespace planting = ledger::planting;

struct PlantedLog {
  std::unique_ptr<ledger::log::MemoryLog> log;
  std::vector<planting::Planted> planted;
  std::vector<planting::Breach> breaches;
};

/// Large enough that nearly every kind finds its place.
inline constexpr ledger::simulation::Plan kPlantedPlan{.seed = 11, .enterprises = 150, .alone = false};

/// Large enough for the kind: what shows in many payments or visits of one city together takes more of them.
inline ledger::simulation::Plan planFor(std::string_view kind) {
  auto plan = kPlantedPlan;
  for (auto const* const large : {"inspectorEverywhere", "promiseNotKept", "roundAmounts", "yearEndRush"}) {
    if (kind == large) plan.enterprises = 400;
  }
  return plan;
}

inline PlantedLog plantedLog(std::vector<planting::Request> const& requests,
                             ledger::simulation::Plan const& plan = kPlantedPlan) {
  ledger::simulation::Simulation const simulation(plan);
  PlantedLog made{std::make_unique<ledger::log::MemoryLog>(simulation.hashAlgorithm()), {}, {}};
  auto const recorder = planting::Recorder::begin(*made.log, simulation.genesis(), simulation.foundedAt()).value();
  auto const take = [&](ledger::batch::SignedBatch const& batch) { recorder->take(batch).value(); };
  made.planted = planting::plant(simulation, plan.seed, requests, take).value();
  recorder->finish().value();
  made.breaches = recorder->breaches();
  std::string const origin = "fundtrail.example/gd-sme-digital";
  auto const signer = crypto::NoteSigner::make(origin, simulation.logKey()).value();
  auto const text = crypto::formatCheckpoint({origin, made.log->size().batches, made.log->root()});
  std::array const lines{signer.signatureLine(text)};
  made.log->storeCheckpoint(crypto::formatNote(text, lines)).value();
  return made;
}

}  // namespace fundtrail::tests
