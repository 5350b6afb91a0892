// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/json.hpp>

#include "api/access/journal.h"
#include "api/http/message.h"
#include "api/service/service.h"
#include "crypto/keys.h"
#include "ledger/domain/date.h"
#include "ledger/ledger.h"
#include "ledger/log/memory_log.h"
#include "ledger/simulation/simulation.h"

namespace fundtrail::tests {

/// What a test wrote down of the reads of private data; fails when told to.
class NotedReads final : public api::access::Journal {
 public:
  crypto::Result<void> record(api::access::PrivateRead const& read) override;
  [[nodiscard]] std::vector<api::access::PrivateRead> all() const;
  std::atomic<bool> fails = false;

 private:
  mutable std::mutex mutex_;
  std::vector<api::access::PrivateRead> reads_;
};

using HeaderList = std::vector<std::pair<std::string, std::string>>;

/// A simulated ledger behind a service, on a day after its last event, with a person for every role. No socket, and no
/// clock but the test's: what the service does later, it does at once.
class Served {
 public:
  explicit Served(api::service::Settings settings = defaults(), std::size_t queueCapacity = 1024);
  ~Served();

  [[nodiscard]] static api::service::Settings defaults();

  [[nodiscard]] api::http::Response ask(api::http::Request request);
  [[nodiscard]] api::http::Response get(std::string_view target, std::string_view token = {},
                                        HeaderList const& headers = {});
  [[nodiscard]] api::http::Response post(std::string_view target, std::string body, std::string_view token = {},
                                         HeaderList const& headers = {});

  /// Signs in, by the front door.
  [[nodiscard]] std::string signIn(std::string const& person);
  [[nodiscard]] crypto::PrivateKey keyOf(std::string const& person) const;
  /// Somebody who holds that role today, there, and no other; empty where nobody does.
  [[nodiscard]] std::string personWith(ledger::schema::Role role, std::optional<unsigned> region = {}) const;

  /// Prepares, signs and hands in a batch file, all through the service.
  [[nodiscard]] api::http::Response submit(std::string const& person, std::string const& file,
                                           std::string_view query = {});
  /// The parcel that submit() would hand in, as its JSON.
  [[nodiscard]] std::string signedBatch(std::string const& person, std::string const& file);

  /// Gives somebody a key and a role.
  void appoint(std::string const& person, std::string const& organisation, std::string_view role, unsigned region);
  void revoke(std::string const& person);

  [[nodiscard]] ledger::Ledger& ledger() { return *ledger_; }
  [[nodiscard]] api::service::Service& service() { return *service_; }
  [[nodiscard]] NotedReads& reads() { return reads_; }
  [[nodiscard]] std::string dateNumber() const;
  void wait(std::int64_t milliseconds);

  /// What the service is told to do later: at once, unless a test holds it up.
  std::function<void(std::function<void()>)> later;

 private:
  std::string administer(std::string const& person, std::string const& event);

  ledger::simulation::Simulation simulation_;
  std::shared_ptr<ledger::log::MemoryLog> store_;
  std::unique_ptr<ledger::Ledger> ledger_;
  NotedReads reads_;
  std::atomic<std::int64_t> now_;
  std::atomic<std::uint64_t> random_ = 0;
  std::unique_ptr<api::service::Service> service_;
};

/// One that several tests read and none changes.
Served& sharedServed();

[[nodiscard]] std::string headerOf(api::http::Response const& response, std::string_view name);
/// The body, which must be JSON.
[[nodiscard]] boost::json::value jsonOf(api::http::Response const& response);

}  // namespace fundtrail::tests
