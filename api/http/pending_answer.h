// SPDX-License-Identifier: Apache-2.0
// Private to this folder.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#include "api/http/message.h"

namespace fundtrail::api::http {

/// Where the one answer to a request arrives, from whatever thread, while its connection waits or after it has gone.
/// Shared by the two sides.
class PendingAnswer {
 public:
  /// What a handler is given. Dropped unused, all copies of it, it answers that the handler failed.
  [[nodiscard]] static Answer answerTo(std::shared_ptr<PendingAnswer> pending);

  /// The handler failed, unless it has answered already.
  void fail();

  /// The connection's side: the answer if it is there; otherwise `wake` is called once when it is, from any thread.
  /// Nothing in it: the handler failed.
  struct Arrived {
    std::optional<Response> response;
  };
  [[nodiscard]] std::optional<Arrived> take(std::function<void()> wake);
  /// The connection's side: nobody waits any more. After it has returned, `wake` is neither called nor kept.
  void abandon();

 private:
  void arrive(std::optional<Response> response);

  std::mutex mutex_;
  bool answered_ = false;
  std::optional<Arrived> arrived_;
  std::function<void()> wake_;
};

}  // namespace fundtrail::api::http
