// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "api/cli/session.h"
#include "crypto/result.h"
#include "ledger/domain/city_code.h"

namespace fundtrail::api::cli {

/// In the session's language.
std::string cityName(Session const& session, ledger::domain::CityCode code);

/// The one of these cities that a person means: by its code or its name, "441900", "东莞市", "东莞", "Dongguan". Error:
/// notFound, which lists the cities.
crypto::Result<ledger::domain::CityCode> cityNamed(Session const& session,
                                                   std::span<ledger::domain::CityCode const> cities,
                                                   std::string const& text);

}  // namespace fundtrail::api::cli
