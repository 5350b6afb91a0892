// SPDX-License-Identifier: Apache-2.0
// Organisations and their accounts; the city's lists of providers and products （五）; complaints.

#include <algorithm>

#include "ledger/domain/account_name.h"
#include "ledger/domain/evolution.h"
#include "ledger/domain/read.h"

namespace fundtrail::ledger::domain {

namespace {

PayeeAccount accountOf(schema::BankAccount::Reader account, std::optional<AccountChange> changed = std::nullopt) {
  return {readAccount(account.getNumber()), normalisedName(textOf(account.getName())).value_or(std::string()), changed};
}

std::optional<IndustryCode> industryOf(capnp::Text::Reader code) {
  if (code.size() == 0) return std::nullopt;
  return checked(IndustryCode::parse(textOf(code)));
}

}  // namespace

void Evolution::registerOrganisation(schema::OrganisationRegistered::Reader body) {
  Organisation organisation{normalisedName(textOf(body.getName())).value_or(std::string()),
                            body.getKind(),
                            CityCode::fromNumber(body.getRegion()),
                            industryOf(body.getIndustry()),
                            body.getStaff(),
                            readFen(body.getAnnualRevenueFen()),
                            {}};
  for (auto const account : body.getAccounts()) organisation.accounts.push_back(accountOf(account));
  state_.organisations.insert(readUscc(body.getUscc()), std::move(organisation));
}

void Evolution::renameOrganisation(schema::OrganisationRenamed::Reader body) {
  auto& organisation = state_.organisations.edit(readUscc(body.getUscc()));
  organisation.name = normalisedName(textOf(body.getName())).value_or(std::string());
  for (auto const renamed : body.getAccounts()) {
    auto const account =
        std::ranges::find(organisation.accounts, readAccount(renamed.getNumber()), &PayeeAccount::number);
    account->name = organisation.name;
    account->changed = AccountChange{occurredOn(), context_.acceptedAt.businessDate()};
  }
}

void Evolution::changeAccount(schema::BankAccountChanged::Reader body) {
  auto& accounts = state_.organisations.edit(readUscc(body.getUscc())).accounts;
  if (body.getReplaces().size() != 0) {
    std::erase_if(accounts, [replaced = readAccount(body.getReplaces())](PayeeAccount const& account) {
      return account.number == replaced;
    });
  }
  accounts.push_back(accountOf(body.getAccount(), AccountChange{occurredOn(), context_.acceptedAt.businessDate()}));
}

void Evolution::listProvider(schema::ProviderListed::Reader body) {
  ProviderKey const key{subject_.region, readUscc(body.getProvider())};
  if (!state_.providers.contains(key)) state_.providers.insert(key, {});
  auto& listing = state_.providers.edit(key);
  listing.listedFrom = readDate(body.getListedFrom());
  if (listing.isDelisted()) listing.delistings.back().until = listing.listedFrom;
}

void Evolution::delistProvider(schema::ProviderDelisted::Reader body) {
  ProviderKey const key{subject_.region, readUscc(body.getProvider())};
  if (!state_.providers.contains(key)) state_.providers.insert(key, {});
  state_.providers.edit(key).delistings.push_back({readDate(body.getDelistedFrom())});
}

void Evolution::listProduct(schema::ProductListed::Reader body) {
  ProductKey const key{subject_.region, std::string(textOf(body.getCode()))};
  auto const from = readDate(body.getListedFrom());
  Product const product{readUscc(body.getProvider()), body.getCategory(), readFen(body.getPriceFen()), from, from,
                        body.getAfterReview()};
  if (state_.products.contains(key)) {
    state_.products.edit(key) = product;
  } else {
    state_.products.insert(key, product);
  }
}

void Evolution::changePrice(schema::ProductPriceChanged::Reader body) {
  auto& product = state_.products.edit({subject_.region, std::string(textOf(body.getCode()))});
  product.price = readFen(body.getPriceFen());
  product.pricedFrom = readDate(body.getPricedFrom());
}

void Evolution::delistProduct(schema::ProductDelisted::Reader body) {
  state_.products.edit({subject_.region, std::string(textOf(body.getCode()))}).delistedFrom =
      readDate(body.getDelistedFrom());
}

void Evolution::fileComplaint(schema::ComplaintFiled::Reader body) {
  state_.complaints.insert(context_.ref, Complaint{subject_.region, readUscc(body.getProvider()), occurredOn()});
}

}  // namespace fundtrail::ledger::domain
