#include "core/net/client/tls.h"

#include <optional>
#include <string>
#include <utility>

#include <boost/asio/error.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/http/error.hpp>
#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "core/base/clock.h"
#include "core/base/file.h"
#include "core/crypto/certificate_dates.h"

namespace stimme::net {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
namespace ssl = asio::ssl;
using boost::system::error_code;

bool is_ip_address(const std::string& host) {
    error_code error;
    asio::ip::make_address(host, error);
    return !error;
}

// Alerts that the other end has sent stand above this number among OpenSSL's reasons.
constexpr int first_alert = 1000;
constexpr int expired_alert = first_alert + SSL_AD_CERTIFICATE_EXPIRED;

std::string now() {
    return format_utc(SystemClock().now());
}

Error expired_server(const std::string& host) {
    return unavailable(
        "certificate-expired",
        fmt::format(
            "the certificate of {} has expired (this machine's clock says {}); if the clock is right, the "
            "office must renew the server's certificate: stimme certs renew",
            host, now()));
}

Error early_server(const std::string& host) {
    return unavailable(
        "certificate-not-yet-valid",
        fmt::format("the certificate of {} isn't valid yet (this machine's clock says {}); set the "
                    "clock if it is wrong",
                    host, now()));
}

// The certificate that this machine has shown, when its dates explain the refusal.
std::optional<Error> own_dates(const ClientConfig& config) {
    const Result<Bytes> pem = read_file(config.certificate, std::size_t{1} << 20);
    const auto dates = pem ? crypto::certificate_dates(as_text(*pem)) : pem.error();
    Status status = dates ? crypto::check_dates(*dates, SystemClock().now()) : Status();
    if (status) return std::nullopt;
    Error error = std::move(status).error().at(config.certificate.string());
    if (error.code == "certificate-expired") {
        error.message +=
            fmt::format("; the office renews it, with the same key: stimme certs renew --ca CA {}",
                        config.certificate.string());
    }
    return error;
}

Error refused(const error_code& error, int reason, const std::string& host, const ClientConfig& config) {
    if (!config.certificate.empty()) {
        if (std::optional<Error> dates = own_dates(config)) return *std::move(dates);
        if (reason == expired_alert) {
            return unavailable(
                "certificate-expired",
                fmt::format("{} says that {} has expired, but this machine's clock says {}: the clock "
                            "of one of them is wrong",
                            host, config.certificate.string(), now()));
        }
    }
    return forbidden("tls-refused", fmt::format("{} refuses this machine's certificate or TLS version: {}",
                                                host, error.message()));
}

Error tls_error(const error_code& error, SSL* tls, const std::string& host, const ClientConfig& config) {
    const long verdict = tls == nullptr ? X509_V_OK : SSL_get_verify_result(tls);
    if (verdict == X509_V_ERR_CERT_HAS_EXPIRED) return expired_server(host);
    if (verdict == X509_V_ERR_CERT_NOT_YET_VALID) return early_server(host);
    if (verdict != X509_V_OK) {
        return forbidden("tls-untrusted", fmt::format("{} can't be trusted: {}", host,
                                                      X509_verify_cert_error_string(verdict)));
    }
    const int reason = ERR_GET_REASON(static_cast<unsigned long>(error.value()));
    if (reason >= first_alert) return refused(error, reason, host, config);
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
    STIMME_CHECK(load_authority(*context, config.ca));
    context->set_verify_mode(ssl::verify_peer);
    if (!config.certificate.empty() || !config.key.empty())
        STIMME_CHECK(load_identity(*context, config.certificate, config.key));
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

Error connection_error(const error_code& error, SSL* tls, const std::string& host,
                       const ClientConfig& config) {
    if (error == boost::beast::error::timeout) {
        return unavailable("network-timeout", fmt::format("{} took too long to answer", host));
    }
    if (error == http::error::body_limit) {
        return corrupt("answer-too-large", fmt::format("the answer of {} is larger than expected", host));
    }
    if (is_http(error)) {
        return corrupt("answer-malformed", fmt::format("{} doesn't speak HTTP: {}", host, error.message()));
    }
    if (error.category() == asio::error::get_ssl_category()) return tls_error(error, tls, host, config);
    return unavailable("network-unreachable", fmt::format("{}: {}", host, error.message()));
}

}  // namespace stimme::net
