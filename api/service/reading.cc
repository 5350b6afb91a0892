// SPDX-License-Identifier: Apache-2.0
#include "api/service/reading.h"

#include <utility>

#include "ledger/domain/read.h"
#include "ledger/domain/subject.h"
#include "ledger/history/reading.h"
#include "ledger/schema/message.h"

namespace fundtrail::api::service {

namespace domain = ledger::domain;
namespace projections = ledger::projections;
namespace schema = ledger::schema;
using crypto::Result;

namespace {

projections::AsOf asOfOf(Arguments const& arguments) {
  auto const position = arguments.number("asOf");
  return {position ? std::optional(domain::EventNumber(*position)) : std::nullopt, arguments.date("on")};
}

/// The past as a reference needs it: events by number.
class Recorded final : public domain::History {
 public:
  explicit Recorded(ledger::log::EventLog const& log) : log_(log) {}
  [[nodiscard]] bool used(domain::UsedNumber const&) const override { return true; }
  [[nodiscard]] std::optional<domain::RecordedEvent> event(domain::EventNumber number) const override {
    auto read = ledger::history::readEvent(log_, number);
    if (!read) return std::nullopt;
    return domain::RecordedEvent{read->context, std::move(read->bytes)};
  }

 private:
  ledger::log::EventLog const& log_;
};

crypto::Error noSuchEvent(views::Reader const& reader, std::string const& name) {
  return reader.error(crypto::ErrorKind::notFound, {"没有事件 {}", "there is no event {}"}, name);
}

}  // namespace

bool asksForThePast(Context const& context, Arguments const& arguments) {
  auto const asOf = asOfOf(arguments);
  return asOf.on || (asOf.position && asOf.position->value() != context.live.position());
}

http::Response viewed(Context const& context, Call const& call,
                      std::function<http::Response(View const&)> const& answerWith,
                      std::optional<domain::Uscc> const& of) {
  if (!asksForThePast(context, call.arguments)) {
    return context.live.read([&](projections::Current const& current) {
      auto const& organisations = current.organisations();
      return answerWith({current.snapshot(), current.allocation(), current.timelines(), current.journal(),
                         [&](domain::Uscc const& uscc) { return organisations.accountsOf(uscc); },
                         [&](domain::Uscc const& uscc) { return organisations.provider(uscc); }});
    });
  }
  projections::Allocation allocation;
  projections::Timelines timelines;
  projections::Journal journal;
  std::optional<projections::AccountHistory> accounts;
  std::optional<projections::Provider> provider;
  if (of) {
    accounts.emplace(*of);
    provider.emplace(*of);
  }
  auto const snapshot = projections::read(
      context.ledger.log(), asOfOf(call.arguments),
      [&](domain::Case const& about) {
        allocation.apply(about);
        timelines.apply(about);
        journal.apply(about);
        if (of) accounts->apply(about);
        if (of) provider->apply(about);
      },
      [&](domain::State const& after) { timelines.observe(after); });
  if (!snapshot) return answer(call.reader, problemOf(call.reader, snapshot.error()));
  return answerWith({*snapshot, allocation, timelines, journal,
                     [&](domain::Uscc const&) { return accounts ? &*accounts : nullptr; },
                     [&](domain::Uscc const&) { return provider ? &*provider : nullptr; }});
}

Result<Named> namedEvent(Context const& context, Call const& call, projections::Snapshot const& snapshot) {
  auto const& name = call.arguments.text("event");
  auto number = domain::EventNumber::parse(name);
  if (!number) {
    auto const ref = domain::EventRef::parse(name);
    auto const* const record = ref ? snapshot.particulars.find(*ref) : nullptr;
    if (record == nullptr) return noSuchEvent(call.reader, name);
    number = record->event;
  }
  if (number->value() >= snapshot.basis.position) return noSuchEvent(call.reader, name);
  auto const read = ledger::history::readEvent(context.ledger.log(), *number);
  if (!read) return read.error();
  schema::Message<schema::Event> const message(read->bytes.bytes());
  auto const event = message.root();
  if (snapshot.basis.on && domain::readDate(event.getOccurredOn()) > *snapshot.basis.on) {
    return noSuchEvent(call.reader, name);
  }
  auto const subject = domain::subjectOf(snapshot.state, Recorded(context.ledger.log()), event);
  Named named{{read->context, subject.projectRef, subject.paymentRef},
              event.which(),
              subject.region,
              subject.county,
              subject.enterprise};
  if (event.isProjectEnrolled()) named.event.project = read->context.ref;
  if (event.isPaymentRequested()) named.event.payment = read->context.ref;
  if (auto const* const project = named.event.project ? snapshot.state.projects.find(*named.event.project) : nullptr) {
    named.region = project->city;
    named.county = project->county;
    named.enterprise = project->enterprise;
  }
  return named;
}

http::Response nothingThere(Call const& call, std::string_view name) {
  return answer(
      call.reader,
      problemOf(call.reader, call.reader.error(crypto::ErrorKind::notFound,
                                               {"没有 {}，或无权查看", "there is no {} that you may see"}, name)));
}

}  // namespace fundtrail::api::service
