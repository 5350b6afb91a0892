// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "ledger/domain/read.h"
#include "ledger/planting/amounts.h"
#include "ledger/planting/plants.h"
#include "ledger/planting/totals.h"

namespace fundtrail::ledger::planting {

namespace {

using domain::Date;
using domain::Fen;
using domain::formatYuan;

schema::ContractFiled::Reader contractOf(Field const& field, Story const& story) {
  return field.draft.event(story.contract).getContractFiled();
}

std::string providerOf(Field const& field, Story const& story) {
  return std::string(domain::textOf(contractOf(field, story).getProviders()[0].getUscc()));
}

}  // namespace

std::optional<Sown> plantOldProject(Field& field) {
  auto const signedOn = [&](Story const& story) { return domain::readDate(contractOf(field, story).getSignedOn()); };
  auto const* const story = field.project([&](Story const& each) { return signedOn(each).number() > 20240110; });
  if (!story) return std::nullopt;
  auto const invoicedOn = signedOn(*story).plusDays(-60);
  field.draft.edit(story->verified, [invoicedOn](schema::Event::Builder event) {
    for (auto line : event.getCostVerified().getLines()) line.setInvoicedOn(invoicedOn.number());
  });
  auto const& draft = field.draft;
  auto const eligible = domain::readFen(draft.event(story->verified).getCostVerified().getEligibleFen());
  return Sown{
      {draft.refOf(story->verified), draft.refOf(story->contract)},
      {story->enterprise},
      story->city,
      eligible,
      {fmt::format("{} 的设备和软件 {} 已开票，合同 {} 才签订：核定投入 {} 元是旧项目", enterpriseName(field, *story),
                   invoicedOn.text(), signedOn(*story).text(), formatYuan(eligible)),
       fmt::format("what {} claims {} yuan for was invoiced on {}, before its contract of {}", story->enterprise,
                   formatYuan(eligible), invoicedOn.text(), signedOn(*story).text())}};
}

namespace {

/// A product that both projects buy of one provider, the second for no less.
struct SameLine {
  unsigned first;
  unsigned second;
};
std::optional<SameLine> sameLine(Field const& field, Story const& first, Story const& second) {
  auto const one = field.draft.event(first.verified).getCostVerified().getLines();
  auto const other = field.draft.event(second.verified).getCostVerified().getLines();
  for (unsigned i = 0; i < one.size(); ++i) {
    for (unsigned j = 0; j < other.size(); ++j) {
      bool const isSame = one[i].getProduct().size() != 0 &&
                          domain::textOf(one[i].getProduct()) == domain::textOf(other[j].getProduct());
      if (isSame && other[j].getNetFen() >= one[i].getNetFen()) return SameLine{i, j};
    }
  }
  return std::nullopt;
}

/// One cost line costs as much as another project's, and the project gets what is then due.
void payForTheSame(Field& field, Story const& first, Story const& second, SameLine const& same) {
  auto& draft = field.draft;
  auto const model = draft.event(first.verified).getCostVerified().getLines()[same.first];
  auto const verified = draft.event(second.verified).getCostVerified();
  auto const less = verified.getLines()[same.second].getNetFen() - model.getNetFen();
  auto const eligible = Fen::literal(verified.getEligibleFen() - less);
  draft.edit(second.verified,
             [same, eligible, net = model.getNetFen(), tax = model.getTaxFen()](schema::Event::Builder event) {
               auto body = event.getCostVerified();
               body.getLines()[same.second].setNetFen(net);
               body.getLines()[same.second].setTaxFen(tax);
               body.setEligibleFen(eligible.count());
             });
  setSubsidy(field, second, eligible, subsidyOn(field, second, eligible));
}

}  // namespace

std::optional<Sown> plantDoubleDipping(Field& field) {
  auto& draft = field.draft;
  auto const partnerOf = [&](Story const& first) {
    return std::ranges::find_if(field.stories.projects, [&](Story const& second) {
      return second.city == first.city && second.enrolled != first.enrolled && !field.isUsed(second) &&
             second.contract > first.registered && second.verified > first.verified &&
             providerOf(field, second) == providerOf(field, first) &&
             field.dayOf(first.verified).daysUntil(field.dayOf(second.verified)) < 300 &&
             sameLine(field, first, second);
    });
  };
  auto const* const first =
      field.project([&](Story const& each) { return partnerOf(each) != field.stories.projects.end(); });
  if (!first) return std::nullopt;
  auto const& second = *partnerOf(*first);
  field.use(second);
  auto const same = *sameLine(field, *first, second);
  payForTheSame(field, *first, second, same);
  auto const amount =
      domain::readFen(draft.event(first->verified).getCostVerified().getLines()[same.first].getNetFen());
  auto const name = enterpriseName(field, *first);
  auto const uscc = first->enterprise;
  auto const account = std::string(
      domain::textOf(draft.event(first->registered).getOrganisationRegistered().getAccounts()[0].getNumber()));
  draft.edit(second.contract,
             [uscc](schema::Event::Builder event) { event.getContractFiled().setEnterprise(textOf(uscc)); });
  draft.edit(second.enrolled,
             [uscc](schema::Event::Builder event) { event.getProjectEnrolled().setEnterprise(textOf(uscc)); });
  draft.edit(second.award,
             [uscc](schema::Event::Builder event) { event.getAwardApproved().setBeneficiary(textOf(uscc)); });
  draft.edit(second.payment.requested, [uscc, name, account](schema::Event::Builder event) {
    auto body = event.getPaymentRequested();
    body.setPayee(textOf(uscc));
    body.setPayeeName(textOf(name));
    body.setAccount(textOf(account));
  });
  draft.edit(*second.payment.instructed,
             [account](schema::Event::Builder event) { event.getPaymentInstructed().setAccount(textOf(account)); });
  draft.edit(*second.payment.settled,
             [account](schema::Event::Builder event) { event.getPaymentSettled().setAccount(textOf(account)); });
  field.changeLine(
      field.cityOf(second), *second.payment.line,
      [account, name](schema::StatementLine::Builder line) {
        line.setCounterpartyName(textOf(name));
        line.setCounterpartyAccount(textOf(account));
      },
      Fen());
  return Sown{{draft.refOf(second.verified), draft.refOf(first->verified), draft.refOf(second.enrolled)},
              {uscc},
              first->city,
              amount,
              {fmt::format("{} 的两个项目列入同一供给方、同一名称、同一金额 {} 元的投入", name, formatYuan(amount)),
               fmt::format("two projects of {} claim the same thing of the same seller, {} yuan each", uscc,
                           formatYuan(amount))}};
}

std::optional<Sown> plantSplitContracts(Field& field) {
  constexpr int kContracts = 4;
  constexpr std::int64_t kJustBelow = 198'000'000;  // fen; from 200 万元 on goods must be tendered
  constexpr std::int64_t kTax = 13;
  auto const* const story = field.project();
  if (!story) return std::nullopt;
  auto& draft = field.draft;
  auto const filed = contractOf(field, *story);
  unsigned cheapest = 0;
  for (unsigned i = 0; i < filed.getLines().size(); ++i) {
    auto const line = filed.getLines()[i];
    bool const isProduct = line.getProduct().size() != 0;
    if (isProduct && (filed.getLines()[cheapest].getProduct().size() == 0 ||
                      line.getUnitPriceFen() < filed.getLines()[cheapest].getUnitPriceFen())) {
      cheapest = i;
    }
  }
  auto const price = filed.getLines()[cheapest].getUnitPriceFen();
  auto const quantity = std::max<std::int64_t>(1, kJustBelow * 100 / (100 + kTax) / price);
  auto const net = quantity * price;
  auto const tax = (net * kTax + 50) / 100;
  std::vector<domain::EventRef> refs;
  for (int i = 0; i < kContracts; ++i) {
    auto const digest = crypto::hash(crypto::HashAlgorithm::sha256,
                                     crypto::asBytes(fmt::format("contract {}", field.draw(1ULL << 62U))));
    refs.push_back(draft.insert({story->contract}, draft.authorOf(story->contract), field.dayOf(story->contract),
                                [&](schema::Event::Builder event) {
                                  event.setContractFiled(filed);
                                  auto body = event.getContractFiled();
                                  body.setDigest(dataOf(digest.view()));
                                  body.setSignedOn(domain::readDate(filed.getSignedOn()).plusDays(i).number());
                                  auto line = body.initLines(1)[0];
                                  auto const from = filed.getLines()[cheapest];
                                  line.setCategory(from.getCategory());
                                  line.setProduct(from.getProduct());
                                  line.setName(from.getName());
                                  line.setQuantity(static_cast<std::uint32_t>(quantity));
                                  line.setUnitPriceFen(price);
                                  line.setNetFen(net);
                                  line.setTaxFen(tax);
                                  body.setTotalFen(net + tax);
                                }));
  }
  auto const total = Fen::literal(kContracts * (net + tax));
  return Sown{
      std::move(refs),
      {story->enterprise, providerOf(field, *story)},
      story->city,
      total,
      {fmt::format("{} 与同一供给方几天内签订 {} 份合同，每份 {} 元，略低于 200 万元的招标限额",
                   enterpriseName(field, *story), kContracts, formatYuan(Fen::literal(net + tax))),
       fmt::format(
           "{} files {} contracts with one provider within days, {} yuan each, just below the limit of 2,000,000",
           story->enterprise, kContracts, formatYuan(Fen::literal(net + tax)))}};
}

std::optional<Sown> plantFictitiousContract(Field& field) {
  constexpr std::size_t kEnterprises = 3;
  auto& draft = field.draft;
  auto const yearOf = [&](Story const& each) {  // an invoice's number begins with it
    return draft.event(each.verified).getCostVerified().getLines()[0].getInvoicedOn() / 10'000;
  };
  auto const companionsOf = [&](Story const& first) {
    std::vector<Story const*> found;
    for (auto const& other : field.stories.projects) {
      if (other.city == first.city && other.enrolled != first.enrolled && !field.isUsed(other) &&
          yearOf(other) == yearOf(first) && providerOf(field, other) == providerOf(field, first)) {
        found.push_back(&other);
      }
    }
    return found;
  };
  auto const* const first =
      field.project([&](Story const& each) { return companionsOf(each).size() + 1 >= kEnterprises; });
  if (!first) return std::nullopt;
  auto stories = companionsOf(*first);
  stories.resize(kEnterprises - 1);
  stories.push_back(first);
  std::ranges::sort(stories, {}, &Story::verified);
  auto const base = 1 + field.draw(900'000'000'000'000);
  std::vector<domain::EventRef> refs;
  std::vector<std::string> subjects{providerOf(field, *first)};
  Fen sum;
  for (std::size_t i = 0; i < stories.size(); ++i) {
    field.use(*stories[i]);
    auto const lines = draft.event(stories[i]->verified).getCostVerified().getLines();
    for (auto const line : lines) sum += domain::readFen(line.getNetFen()) + domain::readFen(line.getTaxFen());
    auto const number = fmt::format("{:02}442{:015}", yearOf(*stories[i]) % 100, base + i);
    draft.edit(stories[i]->verified, [number](schema::Event::Builder event) {
      for (auto line : event.getCostVerified().getLines()) line.setInvoice(textOf(number));
    });
    refs.push_back(draft.refOf(stories[i]->verified));
    subjects.push_back(stories[i]->enterprise);
  }
  return Sown{std::move(refs),
              std::move(subjects),
              first->city,
              sum,
              {fmt::format("供给方 {} 给 {} 家企业开出连号发票，价税合计 {} 元：合同是虚构的",
                           providerOf(field, *first), kEnterprises, formatYuan(sum)),
               fmt::format("the provider {} makes out invoices of {} yuan under consecutive numbers to {} enterprises: "
                           "the contracts are fictitious",
                           providerOf(field, *first), formatYuan(sum), kEnterprises)}};
}

namespace {

/// The price in the city's catalogue on a day; the contract's own where the product is in none.
Fen cataloguePrice(Field const& field, std::uint32_t city, schema::ContractLine::Reader line, Date on) {
  auto price = domain::readFen(line.getUnitPriceFen());
  auto const isIt = [&](auto const& body) {
    return body.getCity() == city && domain::textOf(body.getCode()) == domain::textOf(line.getProduct());
  };
  for (Place place = 0; place < field.draft.size(); ++place) {
    auto const event = field.draft.event(place);
    if (event.isProductListed() && isIt(event.getProductListed())) {
      price = domain::readFen(event.getProductListed().getPriceFen());
    } else if (event.isProductPriceChanged() && isIt(event.getProductPriceChanged()) &&
               event.getProductPriceChanged().getPricedFrom() <= on.number()) {
      price = domain::readFen(event.getProductPriceChanged().getPriceFen());
    }
  }
  return price;
}

}  // namespace

std::optional<Sown> plantInflatedPrice(Field& field) {
  constexpr std::uint32_t kLeast = 6;
  auto const lineOf = [&](Story const& story) {
    std::optional<unsigned> best;
    auto const lines = contractOf(field, story).getLines();
    for (unsigned i = 0; i < lines.size(); ++i) {
      if (lines[i].getProduct().size() == 0 || lines[i].getQuantity() < kLeast) continue;
      if (!best || lines[i].getNetFen() > lines[*best].getNetFen()) best = i;
    }
    return best;
  };
  auto const* const story = field.project([&](Story const& each) { return lineOf(each).has_value(); });
  if (!story) return std::nullopt;
  auto const index = *lineOf(*story);
  auto const line = contractOf(field, *story).getLines()[index];
  auto const quantity = line.getQuantity() * 10 / 18;
  auto const net = line.getNetFen();
  auto const price = (2 * net + quantity) / (2 * quantity);
  auto const listed =
      cataloguePrice(field, story->city, line, domain::readDate(contractOf(field, *story).getSignedOn()));
  auto const tooMuch = Fen::literal(quantity * (price - listed.count()));
  field.draft.edit(story->contract, [index, quantity, price](schema::Event::Builder event) {
    auto changed = event.getContractFiled().getLines()[index];
    changed.setQuantity(quantity);
    changed.setUnitPriceFen(price);
  });
  return Sown{{field.draft.refOf(story->contract)},
              {story->enterprise, providerOf(field, *story)},
              story->city,
              tooMuch,
              {fmt::format("{} 的合同中 {} 单价 {} 元，目录价 {} 元，虚高 {} 元", enterpriseName(field, *story),
                           domain::textOf(line.getName()), formatYuan(Fen::literal(price)), formatYuan(listed),
                           formatYuan(tooMuch)),
               fmt::format("{} pays {} yuan for {}, {} yuan in the catalogue: {} yuan too much", story->enterprise,
                           formatYuan(Fen::literal(price)), domain::textOf(line.getProduct()), formatYuan(listed),
                           formatYuan(tooMuch))}};
}

std::optional<Sown> plantRelatedParties(Field& field) {
  auto const* const story = field.project();
  if (!story) return std::nullopt;
  auto const provider = providerOf(field, *story);
  auto const shared = field.draft.event(field.stories.registrations.at(provider)).getOrganisationRegistered();
  auto const account = shared.getAccounts()[0];
  field.draft.edit(story->registered, [account](schema::Event::Builder event) {
    auto body = event.getOrganisationRegistered();
    auto const old = body.disownAccounts();
    auto accounts = body.initAccounts(2);
    accounts.setWithCaveats(0, old.getReader()[0]);
    accounts.setWithCaveats(1, account);
    accounts[1].setName(body.asReader().getName());
  });
  return Sown{{field.draft.refOf(story->registered), field.draft.refOf(field.stories.registrations.at(provider)),
               field.draft.refOf(story->enrolled)},
              {story->enterprise, provider},
              story->city,
              story->payment.amount,
              {fmt::format("{} 与其供给方 {} 登记了同一银行账户", enterpriseName(field, *story), provider),
               fmt::format("{} and its provider {} register the same bank account", story->enterprise, provider)}};
}

std::optional<Sown> plantContractAfterTheFact(Field& field) {
  constexpr int kEarlier = 150;
  auto const* const story =
      field.project([&](Story const& each) { return contractOf(field, each).getSignedOn() > 20240401; });
  if (!story) return std::nullopt;
  auto const signedOn = domain::readDate(contractOf(field, *story).getSignedOn()).plusDays(-kEarlier);
  field.draft.edit(story->contract, [signedOn](schema::Event::Builder event) {
    auto body = event.getContractFiled();
    body.setSignedOn(signedOn.number());
    body.setStartsOn(signedOn.plusDays(3).number());
  });
  return Sown{{field.draft.refOf(story->contract)},
              {story->enterprise, providerOf(field, *story)},
              story->city,
              domain::readFen(contractOf(field, *story).getTotalFen()),
              {fmt::format("{} 的合同 {} 开工，{} 才备案", enterpriseName(field, *story), signedOn.plusDays(3).text(),
                           field.dayOf(story->contract).text()),
               fmt::format("the contract of {} began on {} and was filed on {}", story->enterprise,
                           signedOn.plusDays(3).text(), field.dayOf(story->contract).text())}};
}

std::optional<Sown> plantForgedResult(Field& field) {
  auto const levelOf = [&](Place assessed) { return field.draft.event(assessed).getLevelAssessed().getLevel(); };
  auto const* const story = field.project([&](Story const& each) { return levelOf(each.assessedBefore) >= 2; });
  if (!story) return std::nullopt;
  constexpr std::uint16_t kPointsOfALevel = 2'000;
  field.draft.edit(story->assessedBefore, [](schema::Event::Builder event) {
    auto body = event.getLevelAssessed();
    body.setLevel(static_cast<std::uint8_t>(body.getLevel() - 1));
    body.setScoreHundredths(static_cast<std::uint16_t>(body.getScoreHundredths() - kPointsOfALevel));
  });
  auto const& draft = field.draft;
  return Sown{{draft.refOf(story->assessedAfter), draft.refOf(story->assessedBefore)},
              {story->enterprise},
              story->city,
              story->payment.amount,
              {fmt::format("{} 的数字化水平 {} 天内升了两级", enterpriseName(field, *story),
                           field.dayOf(story->assessedBefore).daysUntil(field.dayOf(story->assessedAfter))),
               fmt::format("{} rises by two levels within {} days", story->enterprise,
                           field.dayOf(story->assessedBefore).daysUntil(field.dayOf(story->assessedAfter)))}};
}

namespace {

/// The most site checks of a city within a week, from the first of them on.
std::vector<Place> busiestWeek(Field const& field, CityStory const& city) {
  constexpr int kDays = 6;
  std::vector<Place> best;
  for (std::size_t i = 0; i < city.siteChecks.size(); ++i) {
    auto const first = field.dayOf(city.siteChecks[i]);
    auto end = i;
    while (end < city.siteChecks.size() && first.daysUntil(field.dayOf(city.siteChecks[end])) <= kDays) ++end;
    if (end - i <= best.size()) continue;
    best.assign(city.siteChecks.begin() + static_cast<std::ptrdiff_t>(i),
                city.siteChecks.begin() + static_cast<std::ptrdiff_t>(end));
  }
  return best;
}

}  // namespace

std::optional<Sown> plantInspectorEverywhere(Field& field) {
  constexpr std::size_t kLeast = 7;
  auto const fits = [&](CityStory const& city) { return busiestWeek(field, city).size() >= kLeast; };
  bool const isThere = std::ranges::any_of(field.stories.cities,
                                           [&](auto const& each) { return !each.second.settled && fits(each.second); });
  if (!isThere) return std::nullopt;
  auto const& city = field.city(fits);
  auto const checks = busiestWeek(field, city);
  auto const on = field.dayOf(checks.front());
  std::vector<domain::EventRef> refs;
  for (auto const place : checks) {
    field.draft.edit(place, [on](schema::Event::Builder event) { event.getSiteChecked().setCheckedOn(on.number()); });
    refs.push_back(field.draft.refOf(place));
  }
  return Sown{std::move(refs),
              {},
              city.code,
              Fen(),
              {fmt::format("同一核查人员 {} 一天在 {} 个现场", on.text(), checks.size()),
               fmt::format("one inspector checks {} sites on one day, {}", checks.size(), on.text())}};
}

namespace {

struct Expert {
  std::string person;  // as enrolled
  std::string name;
  std::string organisation;
};
struct Reviewed {
  domain::EventRef review;
  domain::EventRef enrolled;
};

/// Somebody is enrolled as an expert, and passes the project's application.
Reviewed reviewBy(Field& field, Story const& story, Expert const& expert) {
  auto& draft = field.draft;
  auto const key = draft.publicKeyOf(expert.person);
  Place confirming = 0;
  while (!draft.event(confirming).isChangeConfirmed()) ++confirming;
  auto const propose = [&](Place behind, Fill const& fill) {
    return draft.insert({behind}, draft.authorOf(0), field.dayOf(behind), fill);
  };
  auto const confirm = [&](Place behind, domain::EventRef const& change) {
    draft.insert({behind}, draft.authorOf(confirming), field.dayOf(behind), [&](schema::Event::Builder event) {
      event.setCause(dataOf(change));
      auto body = event.initChangeConfirmed();
      body.setChange(dataOf(change));
      body.setOutcome(schema::Outcome::PASS);
    });
  };
  auto const enrolled = propose(story.registered, [&](schema::Event::Builder event) {
    auto body = event.initKeyEnrolled();
    body.setPerson(textOf(expert.person));
    body.setPersonName(textOf(expert.name));
    body.setOrganisation(textOf(expert.organisation));
    body.setAlgorithm(static_cast<schema::KeyAlgorithm>(key.algorithm()));  // the numbers are the same by design
    body.setPublicKey(dataOf(key.spki()));
  });
  confirm(story.contract, enrolled);
  auto const granted = propose(story.assessedBefore, [&](schema::Event::Builder event) {
    auto body = event.initRoleGranted();
    body.setPerson(textOf(expert.person));
    body.setRole(schema::Role::EXPERT);
    body.setRegion(story.city);
    body.setValidFrom(20240101);
    body.setValidTo(20271231);
  });
  confirm(story.submitted, granted);
  auto const review = draft.insert({story.formReviewed}, expert.person, field.dayOf(story.formReviewed),
                                   [&](schema::Event::Builder event) {
                                     auto body = event.initApplicationReviewed();
                                     body.setProject(dataOf(draft.refOf(story.enrolled)));
                                     body.setKind(schema::ReviewKind::EXPERT);
                                     body.setOutcome(schema::Outcome::PASS);
                                     body.setOpinion("同意（模拟）");
                                   });
  return {review, enrolled};
}

}  // namespace

std::optional<Sown> plantExpertNotRecused(Field& field) {
  auto const* const story = field.project();
  if (!story) return std::nullopt;
  auto const person = fmt::format("{}-expert-{}", story->city, field.draw(1'000'000));
  auto const name = enterpriseName(field, *story);
  auto const [review, enrolled] = reviewBy(field, *story, {person, "李专家", name});
  return Sown{{review, enrolled},
              {story->enterprise},
              story->city,
              story->payment.amount,
              {fmt::format("专家 {} 是申报企业 {} 的人，评审时没有回避", person, name),
               fmt::format("the expert {} is of the applicant {} itself, and reviews it", person, story->enterprise)}};
}

std::optional<Sown> plantExpertRelated(Field& field) {
  auto const* const story = field.project();
  if (!story) return std::nullopt;
  auto const number = field.draw(1'000'000);
  auto const person = fmt::format("{}-expert-{}", story->city, number);
  auto const name = fmt::format("模拟专家{:06}", number);
  auto const [review, enrolled] = reviewBy(field, *story, {person, name, "广东省智能制造研究所（模拟）"});
  return Sown{{review, enrolled},
              {story->enterprise},
              story->city,
              story->payment.amount,
              {fmt::format("专家 {} 按工商登记是申报企业 {} 的法定代表人，评审时没有回避", person,
                           enterpriseName(field, *story)),
               fmt::format("by the register of companies the expert {} represents the applicant {}, and reviews it",
                           person, story->enterprise)},
              {},
              {{story->enterprise, "representative", name}}};
}

std::optional<Sown> plantProductUnused(Field& field) {
  auto const* const story =
      field.project([&](Story const& each) { return field.dayOf(*each.payment.settled).number() < 20260201; });
  if (!story) return std::nullopt;
  auto& draft = field.draft;
  auto const behind = field.statementFrom(field.cityOf(*story), field.dayOf(*story->payment.settled).plusDays(60));
  if (!behind) return std::nullopt;
  auto const ref = draft.insert({*behind}, draft.authorOf(story->publicity), field.dayOf(*behind),
                                [&](schema::Event::Builder event) {
                                  auto body = event.initLookBackDone();
                                  body.setProject(dataOf(draft.refOf(story->enrolled)));
                                  body.setProductInUse(schema::Answer::NO);
                                  body.setServiceThere(schema::Answer::NO);
                                  body.setSatisfied(schema::Answer::NO);
                                  body.setRemarks("系统停用，终端闲置（模拟）");
                                  body.setDoneOn(event.getOccurredOn());
                                });
  return Sown{{ref, draft.refOf(story->accepted)},
              {story->enterprise},
              story->city,
              story->payment.amount,
              {fmt::format("{} 拿到奖补 {} 元，回头看时产品已停用", enterpriseName(field, *story),
                           formatYuan(story->payment.amount)),
               fmt::format("{} has {} yuan, and at the look-back its product is out of use", story->enterprise,
                           formatYuan(story->payment.amount))}};
}

std::optional<Sown> plantLargeEnterprise(Field& field) {
  // Rule P1 asks reform projects alone; the others' enterprises are for the audit to look at.
  auto& draft = field.draft;
  std::vector<Place> candidates;
  for (Place place = 0; place < draft.size(); ++place) {
    auto const event = draft.event(place);
    if (!event.isProjectEnrolled() || event.getProjectEnrolled().getPurpose() == schema::Purpose::REFORM) continue;
    auto const at =
        field.stories.registrations.find(std::string(domain::textOf(event.getProjectEnrolled().getEnterprise())));
    if (at == field.stories.registrations.end()) continue;
    auto const kind = draft.event(at->second).getOrganisationRegistered().getKind();
    if (kind == schema::OrganisationKind::ENTERPRISE) candidates.push_back(place);
  }
  if (candidates.empty()) return std::nullopt;
  auto const enrolled = candidates[field.draw(candidates.size())];
  auto const body = draft.event(enrolled).getProjectEnrolled();
  std::string const uscc(domain::textOf(body.getEnterprise()));
  auto const registered = field.stories.registrations.at(uscc);
  draft.edit(registered, [](schema::Event::Builder event) {
    auto organisation = event.getOrganisationRegistered();
    organisation.setStaff(1'500);
    organisation.setAnnualRevenueFen(60'000'000'000);  // 6 亿元
  });
  auto const amount = awardedTo(draft, uscc);
  return Sown{
      {draft.refOf(registered), draft.refOf(enrolled)},
      {uscc},
      body.getCity(),
      amount,
      {fmt::format("{} 从业人员 1500 人、营业收入 6 亿元，却按中小企业享受支持 {} 元", uscc, formatYuan(amount)),
       fmt::format("{}, with 1,500 staff and a revenue of 600 million yuan, gets {} yuan as if it were an SME", uscc,
                   formatYuan(amount))}};
}

std::optional<Sown> plantNotAnSme(Field& field) {
  auto const* const story = field.project();
  if (!story) return std::nullopt;
  field.draft.edit(story->registered, [](schema::Event::Builder event) {
    auto body = event.getOrganisationRegistered();
    body.setStaff(1'500);
    body.setAnnualRevenueFen(60'000'000'000);  // 6 亿元
  });
  auto const& draft = field.draft;
  return Sown{{draft.refOf(story->enrolled), draft.refOf(story->registered), draft.refOf(*story->payment.settled)},
              {story->enterprise},
              story->city,
              story->payment.amount,
              {fmt::format("{} 从业人员 1500 人、营业收入 6 亿元，不是中小企业", enterpriseName(field, *story)),
               fmt::format("{} has 1,500 staff and a revenue of 600 million yuan: it is no SME", story->enterprise)}};
}

}  // namespace fundtrail::ledger::planting
