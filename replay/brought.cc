// SPDX-License-Identifier: Apache-2.0
#include "replay/brought.h"

#include <utility>

#include "crypto/timestamp.h"
#include "ledger/domain/date.h"
#include "ledger/domain/money.h"
#include "ledger/files/files.h"
#include "replay/attested.h"
#include "replay/published.h"

namespace fundtrail::replay {

namespace {

/// What came with the log, and whom the files trust to attest.
crypto::Result<Attestations> attestationsFor(OpenedLog const& log, Brought const& brought) {
  Attestations attestations;
  if (!brought.policy.empty()) {
    auto policy = policyIn(brought.policy);
    if (!policy) return policy.error();
    attestations.policy = *std::move(policy);
  }
  if (!brought.authorities.empty()) {
    auto const pem = ledger::files::readFile(brought.authorities, crypto::kMaxTimestampSize);
    if (!pem) return pem.error();
    auto authorities = crypto::TimestampAuthorities::fromPem(*pem);
    if (!authorities) return authorities.error().of(brought.authorities.string());
    attestations.authorities = *std::move(authorities);
  }
  auto notes = log.attested();
  if (!notes) return notes.error();
  attestations.notes = *std::move(notes);
  return attestations;
}

}  // namespace

void addBrought(ledger::commandline::Command& command, Brought& brought) {
  addTrust(command, brought.trust);
  command
      .option("--policy", brought.policy,
              {"见证策略文件（c2sp.org/tlog-policy）：核验账本旁所存的见证签名",
               "policy of the witnesses that you trust (c2sp.org/tlog-policy): their cosignatures beside the log are "
               "checked"})
      .valueName("FILE");
  command
      .option(
          "--authorities", brought.authorities,
          {"所信任时间戳机构的根证书（PEM）：核验账本旁所存的时间戳",
           "root certificates (PEM) of the time-stamp authorities that you trust: their time-stamps beside the log are "
           "checked"})
      .valueName("FILE");
  command
      .option("--figures", brought.figures,
              {"已公布的数字（fundtrail status --format json 的输出），可重复：逐分重新得出",
               "figures that were published (what fundtrail status --format json printed); may be given several times: "
               "each is derived again, to the fen"})
      .valueName("FILE");
  command
      .option("--until", brought.until,
              {"审计期的最后一天：此后的收付不要求有对账单",
               "last day of the audited period: money that moved later needs no bank statement"})
      .valueName("DATE");
  command
      .option(
          "--days-to-leave", brought.daysToLeave,
          {"银行入账与账本日期最多相差几天", "days by which the bank may book earlier or later than the ledger's date"})
      .between(0, kMostBankDays)
      .showDefault()
      .valueName("N");
  command
      .option("--days-to-reconcile", brought.daysToReconcile,
              {"对账单导入后几天内须对账完毕", "days after its import in which a statement is to be reconciled"})
      .between(0, kMostBankDays)
      .showDefault()
      .valueName("N");
  command
      .option("--most-fee", brought.mostFee,
              {"银行自身的费用每笔至多多少元，默认 1,000.00",
               "yuan that a fee of the bank's own is at most; 1,000.00 unless "
               "given"})
      .valueName("YUAN");
}

crypto::Result<Options> optionsFor(OpenedLog const& log, Brought const& brought, Options options) {
  options.hasCheckpointFile = log.hasCheckpointFile;
  auto attestations = attestationsFor(log, brought);
  if (!attestations) return attestations.error();
  options.attestations = *std::move(attestations);
  for (auto const& file : brought.figures) {
    auto figures = readPublished(file);
    if (!figures) return figures.error();
    options.published.push_back(*std::move(figures));
  }
  if (!brought.until.empty()) {
    options.auditedUntil = domain::Date::parse(brought.until);
    if (!options.auditedUntil) {
      return crypto::Error{crypto::ErrorKind::badInput, "--until takes a day, like 2026-05-31",
                           "--until 须为日期，如 2026-05-31"};
    }
  }
  options.bankLimits.daysToLeave = static_cast<int>(brought.daysToLeave);
  options.bankLimits.daysToReconcile = static_cast<int>(brought.daysToReconcile);
  if (!brought.mostFee.empty()) {
    auto const fee = domain::parseYuan(brought.mostFee);
    if (!fee || fee->isNegative()) {
      return crypto::Error{crypto::ErrorKind::badInput, "--most-fee takes yuan, like 1000.00",
                           "--most-fee 须为以元计的金额，如 1000.00"};
    }
    options.bankLimits.mostFee = *fee;
  }
  return options;
}

}  // namespace fundtrail::replay
