// SPDX-License-Identifier: Apache-2.0
#include "replay/wording.h"

#include <fmt/format.h>

#include "crypto/ensure.h"
#include "ledger/domain/date.h"

namespace fundtrail::replay {

using ledger::commandline::Text;
using ledger::schema::Language;

Text titleOf(Standing standing) {
  switch (standing) {
    case Standing::holds: return {"成立", "holds"};
    case Standing::notProven: return {"未能证明", "not proven"};
    case Standing::fails: return {"不成立", "fails"};
  }
  crypto::abortOnBug("every standing has a title");
}

Text titleOf(FindingKind kind) {
  switch (kind) {
    case FindingKind::damage: return {"损坏", "damage"};
    case FindingKind::entry: return {"条目", "entry"};
    case FindingKind::ledger: return {"账本", "ledger"};
    case FindingKind::signature: return {"签名", "signature"};
    case FindingKind::duplicate: return {"重复", "duplicate"};
    case FindingKind::tree: return {"哈希树", "tree"};
    case FindingKind::checkpoint: return {"检查点", "checkpoint"};
    case FindingKind::attestation: return {"见证", "attestation"};
    case FindingKind::index: return {"索引", "index"};
    case FindingKind::rule: return {"规则", "rule"};
    case FindingKind::witness: return {"见证不足", "witness"};
    case FindingKind::time: return {"时间", "time"};
    case FindingKind::purpose: return {"用途", "purpose"};
    case FindingKind::bank: return {"银行", "bank"};
    case FindingKind::reproduction: return {"重新得出", "reproduction"};
    case FindingKind::conservation: return {"资金", "conservation"};
  }
  crypto::abortOnBug("every kind of finding has a title");
}

Text titleOf(Account account) {
  switch (account) {
    case Account::outside: return {"下达", "Issued"};
    case Account::issued: return {"未到账", "Not received"};
    case Account::available: return {"可用", "Available"};
    case Account::reserved: return {"待拨付", "Reserved"};
    case Account::inFlight: return {"在途", "In flight"};
    case Account::paid: return {"已支付（净额）", "Paid (net)"};
    case Account::returnedToTreasury: return {"缴回国库", "To treasury"};
    case Account::recalled: return {"收回", "Recalled"};
  }
  crypto::abortOnBug("every account has a title");
}

std::string inSentence(std::string_view heading) {
  std::string text(heading);
  constexpr char kToLower = 'a' - 'A';
  if (!text.empty() && text.front() >= 'A' && text.front() <= 'Z')
    text.front() = static_cast<char>(text.front() + kToLower);
  return text;
}

std::string countText(Count const& count, Language language) {
  bool const chinese = language == Language::zh;
  bool const all = count.of == 0 || count.number == count.of;
  auto const number = all       ? std::to_string(count.number)
                      : chinese ? fmt::format("{} / {}", count.number, count.of)
                                : fmt::format("{} of {}", count.number, count.of);
  auto text = chinese ? fmt::format("{} {}", count.what.zh, number) : fmt::format("{} {}", number, count.what.en);
  if (count.money) {
    text += chinese ? fmt::format("（{} 元）", formatYuan(*count.money))
                    : fmt::format(" ({} yuan)", formatYuan(*count.money));
  }
  return text;
}

std::string timeText(std::uint64_t seconds) {
  constexpr std::uint64_t kMost = 1'000'000'000'000;
  auto const instant =
      seconds < kMost ? domain::Instant::fromMilliseconds(static_cast<std::int64_t>(seconds) * 1000) : std::nullopt;
  return instant ? instant->text() : std::to_string(seconds);
}

}  // namespace fundtrail::replay
