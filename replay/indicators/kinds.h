// SPDX-License-Identifier: Apache-2.0
// Private to this folder: the function of each row of the table. Their rows say what they look for.
#pragma once

#include "replay/indicators/indicator.h"

namespace fundtrail::replay::indicators {

// money_in_time.cc
Answer retained(Question const& question);      // K1
Answer idle(Question const& question);          // K2
Answer yearEndRush(Question const& question);   // K3
Answer recoveryLate(Question const& question);  // K21
Answer intercepted(Question const& question);   // K25

// progress.cc
Answer cityLag(Question const& question);  // K20

// papers.cc
Answer paidBeforeAccepted(Question const& question);  // K4
Answer outsidePeriod(Question const& question);       // K5
Answer splitBelow(Question const& question);          // K7
Answer contractAfterFact(Question const& question);   // K13

// invoices.cc
Answer doubleDipping(Question const& question);  // K6
Answer invoicesWrong(Question const& question);  // K8

// price.cc
Answer inflatedPrice(Question const& question);  // K9

// relations.cc
Answer related(Question const& question);           // K11
Answer expertNotRecused(Question const& question);  // K16

// movements.cc
Answer kickback(Question const& question);         // K10
Answer ownShareMissing(Question const& question);  // K12

// checks.cc
Answer assessmentOdd(Question const& question);  // K14
Answer siteCheckOdd(Question const& question);   // K15
Answer productUnused(Question const& question);  // K22

// payees.cc
Answer payeeChangedLate(Question const& question);    // K17
Answer oddHours(Question const& question);            // K18
Answer paidAfterDelisting(Question const& question);  // K23

// digits.cc
Answer digits(Question const& question);  // K19

// size.cc
Answer notSme(Question const& question);  // K24

}  // namespace fundtrail::replay::indicators
