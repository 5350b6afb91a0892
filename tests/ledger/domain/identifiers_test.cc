// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/identifiers.h"

#include <functional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "ledger/domain/short_text.h"

namespace fundtrail::ledger::domain {
namespace {

constexpr std::string_view kUsccAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
constexpr std::string_view kDigits = "0123456789";

std::string digits(std::size_t count) {
  return *rc::gen::container<std::string>(count, rc::gen::elementOf(std::string(kDigits)));
}

// Completes a body with the one check character that makes it valid.
template <class Identifier>
std::string completed(std::string const& body, std::string_view alphabet) {
  std::string valid;
  for (char const check : alphabet) {
    if (Identifier::parse(body + check)) valid += check;
  }
  EXPECT_EQ(valid.size(), 1u) << body << " has the check characters " << valid;
  return body + valid;
}

std::string validUscc() {
  return completed<Uscc>(*rc::gen::container<std::string>(17, rc::gen::elementOf(std::string(kUsccAlphabet))),
                         kUsccAlphabet);
}
std::string validCnaps() {
  return completed<CnapsCode>(digits(11), kDigits);
}

template <class Identifier>
bool everySubstitutionIsRefused(std::string const& valid) {
  for (std::size_t i = 0; i < valid.size(); ++i) {
    for (int c = 0; c < 256; ++c) {
      std::string changed = valid;
      changed[i] = static_cast<char>(c);
      if (changed != valid && Identifier::parse(changed)) return false;
    }
  }
  return true;
}

// The pairs of unequal neighbours whose swap is taken for another valid identifier.
template <class Identifier>
std::vector<std::string> swapsNotNoticed(std::string const& valid) {
  std::vector<std::string> pairs;
  for (std::size_t i = 1; i < valid.size(); ++i) {
    std::string swapped = valid;
    std::swap(swapped[i - 1], swapped[i]);
    if (swapped != valid && Identifier::parse(swapped)) pairs.push_back(valid.substr(i - 1, 2));
  }
  return pairs;
}

template <class Identifier>
void expectRefused(std::vector<std::string_view> const& texts) {
  for (std::string_view const text : texts) EXPECT_FALSE(Identifier::parse(text)) << text;
}

TEST(Uscc, ReadsTheCodesOfRealOrganisations) {
  for (char const* const text :
       {"91440101327598294H", "91440101331331509F", "91440101MA59LU9AX1", "91440300708461136T"}) {
    auto const uscc = Uscc::parse(text);
    ASSERT_TRUE(uscc) << text;
    EXPECT_EQ(uscc->text(), text);
    EXPECT_TRUE(everySubstitutionIsRefused<Uscc>(text)) << text;
    EXPECT_TRUE(swapsNotNoticed<Uscc>(text).empty()) << text;
  }
}

TEST(Uscc, RefusesWrongChecksLengthsAndLetters) {
  expectRefused<Uscc>({"91440101MA59J1K15C", "", "91440101327598294", "91440101327598294HH", " 91440101327598294H",
                       "91440101327598294H ", "91440101327598294h", "91440101ma59LU9AX1", "9144010132759829IH",
                       "91440101３27598294H"});
}

TEST(Uscc, NoticesEveryWrongCharacterAndEverySwapOfNeighbours) {
  EXPECT_TRUE(rc::check([] {
    std::string const valid = validUscc();
    RC_ASSERT(Uscc::parse(valid)->text() == valid);
    RC_ASSERT(everySubstitutionIsRefused<Uscc>(valid));
    RC_ASSERT(swapsNotNoticed<Uscc>(valid).empty());
  }));
}

TEST(CnapsCode, ReadsTheNumbersOfRealBanks) {
  for (char const* const text : {"102331005059", "102100002020", "102100099996"}) {
    auto const code = CnapsCode::parse(text);
    ASSERT_TRUE(code) << text;
    EXPECT_EQ(code->text(), text);
    EXPECT_EQ(code->bank(), "102");
    EXPECT_TRUE(everySubstitutionIsRefused<CnapsCode>(text)) << text;
  }
  EXPECT_EQ(CnapsCode::parse("102331005059")->city(), "3310");
}

TEST(CnapsCode, RefusesWrongChecksAndLengths) {
  expectRefused<CnapsCode>({"", "102331005058", "10233100505", "1023310050590", " 102331005059", "10233100505X",
                            "102-331005059", "102331005o59"});
}

TEST(CnapsCode, NoticesEveryWrongDigit) {
  EXPECT_TRUE(rc::check([] {
    std::string const valid = validCnaps();
    RC_ASSERT(CnapsCode::parse(valid)->text() == valid);
    RC_ASSERT(everySubstitutionIsRefused<CnapsCode>(valid));
  }));
}

// What the scheme cannot see, at one of its ten states each, is the swap of two digits that differ by one (9 and 0
// included).
TEST(CnapsCode, NoticesEverySwapOfNeighboursThatDoNotDifferByOne) {
  EXPECT_TRUE(rc::check([] {
    for (std::string const& pair : swapsNotNoticed<CnapsCode>(validCnaps())) {
      int const difference = (pair[0] - pair[1] + 10) % 10;
      RC_ASSERT(difference == 1 || difference == 9);
    }
  }));
}

TEST(InvoiceNumber, HasOneNormalFormForEachKindOfInvoice) {
  for (auto const& [text, normal] : std::vector<std::pair<std::string_view, std::string_view>>{
           {"25442000000012345678", "25442000000012345678"},
           {"440019013012345678", "440019013012345678"},
           {"4400190130-12345678", "440019013012345678"},
           {"044001900111-12345678", "04400190011112345678"},
           {"04400190011112345678", "04400190011112345678"},
       }) {
    auto const number = InvoiceNumber::parse(text);
    ASSERT_TRUE(number) << text;
    EXPECT_EQ(number->text(), normal);
  }
  EXPECT_EQ(InvoiceNumber::parse("4400190130-12345678"), InvoiceNumber::parse("440019013012345678"));
}

TEST(InvoiceNumber, RefusesOtherLengthsAndCharacters) {
  expectRefused<InvoiceNumber>({"", "-", "12345678", "2544200000001234567", "254420000000123456789",
                                "4400190130-1234567", "440019013-012345678", "44001901301-2345678",
                                "4400190130--12345678", "4400190130 12345678", "440019013-12345678",
                                "25442000000012345-78", "2544200000001234567a", "4400190130-1234567X", "4400190130-",
                                "-12345678", "04400190011-112345678", "4400190130-123456-8"});
}

TEST(InvoiceNumber, ReadsBackWhatItWrites) {
  EXPECT_TRUE(rc::check([] {
    std::string const text = digits(*rc::gen::element<std::size_t>(18, 20));
    auto const number = InvoiceNumber::parse(text);
    RC_ASSERT(number.has_value());
    RC_ASSERT(number->text() == text);
    std::string const split = text.substr(0, text.size() - 8) + '-' + text.substr(text.size() - 8);
    RC_ASSERT(InvoiceNumber::parse(split) == number);
  }));
}

TEST(AccountNumber, DropsSeparators) {
  EXPECT_EQ(AccountNumber::parse("3602 0281-0920 0123 456")->text(), "3602028109200123456");
  EXPECT_EQ(AccountNumber::parse("3602028109200123456"), AccountNumber::parse("3602-0281-0920-0123-456"));
  EXPECT_EQ(AccountNumber::parse("00012345")->text(), "00012345");
}

TEST(AccountNumber, RefusesOtherLengthsAndCharacters) {
  expectRefused<AccountNumber>({"", "1234567", "1234-567", "123456789012345678901234567890123", "12345678-",
                                "-12345678", " 12345678", "12345678 ", "1234--5678", "1234 - 5678", "1234567A",
                                "1234\t5678", "--------", "１２３４５６７８"});
  EXPECT_TRUE(AccountNumber::parse("12345678901234567890123456789012"));
}

TEST(AccountNumber, ReadsBackWhatItWritesHoweverItWasSpaced) {
  EXPECT_TRUE(rc::check([] {
    std::string const number = digits(*rc::gen::inRange<std::size_t>(8, 33));
    std::string spaced;
    for (char const c : number) {
      if (!spaced.empty()) spaced += *rc::gen::element<std::string>("", "", "-", " ");
      spaced += c;
    }
    auto const account = AccountNumber::parse(spaced);
    RC_ASSERT(account.has_value());
    RC_ASSERT(account->text() == number);
    RC_ASSERT(AccountNumber::parse(account->text()) == account);
  }));
}

TEST(Identifiers, AreKeysOfSetsByTheirNormalForm) {
  std::unordered_set<InvoiceNumber> const invoices = {*InvoiceNumber::parse("4400190130-12345678"),
                                                      *InvoiceNumber::parse("440019013012345678"),
                                                      *InvoiceNumber::parse("440019013012345679")};
  EXPECT_EQ(invoices.size(), 2u);
  std::unordered_set<Uscc> const organisations = {
      *Uscc::parse("91440101327598294H"), *Uscc::parse("91440101331331509F"), *Uscc::parse("91440101327598294H")};
  EXPECT_EQ(organisations.size(), 2u);
}

TEST(Identifiers, AreOrderedAsTheirTextsAre) {
  EXPECT_TRUE(rc::check([] {
    std::string const a = digits(*rc::gen::inRange<std::size_t>(8, 33));
    std::string const b = digits(*rc::gen::inRange<std::size_t>(8, 33));
    RC_ASSERT((*AccountNumber::parse(a) < *AccountNumber::parse(b)) == (a < b));
  }));
}

TEST(ShortTextDeathTest, TextBeyondTheCapacityIsABug) {
  EXPECT_EQ(ShortText<3>("abc").view(), "abc");
  EXPECT_TRUE(ShortText<3>("abc").isFull());
  EXPECT_DEATH(ShortText<3>("abcd"), "fits its capacity");
}

}  // namespace
}  // namespace fundtrail::ledger::domain
