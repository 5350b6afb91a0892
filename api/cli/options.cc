// SPDX-License-Identifier: Apache-2.0
#include "api/cli/options.h"

#include <utility>

#include "ledger/domain/date.h"

namespace fundtrail::api::cli {

using commandline::Command;
using ledger::domain::Date;

void addLedger(Command& command, std::filesystem::path& ledger) {
  command.option("--ledger", ledger, {"账本目录", "directory of the ledger"}).required().valueName("DIR");
}

void addPlace(Command& command, Place& place) {
  command.option("--ledger", place.ledger, {"账本目录", "directory of the ledger"}).valueName("DIR");
  command
      .option("--server", place.server,
              {"服务器，https://主机:端口；没有 --ledger 时也取环境变量 FUNDTRAIL_SERVER。登录见 fundtrail login",
               "the server that has it, https://host:port; without --ledger also FUNDTRAIL_SERVER (fundtrail login)"})
      .valueName("URL");
}

void addPasswordFile(Command& command, std::optional<std::filesystem::path>& file) {
  command
      .option("--password-file", file,
              {"口令文件（首行）；没有时取环境变量 FUNDTRAIL_PASSWORD，再没有则在终端询问",
               "file whose first line is the password; else FUNDTRAIL_PASSWORD, else the terminal asks"})
      .valueName("FILE");
}

void addEvent(Command& command, std::string& event) {
  command.option("EVENT", event, {"事件序号，或哈希的前 8 位以上", "its number, or 8 or more digits of its hash"})
      .required()
      .valueName("");
}

void addCity(Command& command, std::string& city, Text const& what) {
  command.option("--city", city, what)
      .check([language = command.language()](std::string const& text) {
        // A script's variable that is not set must not give the whole province.
        return text.empty() ? say(language, {"不能为空", "is empty: name a city"}) : std::string();
      })
      .valueName("CITY");
}

void addUscc(Command& command, std::string& uscc) {
  command.option("USCC", uscc, {"统一社会信用代码", "its unified social credit code"}).required().valueName("");
}

void addAsOf(Command& command, AsOfOptions& options) {
  command
      .option("--as-of", options.position,
              {"前 N 个事件之后（即事件 N-1 之后）的状况",
               "as it stood after the first N events (the last of them has the number N-1)"})
      .wholeNumber()
      .valueName("N");
  command
      .option(
          "--on", options.on,
          {"只计业务日期不晚于该日的事件，如 2025-06-30", "only events dated no later than that day, as 2025-06-30"})
      .check([language = command.language()](std::string const& text) {
        return Date::parse(text) ? std::string()
                                 : say(language,
                                       {"须为 2025-06-30 这样的日期，{} 至 {}，而不是 {}",
                                        "must be a date as 2025-06-30, from {} to {}, not {}"},
                                       Date::first().text(), Date::last().text(), text);
      })
      .valueName("DATE");
}

ledger::projections::AsOf asOf(AsOfOptions const& options) {
  return {options.position ? std::optional(ledger::domain::EventNumber(*options.position)) : std::nullopt,
          Date::parse(options.on)};
}

void addFormat(Command& command, std::string& format, std::vector<std::string> names) {
  format = names.front();
  command.option("--format", format, {"输出格式", "form of the output"}).oneOf(std::move(names)).showDefault();
}

void addView(Command& command, ViewOptions& options) {
  addPlace(command, options.place);
  addAsOf(command, options.asOf);
  addFormat(command, options.format, {"table", "json", "csv"});
}

}  // namespace fundtrail::api::cli
