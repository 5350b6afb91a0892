// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "crypto/result.h"
#include "ledger/commandline/session.h"

namespace fundtrail::api::keys {

using ledger::commandline::Session;

/// A text that is wiped when it goes. Movable.
class Secret {
 public:
  explicit Secret(std::string text) : text_(std::move(text)) {}
  Secret(Secret&& other) noexcept : text_(std::move(other.text_)) { other.wipe(); }
  Secret& operator=(Secret&&) = delete;
  ~Secret() { wipe(); }
  [[nodiscard]] std::string_view view() const { return text_; }

 private:
  void wipe();
  std::string text_;
};

/// Where a password comes from: the file that the command line names (its first line), the environment's
/// FUNDTRAIL_PASSWORD, or the terminal, without echo; in this order.
struct PasswordSource {
  std::optional<std::filesystem::path> file;
};

/// The password of a key that exists. `of` says whose it is. Error: badInput where there is nobody to ask.
crypto::Result<Secret> askPassword(Session const& session, PasswordSource const& source, std::string_view of);

/// A password for new keys: typed twice at the terminal. Error: badInput for an empty one.
crypto::Result<Secret> askNewPassword(Session const& session, PasswordSource const& source, std::string_view of);

/// The error of a password that does not open what it is of, with where the password came from. badInput.
crypto::Error wrongPassword(Session const& session, PasswordSource const& source, std::string_view of);

/// The file's or the environment's password; nothing where neither is given.
crypto::Result<std::optional<Secret>> givenPassword(Session const& session, PasswordSource const& source);

}  // namespace fundtrail::api::keys
