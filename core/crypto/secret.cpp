#include "core/crypto/secret.h"

#include <openssl/crypto.h>

namespace stimme::crypto {

void wipe(void* memory, std::size_t size) {
    OPENSSL_cleanse(memory, size);
}

bool constant_time_equal(ByteView a, ByteView b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace stimme::crypto
