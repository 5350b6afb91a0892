// SPDX-License-Identifier: Apache-2.0
// Enterprises, providers and what these offer.
#include <array>
#include <utility>

#include "api/service/handlers.h"
#include "api/service/reading.h"
#include "api/service/rendering.h"
#include "api/views/reports.h"

namespace fundtrail::api::service {

namespace domain = ledger::domain;
namespace schema = ledger::schema;

namespace {

constexpr auto kByCode = std::to_array<std::string_view>({"uscc"});
constexpr auto kByProduct = std::to_array<std::string_view>({"city", "code"});

/// An organisation from outside the province is everybody's who sees any place.
bool isSeen(Call const& call, domain::Uscc const& uscc, domain::Organisation const& organisation) {
  auto const region = organisation.region.value_or(domain::CityCode::province());
  return call.sight.sees(region.cityOf(), region.isCounty() ? region.number() : 0, uscc);
}

http::Response organisations(Context const& context, Call const& call, auto const& isOfTheKind) {
  return viewed(context, call, [&](View const& view) {
    auto const city = call.arguments.city("city");
    auto report = views::organisationsReport(
        call.reader, view.snapshot, [&](domain::Uscc const& uscc, domain::Organisation const& organisation) {
          auto const region = organisation.region.value_or(domain::CityCode::province());
          bool const there = !city || city->isProvince() || region.cityOf() == *city;
          return there && isOfTheKind(organisation) &&
                 (call.sight.seesEverything() || isSeen(call, uscc, organisation));
        });
    return renderedPage(call, std::move(report), kByCode);
  });
}

}  // namespace

http::Response getEnterprises(Context const& context, Call const& call) {
  return organisations(context, call, [](domain::Organisation const& organisation) {
    return organisation.kind == schema::OrganisationKind::ENTERPRISE;
  });
}

http::Response getEnterprise(Context const& context, Call const& call) {
  auto const uscc = *call.arguments.uscc("uscc");
  return viewed(
      context, call,
      [&](View const& view) {
        auto const* const organisation = view.snapshot.state.organisations.find(uscc);
        auto const* const accounts = view.accountsOf(uscc);
        if (organisation == nullptr || accounts == nullptr || !isSeen(call, uscc, *organisation)) {
          return nothingThere(call, uscc.text());
        }
        auto const report = views::enterpriseReport(call.reader, view.snapshot, uscc, *accounts);
        if (!report) return answer(call.reader, problemOf(call.reader, report.error()));
        return rendered(call, *report);
      },
      uscc);
}

http::Response getProviders(Context const& context, Call const& call) {
  return organisations(context, call, [](domain::Organisation const& organisation) {
    using OfKind = schema::OrganisationKind;
    return organisation.kind == OfKind::LEAD_UNIT || organisation.kind == OfKind::INTEGRATOR ||
           organisation.kind == OfKind::VENDOR;
  });
}

http::Response getProvider(Context const& context, Call const& call) {
  auto const uscc = *call.arguments.uscc("uscc");
  return viewed(
      context, call,
      [&](View const& view) {
        auto const* const provider = view.provider(uscc);
        if (provider == nullptr) return nothingThere(call, uscc.text());
        auto report = views::providerReport(call.reader, view.snapshot.basis, *provider);
        if (!report) return nothingThere(call, uscc.text());
        return rendered(call, *report);
      },
      uscc);
}

http::Response getProducts(Context const& context, Call const& call) {
  return viewed(context, call, [&](View const& view) {
    auto const city = call.arguments.city("city");
    auto const provider = call.arguments.uscc("provider");
    auto report = views::productsReport(
        call.reader, view.snapshot, [&](domain::ProductKey const& key, domain::Product const& product) {
          return (!city || city->isProvince() || key.city == *city) && (!provider || product.provider == *provider);
        });
    return renderedPage(call, std::move(report), kByProduct);
  });
}

}  // namespace fundtrail::api::service
