// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "crypto/digest.h"
#include "ledger/domain/city_code.h"
#include "ledger/domain/date.h"
#include "replay/report/dossier.h"

namespace fundtrail::replay::report {

/// A batch file with an AuditConcluded event, which binds the verdict to the log's size and root and to the digest of
/// the report that a person reads. Whoever audits looks at it, signs it and records it as everybody else does
/// (`fundtrail submit`): the replay holds no author's key. `region` is the audit's scope, `on` its business date.
[[nodiscard]] std::string conclusionBatch(Dossier const& dossier, crypto::Digest const& reportDigest,
                                          domain::CityCode region, domain::Date on);

}  // namespace fundtrail::replay::report
