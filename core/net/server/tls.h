// TLS for the two ports, and who is at the other end.
//
// Thread rule: a context is set up once and then shared; peer_of belongs to the connection's strand.
#pragma once

#include <memory>
#include <optional>

#include <boost/asio/ssl/context.hpp>

#include "core/base/result.h"
#include "core/net/server/http.h"
#include "core/net/server/server.h"
#include "core/net/tls_identity.h"

namespace stimme::net {

// TLS 1.2 and 1.3 with forward secrecy and authenticated encryption only.
// Errors: certificate-unreadable, key-unreadable.
Result<TlsContext> public_tls(const Listen& listen);

// TLS 1.3 alone; the client must show a certificate for client authentication, signed by `ca`, with a key on
// P-256. No session is resumed, so each connection is verified anew. Errors: as public_tls.
Result<TlsContext> staff_tls(const Listen& listen, const std::filesystem::path& ca);

// The owner of the certificate that the other end has shown; none when there is no certificate or its key
// isn't on P-256.
std::optional<Peer> peer_of(SSL* tls);

}  // namespace stimme::net
