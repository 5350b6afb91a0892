// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>

namespace fundtrail::crypto {

/// What a caller can do about an error: programs map it to exit codes and HTTP statuses.
enum class ErrorKind : std::uint8_t {
  badInput,     ///< The bytes or the arguments are not what the function takes: correct them.
  notFound,     ///< The thing asked for is not there.
  io,           ///< A file, a disk or a connection failed: trying again may help.
  denied,       ///< A password, a signature or a permission does not hold.
  conflict,     ///< The request contradicts what is already recorded.
  corrupt,      ///< What was stored is not what was written: restore it.
  unsupported,  ///< Well-formed, but of a kind that this version does not handle.
};

/// Why a function could not do its work. `message` is one line without a final full stop; it says what is wrong and
/// what to do. `zh` says the same in Chinese, for errors that the people who keep the books meet; it is empty for those
/// that concern only who looks after the machine.
struct Error {
  ErrorKind kind;
  std::string message;
  std::string zh{};

  /// The same error, said of the part that `where` names.
  [[nodiscard]] Error of(std::string const& where) const { return of(where, where); }
  [[nodiscard]] Error of(std::string const& where, std::string const& whereZh) const {
    return {kind, where + ": " + message, zh.empty() ? zh : whereZh + "：" + zh};
  }

  friend bool operator==(Error const&, Error const&) = default;
};

/// A value, or the error that stands in its place. Every module reports I/O failures and bad input with it
/// (`Result<void>` where there is no value). Asking an error for its value is a bug: the program aborts with the
/// message.
template <class T>
using Result = boost::system::result<T, Error>;

/// What Result::value() calls when there is none; found by argument-dependent lookup.
[[noreturn]] void throw_exception_from_error(Error const& error, boost::source_location const& where);

}  // namespace fundtrail::crypto
