// SPDX-License-Identifier: Apache-2.0
#include "api/config/config.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <optional>
#include <toml++/toml.h>
#include <unistd.h>

#include <fmt/format.h>

#include "api/config/settings.h"
#include "crypto/ensure.h"
#include "ledger/schema/nearest.h"

namespace fundtrail::api::config {

namespace fs = std::filesystem;
using crypto::Error;
using crypto::ErrorKind;
using crypto::Result;

namespace {

template <class... Cases>
struct Match : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Match(Cases...) -> Match<Cases...>;

Error wrong(std::string const& where, Text const& what) {
  return {ErrorKind::badInput, fmt::format("{}: {}", where, what.en), fmt::format("{}：{}", where, what.zh)};
}

Error wrongType(std::string const& where, Setting const& setting) {
  auto const is = std::visit(Match{[](std::string& (*)(Config&)) {
                                     return Text{"加引号的文字", "a text in quotes"};
                                   },
                                   [](fs::path& (*)(Config&)) {
                                     return Text{"加引号的路径", "a path in quotes"};
                                   },
                                   [](std::uint64_t& (*)(Config&)) {
                                     return Text{"整数", "a whole number"};
                                   },
                                   [](bool& (*)(Config&)) {
                                     return Text{"true 或 false", "true or false"};
                                   },
                                   [](std::vector<std::string>& (*)(Config&)) {
                                     return Text{"方括号中的若干文字", "texts in square brackets"};
                                   }},
                             setting.place);
  auto const zh = fmt::format("{} 应为{}", setting.name(), is.zh);
  auto const en = fmt::format("{} must be {}", setting.name(), is.en);
  return wrong(where, {zh, en});
}

Result<void> checkNumber(std::string const& where, Setting const& setting, std::uint64_t value) {
  if (value >= setting.least && value <= setting.most) return {};
  auto const zh = fmt::format("{} 应在 {} 与 {} 之间", setting.name(), setting.least, setting.most);
  auto const en = fmt::format("{} must be between {} and {}", setting.name(), setting.least, setting.most);
  return wrong(where, {zh, en});
}

Result<void> checkChoice(std::string const& where, Setting const& setting, std::string const& value) {
  if (setting.choices.empty() || std::ranges::find(setting.choices, value) != setting.choices.end()) return {};
  auto const choices = fmt::format("{}", fmt::join(setting.choices, ", "));
  auto const zh = fmt::format("{} 应为其中之一：{}", setting.name(), choices);
  auto const en = fmt::format("{} must be one of: {}", setting.name(), choices);
  return wrong(where, {zh, en});
}

/// What cannot be found, and what may have been meant.
Error unknown(std::string const& where, std::string const& name, std::vector<std::string> const& names) {
  auto const meant = ledger::schema::nearest(name, names);
  auto const zh = fmt::format("没有 {} 这一项：{}", name,
                              meant ? fmt::format("是否指 {}？", *meant) : "请删去，或对照 docs/fundtraild.toml");
  auto const en =
      fmt::format("there is no {}: {}", name,
                  meant ? fmt::format("did you mean {}?", *meant) : "remove it, or compare docs/fundtraild.toml");
  return wrong(where, {zh, en});
}

/// A file as TOML has it.
class File {
 public:
  File(toml::table table, fs::path file) : table_(std::move(table)), file_(std::move(file)) {}

  Result<Config> read() const {
    Config config;
    for (auto const& [name, node] : table_) {
      auto const section = std::string(name.str());
      auto const found = std::ranges::find(sections(), section, &Section::name);
      if (found == sections().end()) return unknown(at(node), '[' + section + ']', sectionNames());
      auto const* const table = node.as_table();
      if (table == nullptr) {
        auto const zh = fmt::format("{} 应为一节：[{}]", section, section);
        auto const en = fmt::format("{} must be a section: [{}]", section, section);
        return wrong(at(node), {zh, en});
      }
      for (auto const& [key, value] : *table) {
        if (auto const done = set(config, section, std::string(key.str()), value); !done) return done.error();
      }
    }
    return config;
  }

 private:
  std::string at(toml::node const& node) const {
    return fmt::format("{}:{}", file_.string(), node.source().begin.line);
  }

  static std::vector<std::string> sectionNames() {
    std::vector<std::string> names;
    for (auto const& section : sections()) names.push_back('[' + std::string(section.name) + ']');
    return names;
  }

  Result<void> set(Config& config, std::string const& section, std::string const& key, toml::node const& node) const {
    std::vector<std::string> names;
    for (auto const& setting : settings()) {
      if (setting.section != section) continue;
      if (setting.key == key) return set(config, setting, node);
      names.push_back(setting.name());
    }
    return unknown(at(node), section + '.' + key, names);
  }

  Result<void> set(Config& config, Setting const& setting, toml::node const& node) const {
    auto const where = at(node);
    auto const type = [&] { return Result<void>(wrongType(where, setting)); };
    return std::visit(Match{[&](std::string& (*place)(Config&)) -> Result<void> {
                              auto const* const text = node.as_string();
                              if (text == nullptr) return type();
                              if (auto const fits = checkChoice(where, setting, text->get()); !fits) return fits;
                              place(config) = text->get();
                              return {};
                            },
                            [&](fs::path& (*place)(Config&)) -> Result<void> {
                              auto const* const text = node.as_string();
                              if (text == nullptr) return type();
                              auto const& path = text->get();
                              place(config) = path.empty() ? fs::path() : file_.parent_path() / path;
                              return {};
                            },
                            [&](std::uint64_t& (*place)(Config&)) -> Result<void> {
                              auto const* const number = node.as_integer();
                              if (number == nullptr) return type();
                              auto const value =
                                  number->get() < 0 ? setting.most + 1 : static_cast<std::uint64_t>(number->get());
                              if (auto const fits = checkNumber(where, setting, value); !fits) return fits;
                              place(config) = value;
                              return {};
                            },
                            [&](bool& (*place)(Config&)) -> Result<void> {
                              auto const* const boolean = node.as_boolean();
                              if (boolean == nullptr) return type();
                              place(config) = boolean->get();
                              return {};
                            },
                            [&](std::vector<std::string>& (*place)(Config&)) -> Result<void> {
                              auto const* const list = node.as_array();
                              if (list == nullptr) return type();
                              std::vector<std::string> texts;
                              for (auto const& item : *list) {
                                auto const* const text = item.as_string();
                                if (text == nullptr) return type();
                                texts.push_back(text->get());
                              }
                              place(config) = std::move(texts);
                              return {};
                            }},
                      setting.place);
  }

  toml::table table_;
  fs::path file_;
};

std::vector<std::string> splitList(std::string_view text) {
  std::vector<std::string> items;
  while (!text.empty()) {
    auto const comma = std::min(text.find(','), text.size());
    auto item = text.substr(0, comma);
    while (item.starts_with(' ')) item.remove_prefix(1);
    while (item.ends_with(' ')) item.remove_suffix(1);
    if (!item.empty()) items.emplace_back(item);
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return items;
}

Result<void> setFromVariable(Config& config, Setting const& setting, std::string const& value) {
  auto const where = setting.variable();
  auto const type = [&] { return Result<void>(wrongType(where, setting)); };
  return std::visit(Match{[&](std::string& (*place)(Config&)) -> Result<void> {
                            if (auto const fits = checkChoice(where, setting, value); !fits) return fits;
                            place(config) = value;
                            return {};
                          },
                          [&](fs::path& (*place)(Config&)) -> Result<void> {
                            place(config) = value;
                            return {};
                          },
                          [&](std::uint64_t& (*place)(Config&)) -> Result<void> {
                            std::uint64_t number = 0;
                            auto const* const last = value.data() + value.size();
                            auto const [end, error] = std::from_chars(value.data(), last, number);
                            if (error != std::errc() || end != last) return type();
                            if (auto const fits = checkNumber(where, setting, number); !fits) return fits;
                            place(config) = number;
                            return {};
                          },
                          [&](bool& (*place)(Config&)) -> Result<void> {
                            if (value != "true" && value != "false") return type();
                            place(config) = value == "true";
                            return {};
                          },
                          [&](std::vector<std::string>& (*place)(Config&)) -> Result<void> {
                            place(config) = splitList(value);
                            return {};
                          }},
                    setting.place);
}

/// A basic string of TOML.
std::string tomlString(std::string_view text) {
  std::string result = "\"";
  for (char const c : text) {
    auto const byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      result += {'\\', c};
    } else if (byte < ' ' || byte == 0x7f) {
      fmt::format_to(std::back_inserter(result), "\\u{:04X}", byte);
    } else {
      result += c;
    }
  }
  return result += '"';
}

std::string valueOf(Config& config, Setting const& setting) {
  return std::visit(Match{[&](std::string& (*place)(Config&)) { return tomlString(place(config)); },
                          [&](fs::path& (*place)(Config&)) { return tomlString(place(config).string()); },
                          [&](std::uint64_t& (*place)(Config&)) { return std::to_string(place(config)); },
                          [&](bool& (*place)(Config&)) { return std::string(place(config) ? "true" : "false"); },
                          [&](std::vector<std::string>& (*place)(Config&)) {
                            std::vector<std::string> items;
                            for (auto const& item : place(config)) items.push_back(tomlString(item));
                            return fmt::format("[{}]", fmt::join(items, ", "));
                          }},
                    setting.place);
}

}  // namespace

Environment processEnvironment() {
  Environment environment;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    std::string_view const text(*entry);
    auto const equals = text.find('=');
    if (equals != std::string_view::npos) environment.emplace_back(text.substr(0, equals), text.substr(equals + 1));
  }
  return environment;
}

Result<Config> parse(std::string_view text, fs::path const& file) {
  try {
    return File(toml::parse(text), file).read();
  } catch (toml::parse_error const& error) {
    auto const where = fmt::format("{}:{}", file.string(), error.source().begin.line);
    auto const zh = fmt::format("不是有效的 TOML（{}）：请更正该行", error.description());
    auto const en = fmt::format("this is no TOML ({}): correct the line", error.description());
    return wrong(where, {zh, en});
  }
}

Result<void> applyEnvironment(Config& config, Environment const& environment) {
  for (auto const& [name, value] : environment) {
    auto const known = std::ranges::find(settings(), name, &Setting::variable);
    if (known != settings().end()) {
      if (auto const done = setFromVariable(config, *known, value); !done) return done;
      continue;
    }
    std::vector<std::string> names;
    for (auto const& setting : settings()) {
      auto const variable = setting.variable();
      auto const ofSection = variable.substr(0, variable.size() - setting.key.size());
      if (name.starts_with(ofSection)) names.push_back(variable);
    }
    if (!names.empty()) return unknown(name, name, names);
  }
  return {};
}

Result<void> check(Config const& config) {
  auto const bad = [](char const* en, char const* zh) { return Error{ErrorKind::badInput, en, zh}; };
  if (config.ledger.directory.empty()) {
    return bad("ledger.directory is not set: name the folder that fundtrail init made (--ledger, or the file)",
               "未设置 ledger.directory：请给出 fundtrail init 新建的目录（--ledger 或配置文件）");
  }
  if (config.tls.certificate.empty() != config.tls.key.empty()) {
    return bad("tls.certificate and tls.key belong together: set both, or neither for a certificate that is made",
               "tls.certificate 与 tls.key 须同时设置；都不设则自签一张");
  }
  if (config.tls.certificate.empty() && config.tls.names.empty()) {
    return bad("tls.names is empty: name at least one host for the certificate that is made",
               "tls.names 为空：自签证书至少须有一个名称");
  }
  if (config.tls.clientsMustShow && config.tls.clientAuthorities.empty()) {
    return bad("tls.clients_must_show needs tls.client_authorities: say whose certificates count",
               "tls.clients_must_show 须与 tls.client_authorities 一并设置：请给出认可的颁发机构");
  }
  if (!config.tls.enabled && !config.tls.clientAuthorities.empty()) {
    return bad("tls.client_authorities needs tls.enabled: clients show certificates in TLS alone",
               "tls.client_authorities 须在 tls.enabled 时设置：客户端证书只能经 TLS 出示");
  }
  if (config.server.bodiesBytes < config.server.bodyBytes) {
    return bad("server.bodies_bytes is less than server.body_bytes: no body of that size would ever be taken",
               "server.bodies_bytes 小于 server.body_bytes：这样大的正文永远收不下");
  }
  return {};
}

std::string format(Config const& config, Comments comments) {
  auto copy = config;  // settings point at what can be changed
  std::string text;
  auto const out = std::back_inserter(text);
  bool const explain = comments == Comments::both;
  if (explain) {
    text +=
        "# fundtraild 的配置，各项均为默认值；环境变量 "
        "FUNDTRAIL_节_项（大写）优先于本文件。相对路径以本文件所在目录为准。\n"
        "# The configuration of fundtraild, with the defaults. Variables FUNDTRAIL_SECTION_KEY go before this file. "
        "Paths are of "
        "its own folder.\n\n";
  }
  for (auto const& section : sections()) {
    if (explain) fmt::format_to(out, "# {}\n# {}\n", section.what.zh, section.what.en);
    fmt::format_to(out, "[{}]\n", section.name);
    for (auto const& setting : settings()) {
      if (setting.section != section.name) continue;
      if (explain) fmt::format_to(out, "\n# {}\n# {}\n", setting.what.zh, setting.what.en);
      fmt::format_to(out, "{} = {}\n", setting.key, valueOf(copy, setting));
    }
    text += '\n';
  }
  text.pop_back();
  return text;
}

}  // namespace fundtrail::api::config
