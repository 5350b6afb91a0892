// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ledger/simulation/world.h"

namespace fundtrail::ledger::simulation {

/// Clause （五）: each city registers its assessor and its providers, and lists the providers and their products,
/// before the first project begins in April 2024. Later prices change, products leave the list, and some cities delist
/// a provider.
void planCatalogue(World& world);

/// Of a product that was sold before it was in the list: it is admitted after review.
void listProduct(World& world, City const& city, Provider const& provider, Product const& product, bool afterReview);

/// 清退: by the city, or everywhere where the province says so.
void delistProvider(World& world, OfficialIndex author, std::uint32_t city, Provider& provider,
                    schema::DelistingCause cause, std::string_view reason);

}  // namespace fundtrail::ledger::simulation
