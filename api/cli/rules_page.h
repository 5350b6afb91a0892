// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "api/cli/session.h"

namespace fundtrail::api::cli {

/// Prints the rules as a page of Markdown in these languages, side by side: how they are asked, how a refusal reads,
/// where the clauses are, and each rule under a heading of its own.
void printRulesPage(Session const& session, std::span<Language const> languages);

}  // namespace fundtrail::api::cli
