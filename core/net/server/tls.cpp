#include "core/net/server/tls.h"

#include <string>

#include <boost/asio/ssl/verify_context.hpp>
#include <fmt/format.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

namespace stimme::net {
namespace {

namespace ssl = boost::asio::ssl;

constexpr char tls12_ciphers[] =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:"
    "ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-RSA-CHACHA20-POLY1305";

Result<TlsContext> make_context(const Listen& listen, int min_version) {
    auto context = std::make_unique<ssl::context>(ssl::context::tls_server);
    SSL_CTX* const handle = context->native_handle();
    SSL_CTX_set_min_proto_version(handle, min_version);
    SSL_CTX_set_options(handle, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                    SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
    SSL_CTX_set1_groups_list(handle, "X25519:P-256:P-384");
    SSL_CTX_set_cipher_list(handle, tls12_ciphers);
    SSL_CTX_set_mode(handle, SSL_MODE_RELEASE_BUFFERS);
    STIMME_CHECK(load_identity(*context, listen.certificate, listen.key));
    return context;
}

bool is_p256(EVP_PKEY* key) {
    char group[32] = {};
    std::size_t size = 0;
    return EVP_PKEY_is_a(key, "EC") == 1 && EVP_PKEY_get_group_name(key, group, sizeof group, &size) == 1 &&
           std::string_view(group, size) == "prime256v1";
}

std::optional<ByteArray<33>> compressed_key(X509* certificate) {
    EVP_PKEY* const key = X509_get0_pubkey(certificate);
    ByteArray<65> point;
    std::size_t size = 0;
    if (key == nullptr || !is_p256(key) ||
        EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size(), &size) !=
            1) {
        return std::nullopt;
    }
    // A certificate may carry its point compressed (33 bytes) or not (65 bytes).
    ByteArray<33> result = to_array<33>(point);
    if (size == 65) result[0] = static_cast<std::uint8_t>(2 + (point[64] & 1));
    return result;
}

bool verify_staff(bool chain_is_good, ssl::verify_context& context) {
    X509_STORE_CTX* const store = context.native_handle();
    if (!chain_is_good || X509_STORE_CTX_get_error_depth(store) > 0) return chain_is_good;
    if (compressed_key(X509_STORE_CTX_get_current_cert(store))) return true;
    X509_STORE_CTX_set_error(store, X509_V_ERR_CERT_REJECTED);
    return false;
}

void refuse_resumption(SSL_CTX* context) {
    SSL_CTX_set_options(context, SSL_OP_NO_TICKET);
    SSL_CTX_set_num_tickets(context, 0);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
}

std::string only_entry(X509_NAME* name, int nid) {
    const int index = X509_NAME_get_index_by_NID(name, nid, -1);
    if (index < 0 || X509_NAME_get_index_by_NID(name, nid, index) >= 0) return {};
    unsigned char* text = nullptr;
    const int size = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, index)));
    if (size < 0) return {};
    std::string result(reinterpret_cast<char*>(text), static_cast<std::size_t>(size));
    OPENSSL_free(text);
    return result;
}

}  // namespace

Result<TlsContext> public_tls(const Listen& listen) {
    return make_context(listen, TLS1_2_VERSION);
}

Result<TlsContext> staff_tls(const Listen& listen, const std::filesystem::path& ca) {
    STIMME_TRY(TlsContext context, make_context(listen, TLS1_3_VERSION));
    STIMME_CHECK(load_authority(*context, ca));
    SSL_CTX_set_client_CA_list(context->native_handle(), SSL_load_client_CA_file(ca.c_str()));
    context->set_verify_mode(ssl::verify_peer | ssl::verify_fail_if_no_peer_cert);
    context->set_verify_callback(verify_staff);
    refuse_resumption(context->native_handle());
    return context;
}

std::optional<Peer> peer_of(SSL* tls) {
    X509* const certificate = SSL_get0_peer_certificate(tls);
    if (certificate == nullptr) return std::nullopt;
    const std::optional<ByteArray<33>> key = compressed_key(certificate);
    if (!key) return std::nullopt;
    X509_NAME* const subject = X509_get_subject_name(certificate);
    return Peer{*key, only_entry(subject, NID_organizationalUnitName), only_entry(subject, NID_commonName)};
}

}  // namespace stimme::net
