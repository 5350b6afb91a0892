// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ledger/planting/field.h"
#include "ledger/planting/kinds.h"

// What each kind of the table (kinds.cc) does to a history.

namespace fundtrail::ledger::planting {

[[nodiscard]] Plant plantOf(Kind const& kind);

// ---- plant_payments.cc: money that leaves for where it must not go
std::optional<Sown> plantForgedApproval(Field& field);
std::optional<Sown> plantDoublePayment(Field& field);
std::optional<Sown> plantExcludedCost(Field& field);
std::optional<Sown> plantAboveCap(Field& field);
std::optional<Sown> plantPaidBeforeAccepted(Field& field);
std::optional<Sown> plantAccountChangedLate(Field& field);
std::optional<Sown> plantApprovedAtNight(Field& field);
std::optional<Sown> plantPaidAfterDelisting(Field& field);

// ---- plant_funds.cc: money that stays where it must not stay
std::optional<Sown> plantOtherPurpose(Field& field);
std::optional<Sown> plantPlatformAboveShare(Field& field);
std::optional<Sown> plantCityRetains(Field& field);
std::optional<Sown> plantIdleMoney(Field& field);
std::optional<Sown> plantCountyIntercepts(Field& field);
std::optional<Sown> plantPromiseNotKept(Field& field);

// ---- plant_bank.cc: what only the bank knows
std::optional<Sown> plantOffLedgerDebit(Field& field);
std::optional<Sown> plantRecoveryPocketed(Field& field);
std::optional<Sown> plantRecoveryOverdue(Field& field);
std::optional<Sown> plantKickback(Field& field);
std::optional<Sown> plantOwnShareMissing(Field& field);

// ---- plant_projects.cc: projects that are not what they say
std::optional<Sown> plantOldProject(Field& field);
std::optional<Sown> plantDoubleDipping(Field& field);
std::optional<Sown> plantSplitContracts(Field& field);
std::optional<Sown> plantFictitiousContract(Field& field);
std::optional<Sown> plantInflatedPrice(Field& field);
std::optional<Sown> plantRelatedParties(Field& field);
std::optional<Sown> plantContractAfterTheFact(Field& field);
std::optional<Sown> plantForgedResult(Field& field);
std::optional<Sown> plantInspectorEverywhere(Field& field);
std::optional<Sown> plantExpertNotRecused(Field& field);
std::optional<Sown> plantExpertRelated(Field& field);
std::optional<Sown> plantProductUnused(Field& field);
std::optional<Sown> plantLargeEnterprise(Field& field);
std::optional<Sown> plantNotAnSme(Field& field);

// ---- plant_patterns.cc: what shows in many payments together
std::optional<Sown> plantRoundAmounts(Field& field);
std::optional<Sown> plantYearEndRush(Field& field);

}  // namespace fundtrail::ledger::planting
