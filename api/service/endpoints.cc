// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <utility>
#include <vector>

#include <capnp/schema.h>

#include "api/service/endpoint.h"
#include "api/service/handlers.h"
#include "api/views/cells.h"
#include "ledger/projections/enterprise.h"
#include "ledger/schema/names.h"

namespace fundtrail::api::service {

namespace domain = ledger::domain;
namespace schema = ledger::schema;
using http::Method;
using schema::Role;
using Roles = domain::RoleSet;

namespace {

// ---- who sees what

constexpr Roles kOffices{Role::PROVINCE_INDUSTRY,      Role::PROVINCE_FINANCE,   Role::CITY_INDUSTRY_CLERK,
                         Role::CITY_INDUSTRY_REVIEWER, Role::CITY_FINANCE_CLERK, Role::CITY_FINANCE_REVIEWER,
                         Role::CITY_FINANCE_APPROVER,  Role::COUNTY_CLERK,       Role::AUDITOR};

constexpr Roles with(Roles roles, std::initializer_list<Role> more) {
  for (auto const role : more) roles.add(role);
  return roles;
}

/// An enterprise sees its own affairs; experts and assessors the projects that they look at.
constexpr Roles kProjects = with(kOffices, {Role::ENTERPRISE, Role::EXPERT, Role::ASSESSOR});
constexpr Roles kPayments = with(kOffices, {Role::ENTERPRISE});
/// Keys, persons and roles are events too.
constexpr Roles kEvents = with(kOffices, {Role::SECURITY_ADMIN});
constexpr Roles kEvent = with(kEvents, {Role::ENTERPRISE});
constexpr Roles kNobody{};

// ---- what may be asked

std::vector<std::string> projectStages() {
  std::vector<std::string> names;
  for (auto stage = domain::ProjectStage::enrolled; stage <= domain::ProjectStage::withdrawn;
       stage = static_cast<domain::ProjectStage>(static_cast<unsigned>(stage) + 1U)) {
    names.push_back(views::stageName(stage));
  }
  return names;
}

std::vector<std::string> paymentStages() {
  std::vector<std::string> names;
  for (auto stage = domain::PaymentStage::requested; stage <= domain::PaymentStage::cancelled;
       stage = static_cast<domain::PaymentStage>(static_cast<unsigned>(stage) + 1U)) {
    names.push_back(views::stageName(stage));
  }
  return names;
}

std::vector<std::string> findingStatuses() {
  std::vector<std::string> names;
  for (auto const stage :
       {domain::FindingStage::raised, domain::FindingStage::confirmed, domain::FindingStage::closed}) {
    names.emplace_back(ledger::projections::stageEn(stage));
  }
  return names;
}

template <class Enum>
std::vector<std::string> namesOf() {
  std::vector<std::string> names;
  auto const count = capnp::Schema::from<Enum>().getEnumerants().size();
  for (unsigned i = 1; i < count; ++i) names.emplace_back(schema::enumerantName(static_cast<Enum>(i)));
  return names;
}

std::vector<std::string> eventTypeNames() {
  std::vector<std::string> names;
  for (auto const type : schema::eventTypes()) names.emplace_back(schema::eventTypeName(type));
  return names;
}

Parameter const kAsOf{"asOf", Kind::number, {"前 N 个事件之后的状况", "as it stood after the first N events"}};
Parameter const kOn{"on", Kind::date, {"只计业务日期不晚于该日的事件", "only events dated no later than that day"}};
Parameter const kCity{"city", Kind::city, {"只看一市", "one city"}};
Parameter const kLimit{"limit", Kind::limit, {"每页行数，默认 100", "rows of a page, 100 without it"}};
Parameter const kAfter{"after", Kind::cursor, {"上一页 Link 所给的游标", "what the Link of the page before gave"}};
Parameter const kSort{"sort", Kind::sort, {"按字段排序，如 -amountFen,since", "by fields, as -amountFen,since"}};
Parameter const kEventInPath{
    "event", Kind::event, {"事件序号，或所立记录的哈希", "its number, or the hash of an event that made a record"}};
Parameter const kUsccInPath{"uscc", Kind::uscc, {"统一社会信用代码", "unified social credit code"}};

std::vector<Parameter> moment(std::initializer_list<Parameter> more = {}) {
  std::vector<Parameter> all(more);
  all.push_back(kAsOf);
  all.push_back(kOn);
  return all;
}

std::vector<Parameter> page(std::initializer_list<Parameter> more) {
  auto all = moment(more);
  for (auto const& each : {kSort, kLimit, kAfter}) all.push_back(each);
  return all;
}

std::vector<Media> const kTables{Media::json, Media::csv, Media::text, Media::workbook};

Parameter const kTrancheKind{
    "kind", Kind::choice, {"只看一种资金", "the tranches of one kind"}, namesOf<schema::TrancheKind>};
Parameter const kEnterprise{"enterprise", Kind::uscc, {"只看一家企业", "one enterprise's"}};

// ---- the rows

/// A row in the making: public, for all records, answered in JSON at once, unless it says otherwise.
class Row {
 public:
  Row(Method method, std::string_view path, std::string_view operation, views::Text summary)
      : row_{method, path, operation, summary, Caller::anyone, {}, Records::all, false, {}, {},
             {},     {},   "",        "",      Cost::none} {}

  Row& signedIn() { return row_.caller = Caller::signedIn, *this; }
  Row& by(Roles roles, Records records = Records::seen) {
    row_.caller = Caller::roles;
    row_.roles = roles;
    row_.records = records;
    return *this;
  }
  Row& showsPrivateData() { return row_.showsPrivateData = true, *this; }
  Row& path(Parameter const& parameter) { return row_.inPath.push_back(parameter), *this; }
  Row& query(std::vector<Parameter> parameters) { return row_.inQuery = std::move(parameters), *this; }
  Row& takes(std::string_view schemaName) { return row_.requestSchema = schemaName, *this; }
  Row& as(std::string_view type) { return row_.ownType = type, *this; }
  Row& json(std::string_view schemaName) { return gives({Media::json}, schemaName); }
  Row& tables(std::string_view schemaName) { return gives(kTables, schemaName); }
  Row& gives(std::vector<Media> media, std::string_view schemaName) {
    row_.media = std::move(media);
    row_.responseSchema = schemaName;
    return *this;
  }
  Endpoint reads(Reading read, Cost cost = Cost::none) {
    row_.read = read;
    row_.cost = cost;
    return row_;
  }
  Endpoint acts(Acting act) { return row_.act = act, row_; }

 private:
  Endpoint row_;
};

Row get(std::string_view path, std::string_view operation, views::Text summary) {
  return {Method::get, path, operation, summary};
}

Row post(std::string_view path, std::string_view operation, views::Text summary) {
  return {Method::post, path, operation, summary};
}

void addPublic(std::vector<Endpoint>& all) {
  all.push_back(
      get("/v1/ledger", "getLedger", {"账本的身份和最新检查点", "what ledger this is, and its newest checkpoint"})
          .json("Ledger")
          .reads(getLedger));
  all.push_back(get("/v1/cities", "getCities",
                    {"各市资金状况和已公示名单", "where each city's money stands, and the published lists"})
                    .query(moment({kTrancheKind}))
                    .tables("Status")
                    .reads(getCities, Cost::kept));
  all.push_back(get("/v1/cities/{city}", "getCity",
                    {"一市资金，按资金批次、方向、区县", "one city's money, by tranche, purpose and county"})
                    .path(kCity)
                    .query(moment({kTrancheKind}))
                    .tables("Status")
                    .reads(getCity, Cost::kept));
  all.push_back(
      get("/v1/tranches", "getTranches", {"资金批次和各自的去向", "tranches, and where the money of each stands"})
          .query(page({kCity}))
          .tables("Tranches")
          .reads(getTranches, Cost::kept));
  all.push_back(get("/v1/rules", "getRules", {"全部记账规则", "every rule by which events are judged"})
                    .tables("Rules")
                    .reads(getRules, Cost::kept));
  all.push_back(
      get("/v1/changes", "getChanges",
          {"账本每前进一步即推送（server-sent events）", "tells of each step of the ledger (server-sent events)"})
          .as("text/event-stream")
          .reads(getChanges));
  all.push_back(get("/checkpoint", "getCheckpoint", {"最新检查点（tlog-tiles）", "the newest checkpoint (tlog-tiles)"})
                    .as("text/plain")
                    .reads(getCheckpoint));
  all.push_back(
      get("/tile/{path}", "getTile", {"哈希块或条目包（tlog-tiles）", "a tile or an entry bundle (tlog-tiles)"})
          .path({"path",
                 Kind::tilePath,
                 {"层/序号，或 entries/序号；不满的带 .p/宽度",
                  "level/index, or entries/index; of a partial one with .p/width"}})
          .as("application/octet-stream")
          .reads(getTile));
  all.push_back(get("/openapi.json", "getOpenApi", {"本接口的描述", "this interface, described"})
                    .as("application/json")
                    .reads(getOpenApi));
  all.push_back(
      get("/docs", "getPage", {"浏览本接口", "a page to browse this interface"}).as("text/html").reads(getPage));
}

void addSignIn(std::vector<Endpoint>& all) {
  all.push_back(post("/v1/session/challenge", "postChallenge",
                     {"登录第一步：获取待签名的质询", "sign in, first: a challenge to sign"})
                    .takes("ChallengeFor")
                    .json("Challenge")
                    .reads(postChallenge));
  all.push_back(post("/v1/session", "postSession", {"登录第二步：交回签名", "sign in, second: the signature"})
                    .takes("SignedChallenge")
                    .json("SignedIn")
                    .reads(postSession));
  all.push_back(get("/v1/session", "getSession", {"本人及其角色", "who I am, and my roles"})
                    .signedIn()
                    .json("Person")
                    .reads(getSession));
  all.push_back(
      Row(Method::remove, "/v1/session", "deleteSession", {"退出登录", "sign out"}).signedIn().reads(deleteSession));
}

/// A batch speaks for itself: its signature is what counts.
void addWriting(std::vector<Endpoint>& all) {
  all.push_back(post("/v1/batches", "postBatch",
                     {"提交已签名的批次，落盘后答复并附回执",
                      "hand in a signed batch: answered once it is durable, with receipts"})
                    .query({{"dryRun", Kind::boolean, {"只试算，不记账", "judge only, record nothing"}},
                            {"receipts",
                             Kind::boolean,
                             {"是否附回执，默认附（16 个事件以内）",
                              "whether receipts come with it; they do, for up to 16 events"}}})
                    .takes("SignedBatch")
                    .json("Outcome")
                    .acts(postBatch));
  all.push_back(
      post("/v1/batches/prepare", "postPrepare",
           {"把批次文件转成规范字节和待签名的声明", "turn a batch file into canonical bytes and the statement to sign"})
          .query({{"again",
                   Kind::number,
                   {"有意重复同一文件：第几次重复", "repeat the same file on purpose: which repeat this is"}}})
          .signedIn()
          .takes("BatchFile")
          .json("Prepared")
          .reads(postPrepare, Cost::work));
}

void addProjects(std::vector<Endpoint>& all) {
  all.push_back(get("/v1/progress", "getProgress",
                    {"各市认定改造家数、行业平台占比、绩效评价和清算",
                     "each city's counted enterprises against its target, platform share, evaluation, settlement"})
                    .by(kOffices)
                    .query(moment({kCity}))
                    .tables("Progress")
                    .reads(getProgress, Cost::kept));
  all.push_back(
      get("/v1/projects", "getProjects", {"项目", "projects"})
          .by(kProjects)
          .query(page({kCity,
                       kEnterprise,
                       {"stage", Kind::choice, {"只看一个环节", "at one stage"}, projectStages},
                       {"purpose", Kind::choice, {"只看一个支持方向", "of one purpose"}, namesOf<schema::Purpose>}}))
          .tables("Projects")
          .reads(getProjects, Cost::kept));
  all.push_back(get("/v1/projects/{event}", "getProject",
                    {"一个项目的经过和下一步", "one project: its timeline, and what comes next"})
                    .by(kProjects)
                    .showsPrivateData()
                    .path(kEventInPath)
                    .query(moment())
                    .tables("Project")
                    .reads(getProject, Cost::kept));
  all.push_back(
      get("/v1/payments", "getPayments", {"各笔拨付到了哪一环节", "where each payment is, and what it waits for"})
          .by(kPayments)
          .showsPrivateData()
          .query(page({kCity, kEnterprise, {"stage", Kind::choice, {"只看一个环节", "at one stage"}, paymentStages}}))
          .tables("Payments")
          .reads(getPayments, Cost::kept));
  all.push_back(get("/v1/payments/{event}", "getPayment",
                    {"一笔拨付的经过、资金来源和下一步", "one payment: its sources, its steps, and what comes next"})
                    .by(kPayments)
                    .showsPrivateData()
                    .path(kEventInPath)
                    .query(moment())
                    .tables("Payment")
                    .reads(getPayment, Cost::kept));
  all.push_back(get("/v1/explanations/{event}", "getExplanation", {"一项奖补如何得出", "how an award came about"})
                    .by(kProjects)
                    .path(kEventInPath)
                    .tables("Explanation")
                    .reads(getExplanation, Cost::fold));
  all.push_back(get("/v1/findings", "getFindings", {"疑点和问题", "findings"})
                    .by(kOffices)
                    .query(page({kCity, {"status", Kind::choice, {"只看一种状态", "of one status"}, findingStatuses}}))
                    .tables("Findings")
                    .reads(getFindings, Cost::kept));
  all.push_back(get("/v1/worklist", "getWorkList", {"待办事项", "what waits"})
                    .by(kOffices)
                    .query(page({kCity, {"role", Kind::choice, {"只看一个角色的", "of one role"}, namesOf<Role>}}))
                    .tables("WorkList")
                    .reads(getWorkList, Cost::work));
}

void addParties(std::vector<Endpoint>& all) {
  all.push_back(get("/v1/enterprises", "getEnterprises", {"试点企业", "enterprises"})
                    .by(kPayments)
                    .query(page({kCity}))
                    .tables("Organisations")
                    .reads(getEnterprises, Cost::kept));
  all.push_back(get("/v1/enterprises/{uscc}", "getEnterprise",
                    {"一家企业的合同、项目、奖补、拨付、追回、问题和账户",
                     "one enterprise: contracts, projects, awards, payments, recoveries, findings, accounts"})
                    .by(kPayments)
                    .showsPrivateData()
                    .path(kUsccInPath)
                    .query(moment())
                    .tables("Enterprise")
                    .reads(getEnterprise, Cost::kept));
  all.push_back(get("/v1/providers", "getProviders", {"供给方", "providers"})
                    .signedIn()
                    .query(page({kCity}))
                    .tables("Organisations")
                    .reads(getProviders, Cost::kept));
  all.push_back(get("/v1/providers/{uscc}", "getProvider",
                    {"一家供给方的入库清退、产品价格、合同、投诉、回头看和处罚",
                     "one provider: listings, products and prices, contracts, complaints, look-backs, penalties"})
                    .by(kOffices, Records::all)
                    .path(kUsccInPath)
                    .query(moment())
                    .tables("Provider")
                    .reads(getProvider, Cost::kept));
  all.push_back(get("/v1/products", "getProducts", {"产品和目录价", "the catalogue: products and their prices"})
                    .signedIn()
                    .query(page({kCity, {"provider", Kind::uscc, {"只看一家供给方", "one provider's"}}}))
                    .tables("Products")
                    .reads(getProducts, Cost::kept));
}

void addEvents(std::vector<Endpoint>& all) {
  all.push_back(get("/v1/events", "getEvents", {"列出或查找事件，新的在前", "list or find events, newest first"})
                    .by(kEvents)
                    .showsPrivateData()
                    .query(moment({kCity,
                                   {"type", Kind::choice, {"只看一种事件", "one type of event"}, eventTypeNames},
                                   {"by", Kind::text, {"只看某签名人", "signed by this person"}},
                                   {"with", Kind::text, {"字段中含有该文字", "that state this text"}},
                                   kLimit,
                                   {"before", Kind::number, {"该序号以前的", "those before this number"}}}))
                    .tables("Events")
                    .reads(getEvents, Cost::kept));
  all.push_back(
      get("/v1/events/{event}", "getEvent",
          {"一个事件：内容、签名人、入账时间、哈希", "one event: what it states, who signed it, when, and its hash"})
          .by(kEvent)
          .showsPrivateData()
          .path(kEventInPath)
          .gives({Media::json, Media::text}, "Event")
          .reads(getEvent, Cost::kept));
  all.push_back(get("/v1/receipts/{event}", "getReceipt", {"一个事件的回执", "the receipt of an event"})
                    .by(kEvent)
                    .showsPrivateData()
                    .path(kEventInPath)
                    .as("application/zstd")
                    .reads(getReceipt, Cost::work));
}

}  // namespace

std::span<Endpoint const> endpoints() {
  static std::vector<Endpoint> const all = [] {
    std::vector<Endpoint> rows;
    for (auto const add : {addPublic, addSignIn, addWriting, addProjects, addParties, addEvents}) add(rows);
    return rows;
  }();
  return all;
}

std::vector<Role> rolesOfSchema() {
  std::vector<Role> roles;
  auto const count = capnp::Schema::from<Role>().getEnumerants().size();
  for (unsigned i = 1; i < count; ++i) roles.push_back(static_cast<Role>(i));
  return roles;
}

std::vector<std::string_view> contentTypesOf(Endpoint const& endpoint) {
  std::vector<std::string_view> types{"application/json"};
  if (endpoint.operation == "postBatch") types.push_back(kParcelType);
  return types;
}

std::string_view nameOf(Method method) {
  switch (method) {
    case Method::get: return "GET";
    case Method::head: return "HEAD";
    case Method::post: return "POST";
    case Method::put: return "PUT";
    case Method::patch: return "PATCH";
    case Method::remove: return "DELETE";
    case Method::options: return "OPTIONS";
    case Method::other: break;
  }
  return "";
}

}  // namespace fundtrail::api::service
