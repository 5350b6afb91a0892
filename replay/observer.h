// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "ledger/domain/event_context.h"
#include "ledger/domain/refs.h"
#include "ledger/schema/event.capnp.h"

// How parts of the audit that keep a memory of their own follow a replay: they are shown each event once it is known to
// be authentic and lawful, in the order of the log, and derive what they need from its bytes alone.

namespace fundtrail::replay {

/// A lawful event. Everything it points to holds during the call only.
struct ShownEvent {
  ledger::domain::EventContext const& context;
  ledger::domain::BatchNumber batch;
  std::string_view person;  // who signed, by the identifier under which the key is enrolled
  ledger::schema::Event::Reader event;
};

/// One thread, which need not be the one that asked for the replay. What an observer was shown before an unlawful event
/// holds; behind it nothing is shown.
class Observer {
 public:
  virtual ~Observer() = default;

  /// The next event. A reversal (eventReversed) waits for its second person: it takes nothing back yet.
  virtual void take(ShownEvent const& shown) = 0;

  /// A second person has just confirmed that an earlier event is taken back (红字冲销): `confirmation`, which take()
  /// was shown before, is the event that did. Whatever depended on the original was taken back before it.
  virtual void takeBack(ShownEvent const& original, ShownEvent const& confirmation) = 0;
};

}  // namespace fundtrail::replay
