// SPDX-License-Identifier: Apache-2.0
// Private to this folder: what handlers read from, and how they come to the moment that a call asks for.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "api/access/sessions.h"
#include "api/access/sign_in.h"
#include "api/service/changes.h"
#include "api/service/endpoint.h"
#include "api/service/live.h"
#include "api/service/problem.h"
#include "api/service/receipts.h"
#include "api/service/service.h"
#include "api/views/search.h"
#include "crypto/result.h"
#include "ledger/ledger.h"
#include "ledger/projections/current.h"

namespace fundtrail::api::service {

/// What the service consists of, for its handlers.
class Context {
 public:
  ledger::Ledger& ledger;
  Environment const& environment;
  Settings const& settings;
  Live& live;
  Changes& changes;
  Receipts& receipts;
  access::SignIn& signIn;
  access::Sessions& sessions;
  access::RateLimit& signIns;
  std::function<void()> caughtUpLater;  // has what was recorded taken in, soon
};

/// The ledger at one moment. Valid while it is looked at.
struct View {
  ledger::projections::Snapshot const& snapshot;
  ledger::projections::Allocation const& allocation;
  ledger::projections::Timelines const& timelines;
  ledger::projections::Journal const& journal;
  std::function<ledger::projections::AccountHistory const*(ledger::domain::Uscc const&)> accountsOf;
  std::function<ledger::projections::Provider const*(ledger::domain::Uscc const&)> provider;
};

/// Whether the call asks for another moment than the present one: it then costs a fold.
[[nodiscard]] bool asksForThePast(Context const& context, Arguments const& arguments);

/// Gives what `answerWith` gives for the moment that the call asks for: the live one, or by `asOf` and `on` one that is
/// folded. The organisation whose accounts and provider's record are wanted of that is named, if any is.
[[nodiscard]] http::Response viewed(Context const& context, Call const& call,
                                    std::function<http::Response(View const&)> const& answerWith,
                                    std::optional<ledger::domain::Uscc> const& of = std::nullopt);

/// The event that the path names by `event`, and what it is about in the snapshot; by its number, or by the hash of one
/// that made a record. Error: notFound.
struct Named {
  views::NamedEvent event;
  ledger::schema::Event::Which type;
  ledger::domain::CityCode region;
  std::uint32_t county;
  std::optional<ledger::domain::Uscc> enterprise;
};
[[nodiscard]] crypto::Result<Named> namedEvent(Context const& context, Call const& call,
                                               ledger::projections::Snapshot const& snapshot);

/// For what is there and not to be seen: the same words as for what is not there.
[[nodiscard]] http::Response nothingThere(Call const& call, std::string_view name);

}  // namespace fundtrail::api::service
