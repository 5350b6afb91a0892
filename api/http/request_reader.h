// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "api/http/message.h"

namespace fundtrail::api::http {

struct ReadLimits {
  std::size_t mostBody;
  std::uint32_t mostHeader;
};

/// Turns the bytes of one HTTP/1.x message into a request (RFC 9112), over Beast's parser. Knows no socket and no
/// clock. Stricter than the parser where two readers of the same bytes might find different requests in them: a message
/// with both a length and a transfer coding, any coding but chunked, a target that is no path, none or several Host
/// fields. Fields behind a chunked body are dropped.
class RequestReader {
 public:
  enum class Stage : std::uint8_t {
    head,
    body,     // the head is whole: keepAlive() and expectsContinue() are known
    whole,    // take no more; request()
    refused,  // take no more; refusal()
  };

  explicit RequestReader(ReadLimits limits);
  RequestReader(RequestReader const&) = delete;
  RequestReader& operator=(RequestReader const&) = delete;
  ~RequestReader();

  /// Takes what it can from the front of the bytes, and says how many. What is left must come again, with more behind
  /// it; it is never longer than the limit of the header and some bytes.
  std::size_t take(std::string_view bytes);

  [[nodiscard]] Stage stage() const { return stage_; }
  /// The status that says why: 400, 413, 417, 431, 501.
  [[nodiscard]] std::uint16_t refusal() const { return refusal_; }
  [[nodiscard]] bool keepAlive() const { return keepAlive_; }
  /// HTTP/1.0 or 1.1, as 10 or 11; 11 while that is not known.
  [[nodiscard]] unsigned version() const { return version_; }
  /// The client sends the body when it is told to.
  [[nodiscard]] bool expectsContinue() const { return expectsContinue_; }
  /// Bytes of the body that were taken.
  [[nodiscard]] std::size_t bodySize() const;

  /// Moves the request out; what only a server knows of it (id, peer) is left empty. Once.
  [[nodiscard]] Request request();

 private:
  struct Parsing;
  void readHead();
  void refuse(std::uint16_t status);

  ReadLimits limits_;
  std::unique_ptr<Parsing> parsing_;
  Request request_;
  Stage stage_ = Stage::head;
  std::uint16_t refusal_ = 0;
  unsigned version_ = 11;
  bool keepAlive_ = false;
  bool expectsContinue_ = false;
  bool chunked_ = false;
};

}  // namespace fundtrail::api::http
