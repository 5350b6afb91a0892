// SPDX-License-Identifier: Apache-2.0
#pragma once

// Every identifier that an event or a bank file carries, each in a file of its own.
#include "ledger/domain/account_number.h"
#include "ledger/domain/city_code.h"
#include "ledger/domain/cnaps_code.h"
#include "ledger/domain/document_number.h"
#include "ledger/domain/industry_code.h"
#include "ledger/domain/invoice_number.h"
#include "ledger/domain/uscc.h"
