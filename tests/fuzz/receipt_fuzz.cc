// SPDX-License-Identifier: Apache-2.0
// A receipt comes from whoever wants to convince: any bytes are an answer, and what holds can be read out.
#include <cstddef>
#include <cstdint>

#include "crypto/ensure.h"
#include "replay/receipt.h"
#include "replay/report_text.h"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  namespace crypto = fundtrail::crypto;
  using fundtrail::ledger::schema::Language;
  // The log of the receipts that the corpus begins with: a simulated one.
  static auto const policy =
      crypto::LogPolicy::parse(
          "log fundtrail.example/gd-sme-digital+970775bb+AdB1Zd8NGmgkyRIi7fwCKGxzzbUji4ry25+giWjSdEE8\n"
          "quorum none\n")
          .value();
  auto const bytes = fundtrail::replay::receiptIn({data, size});
  auto const receipt = bytes ? fundtrail::replay::verifyReceipt(*bytes, policy) : bytes.error();
  if (receipt) {
    for (auto const language : {Language::zh, Language::en}) {
      crypto::ensure(!fundtrail::replay::toText(*receipt, policy, language).empty(), "what holds can be read out");
    }
  } else {
    crypto::ensure(receipt.error().message.find('\n') == std::string::npos, "an error is one line");
    crypto::ensure(!receipt.error().zh.empty(), "an error is in both languages");
  }
  return 0;
}
