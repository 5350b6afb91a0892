// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "ledger/schema/json_text.h"
#include "ledger/schema/nearest.h"
#include "replay/indicators/examine.h"

namespace fundtrail::replay::indicators {

namespace json = boost::json;
using crypto::Error;
using crypto::ErrorKind;
using crypto::Result;

namespace {

Error refuse(std::string en, std::string zh) {
  return {ErrorKind::badInput, std::move(en), std::move(zh)};
}

Error unknown(std::string_view what, std::string_view whatZh, std::string const& typed,
              std::vector<std::string> const& names) {
  auto const meant = ledger::schema::nearest(typed, names);
  return refuse(fmt::format("there is no {} {}{}", what, typed, meant ? fmt::format(": did you mean {}?", *meant) : ""),
                fmt::format("没有{} {}{}", whatZh, typed, meant ? fmt::format("，是否为 {}？", *meant) : ""));
}

Result<void> readOne(Indicator const& indicator, json::object const& object, Settings& settings) {
  std::string const id(indicator.id);
  std::vector<std::string> names{"off"};
  for (auto const& parameter : indicator.parameters) names.emplace_back(parameter.name);
  for (auto const& [key, value] : object) {
    std::string const name(key);
    if (name == "off") {
      auto const* const reason = value.if_string();
      if (!reason || reason->find_first_not_of(" \t") == json::string::npos) {
        return refuse(fmt::format("{}.off: say why it is switched off, as a text: it stands in the report", id),
                      fmt::format("{}.off：请用文字写明关闭原因，报告将予载明", id));
      }
      settings.off[id] = std::string(*reason);
      continue;
    }
    auto const parameter = std::ranges::find(indicator.parameters, name, &Parameter::name);
    if (parameter == indicator.parameters.end()) {
      return unknown(fmt::format("parameter of {}", id), fmt::format(" {} 的参数", id), name, names);
    }
    auto const most = mostOf(parameter->unit);
    auto const* const number = value.if_int64();
    if (!number || *number < 0 || *number > most) {
      return refuse(
          fmt::format("{}.{}: must be a whole number from 0 to {} ({})", id, name, most, wordsFor(parameter->unit).en),
          fmt::format("{}.{}：应为 0 至 {} 的整数（{}）", id, name, most, wordsFor(parameter->unit).zh));
    }
    settings.values[id][name] = *number;
  }
  return {};
}

}  // namespace

Result<Settings> readSettings(std::string_view text) {
  auto const parsed = ledger::schema::parseJson(text);
  if (!parsed) return parsed.error();
  auto const* const object = parsed->if_object();
  if (!object)
    return refuse("must be an object of indicators, such as {\"K9\": {\"ratioBp\": 15000}}",
                  "应为以指标为名的对象，例如 {\"K9\": {\"ratioBp\": 15000}}");
  std::vector<std::string> ids;
  for (auto const& indicator : indicators()) ids.emplace_back(indicator.id);
  Settings settings;
  for (auto const& [key, value] : *object) {
    std::string const id(key);
    auto const* const indicator = find(id);
    if (!indicator) return unknown("indicator", "指标", id, ids);
    auto const* const parameters = value.if_object();
    if (!parameters) {
      return refuse(fmt::format("{}: must be an object of parameters, or {{\"off\": \"reason\"}}", id),
                    fmt::format("{}：应为参数对象，或 {{\"off\": \"原因\"}}", id));
    }
    if (auto const read = readOne(*indicator, *parameters, settings); !read) return read.error();
  }
  return settings;
}

}  // namespace fundtrail::replay::indicators
