// SPDX-License-Identifier: Apache-2.0
#include "ledger/receipt/qr_code.h"

#include <cstddef>
#include <iterator>
#include <memory>
#include <qrencode.h>

#include <fmt/format.h>

#include "crypto/ensure.h"

namespace fundtrail::ledger::receipt {

namespace {

constexpr int kQuietZone = 4;  // modules
constexpr std::size_t kMostText = 500;

struct Free {
  void operator()(QRcode* code) const noexcept { ::QRcode_free(code); }
};

}  // namespace

std::string qrCodeSvg(std::string_view text) {
  crypto::ensure(text.size() <= kMostText, "a QR code that a telephone can read holds little text");
  std::unique_ptr<QRcode, Free> const code(::QRcode_encodeString8bit(std::string(text).c_str(), 0, QR_ECLEVEL_M));
  crypto::ensure(code != nullptr, "there is a QR code large enough, and memory for it");
  auto const width = code->width;
  auto const side = width + 2 * kQuietZone;
  std::string path;
  for (int y = 0; y < width; ++y) {
    for (int x = 0; x < width; ++x) {
      bool const dark = (code->data[y * width + x] & 1U) != 0;  // the library's other bits say what the module is for
      if (dark) fmt::format_to(std::back_inserter(path), "M{} {}h1v1h-1z", x + kQuietZone, y + kQuietZone);
    }
  }
  return fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {0}\" width=\"{0}mm\" height=\"{0}mm\" "
      "shape-rendering=\"crispEdges\">\n<rect width=\"{0}\" height=\"{0}\" fill=\"#fff\"/>\n"
      "<path d=\"{1}\"/>\n</svg>\n",
      side, path);
}

}  // namespace fundtrail::ledger::receipt
