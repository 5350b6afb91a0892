// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "replay/indicators/kinds.h"
#include "replay/indicators/rows.h"

namespace fundtrail::replay::indicators {

namespace {

constexpr std::array kK1 = {
    Parameter{"splitDays",
              30,
              Unit::days,
              {"预算法第五十二条：收到转移支付后三十日内下达",
               "Budget Law, art. 52: transfers are handed on within thirty days"}},
    Parameter{"payDays",
              180,
              Unit::days,
              {"核定后跨一次年度资金调度尚属正常", "an award may wait for one round of the year's cash planning"}},
};
constexpr std::array kK2 = {
    Parameter{"shareBp",
              5'000,
              Unit::tenThousandths,
              {"项目执行到 2026 年底，到账满一年应用去一半；项目结束后宜设为 1500",
               "projects run to the end of 2026, and half is to be spent after a year; set 1500 once they are over"}},
    Parameter{"minAgeDays",
              365,
              Unit::days,
              {"到账不满一年的资金不算闲置", "money in hand for less than a year is not idle"}},
};
constexpr std::array kK3 = {
    Parameter{"shareBp",
              8'000,
              Unit::tenThousandths,
              {"一年只公示一两批，单批可占大半", "a year has a batch or two, and one can be most of it"}},
    Parameter{"minPayments",
              12,
              Unit::count,
              {"笔数太少，月份之间没有可比性", "a handful of payments says nothing about months"}},
};
constexpr std::array kK5 = {
    Parameter{"invoiceDays", 0, Unit::days, {"发票不应早于合同", "no invoice precedes its contract"}},
};
constexpr std::array kK6 = {
    Parameter{"days",
              366,
              Unit::days,
              {"相隔一年以上的同类采购多为续购", "purchases more than a year apart are mostly renewals"}},
};
constexpr std::array kK7 = {
    Parameter{"limitFen",
              200'000'000,
              Unit::fen,
              {"发展改革委令第 16 号第五条：货物采购 200 万元以上必须招标",
               "order 16 (2018) of the NDRC, art. 5: goods from 2,000,000 yuan on must be tendered"}},
    Parameter{"marginBp",
              1'000,
              Unit::tenThousandths,
              {"低于限额不足一成视为略低", "less than a tenth below the limit is just below"}},
    Parameter{"contracts", 2, Unit::count, {"两份即可能拆分", "two can be one that was split"}},
    Parameter{"days", 90, Unit::days, {"一个季度内的采购通常合并", "purchases within a quarter are commonly one"}},
};
constexpr std::array kK8 = {
    Parameter{"consecutive", 3, Unit::count, {"两张连号可能是巧合", "two in a row may be chance"}},
};
constexpr std::array kK9 = {
    Parameter{"ratioBp", 13'000, Unit::tenThousandths, {"超过中位数三成", "three tenths above the median"}},
    Parameter{"catalogueBp", 10'000, Unit::tenThousandths, {"目录价是上限", "the catalogue price is the highest"}},
    Parameter{
        "minSales", 5, Unit::count, {"不足五笔，中位数不稳定", "a median of fewer than five sales is not steady"}},
};
constexpr std::array kK10 = {
    Parameter{"days", 180, Unit::days, {"回流多在半年之内", "what flows back mostly does so within half a year"}},
    Parameter{"toleranceBp", 100, Unit::tenThousandths, {"相差不超过 1%", "within 1 %"}},
};
constexpr std::array kK12 = {
    Parameter{"toleranceFen", 100, Unit::fen, {"手续费与尾差", "charges and rounding"}},
};

constexpr std::array kRows = {
    Indicator{"K1",
              {"滞留", "retained"},
              {"资金是否停在中途？", "does money stand still on its way?"},
              {"到账后超过 splitDays 天未分解的余额；或核定并验收后超过 payDays 天未拨付的余额",
               "received and not split for more than splitDays, oldest first; or awarded, accepted and not paid for "
               "more than payDays"},
              {"到账批次与已验收的核定", "tranches received, awards of accepted projects"},
              {"按天数，门槛 50 分，两倍 100 分", "by days: 50 at the limit, 100 at twice"},
              "（八）",
              kK1,
              {"分批分解的预留；等待绩效评价的尾款",
               "reserves for later projects; final instalments that wait for the evaluation"},
              &retained},
    Indicator{"K2",
              {"闲置", "idle"},
              {"年末是否有大量资金未用？", "is much money unspent at a year's end?"},
              {"每一批次年末未用 ÷ 到账 > shareBp，只看到账满 minAgeDays 天的",
               "of each tranche received at least minAgeDays before, at 31 December unspent ÷ received > shareBp"},
              {"批次 × 年末", "tranches × year ends"},
              {"按占比，门槛 50 分，全部未用 100 分", "by share: 50 at the limit, 100 where all is unspent"},
              "（八）",
              kK2,
              {"项目实施跨年，事后支持的资金必然后付",
               "projects run over the year's end, and support afterwards is paid afterwards"},
              &idle},
    Indicator{"K3",
              {"年终突击", "year-end rush"},
              {"是否集中在十二月付款？", "is much of a year paid in December?"},
              {"十二月到账的拨付 ÷ 全年 > shareBp", "settled in December ÷ settled in the year > shareBp"},
              {"城市 × 已结束的年度", "cities × years that are over, with at least minPayments payments"},
              {"按占比，门槛 50 分，全部 100 分", "by share: 50 at the limit, 100 where all is"},
              "（八）",
              kK3,
              {"公示批次恰在年末结束", "a published batch that happens to close in December"},
              &yearEndRush},
    Indicator{"K4",
              {"先付后验", "paid before accepted"},
              {"事后支持的项目是否验收前付款？", "was a project supported afterwards paid before it was accepted?"},
              {"支持方式为事后，且到账日早于通过的验收",
               "mode after, and settled before a passed acceptance, or without one"},
              {"事后支持的已付拨付", "settled payments of projects supported afterwards"},
              {"90 分", "90"},
              "（十）",
              {},
              {"补录的验收日期", "an acceptance whose date was entered wrongly"},
              &paidBeforeAccepted},
    Indicator{"K5",
              {"新瓶装旧酒", "outside the period"},
              {"是否以旧项目充新项目？", "is an old project presented as a new one?"},
              {"合同签订早于支持时间段；发票早于其合同签订日超过 invoiceDays 天；同一产品早先已售予同一企业",
               "a contract signed before the window; an invoice more than invoiceDays before its contract; a product "
               "that was sold to the same enterprise by an earlier contract"},
              {"合同、发票行、企业与产品的组合", "contracts, invoice lines, pairs of enterprise and product"},
              {"100、80、60 分", "100, 80, 60"},
              "（一）（十）",
              kK5,
              {"续订的云服务；补签的合同", "renewed cloud services; contracts put into writing late"},
              &outsidePeriod},
    Indicator{"K6",
              {"重复补助", "double dipping"},
              {"同一投入是否补助两次？", "is one cost supported twice?"},
              {"两个项目列入同一发票；同一企业两个项目列入卖方、名称、金额相同而发票不同的行，开票相隔不超过 days "
               "天；同一合同列入两个项目；同一企业在两市入库",
               "one invoice in two projects; lines of one enterprise in two projects with the same seller, name and "
               "amount, invoiced within days; one contract with two projects; one enterprise in two cities"},
              {"核定投入的行与有项目的企业", "lines of verified cost, enterprises with projects"},
              {"100、70、90、60 分", "100, 70, 90, 60"},
              "（二）（十）",
              kK6,
              {"分期购买同价的许可；异地分厂", "licences bought in steps at one price; plants in another city"},
              &doubleDipping},
    Indicator{"K7",
              {"拆分合同", "split to stay below"},
              {"是否拆分以低于限额？", "is a purchase split to stay below a limit?"},
              {"同一企业与同一供给方 days 天内至少 contracts 份合同，各低于 limitFen 不足 marginBp",
               "at least contracts contracts of one pair within days, each below limitFen by no more than marginBp"},
              {"合同", "contracts"},
              {"按份数，门槛 50 分，两倍 100 分", "by number: 50 at the limit, 100 at twice"},
              "（三）",
              kK7,
              {"相互独立的两个车间", "two workshops that are independent of each other"},
              &splitBelow},
    Indicator{"K8",
              {"虚开发票", "invoices wrong"},
              {"发票是否与合同相符？", "do the invoices fit the contract?"},
              {"发票合计 > 合同总额；销售方不是合同供给方；同一销售方向多家企业开出至少 consecutive "
               "张连号发票（账本不记购买方）",
               "Σ invoices > contract; the seller is no provider of it; at least consecutive invoices of one seller in "
               "a row, to several enterprises (the ledger holds no buyer)"},
              {"核定投入的行", "lines of verified cost"},
              {"按超额比例；80 分；按张数", "by the excess; 80; by their number"},
              "（三）（十）",
              kK8,
              {"合同补充协议未备案；小型供给方按序开票",
               "a supplement that was not filed; a small seller that invoices in order"},
              &invoicesWrong},
    Indicator{"K9",
              {"报价虚高", "inflated price"},
              {"是否比别人付得多？", "does an enterprise pay more than others do?"},
              {"单价 ÷ 同一供给方同名产品（不含实施、定制、培训、维保等服务）的中位数 > ratioBp（至少 minSales "
               "笔）；或单价 ÷ 签约日目录价 > catalogueBp",
               "unit price ÷ median of the provider's sales of that name > ratioBp (at least minSales; no services "
               "such as implementation); or ÷ the "
               "catalogue price on the day of signing > catalogueBp"},
              {"有单价的合同行", "contract lines with a unit price"},
              {"按比值，门槛 50 分，两倍 100 分", "by ratio: 50 at the limit, 100 at twice"},
              "（十）",
              kK9,
              {"同名产品配置不同；用量阶梯价", "one name for several configurations; prices by quantity"},
              &inflatedPrice},
    Indicator{"K10",
              {"回扣", "kickback"},
              {"供给方是否把钱退回企业一方？", "does a provider's money go back to the enterprise's side?"},
              {"供给方付给企业、其法定代表人或股东，在合同或付款后 days 天内，与合同额或奖补额相差不超过 toleranceBp",
               "paid by a provider to the enterprise, its representative or a shareholder within days of the contract "
               "or the payment, and within toleranceBp of the contract's or the payment's amount"},
              {"银行流水行", "lines of the bank movements"},
              {"95 分", "95"},
              "（十）",
              kK10,
              {"退货退款；押金返还", "refunds for goods sent back; deposits returned"},
              &kickback},
    Indicator{
        "K11",
        {"关联", "related"},
        {"应相互独立的各方是否关联？", "are parties close that must be strangers?"},
        {"同一项目的企业、供给方、评测机构共用法定代表人、股东、电话、地址、账户，或为同一主体；任意两个主体共用账户",
         "enterprise, provider and assessor of one project share a representative, shareholder, phone, address or "
         "account, or are one; any two organisations share an account"},
        {"同一项目的两方", "pairs of parties of one project"},
        {"同一主体 100 分，人或账户 90 分，多项 75 分，一项 55 分；项目外共用账户 85 分",
         "one organisation 100; a person or an account 90; several signs 75, one 55; an account shared outside a "
         "project 85"},
        "（十）",
        {},
        {"同一园区的地址；代账公司的电话", "an address in a business park; the phone of an accountant"},
        &related},
    Indicator{
        "K12",
        {"自付不足", "own share missing"},
        {"企业是否付了自己的一份？", "did the enterprise pay its own share?"},
        {"企业付给供给方的合计 < 合同额 − 奖补额 − toleranceFen，只看已验收项目",
         "Σ paid by the enterprise to its providers < contracts − subsidies − toleranceFen, over accepted projects"},
        {"流水中出现的、有已验收项目的企业", "enterprises with accepted projects that occur in the movements"},
        {"按缺口占自付额之比", "by the gap as a share of what was due"},
        "（二）（十）",
        kK12,
        {"融资租赁代付；流水不全；质保金未到期",
         "a leasing company paid; movements not complete; retentions not yet due"},
        &ownShareMissing},
};

}  // namespace

std::span<Indicator const> rowsToK12() {
  return kRows;
}

}  // namespace fundtrail::replay::indicators
