// SPDX-License-Identifier: Apache-2.0
#include "replay/journal/hledger.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <set>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "ledger/domain/codes.h"
#include "replay/journal/names.h"

namespace fundtrail::replay::journal {

using domain::Fen;
using ledger::commandline::Text;
using schema::Language;

namespace {

/// What a name may hold on a line of a journal: ':' divides accounts, ';' begins a comment, '|' a note, and two spaces
/// or a tab end an account's name.
std::string plain(std::string_view text) {
  std::string out;
  for (char const c : text) {
    auto const byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || byte == 0x7f) {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else if (c == ':' || c == ';' || c == '|') {
      out += '.';
    } else {
      out += c;
    }
  }
  while (out.ends_with(' ')) out.pop_back();
  return out;
}

std::string_view classOf(Account account) {
  switch (account) {
    case Account::issued:
    case Account::available:
    case Account::reserved:
    case Account::inFlight: return "assets";
    case Account::paid: return "expenses";
    case Account::outside:
    case Account::returnedToTreasury:
    case Account::recalled: break;
  }
  return "equity";
}

class Journal {
 public:
  Journal(Vouchers const& vouchers, Language language)
      : vouchers_(vouchers), language_(language), balances_(vouchers.accounts().size()) {
    for (auto const& account : vouchers.accounts()) names_.push_back(nameOf(account));
  }

  std::string write(Source const& source) {
    head(source);
    std::vector<std::size_t> order(vouchers_.vouchers().size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    auto const dateOf = [&](std::size_t number) { return vouchers_.vouchers()[number].occurredOn; };
    std::ranges::stable_sort(order, {}, dateOf);
    std::set<std::size_t> moved;
    for (std::size_t i = 0; i < order.size(); ++i) {
      auto const& voucher = vouchers_.vouchers()[order[i]];
      transaction(voucher);
      for (auto const& line : vouchers_.lines(voucher)) {
        balances_[line.account] += line.amount;
        moved.insert(line.account);
      }
      bool const last = i + 1 == order.size();
      if (last) {
        for (std::size_t account = 0; account < balances_.size(); ++account) moved.insert(account);
        assertBalances(voucher.occurredOn, {"期末余额", "balances at the end"}, moved);
      } else if (dateOf(order[i + 1]).number() / 100 != voucher.occurredOn.number() / 100) {
        assertBalances(voucher.occurredOn, {"月末余额", "balances of the month"}, moved);
        moved.clear();
      }
    }
    return std::move(out_);
  }

 private:
  std::string nameOf(LedgerAccount const& account) const {
    bool const chinese = language_ == Language::zh;
    auto const& tranche = vouchers_.tranches()[account.tranche];
    return fmt::format("{}:{}:{} {}:{}:{}:{}", classOf(account.account),
                       chinese ? domain::cityNameZh(tranche.city) : domain::cityNameEn(tranche.city),
                       tranche.event.text(), plain(tranche.document),
                       schema::enumerantTitle(account.purpose, language_), holderOf(account.county, language_),
                       titleOf(account.account).in(language_));
  }

  template <class... Values>
  void line(std::string_view format, Values const&... values) {
    fmt::vformat_to(std::back_inserter(out_), format, fmt::make_format_args(values...));
    out_ += '\n';
  }
  std::string say(Text const& text) const { return std::string(text.in(language_)); }

  void head(Source const& source) {
    line("; {}", plain(source.programme));
    line("; {} {}", say({"账本", "ledger"}), source.ledger);
    line("; {} {}, {} {}", say({"批数", "batches"}), source.batches, say({"根", "root"}), source.root);
    line("");
    line("commodity CNY");
    line("    format 1000.00 CNY");
    line("");
    auto declared = names_;
    std::ranges::sort(declared);
    for (auto const& name : declared) line("account {}", name);
    for (auto const* tag : {"ref", "signer", "reference", "reverses"}) line("tag {}", tag);
  }

  void transaction(Voucher const& voucher) {
    line("");
    line("{} * ({}) {}{}", voucher.occurredOn.text(), voucher.event.text(),
         voucher.takesBack ? say({"红字冲销：", "reversal of "}) : "", schema::eventTypeTitle(voucher.type, language_));
    line("    ; ref: {}", voucher.ref.text());
    if (!voucher.person.empty()) line("    ; signer: {}", plain(voucher.person));
    if (auto const reference = plain(voucher.reference); !reference.empty()) line("    ; reference: {}", reference);
    if (voucher.takesBack) line("    ; reverses: {}", voucher.takesBack->text());
    for (auto const& [account, amount] : vouchers_.lines(voucher)) {
      line("    {}    {} CNY", names_[account], decimalYuan(amount));
    }
  }

  void assertBalances(domain::Date on, Text const& what, std::set<std::size_t> const& accounts) {
    line("");
    line("{} * {}", on.text(), say(what));
    for (auto const account : accounts) {
      line("    {}    0.00 CNY = {} CNY", names_[account], decimalYuan(balances_[account]));
    }
  }

  Vouchers const& vouchers_;
  Language language_;
  std::vector<std::string> names_;  // by position in accounts()
  std::vector<Fen> balances_;
  std::string out_;
};

}  // namespace

std::string toHledger(Vouchers const& vouchers, Source const& source, Language language) {
  return Journal(vouchers, language).write(source);
}

}  // namespace fundtrail::replay::journal
