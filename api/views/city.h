// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "api/views/reader.h"
#include "crypto/result.h"
#include "ledger/domain/city_code.h"

namespace fundtrail::api::views {

/// In the reader's language.
std::string cityName(Reader const& reader, ledger::domain::CityCode code);

/// The one of these cities that a person means: by its code or its name, "441900", "东莞市", "东莞", "Dongguan". Error:
/// notFound, which lists the cities.
crypto::Result<ledger::domain::CityCode> cityNamed(Reader const& reader,
                                                   std::span<ledger::domain::CityCode const> cities,
                                                   std::string const& text);

}  // namespace fundtrail::api::views
