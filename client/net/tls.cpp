#include "client/net/tls.h"

#include <string>

#include <boost/asio/error.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/http/error.hpp>
#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace stimme::client {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
namespace ssl = asio::ssl;
using boost::system::error_code;

Error file_error(const char* code, const std::filesystem::path& path, const error_code& error) {
    return invalid(code, fmt::format("{}: {}", path.string(), error.message()));
}

Status load_identity(ssl::context& context, const ClientConfig& config) {
    if (config.certificate.empty() && config.key.empty()) return {};
    error_code error;
    // Without an answer here OpenSSL would ask at the terminal for the password of an encrypted key.
    context.set_password_callback([](std::size_t, ssl::context::password_purpose) { return std::string(); },
                                  error);
    context.use_certificate_chain_file(config.certificate.string(), error);
    if (error) return file_error("certificate-unreadable", config.certificate, error);
    context.use_private_key_file(config.key.string(), ssl::context::pem, error);
    if (error) return file_error("key-unreadable", config.key, error);
    return {};
}

bool is_ip_address(const std::string& host) {
    error_code error;
    asio::ip::make_address(host, error);
    return !error;
}

// Alerts that the other end has sent stand above this number among OpenSSL's reasons.
constexpr int first_alert = 1000;

Error tls_error(const error_code& error, SSL* tls, const std::string& host) {
    const long verdict = tls == nullptr ? X509_V_OK : SSL_get_verify_result(tls);
    if (verdict != X509_V_OK) {
        return forbidden("tls-untrusted", fmt::format("{} can't be trusted: {}", host,
                                                      X509_verify_cert_error_string(verdict)));
    }
    if (ERR_GET_REASON(static_cast<unsigned long>(error.value())) >= first_alert) {
        return forbidden(
            "tls-refused",
            fmt::format("{} refuses this machine's certificate or TLS version: {}", host, error.message()));
    }
    return unavailable("network-unreachable",
                       fmt::format("{}: no secure connection: {}", host, error.message()));
}

bool is_http(const error_code& error) {
    return error.category() == http::make_error_code(http::error::bad_method).category() &&
           error != http::error::end_of_stream && error != http::error::partial_message;
}

}  // namespace

Result<TlsContext> client_tls(const ClientConfig& config) {
    auto context = std::make_unique<ssl::context>(ssl::context::tls_client);
    SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_2_VERSION);
    SSL_CTX_set_options(context->native_handle(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    error_code error;
    context->set_verify_mode(ssl::verify_peer, error);
    context->load_verify_file(config.ca.string(), error);
    if (error) return file_error("certificate-unreadable", config.ca, error);
    STIMME_CHECK(load_identity(*context, config));
    return context;
}

void expect_host(SSL* tls, const std::string& host) {
    if (is_ip_address(host)) {
        X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(tls), host.c_str());
    } else {
        SSL_set1_host(tls, host.c_str());
        SSL_set_tlsext_host_name(tls, host.c_str());
    }
}

Error connection_error(const error_code& error, SSL* tls, const std::string& host) {
    if (error == boost::beast::error::timeout) {
        return unavailable("network-timeout", fmt::format("{} took too long to answer", host));
    }
    if (error == http::error::body_limit) {
        return invalid("answer-too-large", fmt::format("the answer of {} is larger than expected", host));
    }
    if (is_http(error)) {
        return corrupt("answer-malformed", fmt::format("{} doesn't speak HTTP: {}", host, error.message()));
    }
    if (error.category() == asio::error::get_ssl_category()) return tls_error(error, tls, host);
    return unavailable("network-unreachable", fmt::format("{}: {}", host, error.message()));
}

}  // namespace stimme::client
