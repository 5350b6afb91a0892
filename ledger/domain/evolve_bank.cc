// SPDX-License-Identifier: Apache-2.0
// Bank statements, and what their lines stand for.

#include "ledger/domain/evolution.h"
#include "ledger/domain/numbers.h"
#include "ledger/domain/read.h"

namespace fundtrail::ledger::domain {

void Evolution::importStatement(schema::StatementImported::Reader body) {
  auto const account = readAccount(body.getAccount().getNumber());
  Statement statement{subject_.region,
                      account,
                      readDate(body.getPeriodFrom()),
                      readDate(body.getPeriodTo()),
                      readFen(body.getClosingFen()),
                      context_.number,
                      {}};
  for (auto const line : body.getLines()) {
    statement.lines.push_back({readDate(line.getValueDate()),
                               readFen(line.getCreditFen()) - readFen(line.getDebitFen()),
                               normalReference(textOf(line.getBankReference())),
                               AccountNumber::parse(textOf(line.getCounterpartyAccount()))});
  }
  state_.statements.insert(context_.ref, std::move(statement));
  if (!state_.accountBooks.contains(account)) state_.accountBooks.insert(account, {});
  state_.accountBooks.edit(account).statements.push_back(context_.ref);
}

void Evolution::matchLine(schema::LineMatched::Reader body, Sign sign) {
  EventNumber const number(body.getNumber());
  bool const isMatched = sign == Sign::plus;
  auto& record = line(body.getLine());
  record.matched = isMatched ? std::optional(number) : std::nullopt;
  record.settledBy = isMatched ? std::optional(context_.number) : std::nullopt;
  if (state_.matched.contains(number)) {
    state_.matched.edit(number) = isMatched;
  } else {
    state_.matched.insert(number, isMatched);
  }
}

}  // namespace fundtrail::ledger::domain
