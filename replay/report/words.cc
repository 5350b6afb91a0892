// SPDX-License-Identifier: Apache-2.0
#include "replay/report/words.h"

#include <algorithm>

#include <fmt/format.h>

#include "crypto/ensure.h"
#include "ledger/domain/codes.h"
#include "ledger/domain/rule.h"

namespace fundtrail::replay::report {

using schema::Language;

Text headlineOf(Verdict verdict) {
  switch (verdict) {
    case Verdict::proven: return {"证明成立，未发现异常", "Proven: nothing is wrong"};
    case Verdict::notProven:
      return {"未发现异常，但证明不完整", "Not proven: nothing is wrong, and something is missing"};
    case Verdict::findings:
      return {"记录真实，但存在问题", "Findings: the records are authentic, and something is wrong"};
    case Verdict::tampered: return {"记录被改动，或无法验证", "Tampered with, or not verifiable"};
  }
  crypto::abortOnBug("every verdict has words");
}

Text meaningOf(Verdict verdict) {
  switch (verdict) {
    case Verdict::proven:
      return {
          "证明的七个部分全部成立：截至下述检查点，每一分专项资金都去了规则允许的地方，账实相符。",
          "All seven parts of the proof hold: up to the checkpoint below, every fen of the fund went where the rules "
          "allow, and the bank says the same."};
    case Verdict::notProven:
      return {
          "已检查的内容全部相符；但有的部分缺少材料，无法检查。缺少什么列于“七个部分”一节。补齐之前，不能称为无异常。",
          "Whatever could be looked at is in order. Something could not, because it is not there; the section on the "
          "seven parts says what. Until it is brought, the ledger cannot be called clean."};
    case Verdict::findings:
      return {
          "签名与哈希证明记录未被改动；但其中有违反规则、资金不平或见证不足之处，列于“问题”一节。",
          "Signatures and hashes prove that nothing was altered. But a rule, the conservation of money or the number "
          "of witnesses does not hold; the section on findings says where."};
    case Verdict::tampered:
      return {"所存内容与作者或账本当初签署的不符，或已无法验证。本报告中的数字不足为据。",
              "What is stored is not what its authors or the log signed, or cannot be verified. Nothing in this report "
              "may be relied upon."};
  }
  crypto::abortOnBug("every verdict has a meaning");
}

Text titleOf(indicators::State state) {
  switch (state) {
    case indicators::State::examined: return {"已检查", "examined"};
    case indicators::State::notExamined: return {"未检查", "not examined"};
    case indicators::State::off: return {"已关闭", "off"};
  }
  crypto::abortOnBug("every state has a title");
}

std::string_view nameOf(domain::CityCode city, Language language) {
  return language == Language::zh ? domain::cityNameZh(city) : domain::cityNameEn(city);
}

std::string_view clauseOf(std::string_view rule) {
  auto const rules = domain::rules();
  auto const at = std::ranges::find(rules, rule, &domain::Rule::id);
  return at == rules.end() ? std::string_view() : at->clause;
}

std::string monthText(std::uint32_t month) {
  return fmt::format("{}-{:02}", month / 100, month % 100);
}

}  // namespace fundtrail::replay::report
