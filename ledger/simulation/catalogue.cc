// SPDX-License-Identifier: Apache-2.0
#include "ledger/simulation/catalogue.h"

#include "ledger/domain/read.h"
#include "ledger/simulation/registration.h"

namespace fundtrail::ledger::simulation {

namespace {

using domain::Date;

void listProvider(World& world, City const& city, Provider const& provider) {
  world.write(city.office.industryClerks[0], [&](schema::Event::Builder event) {
    auto body = event.initProviderListed();
    body.setCity(city.code.number());
    body.setProvider(textOf(provider.company.uscc));
    body.setListedFrom(event.getOccurredOn());
  });
}

void listProduct(World& world, City const& city, Provider const& provider, Product const& product) {
  world.write(city.office.industryClerks[0], [&](schema::Event::Builder event) {
    auto body = event.initProductListed();
    body.setCity(city.code.number());
    body.setProvider(textOf(provider.company.uscc));
    body.setCode(textOf(product.code));
    body.setName(textOf(product.ware->name));
    body.setCategory(product.ware->category);
    body.setUnit(textOf(product.ware->unit));
    body.setPriceFen(product.price.count());
    body.setListedFrom(event.getOccurredOn());
  });
}

}  // namespace

void planCatalogue(World& world) {
  auto const registered = domain::checked(Date::fromNumber(20240325));
  for (auto const& city : world.cities) {
    world.agenda.on(registered, [&world, &city] {
      auto const clerk = city.office.industryClerks[0];
      registerOrganisation(world, clerk, city.assessor, schema::OrganisationKind::ASSESSOR, city.code);
      for (auto const& provider : city.providers) {
        registerOrganisation(world, clerk, provider.company, provider.kind, city.code);
        listProvider(world, city, provider);
        for (auto const& product : provider.products) listProduct(world, city, provider, product);
      }
    });
  }
}

}  // namespace fundtrail::ledger::simulation
