// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "crypto/bytes.h"
#include "crypto/log_policy.h"
#include "ledger/files/files.h"
#include "ledger/schema/limits.h"
#include "replay/options.h"
#include "replay/program.h"
#include "replay/receipt.h"
#include "replay/report_json.h"
#include "replay/report_text.h"

namespace fundtrail::replay {

namespace {

struct Arguments {
  std::filesystem::path file;
  std::filesystem::path policy;
  std::string label;
  std::string format = "text";
};

crypto::Result<VerifiedReceipt> verifyWithLabel(std::string_view file, crypto::LogPolicy const& policy,
                                                std::string const& label) {
  auto const bytes = receiptIn(crypto::asBytes(file));
  if (!bytes) return bytes.error();
  auto receipt = verifyReceipt(*bytes, policy);
  if (!receipt || label.empty() || label == receipt->label()) return receipt;
  return crypto::Error{crypto::ErrorKind::denied,
                       fmt::format("it is the receipt of {}, which is not what the notice carries", receipt->label()),
                       fmt::format("这是 {} 的回执，与通知书所载不同", receipt->label())};
}

crypto::Result<Exit> verifyFile(Session const& session, Arguments const& arguments) {
  auto const policy = policyIn(arguments.policy);
  if (!policy) return policy.error();
  auto const file = ledger::files::readFile(arguments.file, ledger::schema::kMaxReceiptBytes);
  if (!file) return file.error();
  bool const json = arguments.format == "json";
  auto const receipt = verifyWithLabel(*file, *policy, arguments.label);
  if (receipt) {
    auto const out = json ? toJson(*receipt, *policy) : toText(*receipt, *policy, session.language);
    if (auto const printed = session.print(out); !printed) return printed.error();
    return exitFor(receipt->verdict());
  }
  auto const& why = receipt.error();
  if (why.kind != crypto::ErrorKind::denied) return why.of(arguments.file.string());
  auto const out = json ? toJson(why)
                        : session.text({"结论：回执不成立：{}\n", "verdict: it does not hold: {}\n"},
                                       session.language == ledger::schema::Language::zh ? why.zh : why.message);
  if (auto const printed = session.print(out); !printed) return printed.error();
  return Exit::tampered;
}

}  // namespace

void addReceipt(ledger::commandline::Program& program, Action& chosen) {
  auto arguments = std::make_shared<Arguments>();
  auto command = program.command("receipt", {"离线核验一个事件的回执", "verify the receipt of an event, offline"});
  command.option("FILE", arguments->file, {"回执文件", "the receipt"}).required().valueName("");
  addPolicy(command, arguments->policy);
  command
      .option("--label", arguments->label,
              {"通知书上二维码的文字，须与回执相符", "text of the notice's QR code, which must be the receipt's"})
      .valueName("TEXT");
  addFormat(command, arguments->format);
  command.onChosen([arguments, &chosen] {
    chosen = [arguments](Session const& session) { return verifyFile(session, *arguments); };
  });
}

}  // namespace fundtrail::replay
