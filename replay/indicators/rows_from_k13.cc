// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "replay/indicators/kinds.h"
#include "replay/indicators/rows.h"

namespace fundtrail::replay::indicators {

namespace {

constexpr std::array kK13 = {
    Parameter{"days", 90, Unit::days, {"备案应在开工一个季度内", "a contract is filed within a quarter of its start"}},
};
constexpr std::array kK14 = {
    Parameter{"jumpDays",
              240,
              Unit::days,
              {"升两级的改造少有八个月内完成的", "few reforms gain two levels within eight months"}},
    Parameter{"passLevel", 2, Unit::count, {"（二）：改造后至少二级", "（二）: level 2 at least after the reform"}},
    Parameter{"passRateBp",
              9'990,
              Unit::tenThousandths,
              {"从不判不通过的机构没有评测", "an assessor that fails nobody does not assess"}},
    Parameter{"minAssessments",
              500,
              Unit::count,
              {"企业多在准备好之后才申请改造后评测，数百次全部通过尚属可能",
               "enterprises ask to be assessed when they are ready: some hundreds in a row may pass"}},
};
constexpr std::array kK15 = {
    Parameter{"sitesPerDay", 6, Unit::count, {"每处一小时，加上路程", "an hour each, and the way there"}},
};
constexpr std::array kK17 = {
    Parameter{"days",
              30,
              Unit::days,
              {"付款前一个月内的变更应电话核实", "a change within a month of the payment is to be confirmed by phone"}},
};
constexpr std::array kK18 = {
    Parameter{"nightFrom", 22, Unit::hours, {"晚十点起无人值守", "offices are empty from ten at night"}},
    Parameter{"nightTo", 6, Unit::hours, {"至早六点", "to six in the morning"}},
    Parameter{"secondsApart", 5, Unit::seconds, {"五秒内读不完一笔拨付", "nobody reads a payment within five seconds"}},
};
constexpr std::array kK19 = {
    Parameter{"chiSquareHundredths",
              2'612,
              Unit::hundredths,
              {"自由度 8、显著性千分之一的临界值 26.12", "26.12: eight degrees of freedom, one in a thousand"}},
    Parameter{"minPayments", 300, Unit::count, {"少于 300 笔不作统计", "no statistics of fewer than 300 payments"}},
    Parameter{
        "minSpread",
        100,
        Unit::count,
        {"金额须跨两个数量级，本福特定律才适用", "the law is about amounts over two orders of magnitude at least"}},
    Parameter{"minRounded", 20, Unit::count, {"笔数太少，整数占比没有意义", "a share of a handful means nothing"}},
    Parameter{"roundFen", 1'000'000, Unit::fen, {"万元整数", "whole ten thousands of yuan"}},
    Parameter{
        "roundShareBp", 2'000, Unit::tenThousandths, {"计算得出的金额很少为整数", "computed amounts are seldom round"}},
};
constexpr std::array kK20 = {
    Parameter{"lagBp",
              2'000,
              Unit::tenThousandths,
              {"付款比例不应领先完成比例两成", "payments lead the work by no more than a fifth"}},
    Parameter{"platformNearBp",
              1'800,
              Unit::tenThousandths,
              {"（八）上限 20%，接近即关注", "（八） caps it at 20 %: looked at from 18 % on"}},
};
constexpr std::array kK21 = {
    Parameter{"graceDays", 0, Unit::days, {"到期即逾期", "due is due"}},
};
constexpr std::array kK22 = {
    Parameter{"months",
              12,
              Unit::months,
              {"一年内即停用，说明改造无效", "out of use within a year: the reform did not take"}},
};
constexpr std::array kK24 = {
    Parameter{"staff",
              1'000,
              Unit::count,
              {"工信部联企业〔2011〕300 号：工业中型上限",
               "GXBLQY 〔2011〕300: the upper bound of a medium-sized industrial enterprise"}},
    Parameter{
        "revenueFen", 40'000'000'000, Unit::fen, {"同上：营业收入 4 亿元", "the same: a revenue of 400 million yuan"}},
};
constexpr std::array kK25 = {
    Parameter{"days", 180, Unit::days, {"与核定后拨付同一期限", "the same time as an award may wait"}},
    Parameter{"shareBp",
              5'000,
              Unit::tenThousandths,
              {"为后续项目留存的余额不足一半不算", "less than half may be kept for projects to come"}},
};

constexpr std::array kRows = {
    Indicator{"K13",
              {"合同后补", "contract after the fact"},
              {"合同是否事后补签？", "was the contract made up afterwards?"},
              {"备案日晚于合同开始日（未载明则签订日）超过 days 天；不同企业的合同摘要相同",
               "filed more than days after it began (or, where it does not say, was signed); equal digests of "
               "different enterprises"},
              {"合同", "contracts"},
              {"按天数；100 分", "by days; 100"},
              "（三）",
              kK13,
              {"批量备案；历史合同导入", "contracts filed in bulk; older ones brought in"},
              &contractAfterFact},
    Indicator{"K14",
              {"评测异常", "assessment odd"},
              {"评测是否可信？", "can the assessment be believed?"},
              {"等级未升；jumpDays 天内升两级以上；某机构至少 minAssessments 次改造后评测中达到 passLevel 的比例 > "
               "passRateBp；评测机构即供给方",
               "level not risen; up by two or more within jumpDays; of at least minAssessments assessments afterwards, "
               "more than passRateBp reach passLevel; the assessor is a provider"},
              {"评测", "assessments"},
              {"70、60 分；按比例；100 分", "70, 60; by rate; 100"},
              "（二）（十）",
              kK14,
              {"只受理条件成熟企业的机构；基础好的企业",
               "an assessor that is only asked by those who are ready; enterprises that began high"},
              &assessmentOdd},
    Indicator{"K15",
              {"核查异常", "site check odd"},
              {"现场核查是否真的做了？", "was the site really checked?"},
              {"验收前没有通过的现场核查；一人一天核查超过 sitesPerDay 处",
               "accepted without a passed check before; one inspector at more than sitesPerDay sites in a day"},
              {"现场核查", "site checks"},
              {"100 分；按处数", "100; by sites"},
              "（十）",
              kK15,
              {"同一园区集中核查", "a tour of one business park"},
              &siteCheckOdd},
    Indicator{"K16",
              {"未回避", "expert not recused"},
              {"评审专家是否与申报方有关？", "is an expert close to the applicant?"},
              {"专家的单位即企业或供给方；或专家姓名即其法定代表人或股东",
               "the expert's employer is the enterprise or a provider; or the expert's name is that of a "
               "representative or shareholder"},
              {"专家评审", "expert reviews"},
              {"任职 90 分，法定代表人或股东 100 分", "employed 90, representative or shareholder 100"},
              "（十）",
              {},
              {"同名", "two people of one name"},
              &expertNotRecused},
    Indicator{"K17",
              {"临付改户", "payee changed late"},
              {"是否付款前才换账户？", "was the account changed shortly before the payment?"},
              {"付款账户的变更距到账日不超过 days 天", "paid to an account that was changed no more than days before"},
              {"已付拨付", "settled payments"},
              {"按天数：当天 100 分，期限末 50 分", "by days: 100 on the day, 50 at the limit"},
              "（十）",
              kK17,
              {"换开户行；更名后的新账户", "a new bank; the account after a change of name"},
              &payeeChangedLate},
    Indicator{"K18",
              {"异常时间", "odd hours"},
              {"审批是否在不该有人的时候？", "was it decided when nobody should be there?"},
              {"核定、复核、审批的入账时间在 nightFrom 时至 nightTo 时之间，或非工作日；同一拨付前后两步相隔不足 "
               "secondsApart 秒",
               "an award, review or approval accepted between the hours nightFrom and nightTo, or on a day off; two "
               "steps of one payment less than secondsApart apart"},
              {"核定、复核与审批", "awards, reviews and approvals"},
              {"夜间 65 分，非工作日 55 分；按秒数", "night 65, day off 55; by seconds"},
              "—",
              kK18,
              {"年末加班；批量提交", "overtime at a year's end; steps that were submitted in bulk"},
              &oddHours},
    Indicator{
        "K19",
        {"数字分布", "digits"},
        {"金额像是算出来的吗？", "do the amounts look as if they came about?"},
        {"至少 minPayments 笔、大小相差至少 minSpread 倍的拨付，首位数字与本福特定律的卡方值 > "
         "chiSquareHundredths；至少 minRounded 笔中 roundFen 整倍数的占比 > roundShareBp。按上限核定的除外",
         "chi-square of the first digits of at least minPayments payments, of which the large are at least minSpread "
         "times the small, against Benford's law > chiSquareHundredths; of at least minRounded, share of multiples of "
         "roundFen > roundShareBp. Subsidies at their cap are left out"},
        {"笔数足够的城市", "cities with enough payments"},
        {"按卡方值，门槛 50 分，十倍 100 分；按占比", "by chi-square: 50 at the limit, 100 at ten times; by share"},
        "—",
        kK19,
        {"上限与固定费率使金额集中于一个数量级，分布天然偏离",
         "caps and one rate keep amounts within one order of magnitude, and off the law by nature"},
        &digits},
    Indicator{
        "K20",
        {"目标与支付不匹配", "city lag"},
        {"付款是否领先于成果？", "do payments lead the work?"},
        {"已付 ÷ 到账 − 验收企业 ÷ 目标 > lagBp；时间段结束后验收企业少于目标；行业平台 ÷ 省级资金 ≥ platformNearBp",
         "paid ÷ received − accepted enterprises ÷ target > lagBp; fewer than the target once the window is over; "
         "platforms ÷ provincial money ≥ platformNearBp"},
        {"有目标的城市", "cities with a target"},
        {"按差距；按缺口；接近 20% 为 100 分", "by the gap; by what is missing; 100 at 20 %"},
        "（二）（八）",
        kK20,
        {"事前、事中支持较多的城市", "cities that support much in advance"},
        &cityLag},
    Indicator{
        "K21",
        {"追回未到账", "recovery late"},
        {"该退的退了吗？", "did what must come back come back?"},
        {"责令 − 到账 − 免予 > 0 且逾期超过 graceDays 天；整改逾期未核实",
         "ordered − received − waived > 0 and overdue by more than graceDays; rectification overdue and not verified"},
        {"追回与有期限的问题", "recoveries, findings with a deadline"},
        {"按逾期天数，180 天 100 分", "by days overdue: 100 at 180"},
        "（十）",
        kK21,
        {"分期退款；诉讼中", "instalments agreed on; a case in court"},
        &recoveryLate},
    Indicator{"K22",
              {"产品停用", "product unused"},
              {"产品还在用吗？", "is the product still in use?"},
              {"验收后 months 个月内的回头看称不再使用",
               "a look-back within months of the acceptance says that it is not in use"},
              {"回头看", "look-backs"},
              {"85 分", "85"},
              "（十）",
              kK22,
              {"被更好的产品取代；停产检修", "replaced by a better one; a plant shut for repairs"},
              &productUnused},
    Indicator{"K23",
              {"清退后付款", "paid after delisting"},
              {"是否为已清退的供给方付款？", "was money paid for a provider that was delisted?"},
              {"到账日项目合同的供给方在该市处于清退",
               "on the day of settlement a provider of the project's contract is delisted in that city"},
              {"已付拨付", "settled payments"},
              {"清退前已验收 55 分，否则 80 分", "55 if it was accepted before, else 80"},
              "（五）",
              {},
              {"清退前已交付验收；清退原因与该项目无关",
               "delivered and accepted before; a cause that has nothing to do with the project"},
              &paidAfterDelisting},
    Indicator{"K24",
              {"非中小企业", "not an SME"},
              {"企业是否过大？", "is the enterprise too large?"},
              {"从业人员 ≥ staff 且营业收入 ≥ revenueFen", "staff ≥ staff and revenue ≥ revenueFen"},
              {"登记的企业", "registered enterprises"},
              {"100 分", "100"},
              "（二）",
              kK24,
              {"登记数据为集团合并口径", "figures of the group, not of the enterprise"},
              &notSme},
    Indicator{
        "K25",
        {"截留", "intercepted"},
        {"区县是否扣住资金？", "does a county hold money back?"},
        {"分给区县的资金超过 days 天未拨付的余额 > 分得的 shareBp，先到先付",
         "what was split to a county and not paid out for more than days, oldest first, > shareBp of what it got"},
        {"批次 × 区县 × 支持方向", "tranches × counties × purposes"},
        {"按天数，门槛 50 分，两倍 100 分", "by days: 50 at the limit, 100 at twice"},
        "（八）",
        kK25,
        {"等待项目验收；区县留存的下一批", "projects not yet accepted; what is kept for the next batch"},
        &intercepted},
};

}  // namespace

std::span<Indicator const> rowsFromK13() {
  return kRows;
}

}  // namespace fundtrail::replay::indicators
