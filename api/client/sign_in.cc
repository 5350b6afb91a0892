// SPDX-License-Identifier: Apache-2.0
#include "api/client/sign_in.h"

#include <cstdlib>
#include <sys/stat.h>
#include <system_error>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "ledger/files/files.h"
#include "ledger/http/client.h"

namespace fundtrail::api::client {

namespace fs = std::filesystem;
namespace files = ledger::files;
namespace json = boost::json;
using crypto::Error;
using crypto::ErrorKind;
using crypto::Result;

namespace {

constexpr std::size_t kMostFile = 1'000'000;

fs::path fileOf(fs::path const& folder, std::string_view server) {
  return folder / (ledger::http::encoded(server) + ".json");
}

Error unreadable(fs::path const& file) {
  return {ErrorKind::badInput, fmt::format("{} does not read: remove it, and sign in again", file.string()),
          fmt::format("{} 无法解析：请删除后重新登录", file.string())};
}

}  // namespace

Result<fs::path> signInFolder() {
  auto const variable = [](char const* name) {
    auto const* const value = std::getenv(name);
    return std::string_view(value == nullptr ? "" : value);
  };
  if (auto const state = variable("XDG_STATE_HOME"); !state.empty()) return fs::path(state) / "fundtrail" / "servers";
  auto const home = variable("HOME");
  if (home.empty()) {
    return Error{ErrorKind::badInput, "neither HOME nor XDG_STATE_HOME is set: where sign-ins are kept is not known",
                 "未设置 HOME 或 XDG_STATE_HOME：不知道登录状态存放在哪里"};
  }
  return fs::path(home) / ".local" / "state" / "fundtrail" / "servers";
}

Result<std::optional<SignIn>> loadSignIn(fs::path const& folder, std::string_view server) {
  auto const file = fileOf(folder, server);
  struct stat status {};
  if (::stat(file.c_str(), &status) == 0 && (status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return Error{ErrorKind::denied,
                 fmt::format("{} can be read by others, who could act in your name: chmod 600 it, or sign in again",
                             file.string()),
                 fmt::format("{} 可被他人读取并冒用：请 chmod 600，或重新登录", file.string())};
  }
  auto const text = files::readFile(file, kMostFile);
  if (!text && text.error().kind == ErrorKind::notFound) return std::nullopt;
  if (!text) return text.error();
  std::error_code code;
  auto const value = json::parse(*text, code);
  auto const* const object = code ? nullptr : value.if_object();
  if (object == nullptr) return unreadable(file);
  SignIn signIn;
  for (auto const& [name, field] : {std::pair("server", &signIn.server), std::pair("token", &signIn.token),
                                    std::pair("certificates", &signIn.certificates),
                                    std::pair("person", &signIn.person), std::pair("expiresAt", &signIn.expiresAt)}) {
    auto const* const found = object->if_contains(name);
    auto const* const string = found == nullptr ? nullptr : found->if_string();
    if (string == nullptr) return unreadable(file);
    *field = std::string(*string);
  }
  if (signIn.server != server) return unreadable(file);
  return signIn;
}

Result<void> storeSignIn(fs::path const& folder, SignIn const& signIn) {
  std::error_code code;
  fs::create_directories(folder, code);
  if (code) return files::fileError(folder, code.value());
  auto const text = json::serialize(json::object{{"server", signIn.server},
                                                 {"certificates", signIn.certificates},
                                                 {"token", signIn.token},
                                                 {"person", signIn.person},
                                                 {"expiresAt", signIn.expiresAt}}) +
                    '\n';
  auto const file = fileOf(folder, signIn.server);
  auto next = file;
  next += ".new";
  fs::remove(next, code);
  if (auto const written = files::writeNewFile(next, text, files::Access::owner); !written) return written;
  fs::rename(next, file, code);
  if (code) return files::fileError(file, code.value());
  return files::syncDirectory(folder);
}

Result<void> forgetSignIn(fs::path const& folder, std::string_view server) {
  auto const file = fileOf(folder, server);
  std::error_code code;
  fs::remove(file, code);
  if (code) return files::fileError(file, code.value());
  return {};
}

}  // namespace fundtrail::api::client
