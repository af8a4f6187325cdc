#include "core/crypto/elgamal.h"

namespace stimme::crypto {

Ciphertext multiply_var(const Ciphertext& ciphertext, const Scalar& weight) {
    return {multiply_var(ciphertext.a, weight), multiply_var(ciphertext.b, weight)};
}

Ciphertext encrypt(const ElectionKey& key, std::uint32_t m, const SecretScalar& r) {
    return {multiply_generator(r), key.multiply(SecretScalar(m) + r)};
}

}  // namespace stimme::crypto
