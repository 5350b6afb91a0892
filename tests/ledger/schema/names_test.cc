// SPDX-License-Identifier: Apache-2.0
#include "ledger/schema/names.h"

#include <limits>
#include <string>

#include <capnp/message.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "ledger/schema/batch.capnp.h"
#include "ledger/schema/json.h"
#include "ledger/schema/message.h"
#include "tests/ledger/schema/arbitrary_event.h"
#include "tests/ledger/schema/golden.h"

namespace fundtrail::ledger::schema {
namespace {

TEST(Names, EventTypesHaveTheNamesThatTheSchemaStates) {
  EXPECT_EQ(eventTypes().size(), 63u);
  EXPECT_EQ(eventTypeName(Event::PAYMENT_REQUESTED), "paymentRequested");
  EXPECT_EQ(eventTypeTitle(Event::PAYMENT_REQUESTED, Language::zh), "拨付申请");
  EXPECT_EQ(eventTypeTitle(Event::PAYMENT_REQUESTED, Language::en), "payment requested");
  EXPECT_EQ(eventTypes().front(), Event::POLICY_PUBLISHED);
  EXPECT_EQ(eventTypes().back(), Event::ORGANISATION_RENAMED);
}

TEST(Names, EveryEventTypeIsFoundByItsNameAndNothingElseIs) {
  for (auto const type : eventTypes()) {
    EXPECT_EQ(eventTypeNamed(eventTypeName(type)), type);
  }
  for (auto const* name : {"", "notStated", "PaymentRequested", "payment requested", "paymentRequested "}) {
    EXPECT_EQ(eventTypeNamed(name), std::nullopt) << name;
  }
}

TEST(Names, EnumerantsHaveTheNamesThatTheSchemaStates) {
  EXPECT_EQ(enumerantName(Role::CITY_FINANCE_APPROVER), "cityFinanceApprover");
  EXPECT_EQ(enumerantTitle(Role::CITY_FINANCE_APPROVER, Language::en), "city finance approver");
  EXPECT_EQ(enumerantTitle(Role::CITY_FINANCE_APPROVER, Language::zh), "市财政局审批");
  EXPECT_EQ(enumerantName(Profile::GM), "gm");
}

std::string described(std::string const& name, Language language) {
  auto const words =
      Words::copyOf(fromHexLines(readFile(FUNDTRAIL_SOURCE_DIR "/tests/golden/events/" + name + ".hex")));
  return describe(Message<Event>(words.bytes()).root(), language);
}

TEST(Describe, ListsEveryFieldInChinese) {
  EXPECT_EQ(described("recoveryReceived", Language::zh), R"(追回到账
  盐值: f7dbfb53d5f65a7542131790c0ca23a2
  业务日期: 2025-05-21
  依据文件:
    种类: 指标文
    文号: 粤财工〔2025〕36号
    发文机关: 广东省财政厅
    日期: 2025-04-15
    摘要: 139d544b821b13ebea14f1b0fe18577222e415c2966e3a3511c4196055232202
  起因事件: 6a7ef1ed9f15c2f59ab7bfaf50f5b51f695d736a7f2e5ada6470e695190b8f83
  追回到账:
    追回: 8c585378513f5f7a2e1456ee54042605fdb890392becefadd2ab180fd02fb341
    金额: 108,000.00
    银行流水号: CCB20260620445566
    记账日期: 2026-06-20
    追回资金去向: 缴回国库
    原资金来源:
      资金批次: 36c6c40550fc8f80596102220395e55c023be47d143d6061158ed2706dd53ddd
      区县: 440305
      金额: 108,000.00
)");
}

TEST(Describe, ListsEveryFieldInEnglish) {
  EXPECT_THAT(described("statementImported", Language::en), testing::EndsWith(R"(
  statement imported:
    account:
      number: 44201503500052512345
      name: 东莞市财政国库支付中心
      bank: 105584000021
      bank name: 中国建设银行深圳分行
    digest: b111c6e1d318f203063e5c16bab43c108326af0aa2f7b65760c95547a43dbe52
    period from: 2026-03-01
    period to: 2026-03-31
    opening: 40,000,000.00
    closing: -107,999.95
    lines:
      value date: 2026-03-03
      debit: 108,000.00
      credit: 0.05
      counterparty name: 深圳市某某精密制造有限公司
      counterparty account: 44201503500052512345
      bank reference: CCB20260303998877
      summary: 奖补资金
    city: 441900
)"));
}

TEST(FieldTitle, LeadsThroughLists) {
  EXPECT_EQ(fieldTitle(Event::AWARD_APPROVED, "project", Language::zh), "项目");
  EXPECT_EQ(fieldTitle(Event::AWARD_APPROVED, "draws.tranche", Language::zh), "资金来源·资金批次");
  EXPECT_EQ(fieldTitle(Event::AWARD_APPROVED, "draws.tranche", Language::en), "draws, tranche");
}

TEST(FieldTitle, IsEmptyWhereThereIsNoField) {
  EXPECT_EQ(fieldTitle(Event::AWARD_APPROVED, "payment", Language::zh), "");
  EXPECT_EQ(fieldTitle(Event::AWARD_APPROVED, "project.tranche", Language::zh), "");
}

TEST(Describe, ShowsListsOfEnumerantsAndBooleans) {
  EXPECT_THAT(described("trancheIssued", Language::zh),
              testing::EndsWith("    限定用途: 数字化改造\n    限定用途: 咨询诊断\n"));
  EXPECT_THAT(described("complaintClosed", Language::en), testing::HasSubstr("    upheld: yes\n"));
}

TEST(Describe, ShowsZerosThatAreValuesAndNoneThatMeanNotStated) {
  auto const described = [](std::string const& body) {
    auto const words =
        eventFromJson(R"({"salt":"000102030405060708090a0b0c0d0e0f","occurredOn":20250521,)" + body + "}");
    EXPECT_TRUE(words) << words.error().message;
    return describe(Message<Event>(words->bytes()).root(), Language::en);
  };
  std::string const hash(64, 'a');
  EXPECT_THAT(described(R"("lineMatched":{"statement":")" + hash + R"(","event":")" + hash + "\"}"),
              testing::EndsWith("\n    line: 0\n    event: " + hash + "\n    number: 0\n"));
  EXPECT_THAT(described(R"("objectionResolved":{"objection":")" + hash + R"(","conclusion":"x"})"),
              testing::HasSubstr("\n    upheld: no\n"));
  EXPECT_THAT(described(R"("projectEnrolled":{"city":441900,"enterprise":"91440101327598294H","purpose":"reform",)"
                        R"("mode":"after","title":"x"})"),
              testing::Not(testing::HasSubstr("county")));
}

TEST(Describe, ShowsTheSmallestAmount) {
  auto const words =
      Words::copyOf(fromHexLines(readFile(FUNDTRAIL_SOURCE_DIR "/tests/golden/events/trancheAdjusted.hex")));
  capnp::MallocMessageBuilder message;
  message.setRoot(Message<Event>(words.bytes()).root());
  auto const shown = [&](std::int64_t fen) {
    message.getRoot<Event>().getTrancheAdjusted().setChangeFen(fen);
    auto const text = describe(message.getRoot<Event>(), Language::en);
    return text.substr(text.rfind(' ') + 1);
  };
  EXPECT_EQ(shown(std::numeric_limits<std::int64_t>::min()), "-92,233,720,368,547,758.08\n");
  EXPECT_EQ(shown(std::numeric_limits<std::int64_t>::max()), "92,233,720,368,547,758.07\n");
  EXPECT_EQ(shown(-1), "-0.01\n");
  EXPECT_EQ(shown(99999), "999.99\n");
  EXPECT_EQ(shown(100000), "1,000.00\n");
}

TEST(Describe, TakesAnyEventThatCanBe) {
  EXPECT_TRUE(rc::check([](std::uint64_t seed) {
    auto const words = arbitraryEvent(seed);
    Message<Event> const event(words.bytes());
    auto const text = describe(event.root(), Language::zh);
    RC_ASSERT(text.starts_with(eventTypeTitle(event.root().which(), Language::zh)));
    RC_ASSERT(text.ends_with('\n'));
  }));
}

}  // namespace
}  // namespace fundtrail::ledger::schema
