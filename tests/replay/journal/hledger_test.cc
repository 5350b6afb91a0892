// SPDX-License-Identifier: Apache-2.0
// The journal as Debian's hledger and ledger read it.
#include "replay/journal/hledger.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <sys/wait.h>

#include <gtest/gtest.h>

#include "ledger/domain/codes.h"
#include "tests/ledger/log/temporary_directory.h"
#include "tests/replay/journal/shared.h"

namespace fundtrail::replay::journal {
namespace {

using schema::Language;

class Hledger : public ::testing::Test {
 protected:
  struct Ran {
    int exitCode;
    std::string out;
  };
  Ran run(std::string const& command) const {
    auto const out = directory_ / "out";
    auto const status = std::system(("LC_ALL=C.UTF-8 " + command + " >'" + out.string() + "' 2>&1 </dev/null").c_str());
    std::ifstream in(out, std::ios::binary);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, {std::istreambuf_iterator<char>(in), {}}};
  }
  std::string written(std::string const& journal) const {
    auto const file = directory_ / "journal";
    std::ofstream(file, std::ios::binary) << journal;
    return "'" + file.string() + "'";
  }

 private:
  testing::TemporaryDirectory directory_;
};

std::vector<std::string> split(std::string const& text, char at) {
  std::vector<std::string> parts;
  std::stringstream in(text);
  for (std::string part; std::getline(in, part, at);) parts.push_back(part);
  return parts;
}

/// "account","1234.50 CNY" or account|1234.50, line by line, summed by city and account.
Sums sumsIn(std::string const& listing, Language language) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, kAccounts> kNames = {
      {{"资金来源", "funding"},
       {"已下达未到账", "issued"},
       {"可用", "available"},
       {"已核定待拨付", "reserved"},
       {"在途", "in flight"},
       {"已支付", "paid"},
       {"已缴回国库", "returned to treasury"},
       {"已收回", "recalled"}}};
  bool const chinese = language == Language::zh;
  Sums sums;
  for (auto line : split(listing, '\n')) {
    std::erase(line, '"');
    if (!line.starts_with("assets:") && !line.starts_with("expenses:") && !line.starts_with("equity:")) continue;
    auto const bar = line.find_first_of(",|");
    auto const parts = split(line.substr(0, bar), ':');
    EXPECT_EQ(parts.size(), 6U) << line;
    auto figure = line.substr(bar + 1);
    if (auto const unit = figure.find(' '); unit != std::string::npos) figure.resize(unit);
    auto const amount = domain::parseYuan(figure);
    EXPECT_TRUE(amount) << line;
    auto const city = std::ranges::find_if(domain::regions(), [&](domain::Region const& region) {
      return region.code.isCity() && (chinese ? region.nameZh : region.nameEn) == parts[1];
    });
    auto const account = std::ranges::find_if(
        kNames, [&](auto const& names) { return (chinese ? names.first : names.second) == parts[5]; });
    if (city == domain::regions().end() || account == kNames.end() || !amount) {
      ADD_FAILURE() << line;
      continue;
    }
    sums[{city->code.number(), Account(account - kNames.begin())}] += amount->count();
  }
  std::erase_if(sums, [](auto const& sum) { return sum.second == 0; });
  return sums;
}

TEST_F(Hledger, AndLedgerDeriveTheSameSumsAsBooksAndProjection) {
  auto const books = sumsOfBooks();
  ASSERT_EQ(books, sumsOfProjection());
  for (auto const language : {Language::zh, Language::en}) {
    auto const file = written(toHledger(wholeVouchers(), kSource, language));
    auto const strict = run("hledger -f " + file + " check --strict");
    EXPECT_EQ(strict.exitCode, 0) << strict.out;
    auto const hledger = run("hledger -f " + file + " balance --flat -O csv");
    ASSERT_EQ(hledger.exitCode, 0) << hledger.out;
    EXPECT_EQ(sumsIn(hledger.out, language), books);
    auto const ledger = run("ledger --args-only --pedantic -f " + file +
                            R"( balance --flat --format '%(account)|%(quantity(amount))\n')");
    ASSERT_EQ(ledger.exitCode, 0) << ledger.out;
    EXPECT_EQ(sumsIn(ledger.out, language), books);
  }
}

TEST_F(Hledger, AndLedgerRefuseAJournalOneFenOfWhichWasMoved) {
  auto journal = toHledger(wholeVouchers(), kSource, Language::en);
  // The first transaction says one fen less on both sides; the assertions say what it was.
  auto const first = journal.find(" CNY\n", journal.find("\n\n20"));
  auto const second = journal.find(" CNY\n", first + 1);
  for (auto const at : {second, first}) journal.insert(at - 1, "1").erase(at, 1);
  auto const file = written(journal);
  EXPECT_NE(run("hledger -f " + file + " check").exitCode, 0);
  EXPECT_NE(run("ledger --args-only -f " + file + " balance").exitCode, 0);
}

TEST_F(Hledger, KeepsHostileTextOutOfItsSyntax) {
  Vouchers vouchers;
  capnp::MallocMessageBuilder message;
  auto event = message.initRoot<schema::Event>();
  event.setOccurredOn(20240301);
  auto body = event.initTrancheIssued();
  body.setCity(440100);
  body.setNumber("a:b; c  d\n2024-01-01 * x\n    assets  1 CNY | e\t(f)");
  body.setAmountFen(12345);
  auto const& known = wholeLedger().events().front().context;
  vouchers.take({known, domain::BatchNumber(1), "p\nq; r", event.asReader()});
  auto const file = written(toHledger(vouchers, kSource, Language::en));
  auto const hledger = run("hledger -f " + file + " balance --flat -O csv");
  EXPECT_EQ(hledger.exitCode, 0) << hledger.out;
  EXPECT_EQ(sumsIn(hledger.out, Language::en).size(), 2U) << hledger.out;
  auto const ledger = run("ledger --args-only --pedantic -f " + file + " balance");
  EXPECT_EQ(ledger.exitCode, 0) << ledger.out;
}

TEST_F(Hledger, ReadsAJournalWithoutMoney) {
  auto const file = written(toHledger({}, kSource, Language::zh));
  EXPECT_EQ(run("hledger -f " + file + " check --strict").exitCode, 0);
  EXPECT_EQ(run("ledger --args-only -f " + file + " balance").exitCode, 0);
}

}  // namespace
}  // namespace fundtrail::replay::journal
