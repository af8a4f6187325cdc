#include "core/net/tls_identity.h"

#include <fmt/format.h>

namespace stimme::net {
namespace {

namespace ssl = boost::asio::ssl;
using boost::system::error_code;

Error file_error(const char* code, const std::filesystem::path& path, const error_code& error) {
    return invalid(code, fmt::format("{}: {}", path.string(), error.message()));
}

}  // namespace

Status load_identity(ssl::context& context, const std::filesystem::path& certificate,
                     const std::filesystem::path& key) {
    error_code error;
    // Without an answer here OpenSSL would ask at the terminal for the password of an encrypted key.
    context.set_password_callback([](std::size_t, ssl::context::password_purpose) { return std::string(); },
                                  error);
    context.use_certificate_chain_file(certificate.string(), error);
    if (error) return file_error("certificate-unreadable", certificate, error);
    context.use_private_key_file(key.string(), ssl::context::pem, error);
    if (error) return file_error("key-unreadable", key, error);
    return {};
}

Status load_authority(ssl::context& context, const std::filesystem::path& ca) {
    error_code error;
    context.load_verify_file(ca.string(), error);
    return error ? Status(file_error("certificate-unreadable", ca, error)) : Status();
}

}  // namespace stimme::net
