// SPDX-License-Identifier: Apache-2.0
// The one file that sees Asio's TLS, and OpenSSL through it (docs/decisions/0041).
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include "api/http/transport.h"
#include "crypto/ensure.h"

namespace fundtrail::api::http {

namespace asio = boost::asio;
namespace ssl = asio::ssl;
using asio::ip::tcp;
using boost::system::error_code;
using crypto::ErrorKind;

namespace {

class Secure final : public Transport {
 public:
  Secure(tcp::socket socket, std::shared_ptr<ssl::context> context)
      : context_(std::move(context)), stream_(std::move(socket), *context_) {}

  asio::awaitable<void> open(Error& error) override {
    return stream_.async_handshake(ssl::stream_base::server, asio::redirect_error(asio::use_awaitable, error));
  }
  asio::awaitable<std::size_t> read(asio::mutable_buffer into, Error& error) override {
    return stream_.async_read_some(into, asio::redirect_error(asio::use_awaitable, error));
  }
  asio::awaitable<std::size_t> write(asio::const_buffer from, Error& error) override {
    return stream_.async_write_some(from, asio::redirect_error(asio::use_awaitable, error));
  }
  asio::awaitable<void> finish(Error& error) override {
    return stream_.async_shutdown(asio::redirect_error(asio::use_awaitable, error));
  }

  std::optional<crypto::Bytes> clientCertificate() const override {
    // Asio hands out the native handle of a stream that may be changed only.
    auto* const native = const_cast<Secure*>(this)->stream_.native_handle();
    auto const* const certificate = SSL_get0_peer_certificate(native);
    if (certificate == nullptr || SSL_get_verify_result(native) != X509_V_OK) return std::nullopt;
    auto const size = i2d_X509(certificate, nullptr);
    if (size <= 0) return std::nullopt;
    crypto::Bytes der(static_cast<std::size_t>(size));
    auto* end = der.data();
    i2d_X509(certificate, &end);
    return der;
  }

  tcp::socket& socket() override { return stream_.next_layer(); }

 private:
  std::shared_ptr<ssl::context> context_;
  ssl::stream<tcp::socket> stream_;
};

class SecureTransports final : public Transports {
 public:
  explicit SecureTransports(std::shared_ptr<ssl::context> context) : context_(std::move(context)) {}
  std::unique_ptr<Transport> over(tcp::socket socket) const override {
    return std::make_unique<Secure>(std::move(socket), context_);
  }

 private:
  std::shared_ptr<ssl::context> context_;
};

crypto::Error unusable(std::string const& what, std::string const& whatZh, error_code error) {
  return {ErrorKind::badInput, what + " cannot be used (" + error.message() + "): give another PEM file",
          whatZh + "不可用（" + error.message() + "）：请换一个 PEM 文件"};
}

/// Of what a client offers, HTTP/1.1; who offers none speaks it anyway.
int chooseProtocol(SSL* /*connection*/, unsigned char const** chosen, unsigned char* length,
                   unsigned char const* offered, unsigned offeredLength, void* /*nothing*/) {
  static constexpr unsigned char kHttp11[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
  unsigned char* found = nullptr;
  if (SSL_select_next_proto(&found, length, kHttp11, sizeof kHttp11, offered, offeredLength) !=
      OPENSSL_NPN_NEGOTIATED) {
    return SSL_TLSEXT_ERR_ALERT_FATAL;
  }
  *chosen = found;
  return SSL_TLSEXT_ERR_OK;
}

/// Names the authorities to clients, so that a browser offers the certificates that serve.
void nameAuthorities(SSL_CTX* context, std::string const& pem) {
  std::unique_ptr<BIO, decltype(&BIO_free)> const bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())),
                                                      &BIO_free);
  while (X509* const read = PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)) {
    std::unique_ptr<X509, decltype(&X509_free)> const authority(read, &X509_free);
    SSL_CTX_add_client_CA(context, authority.get());
  }
  ERR_clear_error();  // the end of the text is one
}

crypto::Result<void> askClients(ssl::context& context, Tls const& tls) {
  if (tls.clientAuthorities.empty()) return {};
  error_code error;
  context.add_certificate_authority(asio::buffer(tls.clientAuthorities), error);
  if (error) return unusable("the clients' authorities", "客户端证书的颁发机构", error);
  nameAuthorities(context.native_handle(), tls.clientAuthorities);
  context.set_verify_mode(ssl::verify_peer | (tls.clientsMustShow ? ssl::verify_fail_if_no_peer_cert : 0), error);
  crypto::ensure(!error, "a verify mode can be set");
  return {};
}

}  // namespace

crypto::Result<std::unique_ptr<Transports>> throughTls(Tls const& tls) {
  auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
  auto* const native = context->native_handle();
  crypto::ensure(SSL_CTX_set_min_proto_version(native, TLS1_3_VERSION) == 1, "OpenSSL speaks TLS 1.3");
  SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_num_tickets(native, 1);
  SSL_CTX_set_alpn_select_cb(native, &chooseProtocol, nullptr);
  // Without it, a session of a client that showed a certificate cannot be resumed.
  static constexpr unsigned char kSessions[] = "fundtrail";
  crypto::ensure(SSL_CTX_set_session_id_context(native, kSessions, sizeof kSessions - 1) == 1, "the name is short");
  error_code error;
  context->use_certificate_chain(asio::buffer(tls.certificates), error);
  if (error) return unusable("the server's certificate", "服务器证书", error);
  context->use_private_key(asio::buffer(tls.key), ssl::context::pem, error);
  if (error) return unusable("the key of the server's certificate", "服务器证书的私钥", error);
  if (SSL_CTX_check_private_key(native) != 1) {
    ERR_clear_error();
    return crypto::Error{ErrorKind::badInput,
                         "the key is not that of the server's certificate: give the two that belong together",
                         "私钥与服务器证书不配：请给出成对的文件"};
  }
  if (auto const asked = askClients(*context, tls); !asked) return asked.error();
  return std::unique_ptr<Transports>(std::make_unique<SecureTransports>(std::move(context)));
}

}  // namespace fundtrail::api::http
