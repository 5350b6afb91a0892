// SPDX-License-Identifier: Apache-2.0
// fundtrail-replay trace.

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "ledger/files/files.h"
#include "replay/options.h"
#include "replay/program.h"
#include "replay/trace/follow.h"
#include "replay/trace/gathering.h"
#include "replay/trace/sankey.h"
#include "replay/trace/trail_flow.h"
#include "replay/trace/trail_json.h"
#include "replay/trace/trail_text.h"
#include "replay/verified_log.h"

namespace fundtrail::replay {

namespace commandline = ledger::commandline;
using crypto::Error;
using crypto::ErrorKind;
using trace::Subject;

namespace {

struct Arguments {
  VerifiedLogArguments verified;
  std::string tranche;
  std::string payment;
  std::string enterprise;
  std::string invoice;
  std::filesystem::path svg;
  std::string format = "text";
};

using Asked = std::pair<Subject::Kind, std::string>;

/// Exactly one thing.
crypto::Result<Asked> askedFor(Arguments const& arguments) {
  std::vector<Asked> asked{{Subject::Kind::tranche, arguments.tranche},
                           {Subject::Kind::payment, arguments.payment},
                           {Subject::Kind::enterprise, arguments.enterprise},
                           {Subject::Kind::invoice, arguments.invoice}};
  std::erase_if(asked, [](Asked const& one) { return one.second.empty(); });
  if (asked.size() == 1) return asked.front();
  return Error{ErrorKind::badInput, "name one of --tranche, --payment, --enterprise and --invoice",
               "请在 --tranche、--payment、--enterprise、--invoice 中给出一项"};
}

crypto::Result<Exit> showTrail(Session const& session, Arguments const& arguments) {
  auto const asked = askedFor(arguments);
  if (!asked) return asked.error();
  trace::Gathering gathering;
  auto const verified = verifiedLog(session, arguments.verified, {&gathering});
  if (!verified) return verified.error();
  if (!*verified) return Exit::tampered;
  if (auto const met = gathering.meetFounders((*verified)->log()); !met) return met.error();
  auto const trail = trace::follow(gathering, asked->first, asked->second);
  if (!trail) return trail.error();
  if (!arguments.svg.empty()) {
    auto const svg = trace::sankeySvg(flowOf(*trail), session.language);
    if (auto const written = ledger::files::replaceFile(arguments.svg, svg); !written) return written.error();
  }
  if (auto const notice = (*verified)->notice(session); !notice.empty()) fmt::print(stderr, "{}", notice);
  auto const out =
      arguments.format == "json" ? toJson(*trail, (*verified)->report.verdict) : toText(*trail, session.language);
  if (auto const printed = session.print(out); !printed) return printed.error();
  return (*verified)->exit();
}

}  // namespace

void addTrace(commandline::Program& program, Action& chosen) {
  auto arguments = std::make_shared<Arguments>();
  auto command =
      program.command("trace", {"核验后，追踪资金：自下达至去向，或自发票至资金批次",
                                "verify, then follow money: from the tranche to where it is, or back from an "
                                "invoice"});
  addVerifiedLog(command, arguments->verified);
  command
      .option("--tranche", arguments->tranche,
              {"指标文号，或其下达事件的序号", "its document number, or the number of the event that issued it"})
      .valueName("NUMBER|EVENT");
  command
      .option("--payment", arguments->payment,
              {"拨付申请的事件序号、支付凭证号或银行流水号",
               "the number of the event that requested it, its voucher, or the bank's reference"})
      .valueName("EVENT|VOUCHER|REFERENCE");
  command
      .option("--enterprise", arguments->enterprise,
              {"企业或供给方的统一社会信用代码", "unified social credit code of an enterprise or a provider"})
      .valueName("USCC");
  command
      .option("--invoice", arguments->invoice,
              {"发票号码，或利息回单号", "number of an invoice, or of a receipt for interest"})
      .valueName("NUMBER");
  command.option("--svg", arguments->svg, {"另画一幅桑基图，写入该文件", "also draw a Sankey diagram into this file"})
      .valueName("FILE");
  addFormat(command, arguments->format);
  command.onChosen([arguments, &chosen] {
    chosen = [arguments](Session const& session) { return showTrail(session, *arguments); };
  });
}

}  // namespace fundtrail::replay
