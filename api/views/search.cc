// SPDX-License-Identifier: Apache-2.0
#include "api/views/search.h"

#include <sstream>

#include "ledger/domain/account_name.h"
#include "ledger/schema/names.h"

namespace fundtrail::api::views {

namespace domain = ledger::domain;
namespace projections = ledger::projections;
namespace schema = ledger::schema;

crypto::Error notACreditCode(Reader const& reader, std::string const& text) {
  return reader.error(crypto::ErrorKind::badInput,
                      {"{} 不是有效的统一社会信用代码：请核对 18 位代码",
                       "{} is no valid unified social credit code: check its 18 characters"},
                      text);
}

crypto::Error notRegistered(Reader const& reader, std::string const& uscc) {
  return reader.error(crypto::ErrorKind::notFound,
                      {"账本此时没有登记主体 {}", "no organisation {} is registered at that position"}, uscc);
}

NamedEvent namedEventOf(domain::Case const& about) {
  NamedEvent named{about.context, about.subject.projectRef, about.subject.paymentRef};
  if (about.event.isProjectEnrolled()) named.project = about.context.ref;
  if (about.event.isPaymentRequested()) named.payment = about.context.ref;
  return named;
}

void EventSearch::apply(domain::Case const& about) {
  if (name_.is(about.context.number, about.context.ref)) found_.push_back(namedEventOf(about));
}

crypto::Result<NamedEvent> EventSearch::result(Reader const& reader) const {
  if (found_.empty() && name_.number()) {
    return reader.error(crypto::ErrorKind::notFound,
                        {"事件 {} 在账上，但不在 --as-of 和 --on 所限的范围内：请放宽",
                         "event {} is on record, but not among the events that --as-of and --on let in: widen them"},
                        text_);
  }
  if (found_.empty()) return notOnRecord(reader, text_, events_);
  if (found_.size() > 1) return ambiguous(reader, text_, found_.size());
  return found_.front();
}

bool EventFilter::admits(schema::Event::Reader event) const {
  if (type && event.which() != *type) return false;
  if (with.empty()) return true;
  auto const wanted = domain::normalisedName(with).value_or(with);
  std::istringstream lines(schema::describe(event, Language::zh));
  for (std::string line; std::getline(lines, line);) {
    if (domain::normalisedName(line).value_or(line).find(wanted) != std::string::npos) return true;
  }
  return false;
}

bool EventFilter::admits(domain::State const& state, projections::JournalEntry const& entry) const {
  bool const another = !by.empty() && state.person(state.keys.find(entry.context.author)->person).id != by;
  return !another && (!region || entry.region == *region);
}

std::vector<domain::CityCode> citiesOf(domain::State const& state) {
  std::vector<domain::CityCode> cities;
  state.cities.visit([&](domain::CityCode city, domain::City const&) { cities.push_back(city); });
  return cities;
}

}  // namespace fundtrail::api::views
