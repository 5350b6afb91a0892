// SPDX-License-Identifier: Apache-2.0
#include "api/daemon/daemon.h"

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "api/daemon/certificate.h"
#include "api/daemon/log.h"
#include "api/daemon/metrics.h"
#include "api/daemon/operations.h"
#include "api/daemon/read_journal.h"
#include "api/daemon/witnessing.h"
#include "api/daemon/workers.h"
#include "api/directory/ledger_directory.h"
#include "api/http/server.h"
#include "api/service/problem.h"
#include "api/service/service.h"
#include "api/views/reader.h"
#include "crypto/keys.h"
#include "crypto/log_policy.h"
#include "ledger/attestation/attestations.h"
#include "ledger/files/files.h"
#include "ledger/http/client.h"
#include "ledger/ledger.h"

namespace fundtrail::api::daemon {

namespace fs = std::filesystem;
namespace files = ledger::files;
using crypto::Result;
using directory::LedgerDirectory;
using ledger::commandline::Session;

namespace {

constexpr std::size_t kMostPolicy = 1'000'000;

std::chrono::seconds clockSeconds() {
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::milliseconds(directory::now().milliseconds()));
}

/// SIGTERM, SIGINT and SIGHUP, which no thread but the one that waits gets.
class Signals {
 public:
  Signals() {
    sigemptyset(&set_);
    for (int const signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&set_, signal);
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
    // A client that hangs up is an error of writing to it.
    std::signal(SIGPIPE, SIG_IGN);
  }
  [[nodiscard]] int wait() const {
    int got = 0;
    sigwait(&set_, &got);
    return got;
  }

 private:
  sigset_t set_{};
};

/// Where the password of the log's key is, if not beside it: what the configuration names, else systemd's credential.
std::optional<fs::path> passwordFile(config::Config::Ledger const& config) {
  if (!config.logPasswordFile.empty()) return config.logPasswordFile;
  auto const* const folder = std::getenv("CREDENTIALS_DIRECTORY");
  if (folder == nullptr) return std::nullopt;
  auto file = fs::path(folder) / "log.password";
  std::error_code ignored;  // a folder that cannot be looked at holds no credential of ours
  return fs::exists(file, ignored) ? std::optional(std::move(file)) : std::nullopt;
}

http::Options serverOptions(config::Config::Server const& config, http::Options options) {
  options.threads = static_cast<unsigned>(config.threads);
  options.mostConnections = config.connections;
  options.mostConnectionsOfPeer = config.connectionsPerAddress;
  options.mostHeader = static_cast<std::uint32_t>(config.headerBytes);
  options.mostBody = config.bodyBytes;
  options.mostBodies = config.bodiesBytes;
  options.mostUnsent = config.streamBytes;
  options.leastRate = config.leastBytesPerSecond;
  options.patience = std::chrono::seconds(config.patienceSeconds);
  options.idle = std::chrono::seconds(config.idleSeconds);
  options.heartbeat = std::chrono::seconds(config.heartbeatSeconds);
  options.grace = std::chrono::seconds(config.graceSeconds);
  return options;
}

MetricsAccess accessNamed(std::string_view name) {
  if (name == "everyone") return MetricsAccess::everyone;
  return name == "off" ? MetricsAccess::off : MetricsAccess::loopback;
}

/// What the transport answers where the service is not asked: as the service would, in a language that it cannot know.
http::Response complaint(std::uint16_t status) {
  views::Reader const reader(ledger::schema::Language::en);
  auto const say = [&](std::string_view name, Text const& text) {
    auto const detail = fmt::format("{}; {}", text.en, text.zh);
    auto const wait = status == 503 ? std::optional<std::uint32_t>(1) : std::nullopt;
    return service::answer(reader, {status, name, detail, {}, wait});
  };
  switch (status) {
    case 413: return say("tooLarge", {"请求正文过大", "the body is too large"});
    case 417: return say("badInput", {"只支持 Expect: 100-continue", "only 100-continue can be expected"});
    case 431: return say("tooLarge", {"请求头过大", "the header is too large"});
    case 500: return say("fault", {"服务器内部错误", "the server has a fault of its own"});
    case 501: return say("badInput", {"只支持分块传输编码", "only the transfer coding chunked is understood"});
    case 503: return say("busy", {"暂时过忙，请稍后再试", "too much at once: try again in a moment"});
    default: return say("badInput", {"这不是 HTTP/1.1 请求", "this is no HTTP/1.1 request"});
  }
}

/// The line of a request: who asked for which endpoint and how it ended, and nothing of what was asked or answered.
void logExchange(Log& log, http::Exchange const& exchange) {
  bool const operational =
      exchange.endpoint == "/healthz" || exchange.endpoint == "/readyz" || exchange.endpoint == "/metrics";
  auto const level = exchange.status >= 500 ? Level::warning : operational ? Level::debug : Level::info;
  log.write(level, {"请求", "request"},
            {{"id", exchange.id},
             {"peer", exchange.peer},
             {"method", nameOf(exchange.method)},
             {"endpoint", exchange.endpoint},
             {"status", std::uint64_t{exchange.status}},
             {"microseconds", std::int64_t{exchange.duration.count()}},
             {"received", std::uint64_t{exchange.received}},
             {"sent", std::uint64_t{exchange.sent}},
             {"principal", exchange.principal},
             {"whole", exchange.whole}});
}

Result<std::unique_ptr<Witnessing>> startWitnessing(config::Config::Witnesses const& config,
                                                    LedgerDirectory const& directory, ledger::Ledger const& ledger,
                                                    Log& log) {
  if (config.policy.empty()) return std::unique_ptr<Witnessing>();
  auto const text = files::readFile(config.policy, kMostPolicy);
  if (!text) return text.error();
  auto policy = crypto::LogPolicy::parse(*text);
  if (!policy) return policy.error().of(config.policy.string());
  return std::make_unique<Witnessing>(ledger, *std::move(policy),
                                      ledger::attestation::Attestations(directory.attestations()),
                                      std::chrono::seconds(config.everySeconds), &ledger::http::post, log);
}

/// Everything that serves. It ends with the server, which answers what it accepted; then with those whom it asks.
class Running {
 public:
  static Result<std::unique_ptr<Running>> start(Session const& session, config::Config const& config) {
    auto listen = http::parseListen(config.server.listen);
    if (!listen) return listen.error().of("server.listen");
    std::unique_ptr<Running> running(new Running(session, config));
    auto& self = *running;
    ledger::Options ledgerOptions;
    ledgerOptions.checkThreads = static_cast<unsigned>(config.ledger.checkThreads);
    ledgerOptions.queueCapacity = config.ledger.queueBatches;
    auto ledger = self.directory_.openForWriting(
        session, passwordFile(config.ledger), [](ledger::domain::Instant) { return directory::now(); }, ledgerOptions);
    if (!ledger) return ledger.error();
    self.ledger_ = *std::move(ledger);
    auto options = serverOptions(config.server, *std::move(listen));
    if (config.tls.enabled) {
      auto const certificate = self.readTls();
      if (!certificate) return certificate.error();
      options.tls = certificate->tls;
      self.certificate_ = *certificate;
    }
    options.observe = [&self](http::Exchange const& exchange) {
      self.metrics_.observe(exchange);
      logExchange(self.log_, exchange);
    };
    auto witnessing = startWitnessing(config.witnesses, self.directory_, *self.ledger_, self.log_);
    if (!witnessing) return witnessing.error();
    self.witnessing_ = *std::move(witnessing);
    options.complain = &complaint;
    auto journal = ReadJournal::open(self.directory_.root() / "journal" / "private-reads.jsonl");
    if (!journal) return journal.error();
    self.journal_ = *std::move(journal);
    auto server = http::Server::listen(options, withOperations(self.probes(), self.ledgerHandler()));
    if (!server) return server.error();
    self.server_ = *std::move(server);
    self.serving_ = self.server_.get();
    // After the server, whose address clients sign when they sign in; until then it answers that it is not ready.
    auto service = service::Service::open(*self.ledger_, self.environment(), self.serviceSettings());
    if (!service) return service.error();
    self.service_ = *std::move(service);
    self.answering_ = self.service_.get();
    return running;
  }

  void announce(Session const& session) const {
    if (certificate_ && certificate_->selfSigned) {
      session.out << session.text(
          {"自签证书 {}\n指纹（SHA-256）{}\n", "self-signed certificate {}\nfingerprint (SHA-256) {}\n"},
          certificate_->selfSigned->string(), fingerprintText(certificate_->fingerprint));
    }
    session.out << session.text({"服务地址 {}\n", "listening on {}\n"}, server_->url()) << std::flush;
  }

  /// Until a signal ends it.
  void run(Signals const& signals) {
    log_.write(Level::info, {"开始服务", "serving"}, {{"url", server_->url()}, {"version", FUNDTRAIL_VERSION}});
    while (signals.wait() == SIGHUP) reload();
    log_.write(Level::info, {"正在停止：答复已收下的请求", "stopping: what was accepted is answered"});
    stop();
    log_.write(Level::info, {"已停止", "stopped"});
  }

  /// What could not be started is ended the same way.
  ~Running() { stop(); }
  Running(Running const&) = delete;
  Running& operator=(Running const&) = delete;

 private:
  Running(Session const& session, config::Config config)
      : config_(std::move(config)),
        log_(formatNamed(config_.log.format), levelNamed(config_.log.level), session.language),
        metrics_(FUNDTRAIL_VERSION),
        directory_(config_.ledger.directory),
        workers_(
            std::make_unique<Workers>(static_cast<unsigned>(config_.server.workers), [this](std::string_view what) {
              log_.write(Level::error, {"处理请求时出错", "an answer failed"}, {{"reason", what}});
            })) {}

  [[nodiscard]] Result<Certificate> readTls() const {
    return readCertificate(config_.tls, directory_.root() / "tls", clockSeconds());
  }

  void stop() {
    stopping_ = true;
    serving_ = nullptr;
    server_.reset();
    witnessing_.reset();
    // What was handed in is recorded, though nobody may be there any more to be told.
    if (ledger_) ledger_->drain();
    workers_.reset();
    answering_ = nullptr;
    service_.reset();
    ledger_.reset();
  }

  /// What the ledger answers, beside what operators ask.
  [[nodiscard]] http::AsyncHandler ledgerHandler() {
    return [this](http::Request request, http::Answer const& answer) {
      auto* const service = answering_.load();
      if (service == nullptr) return answer(complaint(503));
      service->handle(std::move(request), answer);
    };
  }

  [[nodiscard]] service::Environment environment() {
    service::Environment environment;
    environment.now = &directory::now;
    environment.random = &crypto::randomBytes;
    environment.later = [this](std::function<void()> work) { workers_->later(std::move(work)); };
    environment.journal = journal_.get();
    environment.cosigned = [attestations = ledger::attestation::Attestations(directory_.attestations())](
                               std::string const& checkpoint, std::uint64_t batches) {
      return ledger::attestation::bestNote(attestations, checkpoint, batches);
    };
    environment.complain = [this](std::string_view what) {
      log_.write(Level::error, {"服务出错", "the service complains"}, {{"reason", what}});
    };
    return environment;
  }

  [[nodiscard]] service::Settings serviceSettings() const {
    service::Settings settings;
    settings.audience = config_.server.publicUrl.empty() ? server_->url() : config_.server.publicUrl;
    settings.sessions.lifetime = static_cast<std::int64_t>(config_.access.sessionSeconds) * 1000;
    auto const rate = [](std::uint64_t perSecond) {
      // What a second allows may come at once, and some more.
      auto const allowed = static_cast<std::uint32_t>(perSecond);
      return access::RateLimit::Rate{allowed, allowed == 0 ? 1 : 2 * allowed};
    };
    settings.perPeer = rate(config_.access.requestsPerAddress);
    settings.perPrincipal = rate(config_.access.requestsPerPerson);
    settings.mostStreams = config_.server.streams;
    return settings;
  }

  [[nodiscard]] Probes probes() {
    Probes probes;
    probes.access = accessNamed(config_.metrics.access);
    probes.unready = [this]() -> std::optional<std::string> {
      if (stopping_) return "stopping";
      if (answering_ == nullptr) return "starting";
      if (auto const checkpoint = ledger_->log().checkpoint(); !checkpoint) return "the ledger's store cannot be read";
      return std::nullopt;
    };
    probes.metrics = [this] {
      LedgerFigures figures;
      auto const size = ledger_->log().size();
      figures.batches = size.batches;
      figures.events = size.events;
      figures.logDropped = log_.dropped();
      if (witnessing_) {
        figures.witnessedBatches = witnessing_->batches();
        figures.witnessedTime = witnessing_->time();
      }
      auto* const server = serving_.load();
      return metrics_.text(server == nullptr ? http::Counts{} : server->counts(), figures);
    };
    return probes;
  }

  void reload() {
    if (auto const reopened = journal_->reopen(); !reopened) {
      log_.write(Level::error,
                 {"阅览记录文件未能重新打开，仍写原来的",
                  "the journal of private reads could not be opened anew: the old file goes on"},
                 {{"reason", reopened.error().message}});
    }
    if (!config_.tls.enabled) return;
    auto certificate = readTls();
    auto replaced = certificate ? server_->replaceTls(certificate->tls) : Result<void>(certificate.error());
    if (!replaced) {
      log_.write(Level::error,
                 {"证书未能重新读取，仍用原来的", "the certificate could not be read anew: the old one stays"},
                 {{"reason", replaced.error().message}});
      return;
    }
    auto const fingerprint = fingerprintText(certificate->fingerprint);
    log_.write(Level::info, {"已重新读取证书", "read the certificate anew"}, {{"fingerprint", fingerprint}});
    certificate_ = *std::move(certificate);
  }

  config::Config const config_;
  Log log_;
  Metrics metrics_;
  LedgerDirectory const directory_;
  std::optional<Certificate> certificate_;
  std::unique_ptr<Workers> workers_;
  std::unique_ptr<ReadJournal> journal_;
  std::unique_ptr<ledger::Ledger> ledger_;
  std::unique_ptr<service::Service> service_;
  std::atomic<service::Service*> answering_ = nullptr;  // the same, once it is open
  std::unique_ptr<Witnessing> witnessing_;
  std::unique_ptr<http::Server> server_;
  std::atomic<http::Server*> serving_ = nullptr;  // the same, for its own threads: it answers before it is kept here
  std::atomic<bool> stopping_ = false;
};

}  // namespace

Result<void> serve(Session const& session, config::Config const& config) {
  Signals const signals;
  auto const running = Running::start(session, config);
  if (!running) return running.error();
  (*running)->announce(session);
  (*running)->run(signals);
  return {};
}

}  // namespace fundtrail::api::daemon
