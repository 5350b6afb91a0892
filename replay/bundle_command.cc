// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "crypto/bytes.h"
#include "crypto/checkpoint_note.h"
#include "crypto/log_policy.h"
#include "crypto/note.h"
#include "ledger/bundle/bundle_log.h"
#include "ledger/domain/codes.h"
#include "ledger/files/files.h"
#include "ledger/schema/plain_text.h"
#include "replay/options.h"
#include "replay/program.h"
#include "replay/trust.h"

// What a bundle holds beside the log. Nothing of it is verified here, and nothing of it is trusted anywhere.

namespace fundtrail::replay {

namespace {

namespace bundle = ledger::bundle;
namespace commandline = ledger::commandline;
namespace files = ledger::files;
namespace json = boost::json;
using crypto::Result;

struct Arguments {
  std::vector<std::filesystem::path> files;
  std::filesystem::path out;
  std::string format = "text";
};

std::vector<std::string_view> linesOf(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    auto const end = text.find('\n');
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

/// The lines, indented; those that a terminal might show as something else are only counted.
std::string shown(Session const& session, std::string_view text) {
  std::string out;
  for (auto const line : linesOf(text)) {
    out += ledger::schema::firstNotPlain(line) ? session.text({"    （该行含不可显示的字符，共 {} 字节）\n",
                                                               "    (a line of {} bytes that cannot be shown)\n"},
                                                              line.size())
                                               : fmt::format("    {}\n", line);
  }
  return out;
}

std::string headText(Session const& session, bundle::Head const& head) {
  auto const stated = crypto::readCheckpointNote(head.checkpoint);
  auto const until = stated ? stated->size : 0;
  auto text = session.text({"数据包    第 {} 批起，至检查点 {} 批  根 {}\n",
                            "bundle      from batch {} on, up to the checkpoint of {} batches, root {}\n"},
                           head.from, until, stated ? crypto::toBase64(stated->root.view()) : "");
  if (head.city) {
    text += session.text({"          只收录 {} 和全省的事件\n", "            events of {} and of the province alone\n"},
                         session.language == ledger::schema::Language::zh ? ledger::domain::cityNameZh(*head.city)
                                                                          : ledger::domain::cityNameEn(*head.city));
  }
  return text;
}

std::string textOf(Session const& session, bundle::BundleLog const& log) {
  auto const& beside = log.beside();
  std::string text;
  for (auto const& head : beside.heads) text += headText(session, head);
  text += session.text({"内容      {} 批，{} 个事件\n", "holds       {} batches, {} events\n"}, log.size().batches,
                       log.size().events);
  for (auto const& note : beside.notes) {
    auto const stated = crypto::readCheckpointNote(note);
    auto const parsed = crypto::parseNote(note);
    text += session.text({"检查点    {} 批，附 {} 行签名（未核验：verify --policy）\n",
                          "checkpoint  of {} batches, with {} signature lines (not verified here: verify --policy)\n"},
                         stated ? stated->size : 0, parsed ? parsed->lines.size() : 0);
  }
  for (auto const& [note, token] : beside.stamps) {
    auto const stated = crypto::readCheckpointNote(note);
    text += session.text(
        {"时间戳    针对 {} 批的检查点，{} 字节（未核验：verify --authorities）\n",
         "time-stamp  of the checkpoint of {} batches, {} bytes (not verified here: verify --authorities)\n"},
        stated ? stated->size : 0, token.size());
  }
  for (std::size_t i = 0; i < beside.policies.size(); ++i) {
    auto const& policy = beside.policies[i];
    text += session.text({"信任策略 {}，导出方的建议：\n", "policy {}, what the exporter suggests to trust:\n"}, i + 1);
    if (auto const parsed = crypto::LogPolicy::parse(policy); !parsed) {
      text += session.text({"    （不是有效的策略：{}）\n", "    (it is no policy: {})\n"}, parsed.error().message);
    }
    text += shown(session, policy);
  }
  if (!beside.trust.empty()) {
    text += session.text({"可信信息文件，日志自己的说法：\n", "trust file, what the log says of itself:\n"});
    text += shown(session, beside.trust);
  }
  return text +
         session.text({"以上均为导出方所言：用作 --trust 或 --policy 之前，请与另行获得的信息核对\n",
                       "all of it is the exporter's word: compare it with what you have from elsewhere before you give "
                       "it to --trust or --policy\n"});
}

json::value textOrNull(std::string const& text) {
  for (auto const line : linesOf(text)) {
    if (ledger::schema::firstNotPlain(line)) return nullptr;
  }
  return json::string(text);
}

std::string jsonOf(bundle::BundleLog const& log) {
  auto const& beside = log.beside();
  json::array heads;
  for (auto const& head : beside.heads) {
    heads.emplace_back(json::object{
        {"from", head.from},
        {"firstEvent", head.firstEvent},
        {"city", head.city ? json::value(head.city->number()) : json::value(nullptr)},
        {"checkpoint", textOrNull(head.checkpoint)},
    });
  }
  json::array notes;
  for (auto const& note : beside.notes) notes.emplace_back(textOrNull(note));
  json::array stamps;
  for (auto const& [note, token] : beside.stamps) {
    stamps.emplace_back(json::object{{"checkpoint", textOrNull(note)}, {"token", crypto::toBase64(token)}});
  }
  json::array policies;
  for (auto const& policy : beside.policies) policies.emplace_back(textOrNull(policy));
  return json::serialize(json::object{
             {"bundles", std::move(heads)},
             {"batches", log.size().batches},
             {"events", log.size().events},
             {"notes", std::move(notes)},
             {"stamps", std::move(stamps)},
             {"policies", std::move(policies)},
             {"trust", beside.trust.empty() ? json::value(nullptr) : textOrNull(beside.trust)},
         }) +
         "\n";
}

/// Each as a file of its own; none that is there already is overwritten.
Result<void> extract(bundle::Beside const& beside, std::filesystem::path const& folder) {
  std::error_code error;
  std::filesystem::create_directory(folder, error);
  if (error) return files::fileError(folder, error.value());
  std::optional<crypto::Error> failed;
  auto const put = [&](std::string const& name, std::string_view contents) {
    if (failed) return;
    auto const written = files::writeNewFile(folder / name, contents, files::Access::everyone);
    if (!written) failed = written.error();
  };
  put("checkpoint", beside.heads.back().checkpoint);
  for (std::size_t i = 0; i < beside.notes.size(); ++i) put(fmt::format("note-{}", i + 1), beside.notes[i]);
  for (std::size_t i = 0; i < beside.stamps.size(); ++i) {
    put(fmt::format("stamp-{}.checkpoint", i + 1), beside.stamps[i].note);
    put(fmt::format("stamp-{}.tst", i + 1), crypto::asText(beside.stamps[i].token));
  }
  for (std::size_t i = 0; i < beside.policies.size(); ++i) put(fmt::format("policy-{}", i + 1), beside.policies[i]);
  if (!beside.trust.empty()) put("trust", beside.trust);
  if (failed) return *failed;
  return {};
}

Result<Exit> showBundle(Session const& session, Arguments const& arguments) {
  auto const log = bundle::BundleLog::open(arguments.files);
  if (!log) return log.error();
  if (!arguments.out.empty()) {
    if (auto const extracted = extract((*log)->beside(), arguments.out); !extracted) return extracted.error();
  }
  auto const printed = session.print(arguments.format == "json" ? jsonOf(**log) : textOf(session, **log));
  if (!printed) return printed.error();
  return Exit::proven;
}

}  // namespace

void addBundle(commandline::Program& program, Action& chosen) {
  auto arguments = std::make_shared<Arguments>();
  auto command =
      program.command("bundle", {"查看并取出数据包所附：检查点、见证、时间戳、信任策略、可信信息文件；不作核验",
                                 "show and take out what a bundle holds beside the log: checkpoints, "
                                 "time-stamps, policies, trust file; verifies nothing"});
  command
      .option("FILE", arguments->files,
              {"数据包，其后的增量逐个给出", "a bundle, and each later one that goes on from it"})
      .required()
      .valueName("");
  command
      .option("--out", arguments->out,
              {"各存为一个文件，放入此目录（没有则新建）；不覆盖已有文件",
               "write each into a file of this folder, made if absent; overwrites none"})
      .valueName("FOLDER");
  addFormat(command, arguments->format);
  command.footer({"退出码：0 已显示；1 没能运行。", "Exit codes: 0 shown; 1 it could not run."});
  command.onChosen([arguments, &chosen] {
    chosen = [arguments](Session const& session) { return showBundle(session, *arguments); };
  });
}

}  // namespace fundtrail::replay
