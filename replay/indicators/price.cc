// SPDX-License-Identifier: Apache-2.0
// K9: what one enterprise paid for a product, beside what others did and what its catalogue says.
#include <algorithm>
#include <map>
#include <tuple>

#include <fmt/format.h>

#include "replay/indicators/counting.h"
#include "replay/indicators/kinds.h"

namespace fundtrail::replay::indicators {

namespace {

struct Sale {
  facts::Contract const* contract;
  facts::ContractLine const* line;
};

/// A product wherever it is sold: who provides it, and its name. Cities give it codes of their own.
using ProductName = std::pair<domain::Uscc, facts::StringId>;

facts::Product const* productOf(Facts const& facts, Sale const& sale) {
  if (sale.line->product.empty()) return nullptr;
  auto const at = facts.byProduct.find({sale.contract->city, sale.line->product});
  return at == facts.byProduct.end() ? nullptr : &facts.products[at->second];
}

std::optional<ProductName> nameOf(Facts const& facts, Sale const& sale) {
  if (auto const* const product = productOf(facts, sale)) return ProductName{product->provider, product->name};
  if (sale.line->name.empty()) return std::nullopt;
  if (sale.line->provider) return ProductName{*sale.line->provider, sale.line->name};
  if (sale.contract->providers.size() == 1) return ProductName{sale.contract->providers.front(), sale.line->name};
  return std::nullopt;
}

/// Work is priced by the job: only what is sold by the piece has a price to be compared.
bool isSoldByThePiece(schema::CostCategory category) {
  using enum schema::CostCategory;
  switch (category) {
    case SOFTWARE:
    case CLOUD_SERVICE:
    case GATEWAY:
    case ROUTER:
    case SENSOR:
    case LARGE_MODEL_APPLIANCE:
    case INDUSTRIAL_CONTROL_SYSTEM:
    case FIREWALL:
    case OTHER_NECESSARY_EQUIPMENT: return true;
    default: return false;
  }
}

struct CataloguePrice {
  Fen price;
  EventNumber event;
};

/// The price in force on the day on which the contract was signed.
std::optional<CataloguePrice> catalogued(Question const& question, facts::Product const& product, Date on) {
  if (!question.counts(product.source) || on < product.listedFrom) return std::nullopt;
  CataloguePrice price{product.price, product.source.event};
  for (auto const& change : product.priceChanges) {
    if (question.counts(change.source) && change.pricedFrom <= on) price = {change.price, change.source.event};
  }
  return price;
}

/// Of an even number the upper one of the two in the middle: whoever is above it is above both.
Fen median(std::vector<Fen> prices) {
  auto const middle = prices.begin() + static_cast<std::ptrdiff_t>(prices.size() / 2);
  std::ranges::nth_element(prices, middle);
  return *middle;
}

/// The excess over all units; the largest amount there is where it is larger than that.
Fen excess(Fen price, Fen over, std::uint32_t quantity) {
  auto const exact = static_cast<Wide>((price - over).count()) * quantity;
  return exact > Fen::kMaxMagnitude ? Fen::literal(Fen::kMaxMagnitude) : Fen::literal(static_cast<std::int64_t>(exact));
}

}  // namespace

Answer inflatedPrice(Question const& question) {
  auto const& facts = question.facts;
  auto const ratioLimit = question.parameters["ratioBp"];
  auto const catalogueLimit = question.parameters["catalogueBp"];
  auto const least = static_cast<std::size_t>(question.parameters["minSales"]);
  std::map<ProductName, std::vector<Sale>> products;
  Answer answer;
  for (auto const& contract : facts.contracts) {
    if (!question.counts(contract.source)) continue;
    for (auto const& line : contract.lines) {
      Sale const sale{&contract, &line};
      if (!line.unitPrice.isPositive()) continue;
      ++answer.population;
      if (auto const name = isSoldByThePiece(line.category) ? nameOf(facts, sale) : std::nullopt) {
        products[*name].push_back(sale);
      }
      auto const* const product = productOf(facts, sale);
      auto const listed = product ? catalogued(question, *product, contract.signedOn) : std::nullopt;
      if (!listed) continue;
      auto const ratio = tenThousandths(line.unitPrice, listed->price);
      if (ratio <= catalogueLimit) continue;
      answer.hits.push_back(
          {{contract.source.event, listed->event},
           {Subject::of(contract.enterprise), Subject::of(product->provider), Subject::of(contract.city)},
           excess(line.unitPrice, listed->price, line.quantity),
           scoreOver(ratio, catalogueLimit),
           {fmt::format("“{}”单价 {} 元，高于目录价 {} 元（数量 {}）", facts.strings[line.name], yuan(line.unitPrice),
                        yuan(listed->price), line.quantity),
            fmt::format("“{}” costs {} yuan a piece, above its catalogue price of {} yuan (quantity {})",
                        facts.strings[line.name], yuan(line.unitPrice), yuan(listed->price), line.quantity)}});
    }
  }
  for (auto const& [name, sales] : products) {
    if (sales.size() < std::max<std::size_t>(least, 1)) continue;
    std::vector<Fen> prices;
    prices.reserve(sales.size());
    for (auto const& sale : sales) prices.push_back(sale.line->unitPrice);
    auto const middle = median(std::move(prices));
    for (auto const& [contract, line] : sales) {
      auto const ratio = tenThousandths(line->unitPrice, middle);
      if (ratio <= ratioLimit) continue;
      answer.hits.push_back(
          {{contract->source.event},
           {Subject::of(contract->enterprise), Subject::of(name.first), Subject::of(contract->city)},
           excess(line->unitPrice, middle, line->quantity),
           scoreOver(ratio, ratioLimit),
           {fmt::format("“{}”单价 {} 元，是 {} 笔同类销售中位数 {} 元的万分之 {}（上限 {}）", facts.strings[line->name],
                        yuan(line->unitPrice), sales.size(), yuan(middle), ratio, ratioLimit),
            fmt::format("“{}” costs {} yuan a piece, {} of 10,000 of the median of {} sales, {} yuan (limit {})",
                        facts.strings[line->name], yuan(line->unitPrice), ratio, sales.size(), yuan(middle),
                        ratioLimit)}});
    }
  }
  return answer;
}

}  // namespace fundtrail::replay::indicators
