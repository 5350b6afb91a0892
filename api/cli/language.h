// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ledger/commandline/text.h"
#include "ledger/schema/names.h"

namespace fundtrail::api::cli {

namespace commandline = ledger::commandline;
using ledger::commandline::say;
using ledger::commandline::Text;
using ledger::schema::Language;

}  // namespace fundtrail::api::cli
