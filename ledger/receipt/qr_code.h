// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace fundtrail::ledger::receipt {

/// A QR code (ISO/IEC 18004, error correction M, quiet zone of 4 modules) of a text of at most 500 bytes, as an SVG
/// file that scales to any size.
[[nodiscard]] std::string qrCodeSvg(std::string_view text);

}  // namespace fundtrail::ledger::receipt
