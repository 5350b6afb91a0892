// SPDX-License-Identifier: Apache-2.0
#include "replay/trace/trail_text.h"

#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "ledger/commandline/text.h"
#include "ledger/domain/codes.h"
#include "replay/trace/plain.h"
#include "replay/trace/words.h"

namespace fundtrail::replay::trace {

using domain::Fen;
using schema::Language;
using Words = ledger::commandline::Text;

namespace {

class Writer {
 public:
  explicit Writer(Language language) : language_(language) {}

  void trail(Trail const& trail) {
    line({"追踪{} {}，截至前 {} 个事件（金额单位：元）", "trace of {} {}, after the first {} events (amounts in yuan)"},
         kind(trail.subject.kind), plain(trail.subject.name), trail.events);
    for (auto const& tranche : trail.tranches) this->tranche(tranche);
    for (auto const& award : trail.awards) this->award(award);
    for (auto const& payment : trail.payments) this->payment(payment);
    for (auto const& recovery : trail.recoveries) this->recovery(recovery);
    for (auto const& project : trail.projects) this->project(project);
    for (auto const& contract : trail.contracts) this->contract(contract);
    if (!trail.awards.empty()) {
      line({"\n奖补以其项目核定投入的整体为依据：已支付的每一分钱由计入核定投入的各行共同支撑，不分摊到某一张发票。",
            "\nAn award rests on the verified cost of its project as a whole: the lines that count towards it back "
            "each fen\n"
            "that was paid together, and no invoice has a share of its own."});
    }
  }
  std::string take() { return std::move(out_); }

 private:
  template <class... Values>
  void line(Words const& words, Values const&... values) {
    out_ += ledger::commandline::say(language_, words, values...);
    out_ += '\n';
  }
  [[nodiscard]] std::string in(domain::Text const& text) const { return language_ == Language::zh ? text.zh : text.en; }
  template <class Enum>
  [[nodiscard]] std::string_view title(Enum value) const {
    return schema::enumerantTitle(value, language_);
  }
  [[nodiscard]] std::string kind(Subject::Kind kind) const {
    switch (kind) {
      case Subject::Kind::tranche: return in({"资金批次", "tranche"});
      case Subject::Kind::payment: return in({"拨付", "payment"});
      case Subject::Kind::enterprise: return in({"主体", "enterprise"});
      case Subject::Kind::invoice: return in({"发票", "invoice"});
    }
    return {};
  }
  [[nodiscard]] std::string party(std::string_view name, domain::Uscc const& uscc) const {
    return fmt::format("{} {}", plain(name), uscc.text());
  }

  void steps(Steps const& steps) {
    for (auto const& step : steps) {
      auto what = std::string(schema::eventTypeTitle(step.type, language_));
      if (step.amount) what += " " + formatYuan(*step.amount);
      if (!step.reference.empty()) what += " " + plain(step.reference);
      if (step.reversedBy) {
        what += in({fmt::format("（已由事件 {} 冲销）", step.reversedBy->value()),
                    fmt::format(" (reversed by event {})", step.reversedBy->value())});
      }
      line({"  事件 {}  {}  {}", "  event {}  {}  {}"}, step.event.value(), step.occurredOn.text(), what);
      line({"    签署 {}（{}），入账 {}，批次 {}", "    signed by {} ({}), accepted {}, batch {}"}, plain(step.person),
           plain(step.organisation), step.acceptedAt.text(), step.batch.value());
      line({"    哈希 {}，回执：fundtrail receipt {}", "    hash {}, its receipt: fundtrail receipt {}"},
           step.ref.text(), step.event.value());
    }
  }

  void sources(std::vector<Source> const& sources, Words const& words) {
    for (auto const& [tranche, number, county, amount] : sources) {
      auto where = plain(number);
      if (county) where += fmt::format(" / {}", language_ == Language::zh ? cityNameZh(*county) : cityNameEn(*county));
      line(words, where, tranche.value(), formatYuan(amount));
    }
  }

  void tranche(TrancheTrail const& tranche) {
    line({"\n资金批次 {}（事件 {}，{}，{}，{}，{} 年）：下达 {}", "\ntranche {} (event {}, {}, {}, {}, {}): issued {}"},
         plain(tranche.number), tranche.event.value(),
         language_ == Language::zh ? cityNameZh(tranche.city) : cityNameEn(tranche.city), title(tranche.level),
         title(tranche.kind), tranche.year, formatYuan(tranche.issued));
    Fen sum;
    for (auto const& end : tranche.ends) {
      sum += end.amount;
      if (end.enterprise) {
        line({"  → {} {}：{}", "  → {} {}: {}"}, in(wordsOf(end.account)), party(end.enterpriseName, *end.enterprise),
             formatYuan(end.amount));
      } else {
        line({"  → {}：{}", "  → {}: {}"}, in(wordsOf(end.account)), formatYuan(end.amount));
      }
    }
    if (tranche.whole) {
      line({"  合计 {}，与下达金额相符", "  in all {}, which is what was issued"}, formatYuan(sum));
    } else {
      line({"  本次追踪所涉 {}", "  {} of it in this trace"}, formatYuan(sum));
    }
    steps(tranche.steps);
  }

  void award(AwardTrail const& award) {
    line({"\n奖补（事件 {}，项目事件 {}）：{}，{}", "\naward (event {}, of project {}): {}, {}"}, award.event.value(),
         award.project.value(), party(award.enterpriseName, award.enterprise), formatYuan(award.amount));
    sources(award.sources, {"  ← 批次 {}（事件 {}）：{}", "  ← tranche {} (event {}): {}"});
    for (auto const& share : award.shares) {
      line({"  其中批次 {}：待拨付 {}，在途 {}，已支付 {}，追回缴库 {}",
            "  of tranche {}: reserved {}, in flight {}, paid {}, recovered to the treasury {}"},
           plain(share.number), formatYuan(share.reserved), formatYuan(share.inFlight), formatYuan(share.paid),
           formatYuan(share.returnedToTreasury));
    }
    steps(award.steps);
  }

  void bankLines(std::vector<BankLine> const& lines) {
    for (auto const& one : lines) {
      line({"  ⇄ 银行对账单（事件 {}）第 {} 行：{}，{}，流水号 {}，对应事件 {}（由事件 {} 匹配）",
            "  ⇄ bank statement (event {}), line {}: {}, {}, reference {}; it is event {} (matched by event {})"},
           one.statement.value(), one.line + 1, one.valueDate.text(), formatYuan(one.credit), plain(one.bankReference),
           one.event.value(), one.matchedBy.value());
    }
  }

  void payment(PaymentTrail const& payment) {
    line({"\n拨付（事件 {}，奖补事件 {}）：{}，账号 {}，{}，{}",
          "\npayment (event {}, of award {}): {}, account {}, {}, {}"},
         payment.event.value(), payment.award.value(), party(payment.payeeName, payment.payee), plain(payment.account),
         formatYuan(payment.amount), in(wordsOf(payment.state)));
    sources(payment.sources, {"  ← 批次 {}（事件 {}）：{}", "  ← tranche {} (event {}): {}"});
    bankLines(payment.bankLines);
    if (payment.state == PaymentState::paid && payment.bankLines.empty()) {
      line({"  ⇄ 尚无匹配的银行对账单行", "  ⇄ no line of a bank statement is matched with it yet"});
    }
    steps(payment.steps);
  }

  void recovery(RecoveryTrail const& recovery) {
    line({"\n追回（事件 {}，奖补事件 {}）：责令 {}，到账 {}，免予 {}",
          "\nrecovery (event {}, of award {}): ordered {}, received {}, waived {}"},
         recovery.event.value(), recovery.award.value(), formatYuan(recovery.ordered), formatYuan(recovery.received),
         formatYuan(recovery.waived));
    sources(recovery.returnsTo, {"  → 退回批次 {}（事件 {}）：{}", "  → back to tranche {} (event {}): {}"});
    bankLines(recovery.bankLines);
    steps(recovery.steps);
  }

  void project(ProjectTrail const& project) {
    line({"\n项目 {}（事件 {}）：{}，{}，{}", "\nproject {} (event {}): {}, {}, {}"}, plain(project.title),
         project.event.value(), party(project.enterpriseName, project.enterprise), title(project.purpose),
         title(project.mode));
    if (project.cost) {
      line({"  核定投入（事件 {}）：{}", "  verified cost (event {}): {}"}, project.cost->value(),
           formatYuan(project.eligible));
    } else {
      line({"  尚未核定投入：只有合同作为依据", "  no cost is verified: contracts alone back it"});
    }
    for (auto const& cost : project.costs) {
      auto seller = cost.seller ? party(cost.sellerName, *cost.seller) : std::string("-");
      auto const contract = cost.contract ? cost.contract->text() : std::string("-");
      line({"    第 {} 行：发票 {}，{}，不含税 {}，税额 {}，销售方 {}，合同事件 {} 第 {} 行",
            "    line {}: invoice {}, {}, net {}, tax {}, seller {}, contract {} line {}"},
           cost.line + 1, plain(cost.invoice), title(cost.category), formatYuan(cost.net), formatYuan(cost.tax), seller,
           contract, cost.contractLine + 1);
    }
    steps(project.steps);
  }

  void contract(ContractTrail const& contract) {
    line({"\n合同 {}（事件 {}）：{} 签订，{} 行，含税总额 {}",
          "\ncontract {} (event {}): signed {}, {} lines, {} with tax"},
         plain(contract.number), contract.event.value(), contract.signedOn.text(), contract.lines,
         formatYuan(contract.total));
    for (auto const& [uscc, name] : contract.providers) line({"  供给方 {}", "  provider {}"}, party(name, uscc));
    steps(contract.steps);
  }

  Language language_;
  std::string out_;
};

}  // namespace

std::string toText(Trail const& trail, Language language) {
  Writer writer(language);
  writer.trail(trail);
  return writer.take();
}

}  // namespace fundtrail::replay::trace
