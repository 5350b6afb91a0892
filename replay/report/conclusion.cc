// SPDX-License-Identifier: Apache-2.0
#include "replay/report/conclusion.h"

#include <boost/json.hpp>

#include "ledger/schema/names.h"

namespace fundtrail::replay::report {

namespace json = boost::json;

std::string conclusionBatch(Dossier const& dossier, crypto::Digest const& reportDigest, domain::CityCode region,
                            domain::Date on) {
  json::object const body{{"treeSize", std::to_string(dossier.report.size.batches)},
                          {"rootHash", dossier.report.root.hex()},
                          {"verdict", json::string(schema::enumerantName(auditVerdictOf(dossier.report.verdict)))},
                          {"reportDigest", reportDigest.hex()},
                          {"region", region.number()}};
  json::object const event{{"occurredOn", on.number()}, {"auditConcluded", body}};
  json::object const batch{{"events", json::array{event}}};
  return json::serialize(batch) + "\n";
}

}  // namespace fundtrail::replay::report
