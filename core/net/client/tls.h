// TLS as this machine speaks it, and what its failures mean in words.
//
// Thread rule: set up once, then belongs to one connection.
#pragma once

#include <memory>

#include <boost/asio/ssl/context.hpp>

#include "core/base/result.h"
#include "core/net/client/api_client.h"
#include "core/net/tls_identity.h"

namespace stimme::net {

// TLS 1.2 or 1.3; trusts config.ca alone, shows config.certificate if there is one.
// Errors: certificate-unreadable, key-unreadable.
Result<TlsContext> client_tls(const ClientConfig& config);

// Prepares one connection: the certificate must be for `host` (a name or an IP address).
void expect_host(SSL* tls, const std::string& host);

// What a failure on the connection means. `tls` may be null. Errors: network-unreachable, network-timeout,
// tls-untrusted, tls-refused, certificate-expired, certificate-not-yet-valid, answer-too-large,
// answer-malformed.
Error connection_error(const boost::system::error_code& error, SSL* tls, const std::string& host,
                       const ClientConfig& config);

}  // namespace stimme::net
