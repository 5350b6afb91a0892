// SPDX-License-Identifier: Apache-2.0
// Private to this folder: which records of the facts a trail consists of, and how what a reader names leads to them.
#pragma once

#include <set>
#include <string_view>

#include "crypto/result.h"
#include "replay/facts/facts.h"
#include "replay/trace/trail.h"

namespace fundtrail::replay::trace {

struct Selection {
  Subject subject;
  std::set<facts::Row<facts::Tranche>> tranches{};  // that are asked for: with all their money
  std::set<facts::Row<facts::Award>> awards{};
  std::set<facts::Row<facts::Payment>> payments{};
  std::set<facts::Row<facts::Project>> projects{};
  std::set<facts::Row<facts::Contract>> contracts{};
};

// Each finds what the text names and goes on from there, forward and backward. Errors, in both languages: badInput for
// what can be no such name; notFound for what is not on record, with what is near.

/// A document number in any spelling, or the number of the event that issued it.
[[nodiscard]] crypto::Result<Selection> selectTranche(facts::Facts const& facts, std::string_view text);
/// The number of the event that requested it, a treasury's voucher, or a bank's reference, in any spelling.
[[nodiscard]] crypto::Result<Selection> selectPayment(facts::Facts const& facts, std::string_view text);
/// A unified social credit code: what it was awarded, and what it was a provider of.
[[nodiscard]] crypto::Result<Selection> selectEnterprise(facts::Facts const& facts, std::string_view text);
/// A tax invoice, or a bank's receipt for interest, in any spelling.
[[nodiscard]] crypto::Result<Selection> selectInvoice(facts::Facts const& facts, std::string_view text);

}  // namespace fundtrail::replay::trace
