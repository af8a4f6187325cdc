// The low-level calls are deprecated in OpenSSL 3, but an EVP context costs two allocations and a dispatch
// for each of the hundreds of short hashes of a ballot.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "core/crypto/sha256.h"

#include <openssl/sha.h>

#include "core/crypto/secret.h"

namespace stimme::crypto {
namespace {

SHA256_CTX* context(std::byte* state) {
    return reinterpret_cast<SHA256_CTX*>(state);
}

}  // namespace

Sha256::Sha256() {
    static_assert(sizeof(SHA256_CTX) <= sizeof state_);
    SHA256_Init(context(state_));
}

Sha256::~Sha256() {
    wipe(state_, sizeof state_);
}

Sha256& Sha256::update(ByteView bytes) {
    SHA256_Update(context(state_), bytes.data(), bytes.size());
    return *this;
}

Hash Sha256::finish() {
    Hash result;
    SHA256_Final(result.data(), context(state_));
    return result;
}

Hash sha256(ByteView bytes) {
    return Sha256().update(bytes).finish();
}

}  // namespace stimme::crypto
