// SPDX-License-Identifier: Apache-2.0
#include "ledger/http/post.h"

#include <array>
#include <curl/curl.h>
#include <memory>

#include <fmt/format.h>

#include "crypto/ensure.h"

namespace fundtrail::ledger::http {

using crypto::Error;
using crypto::ErrorKind;

namespace {

struct FreeHandle {
  void operator()(CURL* handle) const noexcept { curl_easy_cleanup(handle); }
};
struct FreeHeaders {
  void operator()(curl_slist* headers) const noexcept { curl_slist_free_all(headers); }
};

/// libcurl's own state: made once, before any thread needs it, and never taken down.
void initialise() {
  static bool const done = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  crypto::ensure(done, "libcurl starts");
}

struct Body {
  std::string text;
  std::size_t most;
};

/// Another number than that of the bytes ends the transfer.
std::size_t take(char const* data, std::size_t size, std::size_t count, void* into) {
  auto& body = *static_cast<Body*>(into);
  if (body.text.size() + size * count > body.most) return 0;
  body.text.append(data, size * count);
  return size * count;
}

}  // namespace

crypto::Result<Answer> post(Request const& request) {
  initialise();
  std::unique_ptr<CURL, FreeHandle> const handle(curl_easy_init());
  crypto::ensure(handle != nullptr, "libcurl makes a handle");
  auto const set = [&](CURLoption option, auto value) {
    crypto::ensure(curl_easy_setopt(handle.get(), option, value) == CURLE_OK, "libcurl knows the option");
  };
  // Without "Expect:" libcurl waits a second for a permission that small servers never give.
  auto const contentType = "Content-Type: " + request.contentType;
  std::unique_ptr<curl_slist, FreeHeaders> headers(curl_slist_append(nullptr, contentType.c_str()));
  crypto::ensure(headers != nullptr, "there is memory for a header");
  crypto::ensure(curl_slist_append(headers.get(), "Expect:") != nullptr, "there is memory for a header");
  Body body{{}, request.mostBytes};
  std::array<char, CURL_ERROR_SIZE> reason{};
  set(CURLOPT_URL, request.url.c_str());
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_NOSIGNAL, 1L);  // signals and threads do not go together
  set(CURLOPT_TIMEOUT_MS, long{request.timeout.count()});
  set(CURLOPT_POST, 1L);
  set(CURLOPT_POSTFIELDS, reinterpret_cast<char const*>(request.body.data()));
  set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
  set(CURLOPT_HTTPHEADER, headers.get());
  set(CURLOPT_WRITEFUNCTION, &take);
  set(CURLOPT_WRITEDATA, &body);
  set(CURLOPT_ERRORBUFFER, reason.data());

  auto const done = curl_easy_perform(handle.get());
  if (done == CURLE_URL_MALFORMAT || done == CURLE_UNSUPPORTED_PROTOCOL) {
    return Error{ErrorKind::badInput, fmt::format("{} is no address that begins with http:// or https://", request.url),
                 fmt::format("{} 不是以 http:// 或 https:// 开头的网址", request.url)};
  }
  if (done == CURLE_WRITE_ERROR && body.text.size() <= body.most) {
    return Error{ErrorKind::io, fmt::format("{} answers with more than {} bytes", request.url, request.mostBytes),
                 fmt::format("{} 的回答超过 {} 字节", request.url, request.mostBytes)};
  }
  if (done != CURLE_OK) {
    auto const why = reason.front() != '\0' ? reason.data() : curl_easy_strerror(done);
    return Error{ErrorKind::io, fmt::format("{}: {}", request.url, why), fmt::format("{}：{}", request.url, why)};
  }
  long status = 0;
  char const* type = nullptr;
  curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(handle.get(), CURLINFO_CONTENT_TYPE, &type);
  return Answer{static_cast<std::uint16_t>(status), type == nullptr ? "" : type, std::move(body.text)};
}

}  // namespace fundtrail::ledger::http
