# SPDX-License-Identifier: Apache-2.0
# The event: one fact, never changed, never removed. The whole catalogue is the union below.
@0x9616e3c8574a3087;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("fundtrail::ledger::schema");
using Json = import "/capnp/compat/json.capnp";
using A = import "annotations.capnp";
using V = import "values.capnp";
using F = import "funds.capnp";
using Pa = import "parties.capnp";
using Pr = import "project.capnp";
using Aw = import "award.capnp";
using Pay = import "payment.capnp";
using B = import "bank.capnp";
using Af = import "after.capnp";
using C = import "control.capnp";

struct Event {
  salt @0 :Data $A.zh("盐值") $A.required $A.exactBytes(16) $Json.hex;
  # 16 random bytes: a receipt that shows one event hides its neighbours, whose hashes cannot be guessed.
  occurredOn @1 :UInt32 $A.zh("业务日期") $A.required $A.format(date);
  # YYYYMMDD, +08:00.
  documents @2 :List(V.Document) $A.zh("依据文件") $A.maxItems(16);
  cause @3 :Data $A.zh("起因事件") $A.exactBytes(32) $Json.hex;
  # The event that this one answers to, where there is one.

  union {
    # Numbers here are the event types' identity on disk: never renumber, only append.
    notStated @4 :Void $A.zh("未填");
    policyPublished @5 :F.PolicyPublished $A.zh("政策发布");
    cityDesignated @6 :F.CityDesignated $A.zh("试点城市确定");
    cityPlanFiled @7 :F.CityPlanFiled $A.zh("实施方案备案");
    trancheIssued @8 :F.TrancheIssued $A.zh("资金下达");
    trancheReceived @9 :F.TrancheReceived $A.zh("资金到账");
    trancheSplit @10 :F.TrancheSplit $A.zh("资金分解");
    trancheAdjusted @11 :F.TrancheAdjusted $A.zh("资金调整");
    trancheRecalled @12 :F.TrancheRecalled $A.zh("资金收回");
    performanceEvaluated @13 :F.PerformanceEvaluated $A.zh("绩效评价");
    finalSettlement @14 :F.FinalSettlement $A.zh("清算");

    organisationRegistered @15 :Pa.OrganisationRegistered $A.zh("主体登记");
    bankAccountChanged @16 :Pa.BankAccountChanged $A.zh("账户变更");
    providerListed @17 :Pa.ProviderListed $A.zh("供给方入库");
    providerDelisted @18 :Pa.ProviderDelisted $A.zh("供给方清退");
    productListed @19 :Pa.ProductListed $A.zh("产品入库");
    productPriceChanged @20 :Pa.ProductPriceChanged $A.zh("产品调价");
    productDelisted @21 :Pa.ProductDelisted $A.zh("产品退库");
    complaintFiled @22 :Pa.ComplaintFiled $A.zh("投诉受理");
    complaintClosed @23 :Pa.ComplaintClosed $A.zh("投诉办结");

    contractFiled @24 :Pr.ContractFiled $A.zh("合同备案");
    projectEnrolled @25 :Pr.ProjectEnrolled $A.zh("项目入库");
    levelAssessed @26 :Pr.LevelAssessed $A.zh("数字化水平评测");
    applicationSubmitted @27 :Pr.ApplicationSubmitted $A.zh("申报提交");
    applicationReviewed @28 :Pr.ApplicationReviewed $A.zh("申报审核");
    siteChecked @29 :Pr.SiteChecked $A.zh("现场核查");
    costVerified @30 :Pr.CostVerified $A.zh("投入核定");
    projectAccepted @31 :Pr.ProjectAccepted $A.zh("项目验收");

    subsidyProposed @32 :Aw.SubsidyProposed $A.zh("奖补测算");
    publicityOpened @33 :Aw.PublicityOpened $A.zh("公示开始");
    objectionRaised @34 :Aw.ObjectionRaised $A.zh("提出异议");
    objectionResolved @35 :Aw.ObjectionResolved $A.zh("异议办结");
    publicityClosed @36 :Aw.PublicityClosed $A.zh("公示结束");
    awardApproved @37 :Aw.AwardApproved $A.zh("奖补核定");
    awardWithdrawn @38 :Aw.AwardWithdrawn $A.zh("奖补撤销");

    paymentRequested @39 :Pay.PaymentRequested $A.zh("拨付申请");
    paymentReviewed @40 :Pay.PaymentReviewed $A.zh("拨付复核");
    paymentApproved @41 :Pay.PaymentApproved $A.zh("拨付审批");
    paymentInstructed @42 :Pay.PaymentInstructed $A.zh("支付指令");
    paymentSettled @43 :Pay.PaymentSettled $A.zh("支付到账");
    paymentReturned @44 :Pay.PaymentReturned $A.zh("退票");
    paymentCancelled @45 :Pay.PaymentCancelled $A.zh("拨付取消");

    statementImported @46 :B.StatementImported $A.zh("对账单导入");
    lineMatched @47 :B.LineMatched $A.zh("对账匹配");
    lineExplained @48 :B.LineExplained $A.zh("对账说明");

    lookBackDone @49 :Af.LookBackDone $A.zh("回头看");
    findingRaised @50 :Af.FindingRaised $A.zh("疑点提出");
    rectificationFiled @51 :Af.RectificationFiled $A.zh("整改报告");
    rectificationVerified @52 :Af.RectificationVerified $A.zh("整改核实");
    recoveryOrdered @53 :Pay.RecoveryOrdered $A.zh("责令追回");
    recoveryReceived @54 :Pay.RecoveryReceived $A.zh("追回到账");
    recoveryWaived @55 :Pay.RecoveryWaived $A.zh("免予追回");
    penaltyImposed @56 :Af.PenaltyImposed $A.zh("处理处罚");

    keyEnrolled @57 :C.KeyEnrolled $A.zh("密钥登记");
    keyRevoked @58 :C.KeyRevoked $A.zh("密钥吊销");
    roleGranted @59 :C.RoleGranted $A.zh("角色授予");
    roleRevoked @60 :C.RoleRevoked $A.zh("角色撤销");
    changeConfirmed @61 :C.ChangeConfirmed $A.zh("变更确认");
    witnessEnrolled @62 :C.WitnessEnrolled $A.zh("见证人登记");
    eventReversed @63 :C.EventReversed $A.zh("红字冲销");
    periodClosed @64 :C.PeriodClosed $A.zh("会计期间结账");
    auditConcluded @65 :C.AuditConcluded $A.zh("审计结论");
    subjectErased @66 :C.SubjectErased $A.zh("个人数据密钥销毁");
    organisationRenamed @67 :Pa.OrganisationRenamed $A.zh("主体更名");
  }
}
