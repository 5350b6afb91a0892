// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "crypto/result.h"
#include "replay/verify.h"

namespace fundtrail::replay {

/// The report on a log that was there and could not be opened, of which therefore nothing is proven: of one that was
/// damaged (ErrorKind::corrupt) that it cannot be verified, of one that could not be read (denied, io, conflict,
/// unsupported) that it is not proven, and why. Nothing for an error that says that no log was named: that is no answer
/// about a log.
[[nodiscard]] std::optional<Report> reportOfUnopened(crypto::Error const& error);

}  // namespace fundtrail::replay
