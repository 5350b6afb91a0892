// SPDX-License-Identifier: Apache-2.0
#include "replay/trace/trail_flow.h"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "ledger/domain/codes.h"
#include "ledger/schema/names.h"
#include "replay/trace/words.h"

namespace fundtrail::replay::trace {

using domain::Fen;
using domain::Text;
using schema::Language;

namespace {

Text same(std::string const& name) {
  return {name, name};
}

/// Makes a flow of nodes that are named by column and key.
class Builder {
 public:
  Builder(Text title, Text description) {
    flow_.title = std::move(title);
    flow_.description = std::move(description);
  }

  std::size_t node(std::uint32_t column, std::string const& key, Text name, std::optional<Text> together = {}) {
    auto const [at, isNew] = nodes_.try_emplace({column, key}, flow_.nodes.size());
    if (isNew) flow_.nodes.push_back({std::move(name), column, std::move(together)});
    return at->second;
  }
  void band(std::size_t from, std::size_t to, Fen amount) {
    if (amount.isPositive()) flow_.bands.push_back({from, to, amount});
  }
  void headings(std::vector<Text> headings) { flow_.headings = std::move(headings); }
  Flow take() { return std::move(flow_); }

 private:
  Flow flow_;
  std::map<std::pair<std::uint32_t, std::string>, std::size_t> nodes_;
};

Text describe(Trail const& trail) {
  return {fmt::format("自资金批次至去向，按审计账簿，截至前 {} 个事件；金额单位为元", trail.events),
          fmt::format("from tranches to where the money is, by the audit's books, after the first {} events; in yuan",
                      trail.events)};
}

Text pocketName(BooksPocket const& pocket) {
  Text name{std::string(schema::enumerantTitle(pocket.purpose, Language::zh)),
            std::string(schema::enumerantTitle(pocket.purpose, Language::en))};
  auto const county = domain::CityCode::fromNumber(pocket.county);
  if (pocket.county == 0 || !county) return name;
  return {name.zh + " / " + std::string(cityNameZh(*county)), name.en + " / " + std::string(cityNameEn(*county))};
}

Text const kOtherEnterprises{"其他企业", "other enterprises"};

Flow ofTranches(Trail const& trail) {
  Builder flow({fmt::format("资金批次 {} 的去向", trail.subject.name),
                fmt::format("where the money of tranche {} is", trail.subject.name)},
               describe(trail));
  flow.headings({{"资金批次", "tranche"}, {"支持方向", "purpose"}, {"所处环节", "stage"}, {"企业", "enterprise"}});
  for (auto const& tranche : trail.tranches) {
    if (!tranche.whole) continue;
    // One document issues to several cities.
    auto const root = flow.node(0, tranche.event.text(),
                                {fmt::format("{} {}", cityNameZh(tranche.city), tranche.number),
                                 fmt::format("{} {}", cityNameEn(tranche.city), tranche.number)});
    for (auto const& [pocket, balances] : tranche.pockets) {
      auto const purpose = flow.node(1, fmt::format("{}/{}", int(pocket.purpose), pocket.county), pocketName(pocket));
      flow.band(root, purpose, balances.held());
      for (std::size_t i = 0; i < kAccounts; ++i) {
        auto const account = Account(i);
        if (account == Account::outside) continue;
        if (balances.in(account).isPositive()) {
          flow.band(purpose, flow.node(2, std::to_string(i), wordsOf(account)), balances.in(account));
        }
      }
    }
    for (auto const& end : tranche.ends) {
      if (!end.enterprise || !end.amount.isPositive()) continue;
      auto const stage = flow.node(2, std::to_string(int(end.account)), wordsOf(end.account));
      flow.band(stage, flow.node(3, std::string(end.enterprise->text()), same(end.enterpriseName), kOtherEnterprises),
                end.amount);
    }
  }
  return flow.take();
}

Text awardName(AwardTrail const& award) {
  if (!award.number.empty()) return same(award.number);
  return {fmt::format("奖补（事件 {}）", award.event.value()), fmt::format("award (event {})", award.event.value())};
}

Flow ofPayments(Trail const& trail) {
  Builder flow({fmt::format("拨付 {} 的来源和去向", trail.subject.name),
                fmt::format("where payment {} came from, and where it went", trail.subject.name)},
               describe(trail));
  flow.headings({{"资金批次", "tranche"}, {"奖补", "award"}, {"拨付", "payment"}, {"收款人", "payee"}});
  for (auto const& payment : trail.payments) {
    auto const award = std::ranges::find(trail.awards, payment.award, &AwardTrail::event);
    auto const one =
        flow.node(2, payment.event.text(),
                  {fmt::format("拨付（事件 {}）：{}", payment.event.value(), wordsOf(payment.state).zh),
                   fmt::format("payment (event {}): {}", payment.event.value(), wordsOf(payment.state).en)});
    auto const of = flow.node(1, payment.award.text(), award == trail.awards.end() ? Text{} : awardName(*award));
    for (auto const& source : payment.sources) {
      flow.band(flow.node(0, source.tranche.text(), same(source.number)), of, source.amount);
      flow.band(of, one, source.amount);
    }
    if (payment.state == PaymentState::paid || payment.state == PaymentState::inFlight) {
      flow.band(one, flow.node(3, std::string(payment.payee.text()), same(payment.payeeName)), payment.amount);
    }
  }
  return flow.take();
}

Flow ofAwards(Trail const& trail) {
  bool const invoice = trail.subject.kind == Subject::Kind::invoice;
  Builder flow(
      {fmt::format("{} {} 所涉奖补的资金", invoice ? "发票" : "企业", trail.subject.name),
       fmt::format("the money of the awards around {} {}", invoice ? "invoice" : "enterprise", trail.subject.name)},
      describe(trail));
  flow.headings({{"资金批次", "tranche"}, {"奖补", "award"}, {"所处环节", "stage"}});
  for (auto const& award : trail.awards) {
    for (auto const& share : award.shares) {
      for (auto const& [account, amount] : {std::pair{Account::reserved, share.reserved},
                                            {Account::inFlight, share.inFlight},
                                            {Account::paid, share.paid},
                                            {Account::returnedToTreasury, share.returnedToTreasury}}) {
        if (!amount.isPositive()) continue;
        auto const of = flow.node(1, award.event.text(), awardName(award), Text{"其他奖补", "other awards"});
        flow.band(flow.node(0, share.tranche.text(), same(share.number)), of, amount);
        flow.band(of, flow.node(2, std::to_string(int(account)), wordsOf(account)), amount);
      }
    }
  }
  return flow.take();
}

}  // namespace

Flow flowOf(Trail const& trail) {
  switch (trail.subject.kind) {
    case Subject::Kind::tranche: return ofTranches(trail);
    case Subject::Kind::payment: return ofPayments(trail);
    case Subject::Kind::enterprise:
    case Subject::Kind::invoice: break;
  }
  return ofAwards(trail);
}

}  // namespace fundtrail::replay::trace
