// SHA-256, whole or in pieces. No allocation; the state is wiped, since some of what is hashed is secret.
// What a protocol hashes goes through transcript.h, which separates the domains.
//
// Thread rule: a Sha256 belongs to one thread.
#pragma once

#include <cstddef>

#include "core/base/bytes.h"

namespace stimme::crypto {

class Sha256 {
  public:
    Sha256();
    Sha256(const Sha256&) = default;  // goes on from the same prefix
    Sha256& operator=(const Sha256&) = default;
    ~Sha256();

    Sha256& update(ByteView bytes);
    // REQUIRES: called once, last.
    Hash finish();

  private:
    alignas(8) std::byte state_[112];  // OpenSSL's SHA256_CTX
};

Hash sha256(ByteView bytes);

}  // namespace stimme::crypto
