// Any bytes as the secret files of a trustee: what is read is written again byte for byte; and as a container
// under a passphrase, which doesn't open.
#include "core/crypto/passphrase.h"
#include "core/events/trustee_secret.h"
#include "tests/fuzz/target.h"

namespace stimme::fuzz {
namespace {

template <class Secret>
void read_secret(ByteView data) {
    const auto secret = Secret::from_bytes(data);
    if (!secret) return;
    const auto again = secret->to_bytes();
    require(as_text(again.reveal()) == as_text(data), "a secret has one form");
}

// At the least cost, or the fuzzer would measure scrypt.
void open_container(ByteView data) {
    Bytes container = to_bytes(data);
    constexpr std::size_t cost = 16;
    if (container.size() < cost + 3) return;
    const ByteArray<3> least{10, 1, 1};
    std::copy(least.begin(), least.end(), container.begin() + cost);
    require(!crypto::open_with_passphrase("a passphrase", container), "nobody has the passphrase");
}

}  // namespace

FUZZ_TARGET(trustee_files) {
    read_secret<events::TrusteeSecret>(data);
    read_secret<events::TrusteePolynomial>(data);
    open_container(data);
}

}  // namespace stimme::fuzz
