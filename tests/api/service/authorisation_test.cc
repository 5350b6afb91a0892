// SPDX-License-Identifier: Apache-2.0
// Every role × every endpoint × own and other city, as one table.
#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "api/service/endpoint.h"
#include "ledger/schema/names.h"
#include "tests/api/service/served.h"

namespace fundtrail::api::service {
namespace {

namespace domain = ledger::domain;
namespace http = api::http;
namespace json = boost::json;
using ledger::schema::Role;
using tests::Served;

constexpr unsigned kOwnCity = 440100;

/// Who gets an answer at all. A role that is not named gets 403; nobody who has not signed in gets anything but what is
/// public. Written down here once more, so that a slip in the table of endpoints is seen.
struct Allowed {
  std::string_view operation;
  std::string_view who;  // "public", "signedIn", or roles
};
constexpr std::string_view kOffices =
    "provinceIndustry provinceFinance cityIndustryClerk cityIndustryReviewer cityFinanceClerk cityFinanceReviewer "
    "cityFinanceApprover countyClerk auditor";

std::vector<Allowed> const kAllowed{
    {"getLedger", "public"},
    {"getCities", "public"},
    {"getCity", "public"},
    {"getTranches", "public"},
    {"getRules", "public"},
    {"getChanges", "public"},
    {"getCheckpoint", "public"},
    {"getTile", "public"},
    {"getOpenApi", "public"},
    {"getPage", "public"},
    {"postChallenge", "public"},
    {"postSession", "public"},
    {"getSession", "signedIn"},
    {"deleteSession", "signedIn"},
    {"postBatch", "public"},
    {"postPrepare", "signedIn"},
    {"getProgress", "offices"},
    {"getProjects", "offices enterprise expert assessor"},
    {"getProject", "offices enterprise expert assessor"},
    {"getPayments", "offices enterprise"},
    {"getPayment", "offices enterprise"},
    {"getExplanation", "offices enterprise expert assessor"},
    {"getEnterprises", "offices enterprise"},
    {"getEnterprise", "offices enterprise"},
    {"getProviders", "signedIn"},
    {"getProvider", "offices"},
    {"getProducts", "signedIn"},
    {"getFindings", "offices"},
    {"getWorkList", "offices"},
    {"getEvents", "offices securityAdmin"},
    {"getEvent", "offices securityAdmin enterprise"},
    {"getReceipt", "offices securityAdmin enterprise"},
};

std::set<std::string> wordsOf(std::string_view text) {
  std::istringstream words{std::string(text)};
  std::set<std::string> all;
  for (std::string word; words >> word;) all.insert(word);
  if (all.erase("offices") > 0) all.merge(wordsOf(kOffices));
  return all;
}

/// A project with a payment, and its enterprise.
struct Record {
  std::uint64_t project = 0;
  std::uint64_t payment = 0;
  std::string enterprise;
  unsigned city = 0;
};

class AuthorisationTest : public ::testing::Test {
 protected:
  static Served& served() { return tests::sharedServed(); }

  /// Made once: a person for each role, and a record of the own city and of another.
  struct Setting {
    std::map<Role, std::string> tokens;
    Record own;
    Record other;
  };

  static Record recordIn(bool isOwn, std::string const& token) {
    auto const payments = tests::jsonOf(served().get("/v1/payments?limit=1000", token));
    for (auto const& payment : payments.at("payments").as_array()) {
      auto const city = payment.at("city").to_number<unsigned>();
      if ((city == kOwnCity) != isOwn) continue;
      Record record{0, payment.at("event").to_number<std::uint64_t>(),
                    std::string(payment.at("enterprise").as_string()), city};
      auto const target = "/v1/projects?enterprise=" + record.enterprise;
      auto const projects = tests::jsonOf(served().get(target, token));
      record.project = projects.at("projects").at(0).at("event").to_number<std::uint64_t>();
      return record;
    }
    return {};
  }

  static Setting const& setting() {
    static Setting const made = [] {
      Setting setting;
      for (auto const role : rolesOfSchema()) {
        if (role == Role::ENTERPRISE) continue;
        auto person = served().personWith(role, kOwnCity);
        if (person.empty()) person = served().personWith(role);
        setting.tokens.emplace(role, served().signIn(person));
      }
      auto const& all = setting.tokens.at(Role::PROVINCE_FINANCE);
      setting.own = recordIn(true, all);
      setting.other = recordIn(false, all);
      served().appoint("enterprise-staff-1", setting.own.enterprise, "enterprise", kOwnCity);
      setting.tokens.emplace(Role::ENTERPRISE, served().signIn("enterprise-staff-1"));
      return setting;
    }();
    return made;
  }

  /// A target of the endpoint that is there, of a record.
  static std::string targetOf(Endpoint const& endpoint, Record const& record) {
    std::string target(endpoint.path);
    auto const put = [&target](std::string_view name, std::string const& value) {
      if (auto const at = target.find(name); at != std::string::npos) target.replace(at, name.size(), value);
    };
    bool const isOfPayment = endpoint.operation == "getPayment" || endpoint.operation == "getExplanation";
    put("{event}", std::to_string(isOfPayment ? record.payment : record.project));
    put("{city}", std::to_string(record.city));
    put("{uscc}", endpoint.operation == "getProvider" ? providerCode() : record.enterprise);
    put("{path}", "0/000.p/1");
    return target;
  }

  static std::string providerCode() {
    static std::string const code = [] {
      auto const providers = tests::jsonOf(served().get("/v1/providers", setting().tokens.at(Role::AUDITOR)));
      return std::string(providers.at("organisations").at(0).at("uscc").as_string());
    }();
    return code;
  }

  static http::Response ask(Endpoint const& endpoint, Record const& record, std::string_view token) {
    http::Request request;
    request.method = endpoint.method;
    request.path = targetOf(endpoint, record);
    if (!token.empty()) request.headers.add("Authorization", "Bearer " + std::string(token));
    request.headers.add("Content-Type", "application/json");
    return served().ask(std::move(request));
  }

  static bool allows(Endpoint const& endpoint, std::string_view role) {
    auto const at = std::ranges::find(kAllowed, endpoint.operation, &Allowed::operation);
    EXPECT_NE(at, kAllowed.end()) << endpoint.operation << " is new: write down who may";
    if (at == kAllowed.end()) return false;
    if (at->who == "public") return true;
    if (role.empty()) return false;
    return at->who == "signedIn" || wordsOf(at->who).contains(std::string(role));
  }

  /// deleteSession ends the session that the other rows need, and an explanation reads the whole log.
  static bool isAskedAlone(Endpoint const& endpoint) {
    return endpoint.operation == "deleteSession" || endpoint.operation == "getExplanation";
  }
};

TEST_F(AuthorisationTest, TheTableNamesEveryEndpointOnce) {
  std::set<std::string_view> named;
  for (auto const& row : kAllowed) EXPECT_TRUE(named.insert(row.operation).second) << row.operation;
  for (auto const& endpoint : endpoints()) EXPECT_TRUE(named.contains(endpoint.operation)) << endpoint.operation;
  EXPECT_EQ(named.size(), endpoints().size());
}

TEST_F(AuthorisationTest, WithoutASessionOnlyWhatIsPublicAnswers) {
  for (auto const& endpoint : endpoints()) {
    for (auto const* const token : {"", "0000000000000000000000000000000000000000000000000000000000000000"}) {
      auto const status = ask(endpoint, setting().own, token).status;
      if (allows(endpoint, "")) {
        EXPECT_NE(status, 401) << endpoint.operation;
        EXPECT_NE(status, 403) << endpoint.operation;
      } else {
        EXPECT_EQ(status, 401) << endpoint.operation;
      }
    }
  }
}

TEST_F(AuthorisationTest, ARoleGetsWhatTheTableSaysAndNothingElse) {
  for (auto const& [role, token] : setting().tokens) {
    std::string const name(ledger::schema::enumerantName(role));
    for (auto const& endpoint : endpoints()) {
      if (isAskedAlone(endpoint)) continue;
      auto const response = ask(endpoint, setting().own, token);
      if (!allows(endpoint, name)) {
        EXPECT_EQ(response.status, 403) << name << ' ' << endpoint.operation << '\n' << response.body;
      } else {
        EXPECT_NE(response.status, 401) << name << ' ' << endpoint.operation;
        // A receipt shows the whole event, and a county clerk's own record is of one county: both are told apart below.
        if (endpoint.operation != "getReceipt") {
          EXPECT_NE(response.status, 403) << name << ' ' << endpoint.operation << '\n' << response.body;
        }
        EXPECT_NE(response.status, 500) << name << ' ' << endpoint.operation << '\n' << response.body;
      }
    }
  }
}

std::set<Role> const kWholeProvince{Role::PROVINCE_INDUSTRY, Role::PROVINCE_FINANCE};

TEST_F(AuthorisationTest, ARecordOfAnotherCityIsNotThereForWhoIsOfThisOne) {
  for (auto const& [role, token] : setting().tokens) {
    std::string const name(ledger::schema::enumerantName(role));
    for (auto const& endpoint : endpoints()) {
      if (endpoint.records != Records::seen || endpoint.inPath.empty() || !allows(endpoint, name)) continue;
      auto const other = ask(endpoint, setting().other, token);
      if (kWholeProvince.contains(role)) {
        if (isAskedAlone(endpoint)) continue;
        EXPECT_EQ(other.status == 404, false) << name << ' ' << endpoint.operation;
      } else {
        bool const hidden = other.status == 404 || (endpoint.operation == "getReceipt" && other.status == 403);
        EXPECT_TRUE(hidden) << name << ' ' << endpoint.operation << ' ' << other.status << '\n' << other.body;
      }
      // The own record is of some county, and a project's event is none that an administrator sees.
      if (role == Role::COUNTY_CLERK || role == Role::SECURITY_ADMIN || isAskedAlone(endpoint)) continue;
      auto const own = ask(endpoint, setting().own, token);
      bool const shown = own.status == 200 || (endpoint.operation == "getReceipt" && own.status == 403);
      EXPECT_TRUE(shown) << name << ' ' << endpoint.operation << ' ' << own.status << '\n' << own.body;
    }
  }
}

/// Every region and enterprise that an answer names, wherever.
void collect(json::value const& value, std::set<unsigned>& regions, std::set<std::string>& enterprises) {
  if (value.is_array()) {
    for (auto const& each : value.as_array()) collect(each, regions, enterprises);
  } else if (value.is_object()) {
    for (auto const& [name, member] : value.as_object()) {
      std::string_view const stated = name;
      if ((stated == "city" || stated == "region") && member.is_number()) regions.insert(member.to_number<unsigned>());
      if ((stated == "enterprise" || stated == "uscc") && member.is_string())
        enterprises.insert(member.as_string().c_str());
      collect(member, regions, enterprises);
    }
  }
}

TEST_F(AuthorisationTest, AListHoldsNothingOfAnotherCity) {
  for (auto const& [role, token] : setting().tokens) {
    if (kWholeProvince.contains(role)) continue;
    std::string const name(ledger::schema::enumerantName(role));
    for (auto const& endpoint : endpoints()) {
      if (endpoint.records != Records::seen || !endpoint.inPath.empty() || !allows(endpoint, name)) continue;
      auto const response =
          served().get(std::string(endpoint.path) + (endpoint.operation == "getProgress" ? "" : "?limit=1000"), token);
      ASSERT_EQ(response.status, 200) << name << ' ' << endpoint.operation << response.body;
      std::set<unsigned> regions;
      std::set<std::string> enterprises;
      collect(tests::jsonOf(response), regions, enterprises);
      for (auto const region : regions) {
        auto const city = region - region % 100;
        EXPECT_TRUE(city == kOwnCity || city == 440000) << name << ' ' << endpoint.operation << ' ' << region;
      }
      if (role == Role::ENTERPRISE) {
        EXPECT_EQ(enterprises, std::set<std::string>{setting().own.enterprise}) << endpoint.operation;
      }
    }
  }
}

TEST_F(AuthorisationTest, AnotherCityCannotBeAskedForByName) {
  auto const& token = setting().tokens.at(Role::CITY_FINANCE_CLERK);
  auto const city = std::to_string(setting().other.city);
  EXPECT_EQ(tests::jsonOf(served().get("/v1/payments?city=" + city, token)).at("payments").as_array().size(), 0U);
  EXPECT_EQ(tests::jsonOf(served().get("/v1/projects?enterprise=" + setting().other.enterprise, token))
                .at("projects")
                .as_array()
                .size(),
            0U);
  EXPECT_EQ(tests::jsonOf(served().get("/v1/events?city=" + city, token)).at("events").as_array().size(), 0U);
  EXPECT_EQ(served().get("/v1/progress?city=" + city, token).status, 404);
}

TEST_F(AuthorisationTest, WhatIsThereAndHiddenAnswersAsWhatIsNotThere) {
  auto const& token = setting().tokens.at(Role::CITY_FINANCE_CLERK);
  auto const hidden = served().get("/v1/payments/" + std::to_string(setting().other.payment), token);
  auto const noPayment = served().get("/v1/payments/0", token);
  EXPECT_EQ(hidden.status, noPayment.status);
  EXPECT_EQ(tests::jsonOf(hidden).at("type"), tests::jsonOf(noPayment).at("type"));
}

}  // namespace
}  // namespace fundtrail::api::service
