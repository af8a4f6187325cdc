#include "core/crypto/passphrase.h"

#include <openssl/evp.h>

#include "core/crypto/aead.h"
#include "core/crypto/openssl_group.h"

namespace stimme::crypto {
namespace {

constexpr std::string_view magic = "stimme-secret/1\n";
constexpr std::size_t salt_at = magic.size() + 3, nonce_at = salt_at + 16, header_size = nonce_at + 12;

// The key from a header that names cost and salt. Memory: 128·N·r bytes and a little more.
SecretBytes<32> derive_key(std::string_view passphrase, ByteView header) {
    const std::uint64_t n = std::uint64_t{1} << header[magic.size()];
    const std::uint64_t r = header[magic.size() + 1], p = header[magic.size() + 2];
    const std::uint64_t memory = 128 * r * (n + p + 2) + (std::uint64_t{1} << 20);
    SecretBytes<32> key;
    openssl::require(EVP_PBE_scrypt(passphrase.data(), passphrase.size(), header.data() + salt_at, 16, n, r,
                                    p, memory, key.writable().data(), 32) == 1);
    return key;
}

bool acceptable_cost(ByteView header) {
    const std::uint8_t log_n = header[magic.size()], r = header[magic.size() + 1],
                       p = header[magic.size() + 2];
    return log_n >= 10 && log_n <= 20 && r >= 1 && r <= 16 && p >= 1 && p <= 4;
}

}  // namespace

bool is_passphrase_container(ByteView bytes) {
    return as_text(bytes).substr(0, magic.size()) == magic;
}

Bytes seal_with_passphrase(std::string_view passphrase, ByteView secret, Random& random) {
    ByteArray<header_size> header;
    std::memcpy(header.data(), magic.data(), magic.size());
    header[magic.size()] = 15;
    header[magic.size() + 1] = 8;
    header[magic.size() + 2] = 1;
    random.fill(std::span(header).subspan(salt_at));
    const SecretBytes<32> key = derive_key(passphrase, header);
    const auto nonce = to_array<12>(ByteView(header).subspan(nonce_at));
    Bytes container = to_bytes(header);
    append(container, aead_seal(key.reveal(), nonce, header, secret));
    return container;
}

Result<SecretBuffer> open_with_passphrase(std::string_view passphrase, ByteView container) {
    if (!is_passphrase_container(container) || container.size() < header_size + aead_tag_size ||
        !acceptable_cost(container)) {
        return invalid("container-invalid", "this is no secret encrypted under a passphrase");
    }
    const ByteView header = container.first(header_size);
    const SecretBytes<32> key = derive_key(passphrase, header);
    auto secret = aead_open(key.reveal(), to_array<12>(header.subspan(nonce_at)), header,
                            container.subspan(header_size));
    if (!secret) return invalid("passphrase-wrong", "the passphrase is wrong, or the file was changed");
    return secret;
}

}  // namespace stimme::crypto
