// SPDX-License-Identifier: Apache-2.0
#include "ledger/simulation/working_days.h"

#include "ledger/domain/calendar.h"

namespace fundtrail::ledger::simulation {

namespace {

bool officesWork(domain::Date day) {
  return domain::isWorkingDay(day).value();  // the simulated years are years that the calendar covers
}

}  // namespace

domain::Date workingDayFrom(domain::Date day) {
  while (!officesWork(day)) day = day.plusDays(1);
  return day;
}

domain::Date plusWorkingDays(domain::Date day, int count) {
  int const step = count < 0 ? -1 : 1;
  for (; count != 0; count -= step) {
    do day = day.plusDays(step);
    while (!officesWork(day));
  }
  return day;
}

}  // namespace fundtrail::ledger::simulation
