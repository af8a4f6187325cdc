#include "core/crypto/kdf.h"

#include <algorithm>
#include <cassert>
#include <vector>

#include "core/crypto/sha256.h"

namespace stimme::crypto {
namespace {

Sha256 keyed(ByteView key, std::uint8_t pad) {
    SecretBytes<64> block;
    const Hash shortened = key.size() > 64 ? sha256(key) : Hash{};
    const ByteView used = key.size() > 64 ? ByteView(shortened) : key;
    std::copy(used.begin(), used.end(), block.writable().begin());
    for (std::uint8_t& byte : block.writable()) byte ^= pad;
    return Sha256().update(block.reveal());
}

SecretBytes<32> hmac(ByteView key, std::span<const ByteView> pieces) {
    Sha256 inner = keyed(key, 0x36);
    for (const ByteView piece : pieces) inner.update(piece);
    const SecretBytes<32> digest(inner.finish());
    return SecretBytes<32>(keyed(key, 0x5c).update(digest.reveal()).finish());
}

}  // namespace

SecretBytes<32> hmac_sha256(ByteView key, std::initializer_list<ByteView> pieces) {
    return hmac(key, {pieces.begin(), pieces.size()});
}

SecretBytes<32> hkdf_extract(ByteView salt, std::initializer_list<ByteView> key_material) {
    return hmac_sha256(salt, key_material);
}

// T(i) = HMAC(key, T(i-1) ‖ info ‖ i)
SecretBuffer hkdf_expand(const SecretBytes<32>& key, std::initializer_list<ByteView> info, std::size_t size) {
    assert(size <= 255 * 32);
    SecretBuffer result(size);
    std::span<std::uint8_t> out = result.writable();
    SecretBytes<32> block;
    for (std::uint8_t i = 1; !out.empty(); ++i) {
        const ByteArray<1> counter{i};
        std::vector<ByteView> pieces{i == 1 ? ByteView() : block.reveal()};
        pieces.insert(pieces.end(), info.begin(), info.end());
        pieces.emplace_back(counter);
        block = hmac(key.reveal(), pieces);
        const std::size_t taken = std::min<std::size_t>(out.size(), 32);
        std::copy_n(block.reveal().begin(), taken, out.begin());
        out = out.subspan(taken);
    }
    return result;
}

}  // namespace stimme::crypto
