// SPDX-License-Identifier: Apache-2.0
#include "replay/time/time_text.h"

#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "ledger/commandline/text.h"
#include "ledger/domain/codes.h"
#include "ledger/schema/names.h"
#include "replay/wording.h"

namespace fundtrail::replay::time {

using domain::Fen;
using ledger::commandline::Text;
using schema::Language;

namespace {

constexpr auto kInOrder = [] {
  std::array<Account, kAccounts> accounts{};
  for (std::size_t i = 0; i < kAccounts; ++i) accounts[i] = Account(i);
  return accounts;
}();

/// A change with its sign.
std::string signedYuan(Fen change) {
  return (change.isNegative() ? "" : "+") + formatYuan(change);
}

std::string signedCount(std::size_t before, std::size_t after) {
  return after < before ? fmt::format("-{}", before - after) : fmt::format("+{}", after - before);
}

class Writer {
 public:
  explicit Writer(Session const& session) : session_(session) {}

  template <class... Values>
  void line(Text const& text, Values const&... values) {
    out_ += session_.text(text, values...);
    out_ += '\n';
  }
  [[nodiscard]] std::string in(Text const& text) const { return session_.text(text); }
  [[nodiscard]] bool chinese() const { return session_.language == Language::zh; }
  [[nodiscard]] std::string joined(std::vector<std::string> const& parts) const {
    return fmt::format("{}", fmt::join(parts, chinese() ? "，" : ", "));
  }
  template <class Enum>
  [[nodiscard]] std::string_view title(Enum value) const {
    return schema::enumerantTitle(value, session_.language);
  }
  [[nodiscard]] std::string_view stage(domain::ProjectStage stage) const {
    return chinese() ? stageZh(stage) : stageEn(stage);
  }
  [[nodiscard]] std::string_view stage(domain::PaymentStage stage) const {
    return chinese() ? stageZh(stage) : stageEn(stage);
  }
  [[nodiscard]] std::string_view name(domain::CityCode city) const {
    return chinese() ? cityNameZh(city) : cityNameEn(city);
  }
  [[nodiscard]] std::string name(Account account) const { return inSentence(titleOf(account).in(session_.language)); }
  std::string take() { return std::move(out_); }

  void basis(Text const& what, projections::Basis const& basis) {
    line({"{}：前 {} 个事件；检查点 {} 批，根 {}", "{}: the first {} events; checkpoint of {} batches, root {}"},
         in(what), basis.position, basis.treeSize, basis.root.hex());
    if (basis.acceptedAt) line({"  最后入账 {}", "  the last accepted {}"}, basis.acceptedAt->text());
    if (basis.on) {
      line({"  其中只计业务日期至 {} 的事件", "  of these, the ones dated to {} count"}, basis.on->text());
    }
  }

  /// What stands where; accounts without money are left out.
  [[nodiscard]] std::string amounts(Balances const& balances) const {
    std::vector<std::string> parts;
    for (auto const account : kInOrder) {
      if (account != Account::outside && balances.in(account).isZero()) continue;
      parts.push_back(fmt::format("{} {}", name(account), formatYuan(balances.in(account))));
    }
    return joined(parts);
  }

  void pocket(std::string_view indent, BooksPocket const& pocket, Balances const& balances) {
    auto where = std::string(title(pocket.purpose));
    if (auto const county = domain::CityCode::fromNumber(pocket.county); pocket.county != 0 && county) {
      where += fmt::format(" / {}", name(*county));
    }
    std::vector<std::string> parts;
    for (auto const account : kInOrder) {
      if (account == Account::outside || balances.in(account).isZero()) continue;
      parts.push_back(fmt::format("{} {}", name(account), formatYuan(balances.in(account))));
    }
    if (!parts.empty()) line({"{}{}：{}", "{}{}: {}"}, indent, where, joined(parts));
  }

  /// Accounts in which something else stands than before.
  void changes(std::string_view indent, Balances const& before, Balances const& after) {
    for (auto const account : kInOrder) {
      auto const was = before.in(account);
      auto const is = after.in(account);
      if (was == is) continue;
      line({"{}{}：{} → {}（{}）", "{}{}: {} → {} ({})"}, indent, name(account), formatYuan(was), formatYuan(is),
           signedYuan(is - was));
    }
  }

  void events(std::map<schema::Event::Which, std::size_t> const& events) {
    std::vector<std::string> parts;
    for (auto const& [type, count] : events) {
      parts.push_back(fmt::format("{} {}", schema::eventTypeTitle(type, session_.language), count));
    }
    if (!parts.empty()) line({"事件：{}", "events: {}"}, joined(parts));
  }

  void reversals(std::vector<Reversal> const& reversals) {
    for (auto const& reversal : reversals) {
      line({"已冲销：事件 {}（{}），由事件 {} 确认，{}", "reversed: event {} ({}), confirmed by event {}, {}"},
           reversal.event.value(), schema::eventTypeTitle(reversal.type, session_.language),
           reversal.confirmation.value(), reversal.on.text());
    }
  }

 private:
  Session const& session_;
  std::string out_;
};

void writeCity(Writer& out, CityStanding const& city) {
  out.line({"\n{}（{}）：{}", "\n{} ({}): {}"}, out.name(city.city), city.city.number(), out.amounts(city.total()));
  for (auto const& tranche : city.tranches) {
    out.line({"  {}（事件 {}，{}，{}）：{}", "  {} (event {}, {}, {}): {}"}, tranche.number, tranche.event.value(),
             out.title(tranche.level), out.title(tranche.kind), out.amounts(tranche.total()));
    for (auto const& [pocket, balances] : tranche.pockets) out.pocket("    ", pocket, balances);
  }
  std::vector<std::string> parts;
  for (auto const& [stage, count] : city.projects) parts.push_back(fmt::format("{} {}", out.stage(stage), count));
  if (!parts.empty()) out.line({"  项目：{}", "  projects: {}"}, out.joined(parts));
  parts.clear();
  for (auto const& [stage, tally] : city.payments) {
    parts.push_back(fmt::format("{} {} ({})", out.stage(stage), tally.count, formatYuan(tally.amount)));
  }
  if (!parts.empty()) out.line({"  拨付：{}", "  payments: {}"}, out.joined(parts));
  if (auto const& all = city.recoveries; all.count > 0) {
    out.line({"  追回：{} 项，责令 {}，到账 {}，免予 {}；未结 {} 项",
              "  recoveries: {}, ordered {}, received {}, waived {}; open {}"},
             all.count, formatYuan(all.ordered), formatYuan(all.received), formatYuan(all.waived), all.open);
  }
  if (city.openFindings > 0) out.line({"  未结疑点：{}", "  open findings: {}"}, city.openFindings);
}

template <class Stage, class Count>
void writeCounts(Writer& out, Text const& what, std::map<Stage, Count> const& before,
                 std::map<Stage, Count> const& after, std::size_t (*countOf)(Count const&)) {
  auto all = before;
  all.insert(after.begin(), after.end());
  std::vector<std::string> parts;
  for (auto const& [stage, ignored] : all) {
    auto const in = [&](std::map<Stage, Count> const& map) {
      auto const at = map.find(stage);
      return at == map.end() ? std::size_t{0} : countOf(at->second);
    };
    auto const was = in(before);
    auto const is = in(after);
    if (was != is) parts.push_back(fmt::format("{} {} → {} ({})", out.stage(stage), was, is, signedCount(was, is)));
  }
  if (!parts.empty()) out.line({"  {}：{}", "  {}: {}"}, out.in(what), out.joined(parts));
}

void writeCity(Writer& out, CityChange const& change) {
  auto const& [code, before, after, tranches] = change;
  out.line({"\n{}（{}）", "\n{} ({})"}, out.name(code), code.number());
  out.changes("  ", before.total(), after.total());
  writeCounts<domain::ProjectStage, std::size_t>(out, {"项目", "projects"}, before.projects, after.projects,
                                                 [](std::size_t const& count) { return count; });
  writeCounts<domain::PaymentStage, Tally>(out, {"拨付", "payments"}, before.payments, after.payments,
                                           [](Tally const& tally) { return tally.count; });
  auto const& [was, is] = std::pair(before.recoveries, after.recoveries);
  if (was != is) {
    out.line({"  追回：责令 {} → {}，到账 {} → {}，未结 {} → {}",
              "  recoveries: ordered {} → {}, received {} → {}, open {} → {}"},
             formatYuan(was.ordered), formatYuan(is.ordered), formatYuan(was.received), formatYuan(is.received),
             was.open, is.open);
  }
  if (before.openFindings != after.openFindings) {
    out.line({"  未结疑点：{} → {}", "  open findings: {} → {}"}, before.openFindings, after.openFindings);
  }
  for (auto const& [old, now] : tranches) {
    if (!old) {
      out.line({"  新批次 {}（事件 {}）：{}", "  new tranche {} (event {}): {}"}, now.number, now.event.value(),
               out.amounts(now.total()));
      continue;
    }
    out.line({"  批次 {}（事件 {}）", "  tranche {} (event {})"}, now.number, now.event.value());
    out.changes("    ", old->total(), now.total());
  }
}

void writeProject(Writer& out, ProjectChange const& change) {
  auto const& [before, after] = change;
  if (before) {
    out.line({"{}（事件 {}，{}）：{} → {}", "{} (event {}, {}): {} → {}"}, after.title, after.event.value(),
             after.enterpriseName, out.stage(before->stage), out.stage(after.stage));
  } else {
    out.line({"{}（事件 {}，{}）：新增，{}", "{} (event {}, {}): new, {}"}, after.title, after.event.value(),
             after.enterpriseName, out.stage(after.stage));
  }
  auto const was = before.value_or(ProjectStanding{after.ref, after.event, {}, after.city, after.enterprise, {}});
  auto const amount = [&](Text const& what, Fen old, Fen now) {
    if (old == now) return;
    out.line({"  {}：{} → {}（{}）", "  {}: {} → {} ({})"}, out.in(what), formatYuan(old), formatYuan(now),
             signedYuan(now - old));
  };
  amount({"核定投入", "eligible cost"}, was.eligible, after.eligible);
  amount({"奖补", "award"}, was.award, after.award);
  out.changes("  ", was.money, after.money);
}

}  // namespace

std::string toText(LedgerStanding const& standing, std::optional<domain::CityCode> only, Session const& session) {
  Writer out(session);
  out.basis({"账本状态（元）", "state of the ledger (yuan)"}, standing.basis);
  if (standing.disagreement) {
    out.line({"✗ 审计账簿与账本投影不一致：{}", "✗ the audit's books and the ledger's projection disagree: {}"},
             session.language == Language::zh ? standing.disagreement->zh : standing.disagreement->en);
  }
  for (auto const& [code, city] : standing.cities) {
    if (!only || code == *only) writeCity(out, city);
  }
  out.line({"", ""});
  out.events(standing.events);
  out.reversals(standing.reversals);
  return out.take();
}

std::string toText(Difference const& difference, std::optional<domain::CityCode> only, Session const& session) {
  Writer out(session);
  out.basis({"自", "from"}, difference.from);
  out.basis({"至", "to"}, difference.to);
  for (auto const& change : difference.cities) {
    if (!only || change.city == *only) writeCity(out, change);
  }
  out.line({"", ""});
  for (auto const& change : difference.projects) {
    if (!only || change.after.city == *only) writeProject(out, change);
  }
  out.events(difference.events);
  out.reversals(difference.reversals);
  return out.take();
}

}  // namespace fundtrail::replay::time
