// SPDX-License-Identifier: Apache-2.0
#include "ledger/http/client.h"

#include <algorithm>
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

using Take = std::function<bool(std::string_view)>;

/// What came so far.
struct Incoming {
  CURL* handle;
  std::size_t most;
  Take const* take;  // nullptr: all of it is kept
  Answer answer{};
  bool tooLong = false;
  bool ended = false;  // by `take`
};

/// Another number than that of the bytes ends the transfer.
std::size_t takeBody(char const* data, std::size_t size, std::size_t count, void* into) {
  auto& incoming = *static_cast<Incoming*>(into);
  long status = 0;
  curl_easy_getinfo(incoming.handle, CURLINFO_RESPONSE_CODE, &status);
  if (incoming.take != nullptr && status == 200) {
    incoming.ended = !(*incoming.take)({data, size * count});
    return incoming.ended ? 0 : size * count;
  }
  incoming.tooLong = incoming.answer.body.size() + size * count > incoming.most;
  if (incoming.tooLong) return 0;
  incoming.answer.body.append(data, size * count);
  return size * count;
}

std::size_t takeHeader(char const* data, std::size_t size, std::size_t count, void* into) {
  auto& headers = static_cast<Incoming*>(into)->answer.headers;
  std::string_view line(data, size * count);
  auto const colon = line.find(':');
  if (colon == std::string_view::npos) return size * count;
  std::string name(line.substr(0, colon));
  std::ranges::transform(name, name.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
  auto value = line.substr(colon + 1);
  auto const isSpace = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!value.empty() && isSpace(value.front())) value.remove_prefix(1);
  while (!value.empty() && isSpace(value.back())) value.remove_suffix(1);
  headers.insert_or_assign(std::move(name), std::string(value));
  return size * count;
}

Error errorOf(CURLcode code, Request const& request, Incoming const& incoming, std::string_view reason) {
  if (code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL) {
    return {ErrorKind::badInput, fmt::format("{} is no address that begins with http:// or https://", request.url),
            fmt::format("{} 不是以 http:// 或 https:// 开头的网址", request.url)};
  }
  if (incoming.tooLong) {
    return {ErrorKind::io, fmt::format("{} answers with more than {} bytes", request.url, request.mostBytes),
            fmt::format("{} 的回答超过 {} 字节", request.url, request.mostBytes)};
  }
  auto const kind = code == CURLE_PEER_FAILED_VERIFICATION ? ErrorKind::denied : ErrorKind::io;
  auto const why = reason.empty() ? std::string_view(curl_easy_strerror(code)) : reason;
  return {kind, fmt::format("{}: {}", request.url, why), fmt::format("{}：{}", request.url, why)};
}

crypto::Result<Answer> perform(Request const& request, Take const* take) {
  initialise();
  std::unique_ptr<CURL, FreeHandle> const handle(curl_easy_init());
  crypto::ensure(handle != nullptr, "libcurl makes a handle");
  auto const set = [&](CURLoption option, auto value) {
    crypto::ensure(curl_easy_setopt(handle.get(), option, value) == CURLE_OK, "libcurl knows the option");
  };
  std::unique_ptr<curl_slist, FreeHeaders> headers;
  auto const addHeader = [&](std::string const& line) {
    auto* const longer = curl_slist_append(headers.get(), line.c_str());
    crypto::ensure(longer != nullptr, "there is memory for a header");
    static_cast<void>(headers.release());
    headers.reset(longer);
  };
  // Without "Expect:" libcurl waits a second for a permission that small servers never give.
  addHeader("Expect:");
  if (!request.contentType.empty()) addHeader("Content-Type: " + request.contentType);
  for (auto const& [name, value] : request.headers) addHeader(name + ": " + value);
  Incoming incoming{handle.get(), request.mostBytes, take};
  std::array<char, CURL_ERROR_SIZE> reason{};
  set(CURLOPT_URL, request.url.c_str());
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_NOSIGNAL, 1L);  // signals and threads do not go together
  if (take == nullptr) {
    set(CURLOPT_TIMEOUT_MS, long{request.timeout.count()});
  } else {
    set(CURLOPT_CONNECTTIMEOUT_MS, long{request.timeout.count()});
    set(CURLOPT_LOW_SPEED_LIMIT, 1L);
    set(CURLOPT_LOW_SPEED_TIME, long{std::chrono::ceil<std::chrono::seconds>(request.timeout).count()});
  }
  if (request.method == Method::post) {
    set(CURLOPT_POST, 1L);
    set(CURLOPT_POSTFIELDS, reinterpret_cast<char const*>(request.body.data()));
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
  } else if (request.method == Method::remove) {
    set(CURLOPT_CUSTOMREQUEST, "DELETE");
  }
  if (!request.certificates.empty()) {
    curl_blob certificates{};
    certificates.data = const_cast<char*>(request.certificates.data());  // which it only reads
    certificates.len = request.certificates.size();
    certificates.flags = CURL_BLOB_NOCOPY;
    set(CURLOPT_CAINFO_BLOB, &certificates);
    set(CURLOPT_CAPATH, static_cast<char const*>(nullptr));
  }
  set(CURLOPT_HTTPHEADER, headers.get());
  set(CURLOPT_HEADERFUNCTION, &takeHeader);
  set(CURLOPT_HEADERDATA, &incoming);
  set(CURLOPT_WRITEFUNCTION, &takeBody);
  set(CURLOPT_WRITEDATA, &incoming);
  set(CURLOPT_ERRORBUFFER, reason.data());

  auto const done = curl_easy_perform(handle.get());
  if (done != CURLE_OK && !incoming.ended) return errorOf(done, request, incoming, reason.data());
  long status = 0;
  char const* type = nullptr;
  curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(handle.get(), CURLINFO_CONTENT_TYPE, &type);
  incoming.answer.status = static_cast<std::uint16_t>(status);
  incoming.answer.contentType = type == nullptr ? "" : type;
  return std::move(incoming.answer);
}

}  // namespace

crypto::Result<Answer> exchange(Request const& request) {
  return perform(request, nullptr);
}

crypto::Result<Answer> post(Request const& request) {
  crypto::ensure(request.method == Method::post, "the request posts");
  return exchange(request);
}

crypto::Result<Answer> follow(Request const& request, std::function<bool(std::string_view)> const& take) {
  return perform(request, &take);
}

std::string encoded(std::string_view text) {
  constexpr std::string_view kUnreserved = "-._~";
  std::string result;
  for (auto const c : text) {
    bool const isWord = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (isWord || kUnreserved.find(c) != std::string_view::npos) {
      result += c;
    } else {
      result += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return result;
}

}  // namespace fundtrail::ledger::http
