// SPDX-License-Identifier: Apache-2.0
#include "ledger/simulation/catalogue.h"

#include <array>

#include "ledger/domain/read.h"
#include "ledger/simulation/registration.h"

namespace fundtrail::ledger::simulation {

namespace {

using domain::Date;
using domain::Fen;
using schema::DelistingCause;

Date day(std::uint32_t number) {
  return domain::checked(Date::fromNumber(number));
}

void listProvider(World& world, City const& city, Provider const& provider) {
  world.write(city.office.industryClerks[0], [&](schema::Event::Builder event) {
    auto body = event.initProviderListed();
    body.setCity(city.code.number());
    body.setProvider(textOf(provider.company.uscc));
    body.setListedFrom(event.getOccurredOn());
  });
}

void fill(World& world, City const& city) {
  auto const clerk = city.office.industryClerks[0];
  registerOrganisation(world, clerk, city.assessor, schema::OrganisationKind::ASSESSOR, city.code);
  for (auto const& provider : city.providers) {
    registerOrganisation(world, clerk, provider.company, provider.kind, city.code);
    listProvider(world, city, provider);
    for (auto const& product : provider.products) {
      if (product.listed) listProduct(world, city, provider, product, false);
    }
  }
}

/// Two products of each city, up or down a little.
void changePrices(World& world, City& city) {
  for (int i = 0; i < 2; ++i) {
    auto& provider = city.providers[world.random.below(city.providers.size())];
    auto& product = provider.products[world.random.below(provider.products.size())];
    if (provider.delisted || product.retired || !product.listed) continue;
    product.price = Fen::literal(product.price.count() * world.random.between(93, 106) / 100);
    world.write(city.office.industryClerks[1], [&](schema::Event::Builder event) {
      auto body = event.initProductPriceChanged();
      body.setCity(city.code.number());
      body.setCode(textOf(product.code));
      body.setPriceFen(product.price.count());
      body.setPricedFrom(event.getOccurredOn());
    });
  }
}

/// Takes the product off the list as soon as no project waits for an award with it.
void retire(World& world, City const& city, Product& product) {
  product.retired = true;
  if (product.awaited != 0) {
    world.agenda.inWorkingDays(10, [&world, &city, &product] { retire(world, city, product); });
    return;
  }
  world.write(city.office.industryClerks[1], [&](schema::Event::Builder event) {
    auto body = event.initProductDelisted();
    body.setCity(city.code.number());
    body.setCode(textOf(product.code));
    body.setReason("产品停产，供给方申请退库");
    body.setDelistedFrom(event.getOccurredOn());
  });
}

struct Delisting {
  std::uint32_t city;
  std::size_t provider;
  std::uint32_t on;
  DelistingCause cause;
  std::string_view reason;
};
// That for fraud follows from a finding: see oversight.cc.
constexpr auto kDelistings = std::to_array<Delisting>({
    {440600, 3, 20241210, DelistingCause::WEAK_SERVICE, "交付延期，运维人员不足"},
    {441300, 1, 20250415, DelistingCause::MANY_COMPLAINTS, "半年内属实投诉三件"},
    {440100, 2, 20250722, DelistingCause::ILLEGAL_FEES, "向企业收取申报代办费"},
});

void planLists(World& world, City& city, int position) {
  // One provider in each third city sells its large-model appliance before it is in the list.
  if (position % 3 == 0) city.providers[0].products[5].listed = false;
  world.agenda.on(day(20240325), [&world, &city] { fill(world, city); });
  for (auto const on : {20240912U, 20250313U, 20250911U, 20260312U}) {
    world.agenda.on(day(on).plusDays(position), [&world, &city] { changePrices(world, city); });
  }
  if (position % 2 == 0) {
    world.agenda.on(day(20250210).plusDays(position), [&world, &city] {
      auto& provider = city.providers[1];
      retire(world, city, provider.products[world.random.below(7)]);
    });
  }
  for (auto const& delisting : kDelistings) {
    if (delisting.city != city.code.number()) continue;
    world.agenda.on(day(delisting.on), [&world, &city, &delisting] {
      delistProvider(world, city.office.industryReviewer, city.code.number(), city.providers[delisting.provider],
                     delisting.cause, delisting.reason);
    });
  }
}

}  // namespace

void listProduct(World& world, City const& city, Provider const& provider, Product const& product, bool afterReview) {
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
    body.setAfterReview(afterReview);
  });
}

void delistProvider(World& world, OfficialIndex author, std::uint32_t city, Provider& provider, DelistingCause cause,
                    std::string_view reason) {
  provider.delisted = true;
  world.write(author, [&](schema::Event::Builder event) {
    world.desk.attach(event, {.kind = "清退决定（模拟）"});
    auto body = event.initProviderDelisted();
    body.setCity(city);
    body.setProvider(textOf(provider.company.uscc));
    body.setCause(cause);
    body.setReason(textOf(reason));
    body.setDelistedFrom(event.getOccurredOn());
  });
}

void planCatalogue(World& world) {
  int position = 0;
  for (auto& city : world.cities) planLists(world, city, position++);
}

}  // namespace fundtrail::ledger::simulation
