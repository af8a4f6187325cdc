// The certificate and key that this machine shows, and the authority that it trusts, for both ends of a
// connection.
//
// Thread rule: a context is set up once and then shared.
#pragma once

#include <filesystem>
#include <memory>

#include <boost/asio/ssl/context.hpp>

#include "core/base/result.h"

namespace stimme::net {

using TlsContext = std::unique_ptr<boost::asio::ssl::context>;

// Both files are PEM; the key is not encrypted. Errors: certificate-unreadable, key-unreadable.
Status load_identity(boost::asio::ssl::context& context, const std::filesystem::path& certificate,
                     const std::filesystem::path& key);

// Certificates that this one has signed are trusted. Errors: certificate-unreadable.
Status load_authority(boost::asio::ssl::context& context, const std::filesystem::path& ca);

}  // namespace stimme::net
