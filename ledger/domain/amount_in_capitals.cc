// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/amount_in_capitals.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace fundtrail::ledger::domain {
namespace {

constexpr std::array<std::string_view, 10> kDigits = {"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"};
constexpr std::array<std::string_view, 4> kUnits = {"", "拾", "佰", "仟"};
constexpr std::string_view kZero = kDigits[0];
constexpr std::string_view kTenThousand = "万";
constexpr std::string_view kHundredMillion = "亿";
constexpr std::string_view kYuan = "元";
constexpr std::string_view kJiao = "角";
constexpr std::string_view kFen = "分";
constexpr std::string_view kExactly = "整";

// One word of an amount. What stands where the rules leave a choice is written or not, and read either way.
struct Word {
  enum class Use { always, writtenByChoice, leftOutByChoice };

  std::string_view text;
  Use use = Use::always;
};

// The words of a number of yuan below 10^16, by groups of four digits: 万亿, 亿, 万 and the rest.
void addWholeWords(std::uint64_t yuan, std::vector<Word>& words) {
  std::optional<unsigned> last;  // the place of the last digit that was written
  std::uint64_t weight = 1'000'000'000'000'000;
  for (unsigned place = 16; place-- > 0; weight /= 10) {
    if (std::uint64_t const digit = yuan / weight % 10; digit != 0) {
      if (last && *last > place + 1) {
        // Zeros that end one group, before a digit that begins the next, may go unsaid: 壹拾万柒仟.
        bool const onlyEndOfGroup = place % 4 == 3 && *last / 4 == place / 4 + 1;
        words.push_back({kZero, onlyEndOfGroup ? Word::Use::leftOutByChoice : Word::Use::always});
      }
      words.push_back({kDigits[digit]});
      words.push_back({kUnits[place % 4]});
      last = place;
    }
    bool const groupHasDigits = last && *last < place + 4;
    if ((place == 12 || place == 4) && groupHasDigits) words.push_back({kTenThousand});
    if (place == 8 && last) words.push_back({kHundredMillion});
  }
}

std::vector<Word> wordsOf(Fen amount) {
  auto const fen = static_cast<std::uint64_t>(amount.isNegative() ? -amount.count() : amount.count());
  std::uint64_t const yuan = fen / 100;
  std::uint64_t const jiaoDigit = fen / 10 % 10;
  std::uint64_t const fenDigit = fen % 10;

  std::vector<Word> words = {{"人民币", Word::Use::writtenByChoice}};
  if (amount.isNegative()) words.push_back({"负"});
  if (fen == 0) words.push_back({kZero});
  addWholeWords(yuan, words);
  if (yuan != 0 || fen == 0) words.push_back({kYuan});
  if (jiaoDigit != 0) {
    if (yuan != 0 && yuan % 10 == 0) words.push_back({kZero, Word::Use::leftOutByChoice});
    words.push_back({kDigits[jiaoDigit]});
    words.push_back({kJiao});
  } else if (yuan != 0 && fenDigit != 0) {
    words.push_back({kZero});
  }
  if (fenDigit != 0) {
    words.push_back({kDigits[fenDigit]});
    words.push_back({kFen});
  } else {
    words.push_back({kExactly, jiaoDigit != 0 ? Word::Use::writtenByChoice : Word::Use::always});
  }
  return words;
}

// Takes the word off the text if the text begins with it.
bool take(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

// The fen that the numerals of a text stand for, if it is an amount at all; some number if it is not. Unsigned, so that
// whatever is written wraps at worst: the caller compares the text with the words of the result.
std::uint64_t fenOfNumerals(std::string_view text) {
  constexpr std::size_t kBytesPerCharacter = 3;  // of all that may stand in an amount
  std::uint64_t fen = 0, high = 0, group = 0, digit = 0;
  // Closes what was read so far, in units of the numeral that follows it.
  auto const takeAll = [&] {
    std::uint64_t const read = high + group + digit;
    high = group = digit = 0;
    return read;
  };
  std::uint64_t hundredMillions = 0;
  for (; text.size() >= kBytesPerCharacter; text.remove_prefix(kBytesPerCharacter)) {
    std::string_view const c = text.substr(0, kBytesPerCharacter);
    auto const asDigit = std::ranges::find(kDigits, c);
    auto const asUnit = std::ranges::find(kUnits, c);
    if (asDigit != kDigits.end()) {
      digit = static_cast<std::uint64_t>(asDigit - kDigits.begin());
    } else if (asUnit != kUnits.end()) {
      constexpr std::array<std::uint64_t, 4> kWeights = {1, 10, 100, 1000};
      group += digit * kWeights[static_cast<std::size_t>(asUnit - kUnits.begin())];
      digit = 0;
    } else if (c == kTenThousand) {
      high = takeAll() * 10'000;
    } else if (c == kHundredMillion) {
      hundredMillions = takeAll();
    } else if (c == kYuan) {
      fen = (hundredMillions * 100'000'000 + takeAll()) * 100;
    } else if (c == kJiao) {
      fen += takeAll() * 10;
    } else if (c == kFen) {
      fen += takeAll();
    }
  }
  return fen;
}

// The text with every other form of a character replaced by the one that wordsOf uses.
std::string withOneForm(std::string_view text) {
  std::string result(text);
  for (auto const& [other, ours] : {std::pair<std::string_view, std::string_view>("圆", kYuan), {"正", kExactly}}) {
    if (auto const at = result.find(other); at != std::string::npos) result.replace(at, other.size(), ours);
  }
  return result;
}

}  // namespace

std::string amountInCapitals(Fen amount) {
  std::string text;
  for (Word const& word : wordsOf(amount)) {
    if (word.use != Word::Use::leftOutByChoice) text += word.text;
  }
  return text;
}

std::optional<Fen> parseAmountInCapitals(std::string_view text) {
  std::string const ours = withOneForm(text);
  std::uint64_t const fen = fenOfNumerals(ours);
  if (fen > static_cast<std::uint64_t>(Fen::kMaxMagnitude)) return std::nullopt;
  Fen const magnitude = Fen::literal(static_cast<std::int64_t>(fen));
  Fen const amount = ours.find("负") == std::string::npos ? magnitude : -magnitude;

  std::string_view rest = ours;
  for (Word const& word : wordsOf(amount)) {
    if (!take(rest, word.text) && word.use == Word::Use::always) return std::nullopt;
  }
  return rest.empty() ? std::optional(amount) : std::nullopt;
}

}  // namespace fundtrail::ledger::domain
