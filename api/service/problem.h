// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <boost/json.hpp>

#include "api/http/message.h"
#include "api/views/reader.h"
#include "crypto/result.h"
#include "ledger/ledger.h"

// Answers that say why a request was not fulfilled: problem details (RFC 9457), in the reader's language.

namespace fundtrail::api::service {

struct Problem {
  std::uint16_t status;
  std::string_view name;  // of the kind of problem: urn:fundtrail:problem:<name>
  std::string detail;
  boost::json::object more{};                 // further members
  std::optional<std::uint32_t> retryAfter{};  // seconds
};

[[nodiscard]] http::Response answer(views::Reader const& reader, Problem problem);

/// What an error of the ledger's is to a client. One of storage says nothing of the machine.
[[nodiscard]] Problem problemOf(views::Reader const& reader, crypto::Error const& error);

/// A refusal by a rule: 422 with `rule`, `clause`, `event` (position in the batch; null: the batch), `statement`,
/// `reason` and `remedy` in the reader's language.
[[nodiscard]] Problem problemOf(views::Reader const& reader, ledger::BatchRefused const& refused);

/// `rule`, `clause`, `statement`, `reason`, `remedy` of what a rule says of an event.
[[nodiscard]] boost::json::object objectionJson(views::Reader const& reader, ledger::domain::Refusal const& refusal);

}  // namespace fundtrail::api::service
