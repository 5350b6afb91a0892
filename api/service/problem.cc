// SPDX-License-Identifier: Apache-2.0
#include "api/service/problem.h"

#include <utility>

namespace fundtrail::api::service {

namespace json = boost::json;
using crypto::ErrorKind;
using views::Language;
using views::Text;

namespace {

/// What the status means.
Text titleOf(std::uint16_t status) {
  switch (status) {
    case 400: return {"请求有误", "the request is wrong"};
    case 401: return {"请先登录", "sign in first"};
    case 403: return {"无权访问", "not allowed"};
    case 404: return {"未找到", "not found"};
    case 405: return {"不支持该方法", "the method is not allowed"};
    case 406: return {"不提供所要的格式", "no such form"};
    case 409: return {"与已有记录冲突", "conflicts with what is recorded"};
    case 413: return {"请求过大", "too large"};
    case 415: return {"不支持该内容类型", "the content type is not taken"};
    case 422: return {"违反规则，未予记录", "refused by a rule, nothing was recorded"};
    case 429: return {"请求过多，请稍后再试", "too many requests: try again later"};
    case 500: return {"服务器内部错误", "internal error"};
    case 503: return {"暂时无法服务", "not available for the moment"};
    default: return {"请求未能完成", "the request could not be fulfilled"};
  }
}

std::string sentence(views::Reader const& reader, ledger::domain::Text const& text) {
  return reader.language == Language::zh ? text.zh : text.en;
}

}  // namespace

http::Response answer(views::Reader const& reader, Problem problem) {
  json::object body{{"type", "urn:fundtrail:problem:" + std::string(problem.name)},
                    {"title", reader.text(titleOf(problem.status))},
                    {"status", problem.status},
                    {"detail", problem.detail}};
  for (auto& [name, value] : problem.more) body.emplace(name, std::move(value));
  http::Response response{problem.status, "application/problem+json", json::serialize(body) + '\n'};
  response.headers.emplace_back("Content-Language", reader.language == Language::zh ? "zh" : "en");
  response.headers.emplace_back("Cache-Control", "no-store");
  if (problem.retryAfter) response.headers.emplace_back("Retry-After", std::to_string(*problem.retryAfter));
  if (problem.status == 401) response.headers.emplace_back("WWW-Authenticate", "Bearer");
  return response;
}

Problem problemOf(views::Reader const& reader, crypto::Error const& error) {
  auto const detail = reader.language == Language::zh && !error.zh.empty() ? error.zh : error.message;
  switch (error.kind) {
    case ErrorKind::badInput: return {400, "badInput", detail};
    case ErrorKind::notFound: return {404, "notFound", detail};
    case ErrorKind::denied: return {403, "denied", detail};
    case ErrorKind::conflict: return {409, "conflict", detail};
    case ErrorKind::unsupported: return {400, "unsupported", detail};
    case ErrorKind::io:
      return {
          503,
          "storage",
          reader.text({"账本此刻无法读写：请稍后重试，同一批次重复提交不会重复记账",
                       "the ledger cannot be read or written at this moment: try again later; the same batch handed "
                       "in again is recorded once"}),
          {},
          5};
    case ErrorKind::corrupt:
      return {500, "damaged",
              reader.text({"账本数据损坏：请通知账本运行人员", "what the ledger stored is damaged: tell who runs it"})};
  }
  return {500, "internal", detail};
}

json::object objectionJson(views::Reader const& reader, ledger::domain::Refusal const& refusal) {
  auto const& rule = *refusal.rule;
  return {{"rule", rule.id},
          {"clause", rule.clause == "—" ? json::value(nullptr) : json::value(rule.clause)},
          {"statement", Text{rule.statementZh, rule.statementEn}.in(reader.language)},
          {"reason", sentence(reader, refusal.reason)},
          {"remedy", sentence(reader, refusal.remedy())}};
}

Problem problemOf(views::Reader const& reader, ledger::BatchRefused const& refused) {
  auto const where = refused.event ? reader.text({"第 {} 个事件", "event {} of the batch"}, *refused.event + 1)
                                   : reader.text({"整批", "the batch as a whole"});
  Problem problem{422, "refused",
                  reader.text({"{}违反规则 {}：{}。{}", "{} breaks rule {}: {}. {}"}, where, refused.refusal.rule->id,
                              sentence(reader, refused.refusal.reason), sentence(reader, refused.refusal.remedy())),
                  objectionJson(reader, refused.refusal)};
  problem.more["event"] = refused.event ? json::value(*refused.event) : json::value(nullptr);
  return problem;
}

}  // namespace fundtrail::api::service
