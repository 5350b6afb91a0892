// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "crypto/ensure.h"
#include "ledger/domain/rule.h"

namespace fundtrail::ledger::domain {

namespace {

// The order is the order of precedence. Rules after S1 may rely on a known author, rules after E3 on every reference
// being found; each still says nothing, rather than fail, where what it needs is not there.
constexpr auto kRules = std::to_array<Rule>({
    {"E1", "—", "本版本尚不能判定的事件类型一律不予记录", "An event type whose rules are not there yet is refused",
     "请等待支持该事件类型的版本", "Wait for a version that supports this event type", typeIsJudged, nullptr},
    {"U2", "—", "代码、账号、文号、日期等标识有效",
     "Identifiers are valid: credit code, bank code, region, industry, invoice, account, date",
     "请核对原件后更正该字段", "Check the field against the original paper and correct it", identifiersAreValid,
     nullptr},
    {"E2", "—", "事件内容自身不矛盾", "An event does not contradict itself", "请更正相互矛盾的字段",
     "Correct the fields that contradict each other", eventAgreesWithItself, nullptr},
    {"S1", "—", "签名密钥有效，签名人当日在该地区担任相应角色，不相容岗位由不同人员担任",
     "Signed by an enrolled, unrevoked key of a person who holds the role, for that region, on that day; separation of "
     "duties holds",
     "请由另一名具备权限、未办理过本项不相容岗位的人员签名；缺少角色的由安全管理员授予",
     "Have another person sign who holds the role and has done none of the duties kept apart from it; a security "
     "administrator grants a missing role",
     nullptr, signerIsAuthorised},
    {"E3", "—", "所引用的事项已经入账", "What an event names is on record", "请先登记所引用的事项，或更正引用",
     "Record what it names first, or correct the reference", nullptr, namesWhatIsOnRecord},
    {"S2", "—", "密钥符合账本密码方案且只登记一次；同一时期的业务、管理、审计三类角色由不同人员担任",
     "Keys fit the ledger's profile and are enrolled once; business, administration and audit are at any time held by "
     "different people",
     "请更换密钥或人员", "Use another key or another person", nullptr, controlsAreKeptApart},
    {"E4", "—", "业务日期不晚于入账日，也不早于所承接的事项",
     "An event is dated no later than the day on which it is accepted, and no earlier than what it follows",
     "请更正业务日期", "Correct the business date", nullptr, isDatedInOrder},
    {"X3", "—", "已结账期间不再记录业务日期在其内的事件", "A closed period takes no event dated inside it",
     "请以当期业务日期记录；确需更正的以红字冲销", "Date it in an open period; what was wrong is reversed", nullptr,
     periodIsOpen},
    {"E5", "—", "各环节依次办理", "Steps follow in order", "请先办理前一环节", "Do the step before it first", nullptr,
     stepIsDue},
    {"U1", "—", "文号、发票号、合同、银行流水号、凭证号全省只用一次",
     "Used once, province-wide: document number, invoice number, contract digest, bank reference, voucher number",
     "请核对号码是否已在别处使用", "Check where the number was used before", nullptr, numbersAreUsedOnce},
    {"W2", "末段", "按业务日期适用当日施行的政策，不一致时以后发布的为准，已入账的历史不再重判",
     "Judged by the policy in force on the business date; where two disagree the later prevails",
     "请先发布政策，或更正业务日期", "Publish the policy first, or correct the business date", nullptr,
     aPolicyIsInForce},
    {"W1", "（一）", "启动、实施、完成均在支持时间段内", "What is supported happens inside the window in force",
     "请核对日期；时间段外的项目不予支持", "Check the dates; what lies outside the window is not supported", nullptr,
     happenedInsideTheWindow},
    {"P2", "（三）", "合同具备六项内容，至少一家供给方，明细合计等于总额",
     "The contract has its six parts and a provider; every line is priced, and the lines add up to the total",
     "请补正合同后重新备案", "Complete the contract and file it again", nullptr, contractIsComplete},
    {"P3", "（四）", "核定投入只计列支范围内的不含税金额",
     "Eligible cost is the net amount of eligible lines, each backed by an invoice; tax never counts",
     "请按列支范围重新核定", "Verify the cost again by eligible categories", nullptr, onlyEligibleCostCounts},
    {"P1", "（二）", "计入承诺任务的项目：试点行业的中小企业，改造后数字化水平达到二级及以上，按版本要求现场评测",
     "A counted project: an SME of a filed pilot industry, level 2 or above after the reform, assessed on site where "
     "the edition asks for it",
     "请核对企业规模、行业和评测结果", "Check the enterprise's size and industry, and the assessment", nullptr,
     projectMayCount},
    {"P4", "（五）", "供给方签约时未被清退，产品在核定奖补时列入该市产品清单",
     "The provider is not delisted when it contracts; every product is in the city's catalogue when the award is "
     "approved",
     "请更换供给方，或将产品审核后纳入清单",
     "Take another provider, or admit the product to the catalogue after review", nullptr,
     providersAndProductsAreListed},
    {"P5", "城市实施方案", "工作经费仅在实施方案允许时列支", "Administration cost only where the city's plan allows it",
     "请备案允许列支工作经费的方案", "File a plan that allows it", nullptr, administrationIsAllowed},
    {"A2", "（十）", "验收和核定之前有两名以上人员参加并通过的现场核查",
     "A passed site check with at least two inspectors comes before acceptance and award", "请先完成现场核查",
     "Do the site check first", nullptr, siteWasChecked},
    {"A4", "（二）", "一个项目的各级财政资金合计不超过核定投入",
     "Public money of all levels for one project is at most its eligible cost", "请核减奖补金额", "Reduce the award",
     nullptr, publicMoneyStaysWithinCost},
    {"A1", "城市实施方案", "奖补金额等于核定投入乘以比例（舍去不足一分的部分），不超过等级上限",
     "Subsidy = min(rate × eligible, cap of the level), rounded down to the fen, by the city's plan in force",
     "请按备案方案重新测算", "Compute the subsidy again by the filed plan", nullptr, subsidyFollowsThePlan},
    {"A3", "城市实施方案", "公示满规定的工作日，异议全部办结",
     "Publicity runs its working days, and no objection is open when the award is approved",
     "请延长公示期，或先办结异议", "Publish for longer, or resolve the objections first", nullptr,
     publicityRanAndNobodyObjects},
    {"X1", "（十）", "骗补查实后、结案前，不再向涉及主体拨付；禁入期内的企业不入库",
     "After a finding of fraud is confirmed, nothing more is paid to its subjects until it is closed; a banned "
     "enterprise enrols no project",
     "请待审计核实整改或禁入期满后再办理", "Wait until the audit has verified the rectification, or the ban is over",
     nullptr, nothingGoesToFraud},
    {"X2", "—", "冲销只针对一笔未冲销的事件，须有原因和第二人确认，依赖它的事件先冲销",
     "A reversal names one unreversed event, with a reason and a second person; what depends on it is reversed first",
     "请先冲销其后的事件", "Reverse the later events first", nullptr, reversalIsPossible},
    {"F2", "（八）", "行业平台资金不高于省级专项资金的规定比例",
     "Platform money is at most the policy's share of the province's money issued so far", "请减少行业平台资金",
     "Split less to platforms", nullptr, platformShareStaysWithinItsCap},
    {"F5", "（二）", "清算以绩效评价和认定改造家数为依据，清算资金不超过应补金额",
     "The final settlement rests on the evaluation and the count; its tranche stays within what is due",
     "请先完成绩效评价并核对家数和金额", "Evaluate first, and check the count and the amount", nullptr,
     settlementRestsOnResults},
    {"F3", "（十）", "只付给核定的受益企业，账户已登记且户名一致，不超过未付余额",
     "A payment leaves only for the award's beneficiary, to its registered account of equal name, within the unpaid "
     "rest",
     "请核对收款人、账户和余额", "Check payee, account and the unpaid rest", nullptr, paymentGoesToTheBeneficiary},
    {"F4", "—", "申请、复核、审批、支付、到账依次办理，金额一分不差",
     "Request, review, approve, instruct, settle: in this order and to the fen", "请先办理前一环节，金额应与申请一致",
     "Do the step before it first; the amount must equal the request", nullptr, paymentFollowsItsSteps},
    {"F1", "—", "资金各环节余额不为负：分解不超过到账，到账不超过下达，核定不超过可用",
     "No stage is negative: split within received, received within issued, reserved within available for the purpose",
     "请核对资金批次的可用余额", "Check what is available in the tranche", nullptr, fundsSuffice},
    {"B1", "—", "对账单收支平衡，期初余额和期间与上一对账单衔接",
     "A statement adds up, and goes on where the one before ends", "请核对对账单文件和导入顺序",
     "Check the statement's file and the order of import", nullptr, statementsContinue},
    {"B2", "—", "对账单一行只对应一笔收付款，金额、方向、日期、流水号和对方账号一致",
     "A line stands for one event of the same amount, direction, day, bank reference and account; a line that is "
     "explained is not matched",
     "请选择对应的事件，无对应事件的说明原因", "Choose the event it stands for, or explain the line", nullptr,
     linesStandForTheirEvents},
});

constexpr auto kWarnings = std::to_array<Rule>({
    {"F2w", "（八）", "行业平台资金超过省级奖补总额的规定比例时提示",
     "Warns when platform money is more than the policy's share of the full award", "请确认清算时不会超过比例",
     "Make sure that the share holds at the final settlement", nullptr, platformShareStaysWithinTheFullAward},
    {"F3w", "（十）", "收款账户在申请前不久变更过的予以提示（天数由政策参数 accountChangeDays 规定，未规定的一律提示）",
     "Warns when the payee's account was changed shortly before the request: within the policy's parameter "
     "accountChangeDays, and ever where it states none",
     "请向企业核实账户变更", "Ask the enterprise whether the change is its own", nullptr, payeeAccountIsLongStanding},
});

}  // namespace

std::span<Rule const> rules() {
  return kRules;
}

std::span<Rule const> warnings() {
  return kWarnings;
}

Rule const& ruleNamed(std::string_view id) {
  auto const at = std::ranges::find(kRules, id, &Rule::id);
  crypto::ensure(at != kRules.end(), "a refusal names a rule of the table");
  return *at;
}

}  // namespace fundtrail::ledger::domain
