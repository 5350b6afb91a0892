// SPDX-License-Identifier: Apache-2.0
#include "ledger/simulation/registration.h"

namespace fundtrail::ledger::simulation {

void registerOrganisation(World& world, OfficialIndex author, Enterprise const& company, schema::OrganisationKind kind,
                          domain::CityCode region) {
  world.write(author, [&](schema::Event::Builder event) {
    auto body = event.initOrganisationRegistered();
    body.setUscc(textOf(company.uscc));
    body.setName(textOf(company.name));
    body.setKind(kind);
    body.setRegion(region.number());
    if (kind == schema::OrganisationKind::ENTERPRISE) body.setIndustry(company.industry.text().c_str());
    body.setStaff(company.staff);
    body.setAnnualRevenueFen(company.revenue.count());
    auto account = body.initAccounts(1)[0];
    account.setNumber(textOf(company.account.number));
    account.setName(textOf(company.name));
    account.setBank(textOf(company.account.bank));
    account.setBankName(textOf(company.account.bankName));
  });
}

}  // namespace fundtrail::ledger::simulation
