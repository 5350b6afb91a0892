// SPDX-License-Identifier: Apache-2.0
#include "ledger/simulation/numbers.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "crypto/ensure.h"
#include "ledger/domain/cnaps_code.h"
#include "ledger/domain/codes.h"
#include "ledger/domain/uscc.h"

namespace fundtrail::ledger::simulation {

namespace {

constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kUsccAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/// Serial numbers in an order that does not show: a permutation of 0 … modulus - 1. The factor is prime, and larger
/// than every prime factor of the moduli used here.
std::uint64_t scattered(std::uint64_t serial, std::uint64_t offset, std::uint64_t modulus) {
  constexpr std::uint64_t kFactor = 1'000'003;
  crypto::ensure(serial < modulus, "a serial number fits its field");
  return (serial * kFactor + offset % modulus) % modulus;
}

/// The text with the one character appended that makes it a valid T.
template <class T>
std::string withCheckCharacter(std::string text, std::string_view alphabet) {
  text.push_back(alphabet.front());
  for (char const c : alphabet) {
    text.back() = c;
    if (T::parse(text)) return text;
  }
  crypto::abortOnBug("every body has a check character");
}

/// GB 11714: the check character of an eight-character organisation code.
char organisationCheck(std::string_view body) {
  constexpr std::array<std::size_t, 8> kWeights = {3, 7, 9, 10, 5, 8, 4, 2};
  constexpr std::string_view kValues = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  std::size_t sum = 0;
  for (std::size_t i = 0; i < body.size(); ++i) sum += kValues.find(body[i]) * kWeights[i];
  auto const check = (11 - sum % 11) % 11;
  return check == 10 ? 'X' : kDigits[check];
}

struct Bank {
  std::string_view code;
  std::string_view accountPrefix;
  std::string_view name;
};
constexpr auto kBanks = std::to_array<Bank>({{"102", "2010", "中国工商银行"},
                                             {"103", "4428", "中国农业银行"},
                                             {"104", "7157", "中国银行"},
                                             {"105", "4405", "中国建设银行"}});

/// The city's part of a CNAPS code.
constexpr auto kClearingCities = std::to_array<std::pair<std::uint32_t, std::string_view>>({{440100, "5810"},
                                                                                            {440200, "5820"},
                                                                                            {440400, "5850"},
                                                                                            {440500, "5860"},
                                                                                            {440600, "5880"},
                                                                                            {440700, "5890"},
                                                                                            {440800, "5910"},
                                                                                            {440900, "5920"},
                                                                                            {441200, "5930"},
                                                                                            {441300, "5950"},
                                                                                            {441400, "5960"},
                                                                                            {441900, "6020"},
                                                                                            {442000, "6030"},
                                                                                            {445200, "5865"}});

}  // namespace

std::string Numbers::uscc(domain::CityCode region) {
  constexpr std::uint64_t kBodies = 31ULL * 31 * 31 * 31 * 31 * 31;
  auto rest = scattered(companies_++, offset_, kBodies);
  std::string body = "MA";
  for (int i = 0; i < 6; ++i) {
    body.push_back(kUsccAlphabet[rest % kUsccAlphabet.size()]);
    rest /= kUsccAlphabet.size();
  }
  return withCheckCharacter<domain::Uscc>(fmt::format("91{}{}{}", region.number(), body, organisationCheck(body)),
                                          kUsccAlphabet);
}

BankAccount Numbers::account(domain::CityCode city) {
  auto const serial = scattered(accounts_++, offset_, 10'000'000'000);
  auto const& bank = kBanks[serial % kBanks.size()];
  auto const clearing = std::ranges::find(kClearingCities, city.number(), [](auto const& row) { return row.first; });
  crypto::ensure(clearing != kClearingCities.end(), "accounts are opened in pilot cities");
  return {fmt::format("{}{:010}{:05}", bank.accountPrefix, serial, city.number() % 100'000),
          withCheckCharacter<domain::CnapsCode>(fmt::format("{}{}{:04}", bank.code, clearing->second, serial % 10'000),
                                                kDigits),
          fmt::format("{}{}分行", bank.name, domain::cityNameZh(city))};
}

std::string Numbers::invoice(domain::Date date) {
  return fmt::format("{:02}442{:015}", date.number() / 10'000 % 100,
                     scattered(invoices_++, offset_, 1'000'000'000'000'000));
}

std::string Numbers::interestReceipt(domain::Date date) {
  return fmt::format("LX{}{:08}", date.number(), ++receipts_);
}

std::string Numbers::bankReference(domain::Date date) {
  return fmt::format("{}{:012}", date.number(), scattered(references_++, offset_, 1'000'000'000'000));
}

std::string Numbers::voucher(domain::CityCode city, domain::Date date) {
  return fmt::format("{}-{}-{:07}", city.number(), date.number() / 10'000, ++vouchers_);
}

}  // namespace fundtrail::ledger::simulation
