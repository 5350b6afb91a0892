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

crypto::Error badInput(std::string message, std::string zh) {
  return {crypto::ErrorKind::badInput, std::move(message), std::move(zh)};
}

/// The error, said of the event at this index.
crypto::Error inEvent(std::size_t index, crypto::Error const& error) {
  return error.of(fmt::format("event {} of the file", index + 1), fmt::format("第 {} 个事件", index + 1));
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
    return badInput("label: must be a text in quotes that is not empty and not a number",
                    "label：须为引号中的文字，不能为空，不能全是数字");
  }
  event.erase(found);
  return label;
}

}  // namespace

PreparedEvent::PreparedEvent(std::shared_ptr<json::object const> json, std::optional<std::string> labelled,
                             std::size_t index)
    : label(std::move(labelled)), json_(std::move(json)), index_(index) {}

crypto::Result<Words> PreparedEvent::encode(Salt const& salt, ReferenceResolver const& resolve) const {
  auto object = *json_;
  if (!object.contains("salt")) {
    object["salt"] = crypto::toHex(salt);
  }
  auto words = decode<Event>(std::move(object), resolve);
  if (!words) {
    return inEvent(index_, words.error());
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
    return badInput("JSON: must be an object with the list \"events\"",
                    "JSON：最外层须为花括号中的对象，其中有列表 \"events\"");
  }
  for (auto const& member : *file) {
    std::string_view const name(member.key().data(), member.key().size());
    if (name != "events" && name != "note") {
      return badInput(fmt::format("{}: is no name that a batch file knows: use \"events\" and \"note\"", name),
                      fmt::format("{}：批次文件没有这一项，只用 \"events\" 和 \"note\"", name));
    }
    if (name == "note" && !member.value().is_string()) {
      return badInput("note: must be a text in quotes", "note：须为引号中的文字");
    }
  }
  auto* const found = file->if_contains("events");
  auto* const events = found == nullptr ? nullptr : found->if_array();
  if (events != nullptr && events->size() > kMaxBatchEvents) {
    return badInput(
        fmt::format("events: are {}, a batch holds at most {}: split the file", events->size(), kMaxBatchEvents),
        fmt::format("events：有 {} 个，一批至多 {} 个，请分成几个文件", events->size(), kMaxBatchEvents));
  }
  if (events == nullptr || events->empty()) {
    return badInput(fmt::format("events: must be a list of 1 to {} events", kMaxBatchEvents),
                    fmt::format("events：须为 1 至 {} 个事件的列表", kMaxBatchEvents));
  }

  BatchFile batch;
  std::set<std::string> labels;
  for (auto& event : *events) {
    auto const index = batch.events.size();
    if (!event.is_object()) {
      return inEvent(index, badInput("must be an object in braces", "须为花括号中的对象"));
    }
    auto object = std::make_shared<json::object>(std::move(event.get_object()));
    auto label = takeLabel(*object);
    if (!label) {
      return inEvent(index, label.error());
    }
    if (*label && !labels.insert(**label).second) {
      return inEvent(index, badInput(fmt::format("the label \"{}\" is another event's: choose one of its own", **label),
                                     fmt::format("label “{}”与另一事件重复，请换一个", **label)));
    }
    batch.events.emplace_back(std::move(object), *std::move(label), index);
  }
  return batch;
}

}  // namespace fundtrail::ledger::schema
