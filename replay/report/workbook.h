// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "crypto/result.h"
#include "ledger/schema/names.h"
#include "replay/journal/vouchers.h"
#include "replay/report/dossier.h"

namespace fundtrail::replay::report {

/// Writes the working papers (工作底稿) as an Excel workbook, over a file that may stand there: verdict and scope,
/// parts, findings, cities, tranches, payments with what each rests on, journal. Heads are frozen, tables have filters.
/// Text is always text, never a formula, whatever it begins with. Amounts are numbers of yuan with two decimals: Excel
/// computes in binary floating point and keeps 15 digits, so that every amount below 10^15 fen is exact; a larger one
/// is written as text. A journal that is longer than a sheet (1,048,576 rows) goes on in the next. Error: io, after
/// which the file may be there in part.
[[nodiscard]] crypto::Result<void> writeWorkbook(std::filesystem::path const& file, Dossier const& dossier,
                                                 journal::Vouchers const& vouchers, schema::Language language);

}  // namespace fundtrail::replay::report
