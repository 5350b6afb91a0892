// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "crypto/bytes.h"
#include "crypto/note.h"
#include "ledger/files/files.h"
#include "ledger/schema/limits.h"
#include "replay/compare.h"
#include "replay/options.h"
#include "replay/program.h"
#include "replay/receipt.h"

namespace fundtrail::replay {

namespace {

namespace files = ledger::files;
namespace json = boost::json;
using crypto::Result;

struct Arguments {
  std::filesystem::path one;
  std::filesystem::path other;
  std::filesystem::path policy;
  std::filesystem::path spine;
  std::vector<std::filesystem::path> log;
  std::string format = "text";
};

struct HeldTree {
  std::optional<OpenedLog> opened;  // what the tree reads
  std::optional<Tree> tree;
};

Result<HeldTree> treeFor(Arguments const& arguments) {
  HeldTree held;
  if (!arguments.spine.empty()) {
    auto tree = treeOfSpine(arguments.spine);
    if (!tree) return tree.error();
    held.tree = *std::move(tree);
  } else if (!arguments.log.empty()) {
    auto opened = openLog(arguments.log);
    if (!opened) return opened.error();
    held.opened = *std::move(opened);
    auto const* const log = held.opened->log.get();
    held.tree = Tree{log->size().batches, [log](crypto::TileId id) { return log->tile(id); }};
  }
  return held;
}

std::string textOf(Session const& session, Comparison const& comparison) {
  auto const& smaller = comparison.smaller.checkpoint;
  auto const& larger = comparison.larger.checkpoint;
  auto const line = [&](crypto::Attestation const& side) {
    return session.text({"检查点  {} 批  根 {}  日志签名有效  见证 {} 方，须 {} 方\n",
                         "checkpoint  {} batches  root {}  signed by the log  {} witnesses, {} needed\n"},
                        side.checkpoint.size, crypto::toBase64(side.checkpoint.root.view()), side.quorum.reached,
                        side.quorum.needed);
  };
  auto text = session.text({"日志    {}\n", "log         {}\n"}, smaller.origin) + line(comparison.smaller) +
              line(comparison.larger);
  switch (comparison.story) {
    case Story::one:
      return text + (smaller.size == larger.size
                         ? session.text({"一致：同一棵树\n", "CONSISTENT: the same tree\n"})
                         : session.text({"一致：较大的日志以较小的为开头，有证明\n",
                                         "CONSISTENT: the larger log begins with the smaller one, which is proven\n"}));
    case Story::two:
      text +=
          !comparison.beginning
              ? session.text({"矛盾：日志对同样的批数签署了两个不同的根\n",
                              "CONTRADICTION: the log signed two roots for one size\n"})
              : session.text({"矛盾：较大的日志前 {} 批的根是 {}，而日志签署过另一个\n",
                              "CONTRADICTION: the larger log's first {} batches have the root {}, and the log signed "
                              "another\n"},
                             smaller.size, crypto::toBase64(comparison.beginning->view()));
      return text + session.text({"任何人凭这两个检查点和日志公钥都可核验；请保存并交审计机关\n",
                                  "anyone can check this with the two checkpoints and the log's key: keep both, and "
                                  "hand them to the audit office\n"});
    case Story::unknown: break;
  }
  return text + session.text({"无法判定：请以 --spine 或 --log 提供较大检查点所属的日志\n",
                              "NOT DECIDED: bring the log that the larger checkpoint is of, with --spine or --log\n"});
}

std::string jsonOf(Comparison const& comparison) {
  auto const side = [](crypto::Attestation const& attestation) -> json::value {
    return {{"size", attestation.checkpoint.size},
            {"root", json::string(attestation.checkpoint.root.hex())},
            {"reached", attestation.quorum.reached},
            {"needed", attestation.quorum.needed}};
  };
  json::array proof;
  for (auto const& hash : comparison.proof) proof.emplace_back(json::string(hash.hex()));
  auto const& beginning = comparison.beginning;
  return json::serialize(json::object{{"story", json::string(name(comparison.story))},
                                      {"origin", json::string(comparison.smaller.checkpoint.origin)},
                                      {"smaller", side(comparison.smaller)},
                                      {"larger", side(comparison.larger)},
                                      {"beginning", beginning ? json::value(beginning->hex()) : nullptr},
                                      {"proof", std::move(proof)}}) +
         "\n";
}

Exit exitFor(Story story) {
  switch (story) {
    case Story::one: return Exit::proven;
    case Story::two: return Exit::tampered;
    case Story::unknown: break;
  }
  return Exit::findings;
}

/// A checkpoint, by itself or in a receipt. No note is a receipt, nor the other way round.
Result<std::string> noteIn(std::filesystem::path const& file) {
  auto text = files::readFile(file, std::max(crypto::kMaxNoteSize, ledger::schema::kMaxReceiptBytes));
  if (!text) return text;
  auto const receipt = receiptIn(crypto::asBytes(*text));
  if (!receipt) return receipt.error();
  if (auto ofReceipt = checkpointOf(*receipt)) return ofReceipt;
  return text;
}

Result<Exit> compareNotes(Session const& session, Arguments const& arguments) {
  auto const one = noteIn(arguments.one);
  if (!one) return one.error();
  auto const other = noteIn(arguments.other);
  if (!other) return other.error();
  auto const policy = policyIn(arguments.policy);
  if (!policy) return policy.error();
  auto const held = treeFor(arguments);
  if (!held) return held.error();
  auto const comparison = compare(*one, *other, *policy, held->tree ? &*held->tree : nullptr);
  if (!comparison) return comparison.error();
  auto const printed = session.print(arguments.format == "json" ? jsonOf(*comparison) : textOf(session, *comparison));
  if (!printed) return printed.error();
  return exitFor(comparison->story);
}

}  // namespace

void addCompare(ledger::commandline::Program& program, Action& chosen) {
  auto arguments = std::make_shared<Arguments>();
  auto command = program.command("compare", {"比较同一日志的两个检查点：日志是否签署了两段不同的历史",
                                             "compare two checkpoints of a log: did it tell two stories?"});
  command
      .option(
          "CHECKPOINT", arguments->one,
          {"一个检查点文件，或一份回执（取其检查点）", "one checkpoint, a signed note; or a receipt, which has one"})
      .required()
      .valueName("");
  command.option("OTHER", arguments->other, {"另一个", "another"}).required().valueName("");
  addPolicy(command, arguments->policy);
  command
      .option("--spine", arguments->spine,
              {"较大检查点所属日志的公开部分，批数不同时需要",
               "public spine of the log that the larger one is of; needed where sizes differ"})
      .valueName("FOLDER");
  command.option("--log", arguments->log, {"或该日志的副本", "or a copy of that log"}).valueName("DIR");
  addFormat(command, arguments->format);
  command.footer({"退出码：0 一致；3 矛盾；2 无法判定；1 没能运行。",
                  "Exit codes: 0 consistent; 3 a contradiction; 2 not decided; 1 it could not run."});
  command.onChosen([arguments, &chosen] {
    chosen = [arguments](Session const& session) { return compareNotes(session, *arguments); };
  });
}

}  // namespace fundtrail::replay
