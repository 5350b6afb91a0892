// SPDX-License-Identifier: Apache-2.0
#include "replay/purpose.h"

#include <fmt/format.h>

#include "ledger/domain/read.h"

namespace fundtrail::replay {

namespace domain = ledger::domain;
namespace schema = ledger::schema;
using domain::Fen;
using domain::Text;
using E = schema::Event::Which;

namespace {

/// What a project's contracts come to, net; nothing where one of them is not on record or is another enterprise's.
std::optional<Fen> contractedCost(Chains const& chains, Chains::Project const& project) {
  Fen sum;
  for (auto const& ref : project.contracts) {
    auto const* const contract = chains.contract(ref);
    if (!contract || contract->enterprise != project.enterprise) return std::nullopt;
    sum = sum.plus(contract->net).value_or(sum);
  }
  return sum;
}

Text broken(std::string_view zh, std::string_view en) {
  return {fmt::format("款项无法追溯：{}", zh), fmt::format("the money cannot be walked back: {}", en)};
}

}  // namespace

std::optional<Text> PurposeCheck::whyNotBound(Chains::Payment const& payment,
                                              schema::PaymentSettled::Reader body) const {
  auto const* const award = chains_.award(payment.award);
  if (!award) return broken("拨付所依据的奖补不在账", "the award that it names is not on record");
  auto const* const project = chains_.project(award->project);
  if (!project) return broken("奖补所依据的项目不在账", "the project of its award is not on record");
  if (payment.payee != project->enterprise) {
    return broken(fmt::format("收款人 {} 不是项目企业 {}", payment.payee.text(), project->enterprise.text()),
                  fmt::format("the payee {} is not the project's enterprise {}", payment.payee.text(),
                              project->enterprise.text()));
  }
  if (!payment.approved) return broken("拨付未经审批", "nobody approved the payment");
  if (domain::readFen(body.getAmountFen()) != payment.amount ||
      domain::readAccount(body.getAccount()) != payment.account) {
    return broken("支付的金额或账号不是审批的", "amount or account is not what was approved");
  }
  Fen drawn;
  for (auto const& draw : payment.draws) {
    auto const* const tranche = chains_.tranche(draw.tranche);
    if (!tranche) return broken("所用资金批次不在账", "a tranche that it draws on is not on record");
    if (tranche->city.cityOf() != project->city.cityOf()) {
      return broken("动用了其他城市的资金", "it draws on another city's money");
    }
    drawn = drawn.plus(draw.amount).value_or(drawn);
  }
  if (drawn != payment.amount) {
    return broken(
        fmt::format("资金来源合计 {} 元，拨付 {} 元", formatYuan(drawn), formatYuan(payment.amount)),
        fmt::format("its sources add up to {} yuan, {} yuan were paid", formatYuan(drawn), formatYuan(payment.amount)));
  }
  if (award->paid > award->amount) {
    return broken(fmt::format("累计支付 {} 元，奖补 {} 元", formatYuan(award->paid), formatYuan(award->amount)),
                  fmt::format("{} yuan were paid in all, the award is {} yuan", formatYuan(award->paid),
                              formatYuan(award->amount)));
  }
  auto const contracted = contractedCost(chains_, *project);
  if (!contracted) {
    return broken("项目的合同不在账，或属于其他企业", "a contract of the project is not on record, or another's");
  }
  if (project->costs.empty()) {
    if (project->mode == schema::SupportMode::AFTER) {
      return broken("项目尚无核定投入", "no cost of the project was verified");
    }
    if (award->paid <= *contracted) return std::nullopt;
    return broken(fmt::format("预先支付 {} 元，合同不含税合计 {} 元", formatYuan(award->paid), formatYuan(*contracted)),
                  fmt::format("{} yuan were paid in advance, its contracts come to {} yuan net",
                              formatYuan(award->paid), formatYuan(*contracted)));
  }
  auto const& cost = project->costs.back();
  if (cost.loose > 0 || cost.eligible > cost.backed) {
    return broken(
        fmt::format("核定投入 {} 元中只有 {} 元有发票和合同", formatYuan(cost.eligible), formatYuan(cost.backed)),
        fmt::format("of {} yuan of verified cost invoices and contracts back {} yuan", formatYuan(cost.eligible),
                    formatYuan(cost.backed)));
  }
  if (award->paid <= cost.eligible) return std::nullopt;
  return broken(fmt::format("累计支付 {} 元，核定投入 {} 元", formatYuan(award->paid), formatYuan(cost.eligible)),
                fmt::format("{} yuan were paid in all, its verified cost is {} yuan", formatYuan(award->paid),
                            formatYuan(cost.eligible)));
}

void PurposeCheck::settle(ShownEvent const& shown, schema::PaymentSettled::Reader body) {
  ++settled_;
  auto const* const payment = chains_.payment(domain::readRef(body.getPayment()));
  auto const amount = domain::readFen(body.getAmountFen());
  auto why = payment ? whyNotBound(*payment, body) : broken("没有对应的拨付申请", "no request for it is on record");
  if (!why) {
    ++bound_;
    boundMoney_ = boundMoney_.plus(amount).value_or(boundMoney_);
    return;
  }
  unbound_.insert(shown.context.number);
  Finding finding{FindingKind::purpose, shown.batch, shown.context.number, {}, *std::move(why), amount, {}};
  if (payment) finding.others.push_back(payment->event);
  findings_.add(std::move(finding));
}

void PurposeCheck::take(ShownEvent const& shown) {
  if (shown.event.which() == E::PAYMENT_SETTLED) settle(shown, shown.event.getPaymentSettled());
}

void PurposeCheck::takeBack(ShownEvent const& original, ShownEvent const& /*confirmation*/) {
  if (original.event.which() != E::PAYMENT_SETTLED) return;
  --settled_;  // what was found stays found
  if (unbound_.contains(original.context.number)) return;
  --bound_;
  boundMoney_ -= domain::readFen(original.event.getPaymentSettled().getAmountFen());
}

Part PurposeCheck::conclude() const {
  Part part{PartId::purposeBound, unbound_.empty() ? Standing::holds : Standing::fails, {}, {}, {}};
  part.counted.push_back(
      {{"可追溯到奖补、合同和资金批次的支付", "payments that walk back to award, contract and tranche"},
       bound_,
       settled_,
       boundMoney_});
  std::uint64_t verified = 0;
  std::uint64_t inAdvance = 0;
  std::uint64_t invoices = 0;
  Fen verifiedMoney;
  Fen advanceMoney;
  for (auto const& [ref, award] : chains_.awards()) {
    if (!award.paid.isPositive()) continue;
    auto const* const project = chains_.project(award.project);
    if (!project) continue;
    if (project->costs.empty()) {
      ++inAdvance;
      advanceMoney = advanceMoney.plus(award.paid).value_or(advanceMoney);
    } else {
      ++verified;
      invoices += project->costs.back().invoices;
      verifiedMoney = verifiedMoney.plus(award.paid).value_or(verifiedMoney);
    }
  }
  part.counted.push_back({{"由核定投入的发票支撑的奖补（净额）", "awards that rest on invoices of verified cost (net)"},
                          verified,
                          verified + inAdvance,
                          verifiedMoney});
  part.counted.push_back(
      {{"其发票（利息为回单）的明细", "lines of their invoices (receipts of interest)"}, invoices, invoices, {}});
  if (inAdvance > 0) {
    part.granted.push_back(
        {fmt::format("事前、事中支持的 {} 项奖补共已付 {} 元，尚未核定投入，目前只追溯到合同", inAdvance,
                     formatYuan(advanceMoney)),
         fmt::format(
             "of {} awards before or during the work, {} yuan are paid and no cost is verified yet: so far they "
             "walk back to contracts",
             inAdvance, formatYuan(advanceMoney))});
  }
  part.granted.push_back({"发票、合同的真实性：账本只载其号码和摘要，原件须另行查验",
                          "that invoices and contracts are genuine: the ledger holds their numbers and digests, the "
                          "papers themselves must be looked at"});
  return part;
}

}  // namespace fundtrail::replay
