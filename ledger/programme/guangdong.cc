// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <iterator>
#include <vector>

#include "crypto/ensure.h"
#include "ledger/domain/read.h"
#include "ledger/programme/guangdong_files.h"
#include "ledger/programme/programme.h"
#include "ledger/schema/json.h"

namespace fundtrail::ledger::programme {

namespace {

using domain::CityCode;
using domain::Date;
using domain::Fen;
using schema::Role;

constexpr std::int64_t kWan = 1'000'000;  // 1 万元 in fen

CityCode city(std::uint32_t code) {
  return domain::checked(CityCode::fromNumber(code));
}

Date day(std::uint32_t number) {
  return domain::checked(Date::fromNumber(number));
}

/// Calls visit with each event of a batch file; the files name no other events.
template <class Visit>
void visitEvents(std::string_view json, Visit&& visit) {
  auto const file = schema::parseBatchFile(json);
  crypto::ensure(file.has_value(), "the programme's files are batch files");
  for (auto const& prepared : file->events) {
    auto const words = prepared.encode(schema::Salt{}, [](std::string_view) -> crypto::Result<crypto::Digest> {
      return crypto::Error{crypto::ErrorKind::notFound, "the programme's files name no other events"};
    });
    crypto::ensure(words.has_value(), "the programme's files hold events");
    schema::Message<schema::Event> const message(words->bytes());
    visit(message.root());
  }
}

std::vector<Window> readWindows() {
  std::vector<Window> windows;
  visitEvents(kPolicies, [&](schema::Event::Reader event) {
    auto const body = event.getPolicyPublished();
    windows.push_back({day(body.getInForceFrom()), day(body.getWindowFrom()), day(body.getWindowTo())});
  });
  std::ranges::sort(windows, {}, &Window::inForceFrom);
  return windows;
}

std::vector<PilotCity> readCities() {
  std::vector<PilotCity> cities;
  visitEvents(kCities, [&](schema::Event::Reader event) {
    auto const body = event.getCityDesignated();
    cities.push_back({city(body.getCity()), body.getMinEnterprises(), Fen()});
  });
  visitEvents(kTranches, [&](schema::Event::Reader event) {
    auto const body = event.getTrancheIssued();
    auto const found = std::ranges::find(cities, city(body.getCity()), &PilotCity::code);
    crypto::ensure(found != cities.end(), "tranches are issued to pilot cities");
    found->firstTranche += domain::readFen(body.getAmountFen());
  });
  std::ranges::sort(cities, {}, &PilotCity::code);
  return cities;
}

}  // namespace

std::span<ProgrammeFile const> batchFiles() {
  static std::array const files = {
      ProgrammeFile{"policies.json", Role::PROVINCE_INDUSTRY, kPolicies},
      ProgrammeFile{"cities.json", Role::PROVINCE_INDUSTRY, kCities},
      ProgrammeFile{"tranches.json", Role::PROVINCE_FINANCE, kTranches},
  };
  return files;
}

Window const& windowOn(Date date) {
  static auto const windows = readWindows();
  auto const later = std::ranges::upper_bound(windows, date, {}, &Window::inForceFrom);
  return later == windows.begin() ? windows.front() : *std::prev(later);
}

std::span<PilotCity const> pilotCities() {
  static auto const cities = readCities();
  return cities;
}

std::span<PublishedBatch const> publishedBatches() {
  static std::array const batches = {
      PublishedBatch{city(442000), day(20241222), "2024年第一批数字化项目（预奖补）入库和资助计划", 8,
                     Fen::literal(81'300'000)},
      PublishedBatch{city(441900), day(20250305), "2024年第三批中小企业数字化改造项目（智能移动终端行业）", 6,
                     Fen::literal(282'630'000)},
      PublishedBatch{city(441900), day(20250521), "2025年第一批中小企业数字化改造项目（智能移动终端行业）", 21,
                     Fen::literal(1'321'890'000)},
  };
  return batches;
}

std::span<CityRule const> cityRules() {
  static std::array const zhongshan = {CityRule::Cap{2, Fen::literal(30 * kWan)},
                                       CityRule::Cap{3, Fen::literal(60 * kWan)},
                                       CityRule::Cap{4, Fen::literal(100 * kWan)}};
  static std::array const zhuhai = {CityRule::Cap{2, Fen::literal(100 * kWan)},
                                    CityRule::Cap{3, Fen::literal(100 * kWan)},
                                    CityRule::Cap{4, Fen::literal(100 * kWan)}};
  static std::array const rules = {
      CityRule{city(442000), "中工信规字〔2024〕5号", day(20241120), std::nullopt, zhongshan},
      CityRule{city(440400), "珠工信〔2025〕28号", day(20250318), domain::BasisPoints::from(3000), zhuhai},
  };
  return rules;
}

}  // namespace fundtrail::ledger::programme
