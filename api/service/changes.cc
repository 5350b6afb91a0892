// SPDX-License-Identifier: Apache-2.0
#include "api/service/changes.h"

#include <cstdint>
#include <utility>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "api/service/handlers.h"
#include "api/service/reading.h"
#include "api/views/basis.h"

namespace fundtrail::api::service {

namespace {

std::string messageOf(ledger::projections::Basis const& basis) {
  return fmt::format("id: {}\nevent: position\ndata: {}\n\n", basis.position,
                     boost::json::serialize(views::jsonOf(basis)));
}

}  // namespace

struct Changes::Watchers {
  std::mutex mutex;
  std::uint64_t next = 0;
  boost::unordered_flat_map<std::uint64_t, std::function<void(std::string)>> sends;  // empty: not started yet
};

/// One client's. It may outlive the Changes, and then is told nothing.
class Changes::Watch final : public http::Stream {
 public:
  Watch(std::shared_ptr<Watchers> watchers, std::uint64_t number, std::string first)
      : watchers_(std::move(watchers)), number_(number), first_(std::move(first)) {}
  Watch(Watch const&) = delete;
  Watch& operator=(Watch const&) = delete;
  ~Watch() override {
    std::lock_guard const lock(watchers_->mutex);  // tell() is not sending any more
    watchers_->sends.erase(number_);
  }

  void start(std::function<void(std::string)> send) override {
    std::lock_guard const lock(watchers_->mutex);
    send(std::move(first_));
    watchers_->sends.insert_or_assign(number_, std::move(send));
  }

  std::string heartbeat() const override { return ": \n\n"; }

 private:
  std::shared_ptr<Watchers> watchers_;
  std::uint64_t number_;
  std::string first_;
};

Changes::Changes(std::size_t most) : watchers_(std::make_shared<Watchers>()), most_(most) {}
Changes::~Changes() = default;

std::shared_ptr<http::Stream> Changes::watch(ledger::projections::Basis const& now) {
  std::lock_guard const lock(watchers_->mutex);
  if (watchers_->sends.size() >= most_) return nullptr;
  auto const number = watchers_->next++;
  watchers_->sends.emplace(number, nullptr);
  return std::make_shared<Watch>(watchers_, number, messageOf(now));
}

void Changes::tell(ledger::projections::Basis const& basis) {
  auto const message = messageOf(basis);
  std::lock_guard const lock(watchers_->mutex);
  for (auto& [number, send] : watchers_->sends) {
    if (send) send(message);
  }
}

std::size_t Changes::watching() const {
  std::lock_guard const lock(watchers_->mutex);
  return watchers_->sends.size();
}

http::Response getChanges(Context const& context, Call const& call) {
  auto const basis = context.live.read([](auto const& current) { return current.snapshot().basis; });
  auto stream = context.changes.watch(basis);
  if (!stream) {
    return answer(
        call.reader,
        {429, "tooMany", call.reader.text({"同时关注变化的客户端已达上限", "as many clients watch as may"}), {}, 30});
  }
  http::Response response{200, "text/event-stream; charset=utf-8"};
  response.headers.emplace_back("Cache-Control", "no-store");
  response.headers.emplace_back("X-Accel-Buffering", "no");
  response.stream = std::move(stream);
  return response;
}

}  // namespace fundtrail::api::service
