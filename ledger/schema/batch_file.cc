// SPDX-License-Identifier: Apache-2.0
#include <set>
#include <utility>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

#include "ledger/schema/json.h"
#include "ledger/schema/json_decode.h"
#include "ledger/schema/json_text.h"
#include "ledger/schema/plain_text.h"

namespace fundtrail::ledger::schema {

namespace {

namespace json = boost::json;

crypto::Error badInput(std::string message) {
  return {crypto::ErrorKind::badInput, std::move(message)};
}

/// Takes the label out of an event's object.
crypto::Result<std::optional<std::string>> takeLabel(json::object& event) {
  auto const found = event.find("label");
  if (found == event.end()) {
    return std::nullopt;
  }
  auto const* const text = found->value().if_string();
  std::string label(text != nullptr ? std::string_view(text->data(), text->size()) : std::string_view());
  if (label.empty() || firstNotPlain(label) || label.find_first_not_of("0123456789") == std::string::npos) {
    return badInput("label: must be a text in quotes that is not empty and not a number");
  }
  event.erase(found);
  return label;
}

}  // namespace

PreparedEvent::PreparedEvent(std::shared_ptr<json::object const> json, std::optional<std::string> labelled,
                             std::string where)
    : label(std::move(labelled)), json_(std::move(json)), where_(std::move(where)) {}

crypto::Result<Words> PreparedEvent::encode(Salt const& salt, ReferenceResolver const& resolve) const {
  auto object = *json_;
  if (!object.contains("salt")) {
    object["salt"] = crypto::toHex(salt);
  }
  auto words = decode<Event>(std::move(object), resolve);
  if (!words) {
    return crypto::Error{words.error().kind, fmt::format("{}: {}", where_, words.error().message)};
  }
  return words;
}

crypto::Result<BatchFile> parseBatchFile(std::string_view text) {
  auto parsed = parseJson(text);
  if (!parsed) {
    return parsed.error();
  }
  auto* const file = parsed->if_object();
  if (file == nullptr) {
    return badInput("JSON: must be an object with the list \"events\"");
  }
  for (auto const& member : *file) {
    std::string_view const name(member.key().data(), member.key().size());
    if (name != "events" && name != "note") {
      return badInput(fmt::format("{}: is no name that a batch file knows: use \"events\" and \"note\"", name));
    }
    if (name == "note" && !member.value().is_string()) {
      return badInput("note: must be a text in quotes");
    }
  }
  auto* const found = file->if_contains("events");
  auto* const events = found == nullptr ? nullptr : found->if_array();
  if (events == nullptr || events->empty() || events->size() > kMaxBatchEvents) {
    return badInput(fmt::format("events: must be a list of 1 to {} events", kMaxBatchEvents));
  }

  BatchFile batch;
  std::set<std::string> labels;
  for (auto& event : *events) {
    auto where = fmt::format("events[{}]", batch.events.size());
    if (!event.is_object()) {
      return badInput(where + ": must be an object in braces");
    }
    auto object = std::make_shared<json::object>(std::move(event.get_object()));
    auto label = takeLabel(*object);
    if (!label) {
      return badInput(fmt::format("{}: {}", where, label.error().message));
    }
    if (*label && !labels.insert(**label).second) {
      return badInput(fmt::format("{}: the label \"{}\" is another event's: choose one of its own", where, **label));
    }
    batch.events.emplace_back(std::move(object), *std::move(label), std::move(where));
  }
  return batch;
}

}  // namespace fundtrail::ledger::schema
