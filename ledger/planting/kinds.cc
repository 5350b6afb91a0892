// SPDX-License-Identifier: Apache-2.0
#include "ledger/planting/kinds.h"

#include <algorithm>
#include <array>

#include "ledger/planting/plants.h"

namespace fundtrail::ledger::planting {

namespace {

struct Row {
  Kind kind;
  Plant plant;
};

// A breach of a rule is found by the rule, whatever else looks at it too.
constexpr auto kRows = std::to_array<Row>({
    {{"forgedApproval", "冒名审批、付往他人账户", "payment to another account with a forged approval", "lawful", "S1"},
     plantForgedApproval},
    {{"doublePayment", "重复支付", "an award paid twice", "lawful", "F3"}, plantDoublePayment},
    {{"excludedCost", "不予支持的费用计入投入", "payment for an excluded cost", "lawful", "P3"}, plantExcludedCost},
    {{"aboveCap", "奖补超过上限", "an award above the cap", "lawful", "A1"}, plantAboveCap},
    {{"otherPurpose", "资金批次挪作他用", "a tranche borrowed for another purpose", "lawful", "F1"}, plantOtherPurpose},
    {{"platformAboveShare", "行业平台资金超过两成", "platform money above 20 %", "lawful", "F2"},
     plantPlatformAboveShare},
    {{"offLedgerDebit", "账外支出", "a debit at the bank that no event explains", "bankTrue", ""}, plantOffLedgerDebit},
    {{"recoveryPocketed", "追回资金未入专户", "a recovery on record that no bank has seen", "bankTrue", ""},
     plantRecoveryPocketed},
    {{"cityRetains", "市级滞留", "a city receives money and does not divide it", "K1", ""}, plantCityRetains},
    {{"idleMoney", "资金闲置", "money divided and never spent", "K2", ""}, plantIdleMoney},
    {{"yearEndRush", "年终突击", "most of a city's year is paid in December", "K3", ""}, plantYearEndRush},
    {{"paidBeforeAccepted", "先拨付后验收", "paid before it was accepted", "lawful", "E5"}, plantPaidBeforeAccepted},
    {{"oldProjectRepackaged", "新瓶装旧酒", "an old project repackaged", "K5", "", "oldProjectRepackaged"},
     plantOldProject},
    {{"doubleDipping", "重复补助", "one enterprise supported twice for the same thing", "K6", ""}, plantDoubleDipping},
    {{"splitContracts", "化整为零", "contracts split to stay below a threshold", "K7", ""}, plantSplitContracts},
    {{"fictitiousContract", "虚假合同", "fictitious contracts, invoiced under consecutive numbers", "K8", "",
      "fictitiousContract"},
     plantFictitiousContract},
    {{"inflatedPrice", "报价虚高", "an inflated price", "K9", "", "inflatedPrice"}, plantInflatedPrice},
    {{"agreedKickback", "约定回扣", "an agreed kickback", "K10", "", "agreedKickback"}, plantKickback},
    {{"relatedParties", "关联方", "enterprise and provider share an account", "K11", ""}, plantRelatedParties},
    {{"ownShareMissing", "自付不足", "the enterprise's own share is missing", "K12", ""}, plantOwnShareMissing},
    {{"contractAfterTheFact", "合同后补", "a contract filed long after its start", "K13", ""},
     plantContractAfterTheFact},
    {{"forgedResult", "伪造成果", "a forged result: two levels up within days", "K14", "", "forgedResult"},
     plantForgedResult},
    {{"inspectorEverywhere", "一人一天多处核查", "one inspector at many sites on one day", "K15", ""},
     plantInspectorEverywhere},
    {{"expertNotRecused", "专家未回避", "an expert of the applicant reviews it", "lawful", "S1"},
     plantExpertNotRecused},
    {{"expertRelated", "评审专家是企业法定代表人", "an expert who represents the applicant reviews it", "K16", ""},
     plantExpertRelated},
    {{"accountChangedLate", "付款前变更账户", "the payee's account changed shortly before payment", "K17", ""},
     plantAccountChangedLate},
    {{"approvedAtNight", "夜间审批", "approved at night", "K18", ""}, plantApprovedAtNight},
    {{"roundAmounts", "整额拨付", "a city's payments are round amounts", "K19", ""}, plantRoundAmounts},
    {{"promiseNotKept", "目标与支付不匹配", "payments far ahead of the promised count", "K20", ""},
     plantPromiseNotKept},
    {{"recoveryOverdue", "追回未到账", "a recovery ordered, past due and not received", "K21", ""},
     plantRecoveryOverdue},
    {{"productUnused", "产品停用", "the look-back finds the product out of use", "K22", ""}, plantProductUnused},
    {{"paidAfterDelisting", "清退后付款", "paid for products of a delisted provider", "K23", ""},
     plantPaidAfterDelisting},
    {{"notAnSme", "非中小企业", "the enterprise is not small or medium", "lawful", "P1"}, plantNotAnSme},
    {{"largeEnterprise", "大企业冒充中小企业", "a large enterprise supported for another purpose", "K24", ""},
     plantLargeEnterprise},
    {{"countyIntercepts", "区县截留", "a county receives money and pays none of it", "K25", ""}, plantCountyIntercepts},
});

constexpr auto kKinds = [] {
  std::array<Kind, kRows.size()> kinds;
  std::ranges::transform(kRows, kinds.begin(), &Row::kind);
  return kinds;
}();

}  // namespace

std::span<Kind const> kinds() {
  return kKinds;
}

Kind const* findKind(std::string_view name) {
  auto const* const at = std::ranges::find(kKinds, name, &Kind::name);
  return at == kKinds.end() ? nullptr : at;
}

Plant plantOf(Kind const& kind) {
  return std::ranges::find(kRows, kind.name, [](Row const& row) { return row.kind.name; })->plant;
}

}  // namespace fundtrail::ledger::planting
