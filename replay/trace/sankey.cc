// SPDX-License-Identifier: Apache-2.0
#include "replay/trace/sankey.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <numeric>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "crypto/ensure.h"
#include "ledger/domain/utf8.h"
#include "replay/trace/plain.h"

namespace fundtrail::replay::trace {

namespace domain = ledger::domain;
using domain::Fen;
using domain::Text;
using ledger::schema::Language;

namespace {

// Pixels. Labels stand to the right of their boxes, over pale bands.
constexpr std::int64_t kBoxWidth = 12;
constexpr std::int64_t kLabelGap = 6;
constexpr std::int64_t kFontSize = 12;
constexpr std::int64_t kLineHeight = 15;
constexpr std::int64_t kLeastSlot = 2 * kLineHeight + 2;  // a name, and an amount below it
constexpr std::int64_t kSlotGap = 8;
constexpr std::int64_t kHeading = 28;
constexpr std::int64_t kMargin = 8;

/// A box: a node, or several small ones.
struct Box {
  Text name;
  std::size_t column = 0;
  Fen in{};
  Fen out{};
  std::int64_t inHeight = 0;
  std::int64_t outHeight = 0;
  std::int64_t slotTop = 0;
  [[nodiscard]] Fen amount() const { return std::max(in, out); }
  [[nodiscard]] std::int64_t height() const { return std::max<std::int64_t>({inHeight, outHeight, 1}); }
  [[nodiscard]] std::int64_t slot() const { return std::max(height(), kLeastSlot); }
  [[nodiscard]] std::int64_t top() const { return slotTop + (slot() - height()) / 2; }
  [[nodiscard]] std::int64_t middle() const { return slotTop + slot() / 2; }
};

struct Ribbon {
  std::size_t from;
  std::size_t to;
  Fen amount;
  std::int64_t height = 0;
  std::int64_t fromTop = 0;
  std::int64_t toTop = 0;
};

/// amount × pixels ÷ whole, rounded down.
std::int64_t scaled(Fen amount, std::int64_t pixels, Fen whole) {
  __extension__ using Wide = __int128;
  return static_cast<std::int64_t>(static_cast<Wide>(amount.count()) * pixels / whole.count());
}

class Layout {
 public:
  Layout(Flow const& flow, SankeySize size) : size_(size) {
    check(flow);
    join(flow);
    measure();
    for (std::size_t column = 0; column < columns_.size(); ++column) place(column);
    centre();
    attach();
  }

  [[nodiscard]] std::vector<Box> const& boxes() const { return boxes_; }
  [[nodiscard]] std::vector<Ribbon> const& ribbons() const { return ribbons_; }
  [[nodiscard]] std::size_t columns() const { return columns_.size(); }
  [[nodiscard]] std::int64_t height() const { return height_; }
  /// Between the left edges of two columns; behind the last one stands a label too.
  [[nodiscard]] std::int64_t pitch() const {
    return (static_cast<std::int64_t>(size_.width) - 2 * kMargin) /
           static_cast<std::int64_t>(std::max<std::size_t>(columns_.size(), 1));
  }
  [[nodiscard]] std::int64_t left(Box const& box) const {
    return kMargin + static_cast<std::int64_t>(box.column) * pitch();
  }

 private:
  static void check(Flow const& flow) {
    for (auto const& band : flow.bands) {
      crypto::ensure(band.from < flow.nodes.size() && band.to < flow.nodes.size(), "a band leads between nodes");
      crypto::ensure(flow.nodes[band.from].column < flow.nodes[band.to].column, "a band leads to the right");
      crypto::ensure(band.amount.isPositive(), "a band moves money");
    }
  }

  /// Makes boxes of nodes, several of one where a column holds too many.
  void join(Flow const& flow) {
    std::vector<std::pair<Fen, Fen>> money(flow.nodes.size());
    std::size_t columns = 0;
    for (auto const& node : flow.nodes) columns = std::max<std::size_t>(columns, node.column + 1);
    columns_.resize(columns);
    for (auto const& [from, to, amount] : flow.bands) {
      money[from].second += amount;
      money[to].first += amount;
    }
    auto const amountOf = [&](std::size_t node) { return std::max(money[node].first, money[node].second); };
    std::vector<std::size_t> boxOf(flow.nodes.size());
    for (std::size_t column = 0; column < columns; ++column) {
      std::vector<std::size_t> nodes;
      for (std::size_t i = 0; i < flow.nodes.size(); ++i) {
        if (flow.nodes[i].column == column && !amountOf(i).isZero()) nodes.push_back(i);
      }
      auto const small = smallOnes(flow, nodes, amountOf);
      std::map<std::string, std::pair<std::size_t, std::size_t>> together;  // by their words: the box, and how many
      for (auto const node : nodes) {
        auto const& named = flow.nodes[node].together;
        if (!named || !std::ranges::binary_search(small, node)) {
          boxOf[node] = add(column, flow.nodes[node].name);
          continue;
        }
        auto const [at, isNew] = together.try_emplace(named->zh, 0, 0);
        auto& [box, count] = at->second;
        if (isNew) box = add(column, *named);
        ++count;
        boxOf[node] = box;
        boxes_[box].name = {fmt::format("{} {} 个", named->zh, count), fmt::format("{}: {}", named->en, count)};
      }
    }
    std::map<std::pair<std::size_t, std::size_t>, Fen> sums;
    for (auto const& [from, to, amount] : flow.bands) sums[{boxOf[from], boxOf[to]}] += amount;
    for (auto const& [ends, amount] : sums) {
      ribbons_.push_back({ends.first, ends.second, amount});
      boxes_[ends.first].out += amount;
      boxes_[ends.second].in += amount;
    }
  }

  /// Which nodes of a column have to be drawn with others, in order of their positions.
  template <class AmountOf>
  std::vector<std::size_t> smallOnes(Flow const& flow, std::vector<std::size_t> const& nodes,
                                     AmountOf const& amountOf) const {
    if (nodes.size() <= size_.mostInColumn) return {};
    std::vector<std::size_t> candidates;
    std::ranges::copy_if(nodes, std::back_inserter(candidates),
                         [&](std::size_t node) { return flow.nodes[node].together.has_value(); });
    std::ranges::stable_sort(candidates, {}, amountOf);
    auto const surplus = std::min(nodes.size() - size_.mostInColumn + 1, candidates.size());
    candidates.resize(surplus);
    std::ranges::sort(candidates);
    return candidates;
  }

  std::size_t add(std::size_t column, Text name) {
    boxes_.push_back({std::move(name), column});
    columns_[column].push_back(boxes_.size() - 1);
    return boxes_.size() - 1;
  }

  /// Heights: of the tallest column's money as many pixels as were asked for, of everything something to be seen.
  void measure() {
    Fen most;
    for (auto const& column : columns_) {
      Fen sum;
      for (auto const box : column) sum += boxes_[box].amount();
      most = std::max(most, sum);
    }
    for (auto& ribbon : ribbons_) {
      ribbon.height = std::max<std::int64_t>(scaled(ribbon.amount, size_.height, most), 1);
      boxes_[ribbon.from].outHeight += ribbon.height;
      boxes_[ribbon.to].inHeight += ribbon.height;
    }
  }

  /// Below each other, in the order in which their money comes from the left, so that few bands cross.
  void place(std::size_t column) {
    auto& order = columns_[column];
    std::map<std::size_t, std::pair<std::int64_t, std::int64_t>> pull;  // weighted sum of middles, and the weight
    for (auto const& ribbon : ribbons_) {
      if (boxes_[ribbon.to].column != column) continue;
      auto& [sum, weight] = pull[ribbon.to];
      sum += boxes_[ribbon.from].middle() * ribbon.height;
      weight += ribbon.height;
    }
    std::ranges::stable_sort(order, {}, [&](std::size_t box) {
      auto const at = pull.find(box);
      return at == pull.end() ? std::int64_t{0} : at->second.first / at->second.second;
    });
    std::int64_t y = kHeading;
    for (auto const box : order) {
      boxes_[box].slotTop = y;
      y += boxes_[box].slot() + kSlotGap;
    }
    height_ = std::max(height_, y);
  }

  /// Shorter columns stand in the middle of the drawing.
  void centre() {
    for (auto const& column : columns_) {
      if (column.empty()) continue;
      auto const& last = boxes_[column.back()];
      auto const down = (height_ - (last.slotTop + last.slot() + kSlotGap)) / 2;
      for (auto const box : column) boxes_[box].slotTop += down;
    }
  }

  /// Bands leave and reach a box in the order of the places at their other ends.
  void attach() {
    std::vector<std::size_t> order(ribbons_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::vector<std::int64_t> used(boxes_.size(), 0);
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return boxes_[ribbons_[i].to].slotTop; });
    for (auto const i : order) {
      auto& ribbon = ribbons_[i];
      ribbon.fromTop = boxes_[ribbon.from].top() + std::exchange(used[ribbon.from], used[ribbon.from] + ribbon.height);
    }
    std::ranges::fill(used, 0);
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return boxes_[ribbons_[i].from].slotTop; });
    for (auto const i : order) {
      auto& ribbon = ribbons_[i];
      ribbon.toTop = boxes_[ribbon.to].top() + std::exchange(used[ribbon.to], used[ribbon.to] + ribbon.height);
    }
  }

  SankeySize size_;
  std::vector<Box> boxes_;
  std::vector<Ribbon> ribbons_;
  std::vector<std::vector<std::size_t>> columns_;  // boxes of each, from the top
  std::int64_t height_ = kHeading + kLeastSlot;
};

/// As a browser sets it in kFontSize, roughly: Chinese characters are square, others a little over half as wide.
std::int64_t widthOf(char32_t codePoint) {
  return codePoint < 0x1100 ? (kFontSize * 3 + 4) / 5 : kFontSize;
}

/// As much of the text as fits.
std::string shortened(std::string_view text, std::int64_t width) {
  std::int64_t used = 0;
  auto rest = text;
  std::size_t fits = 0;  // bytes that leave room for an ellipsis
  while (!rest.empty()) {
    auto const codePoint = domain::takeCodePoint(rest);
    if (!codePoint) break;
    used += widthOf(*codePoint);
    if (used + kFontSize <= width) fits = text.size() - rest.size();
    if (used > width) return std::string(text.substr(0, fits)) + "…";
  }
  return std::string(text);
}

class Drawing {
 public:
  Drawing(Flow const& flow, Language language, SankeySize size)
      : flow_(flow), language_(language), layout_(flow, size), width_(size.width) {}

  std::string write() {
    fmt::format_to(
        out(),
        R"(<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{0}" height="{1}" viewBox="0 0 {0} {1}" )"
        R"(font-family="'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', sans-serif" font-size="{2}">)"
        "\n<title>{3}</title>\n<desc>{4}</desc>\n",
        width_, layout_.height(), kFontSize, escaped(in(flow_.title)), escaped(in(flow_.description)));
    for (std::size_t i = 0; i < std::min(flow_.headings.size(), layout_.columns()); ++i) heading(i);
    unit();
    for (auto const& ribbon : layout_.ribbons()) band(ribbon);
    for (auto const& box : layout_.boxes()) this->box(box);
    if (layout_.boxes().empty()) {
      fmt::format_to(out(),
                     R"(<text x="{}" y="{}">{}</text>)"
                     "\n",
                     kMargin, kHeading + kLineHeight, language_ == Language::zh ? "没有资金" : "no money");
    }
    return text_ + "</svg>\n";
  }

 private:
  std::back_insert_iterator<std::string> out() { return std::back_inserter(text_); }
  [[nodiscard]] std::string const& in(Text const& text) const { return language_ == Language::zh ? text.zh : text.en; }
  static std::string escaped(std::string_view text) { return escapedForXml(plain(text)); }
  [[nodiscard]] std::int64_t room() const { return layout_.pitch() - kBoxWidth - kLabelGap - kMargin; }

  void heading(std::size_t column) {
    fmt::format_to(out(),
                   R"(<text x="{}" y="{}" font-weight="bold">{}</text>)"
                   "\n",
                   kMargin + static_cast<std::int64_t>(column) * layout_.pitch(), kFontSize + 2,
                   escaped(shortened(plain(in(flow_.headings[column])), layout_.pitch() - kMargin)));
  }

  void unit() {
    fmt::format_to(out(),
                   R"(<text x="{}" y="{}" text-anchor="end" fill="#555555">{}</text>)"
                   "\n",
                   width_ - static_cast<std::uint32_t>(kMargin), kFontSize + 2,
                   language_ == Language::zh ? "单位：元" : "yuan");
  }

  void band(Ribbon const& ribbon) {
    auto const& from = layout_.boxes()[ribbon.from];
    auto const& to = layout_.boxes()[ribbon.to];
    auto const x0 = layout_.left(from) + kBoxWidth;
    auto const x1 = layout_.left(to);
    auto const bend = (x0 + x1) / 2;
    fmt::format_to(out(),
                   R"(<path fill="#d4d4d4" stroke="#a8a8a8" stroke-width="0.5" )"
                   R"(d="M{0} {1}C{2} {1} {2} {3} {4} {3}V{5}C{2} {5} {2} {6} {0} {6}Z"><title>{7}</title></path>)"
                   "\n",
                   x0, ribbon.fromTop, bend, ribbon.toTop, x1, ribbon.toTop + ribbon.height,
                   ribbon.fromTop + ribbon.height,
                   escaped(fmt::format("{} → {}: {}", in(from.name), in(to.name), formatYuan(ribbon.amount))));
  }

  void box(Box const& box) {
    auto const x = layout_.left(box);
    auto const textX = x + kBoxWidth + kLabelGap;
    auto const y = box.middle();
    fmt::format_to(out(),
                   R"(<rect x="{}" y="{}" width="{}" height="{}" fill="#333333"><title>{}</title></rect>)"
                   "\n",
                   x, box.top(), kBoxWidth, box.height(),
                   escaped(fmt::format("{}: {}", in(box.name), formatYuan(box.amount()))));
    // The white rim keeps a label legible over a band.
    fmt::format_to(
        out(),
        R"(<g stroke="#ffffff" stroke-width="3" stroke-linejoin="round" paint-order="stroke" fill="#000000">)"
        R"(<text x="{0}" y="{1}">{2}</text><text x="{0}" y="{3}">{4}</text></g>)"
        "\n",
        textX, y - 2, escaped(shortened(plain(in(box.name)), room())), y + kLineHeight - 3, formatYuan(box.amount()));
  }

  Flow const& flow_;
  Language language_;
  Layout layout_;
  std::uint32_t width_;
  std::string text_;
};

}  // namespace

std::string sankeySvg(Flow const& flow, Language language, SankeySize size) {
  return Drawing(flow, language, size).write();
}

}  // namespace fundtrail::replay::trace
