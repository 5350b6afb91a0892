// SPDX-License-Identifier: Apache-2.0
#include "ledger/simulation/corrections.h"

namespace fundtrail::ledger::simulation {

void confirm(World& world, OfficialIndex second, Written const& change) {
  world.write(second, [&](schema::Event::Builder event) {
    event.setCause(dataOf(change));
    auto body = event.initChangeConfirmed();
    body.setChange(dataOf(change));
    body.setOutcome(schema::Outcome::PASS);
  });
}

void reverse(World& world, TwoPersons const& persons, Written const& wrong, std::string_view reason) {
  auto const request = world.write(persons.first, [&](schema::Event::Builder event) {
    event.setCause(dataOf(wrong));
    auto body = event.initEventReversed();
    body.setEvent(dataOf(wrong));
    body.setNumber(world.desk.numberOf(wrong).value());
    body.setReason(textOf(reason));
  });
  world.agenda.inWorkingDays(1, [&world, second = persons.second, request] { confirm(world, second, request); });
}

void changeAccount(World& world, City const& city, Project& project, OfficialIndex author) {
  auto const account = world.numbers.account(city.code);
  auto const request = world.write(author, [&](schema::Event::Builder event) {
    world.desk.attach(event, {.kind = "账户变更申请（模拟）"});
    auto body = event.initBankAccountChanged();
    body.setUscc(textOf(project.enterprise.uscc));
    body.setReplaces(textOf(project.enterprise.account.number));
    body.setReason("原账户已销户");
    auto next = body.initAccount();
    next.setNumber(textOf(account.number));
    next.setName(textOf(project.enterprise.name));
    next.setBank(textOf(account.bank));
    next.setBankName(textOf(account.bankName));
  });
  world.agenda.inWorkingDays(1, [&world, &city, &project, account, request] {
    confirm(world, city.office.financeReviewer, request);
    project.enterprise.account = account;
  });
}

void rename(World& world, City const& city, Project& project) {
  auto& enterprise = project.enterprise;
  auto const name = "新" + enterprise.name;
  auto const request = world.write(city.office.industryClerks[0], [&](schema::Event::Builder event) {
    world.desk.attach(event, {.kind = "准予变更登记通知书（模拟）"});
    auto body = event.initOrganisationRenamed();
    body.setUscc(textOf(enterprise.uscc));
    body.setName(textOf(name));
    body.initAccounts(1)[0].setNumber(textOf(enterprise.account.number));
    body.setReason("公司改制");
  });
  world.agenda.inWorkingDays(1, [&world, &city, &enterprise, name, request] {
    confirm(world, city.office.industryReviewer, request);
    enterprise.name = name;
  });
}

}  // namespace fundtrail::ledger::simulation
