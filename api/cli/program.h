// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ostream>

namespace fundtrail::api::cli {

/// The program `fundtrail`: reads its command line, runs one command, and gives the exit code: 0 done, 1 usage, input
/// or output, 2 refused by the ledger's rules. Results go to `out`; an error is one line on `err`.
int run(int argc, char const* const* argv, std::ostream& out, std::ostream& err);

}  // namespace fundtrail::api::cli
