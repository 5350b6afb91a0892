// SPDX-License-Identifier: Apache-2.0
#include "api/service/service.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "api/service/body.h"
#include "api/service/changes.h"
#include "api/service/endpoint.h"
#include "api/service/live.h"
#include "api/service/problem.h"
#include "api/service/reading.h"
#include "api/service/receipts.h"
#include "crypto/digest.h"

namespace fundtrail::api::service {

namespace domain = ledger::domain;
using http::Method;
using views::Reader;

namespace {

using PathValues = std::map<std::string, std::string, std::less<>>;

std::string_view takeSegment(std::string_view& path) {
  auto const segment = path.substr(0, path.find('/'));
  path.remove_prefix(std::min(path.size(), segment.size() + 1));
  return segment;
}

/// The values of a template's names in a path; nothing where it does not fit.
std::optional<PathValues> matched(Endpoint const& endpoint, std::string_view path) {
  auto pattern = endpoint.path;
  if (!path.starts_with('/')) return std::nullopt;
  path.remove_prefix(1);
  pattern.remove_prefix(1);
  bool const endsInSlash = path.ends_with('/');
  PathValues values;
  while (!pattern.empty()) {
    auto const expected = takeSegment(pattern);
    if (path.empty()) return std::nullopt;
    if (!expected.starts_with('{')) {
      if (takeSegment(path) != expected) return std::nullopt;
      continue;
    }
    std::string name(expected.substr(1, expected.size() - 2));
    bool const takesRest = !endpoint.inPath.empty() && endpoint.inPath.back().kind == Kind::tilePath;
    auto const raw = takesRest ? std::exchange(path, {}) : takeSegment(path);
    auto value = decoded(raw);
    if (!value || value->empty()) return std::nullopt;
    values.emplace(std::move(name), *std::move(value));
  }
  return path.empty() && !endsInSlash ? std::optional(std::move(values)) : std::nullopt;
}

bool isSafe(Method method) {
  return method == Method::get || method == Method::head || method == Method::options;
}

/// A few at a time.
class Gate {
 public:
  explicit Gate(unsigned most) : most_(most) {}
  bool enter() {
    if (inside_.fetch_add(1) < most_) return true;
    inside_.fetch_sub(1);
    return false;
  }
  void leave() { inside_.fetch_sub(1); }

 private:
  unsigned most_;
  std::atomic<unsigned> inside_ = 0;
};

void addUnlessThere(http::Response& response, std::string_view name, std::string_view value) {
  auto const there = std::ranges::find(response.headers, name, &std::pair<std::string, std::string>::first);
  if (there == response.headers.end()) response.headers.emplace_back(name, value);
}

/// What every answer says to browsers and caches.
void addCommonHeaders(http::Response& response) {
  addUnlessThere(response, "Cache-Control", "no-store");
  addUnlessThere(response, "Vary", "Accept, Accept-Language, Authorization, Cookie");
  addUnlessThere(response, "X-Content-Type-Options", "nosniff");
  addUnlessThere(response, "X-Frame-Options", "DENY");
  addUnlessThere(response, "Referrer-Policy", "no-referrer");
  addUnlessThere(response, "Cross-Origin-Resource-Policy", "same-origin");
  addUnlessThere(response, "Strict-Transport-Security", "max-age=31536000");
  addUnlessThere(response, "Content-Security-Policy",
                 "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; "
                 "form-action 'none'");
}

class Running final : public Service {
 public:
  Running(ledger::Ledger& ledger, Environment environment, Settings settings, std::unique_ptr<Live> live)
      : environment_(std::move(environment)),
        settings_(std::move(settings)),
        live_(std::move(live)),
        changes_(settings_.mostStreams),
        receipts_(ledger, environment_),
        signIn_(ledger.id(), settings_.audience, environment_.random),
        sessions_(settings_.sessions, environment_.random),
        signIns_(settings_.signInPerPeer),
        perPeer_(settings_.perPeer),
        perPrincipal_(settings_.perPrincipal),
        folds_(settings_.foldsAtOnce),
        context_{ledger,    environment_, settings_, *live_,   changes_,
                 receipts_, signIn_,      sessions_, signIns_, [this] { catchUpSoon(); }} {}

  void handle(http::Request request, http::Answer give) override {
    auto const now = environment_.now();
    Reader const reader(languageOf(request.headers.find("Accept-Language").value_or("")));
    auto finish = [give = std::move(give)](http::Response response) {
      addCommonHeaders(response);  // of HEAD too: the server leaves out the body, and states its length
      give(std::move(response));
    };
    if (auto const wait = perPeer_.take(request.peer, now)) return finish(tooMany(reader, *wait));

    PathValues path;
    auto const* const endpoint = route(request, path);
    if (endpoint == nullptr) return finish(noRoute(reader, request));
    start(*endpoint, path,
          {std::move(request), {}, Media::json, reader, access::Sight::everything(), std::nullopt, now},
          std::move(finish));
  }

  crypto::Result<void> catchUp() override {
    auto const advanced = live_->catchUp();
    if (!advanced) return advanced.error();
    if (*advanced) {
      changes_.tell(live_->read([](auto const& current) { return current.snapshot().basis; }));
    }
    return {};
  }

  std::uint64_t position() const override { return live_->position(); }

 private:
  static http::Response tooMany(Reader const& reader, std::uint32_t seconds) {
    return answer(
        reader,
        {429, "tooMany", reader.text({"请求过多：请稍后再试", "too many requests: try again later"}), {}, seconds});
  }

  static Endpoint const* route(http::Request const& request, PathValues& values) {
    auto const method = request.method == Method::head ? Method::get : request.method;
    for (auto const& endpoint : endpoints()) {
      if (endpoint.method != method) continue;
      if (auto found = matched(endpoint, request.path)) {
        values = *std::move(found);
        return &endpoint;
      }
    }
    return nullptr;
  }

  /// The path is not there, or not with this method.
  static http::Response noRoute(Reader const& reader, http::Request const& request) {
    std::string allowed;
    for (auto const& endpoint : endpoints()) {
      if (!matched(endpoint, request.path)) continue;
      allowed += (allowed.empty() ? "" : ", ") + std::string(nameOf(endpoint.method));
      if (endpoint.method == Method::get) allowed += ", HEAD";
    }
    if (allowed.empty()) {
      return answer(
          reader, {404, "notFound", reader.text({"没有此路径：见 /openapi.json", "no such path: see /openapi.json"})});
    }
    if (request.method == Method::options) {
      http::Response response{204, ""};
      response.headers.emplace_back("Allow", allowed);
      return response;
    }
    auto response = answer(reader, {405, "method", reader.text({"可用的方法：{}", "the methods are {}"}, allowed)});
    response.headers.emplace_back("Allow", allowed);
    return response;
  }

  /// Who asks: by the session that the request bears, and what the ledger knows of its key now.
  struct Asking {
    std::optional<access::Principal> principal;
    bool byCookie = false;
  };
  Asking askingBy(http::Request const& request, domain::Instant now) {
    auto const token = sessionTokenOf(request);
    if (!token) return {};
    auto const session = sessions_.find(*token, now);
    // A cookie's session is none that a bearer may have, and the other way round.
    bool const sentAsBearer = request.headers.find("Authorization").has_value();
    if (!session || session->byCookie == sentAsBearer) return {};
    auto principal = live_->read([&](auto const& current) {
      return access::principalOf(current.snapshot().state, session->key, now.businessDate());
    });
    if (!principal) sessions_.closeAllOf(session->key);
    return {std::move(principal), session->byCookie};
  }

  /// Nothing: allowed, and `call` knows who asks and what he sees.
  std::optional<http::Response> objection(Endpoint const& endpoint, Call& call) {
    auto const& reader = call.reader;
    auto asking = askingBy(call.request, call.now);
    call.principal = std::move(asking.principal);
    if (endpoint.caller != Caller::anyone && !call.principal) {
      return answer(reader, {401, "signIn",
                             reader.text({"需要登录：用登记的密钥签署 /v1/session/challenge 的质询",
                                          "sign in: sign a challenge of /v1/session/challenge with your "
                                          "enrolled key"})});
    }
    // A browser adds the cookie to what another site made it send; a header it adds for nobody else.
    if (call.principal && asking.byCookie && !isSafe(endpoint.method) &&
        !call.request.headers.find("X-Fundtrail-Request")) {
      return answer(reader, {403, "crossSite",
                             reader.text({"以 Cookie 登录时，此方法须带 X-Fundtrail-Request 头",
                                          "with a session by cookie this method needs the header "
                                          "X-Fundtrail-Request"})});
    }
    if (call.principal) {
      if (auto const wait = perPrincipal_.take(call.principal->key.text(), call.now)) return tooMany(reader, *wait);
    }
    if (endpoint.caller != Caller::roles) return std::nullopt;
    auto sight = access::Sight::of(*call.principal, endpoint.roles);
    if (sight.seesNothing()) {
      return answer(reader,
                    {403, "denied", reader.text({"您的角色无权使用此接口", "none of your roles may ask for this"})});
    }
    if (endpoint.records == Records::seen) {
      call.sight = std::move(sight);
      auto const seen = call.sight.seesPrivateData() ? views::PrivateData::shown : views::PrivateData::hidden;
      call.reader = Reader(reader.language, seen);
    } else {
      call.reader = Reader(reader.language, views::PrivateData::hidden);
    }
    return std::nullopt;
  }

  void start(Endpoint const& endpoint, PathValues const& path, Call call, http::Answer give) {
    call.reader = Reader(call.reader.language, views::PrivateData::hidden);
    auto refusal = objection(endpoint, call);
    auto finish = [&endpoint, give = std::move(give),
                   person = call.principal ? call.principal->person : std::string()](http::Response response) {
      response.endpoint = endpoint.path;
      response.principal = person;
      give(std::move(response));
    };
    if (refusal) return finish(*std::move(refusal));
    auto const query = parseQuery(call.request.query);
    if (!query) {
      return finish(answer(call.reader, {400, "badInput",
                                         call.reader.text({"查询串无法解析，或参数重复",
                                                           "the query does not parse, or a parameter "
                                                           "stands twice"})}));
    }
    auto arguments = Arguments::read(call.reader, endpoint.inPath, path, endpoint.inQuery, *query);
    if (!arguments) return finish(answer(call.reader, problemOf(call.reader, arguments.error())));
    call.arguments = *std::move(arguments);
    if (auto refused = mediaObjection(endpoint, call)) return finish(*std::move(refused));
    if (endpoint.act != nullptr) return endpoint.act(context_, std::move(call), std::move(finish));
    run(endpoint, std::move(call), std::move(finish));
  }

  static std::optional<http::Response> mediaObjection(Endpoint const& endpoint, Call& call) {
    auto const& reader = call.reader;
    if (!endpoint.requestSchema.empty()) {
      auto const taken = contentTypesOf(endpoint);
      if (std::ranges::find(taken, contentTypeOf(call.request)) == taken.end()) {
        return answer(reader,
                      {415, "contentType",
                       reader.text({"内容类型应为 {}", "the content type must be {}"}, fmt::join(taken, ", "))});
      }
    }
    if (endpoint.media.empty()) return std::nullopt;
    auto accept = std::string(call.request.headers.find("Accept").value_or(""));
    // A browser that is shown a page takes what there is.
    auto const media = mediaOf(accept);
    if (media && std::ranges::find(endpoint.media, *media) != endpoint.media.end()) {
      call.media = *media;
      return std::nullopt;
    }
    std::string offered;
    for (auto const each : endpoint.media) offered += (offered.empty() ? "" : ", ") + std::string(mediaType(each));
    return answer(reader, {406, "form", reader.text({"可提供：{}", "there is: {}"}, offered)});
  }

  void run(Endpoint const& endpoint, Call call, http::Answer finish) {
    if (endpoint.cost == Cost::none) return finish(logged(endpoint, call, endpoint.read(context_, call)));
    bool const folds = endpoint.cost == Cost::fold || asksForThePast(context_, call.arguments);
    auto const position = live_->position();
    bool const kept = endpoint.cost == Cost::kept && !folds;
    auto question = kept ? questionOf(endpoint, call) : std::string();
    if (kept) {
      if (auto const stated = call.request.headers.find("If-None-Match")) {
        auto const tag = tagOf(question, position);
        if (namesTag(*stated, tag)) {
          http::Response unchanged{304, ""};
          addCachingHeaders(unchanged, endpoint, tag);
          return finish(logged(endpoint, call, std::move(unchanged)));
        }
      }
      if (auto const known = live_->answered(position, question)) return finish(logged(endpoint, call, *known));
    }
    if (folds && !folds_.enter()) return finish(tooMany(call.reader, 2));
    auto const waiting = std::make_shared<Call>(std::move(call));
    environment_.later(
        [this, &endpoint, waiting, position, kept, folds, question = std::move(question), finish = std::move(finish)] {
          auto response = endpoint.read(context_, *waiting);
          if (folds) folds_.leave();
          // What was worked out while the ledger went on may be of either moment, and is kept for neither.
          if (kept && response.status == 200 && live_->position() == position) {
            addCachingHeaders(response, endpoint, tagOf(question, position));
            live_->keepAnswer(position, question, std::make_shared<http::Response const>(response));
          }
          finish(logged(endpoint, *waiting, std::move(response)));
        });
  }

  /// What is the same for whoever asks it.
  static std::string questionOf(Endpoint const& endpoint, Call const& call) {
    return std::string(endpoint.operation) + '\n' + call.sight.text() + '\n' + std::string(mediaType(call.media)) +
           (call.reader.language == views::Language::zh ? "\nzh" : "\nen") + call.arguments.canonical();
  }

  std::string tagOf(std::string const& question, std::uint64_t position) const {
    auto const text = context_.ledger.id().text() + FUNDTRAIL_VERSION + '\n' + question;
    auto const hash = crypto::hash(crypto::HashAlgorithm::sha256, crypto::asBytes(text));
    return '"' + std::to_string(position) + '-' + hash.hex().substr(0, 16) + '"';
  }

  static void addCachingHeaders(http::Response& response, Endpoint const& endpoint, std::string const& tag) {
    response.headers.emplace_back("ETag", tag);
    response.headers.emplace_back("Cache-Control",
                                  endpoint.caller == Caller::anyone ? "public, no-cache" : "private, no-cache");
  }

  /// The answer; where it shows an auditor or an administrator what is private, once that is on file.
  http::Response logged(Endpoint const& endpoint, Call const& call, http::Response response) {
    bool const shows = response.status == 200 || response.status == 304;
    if (!endpoint.showsPrivateData || !shows || !call.sight.isWatched() || !call.sight.seesPrivateData()) {
      return response;
    }
    auto target = std::string(nameOf(endpoint.method)) + ' ' + call.request.path;
    if (!call.request.query.empty()) target += '?' + call.request.query;
    auto const recorded = environment_.journal->record({call.now, call.principal->person, call.principal->key.text(),
                                                        call.request.peer, call.request.id, std::move(target)});
    if (recorded) return response;
    complain("a read of private data could not be logged: " + recorded.error().message);
    return answer(call.reader, problemOf(call.reader, recorded.error()));
  }

  void catchUpSoon() {
    if (catchingUp_.exchange(true)) return;
    environment_.later([this] {
      catchingUp_ = false;
      if (auto const done = catchUp(); !done) complain("the ledger cannot be followed: " + done.error().message);
    });
  }

  void complain(std::string const& what) const {
    if (environment_.complain) environment_.complain(what);
  }

  Environment environment_;
  Settings settings_;
  std::unique_ptr<Live> live_;
  Changes changes_;
  Receipts receipts_;
  access::SignIn signIn_;
  access::Sessions sessions_;
  access::RateLimit signIns_;
  access::RateLimit perPeer_;
  access::RateLimit perPrincipal_;
  Gate folds_;
  std::atomic<bool> catchingUp_ = false;
  Context context_;
};

}  // namespace

crypto::Result<std::unique_ptr<Service>> Service::open(ledger::Ledger& ledger, Environment environment,
                                                       Settings settings) {
  auto live = Live::open(ledger.log());
  if (!live) return live.error();
  return std::unique_ptr<Service>(
      std::make_unique<Running>(ledger, std::move(environment), std::move(settings), *std::move(live)));
}

}  // namespace fundtrail::api::service
