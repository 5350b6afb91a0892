// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "api/directory/ledger_directory.h"

namespace fundtrail::api::cli {

namespace files = ledger::files;
using directory::LedgerDirectory;
using directory::NewLedgerDirectory;
using directory::now;

}  // namespace fundtrail::api::cli
