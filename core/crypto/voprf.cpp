#include "core/crypto/voprf.h"

#include "core/crypto/declassify.h"
#include "core/crypto/hash_to_curve.h"
#include "core/crypto/multi_scalar.h"
#include "core/crypto/sha256.h"

namespace stimme::crypto::voprf {
namespace {

#define STIMME_VOPRF_CONTEXT "OPRFV1-\x01-P256-SHA256"
constexpr std::string_view group_dst = "HashToGroup-" STIMME_VOPRF_CONTEXT;
constexpr std::string_view scalar_dst = "HashToScalar-" STIMME_VOPRF_CONTEXT;
constexpr std::string_view key_dst = "DeriveKeyPair" STIMME_VOPRF_CONTEXT;
constexpr std::string_view seed_dst = "Seed-" STIMME_VOPRF_CONTEXT;
#undef STIMME_VOPRF_CONTEXT

// I2OSP(length, 2) ‖ bytes
void append_framed(Bytes& to, ByteView bytes) {
    append(to, u16be(static_cast<std::uint16_t>(bytes.size())));
    append(to, bytes);
}
void append_framed(Bytes& to, const Point& point) {
    append_framed(to, *point.to_sec1());
}

// Section 2.2.1, ComputeComposites for one element: the factor d with M = d·C, Z = d·D.
Scalar composite_factor(const Point& public_key, const Point& c, const Point& d) {
    Bytes seed;
    append_framed(seed, public_key);
    append_framed(seed, as_bytes(seed_dst));
    Bytes transcript;
    append_framed(transcript, sha256(seed));
    append(transcript, u16be(0));
    append_framed(transcript, c);
    append_framed(transcript, d);
    append(transcript, as_bytes("Composite"));
    return hash_to_scalar(scalar_dst, transcript);
}

Scalar challenge(const Point& public_key, const Point& m, const Point& z, const Point& t2, const Point& t3) {
    Bytes transcript;
    for (const Point* point : {&public_key, &m, &z, &t2, &t3}) append_framed(transcript, *point);
    append(transcript, as_bytes("Challenge"));
    return hash_to_scalar(scalar_dst, transcript);
}

// As Point::to_sec1, for a point that nobody may learn. REQUIRES: not infinity.
SecretBytes<33> secret_sec1(const Point& point) {
    SecretBytes<33> result;
    result.writable()[0] = static_cast<std::uint8_t>(2 + (point.raw()[63] & 1));
    std::memcpy(result.writable().data() + 1, point.raw().data(), 32);
    return result;
}

Output output(ByteView input, const Point& unblinded) {
    Bytes message;
    append_framed(message, input);
    append_framed(message, secret_sec1(unblinded).reveal());
    append(message, as_bytes("Finalize"));
    const Output result = sha256(message);
    wipe(message);
    return result;
}

// t2 = s·G + c·B, t3 = s·M + c·Z. A sum at infinity has no encoding, and no prover gives one.
bool proof_holds(const Point& public_key, const Point& c, const Point& d, const Proof& proof) {
    const Scalar factor = composite_factor(public_key, c, d);
    const Point m = multiply_var(c, factor), z = multiply_var(d, factor);
    const Point t2 = multi_scalar_var({{proof.s, generator()}, {proof.c, public_key}});
    const Point t3 = multi_scalar_var({{proof.s, m}, {proof.c, z}});
    for (const Point* point : {&m, &z, &t2, &t3}) {
        if (point->is_infinity()) return false;
    }
    return challenge(public_key, m, z, t2, t3) == proof.c;
}

}  // namespace

ServerKey::ServerKey(SecretScalar scalar)
    : scalar_(std::move(scalar)), public_key_(multiply_generator(scalar_)) {}

ServerKey ServerKey::random(Random& random) {
    return ServerKey(SecretScalar::random(random));
}

ServerKey ServerKey::derive(const SecretBytes<32>& seed, ByteView info) {
    const ByteArray<2> length = u16be(static_cast<std::uint16_t>(info.size()));
    SecretScalar scalar;
    for (std::uint8_t counter = 0; declassified(scalar.is_zero()); ++counter) {
        const ByteArray<1> last{counter};
        const ByteView message[] = {seed.reveal(), length, info, last};
        scalar = hash_to_secret_scalar(key_dst, message);
    }
    return ServerKey(std::move(scalar));
}

Result<ServerKey> ServerKey::from_bytes(ByteView bytes) {
    STIMME_TRY(SecretScalar scalar, SecretScalar::from_bytes(bytes));
    if (declassified(scalar.is_zero())) return invalid("key-invalid", "a private key isn't zero");
    return ServerKey(std::move(scalar));
}

Point blind(ByteView input, const SecretScalar& blind) {
    return declassified(multiply_secret(hash_to_curve(group_dst, input), blind));
}

// Section 2.2.1, GenerateProof: s = r - c·k.
Evaluation blind_evaluate(const ServerKey& key, const Point& blinded, Random& random) {
    const Point element = declassified(multiply_secret(blinded, key.scalar()));
    const Scalar factor = composite_factor(key.public_key(), blinded, element);
    const Point m = multiply_var(blinded, factor), z = multiply_var(element, factor);
    const SecretScalar r = SecretScalar::random(random);
    const Point t3 = declassified(multiply_secret(m, r));
    const Scalar c = challenge(key.public_key(), m, z, multiply_generator(r), t3);
    return {element, {c, declassified((r - key.scalar() * c).reveal())}};
}

Result<Output> finalize(ByteView input, const SecretScalar& blind, const Point& blinded,
                        const Evaluation& evaluation, const Point& public_key) {
    if (!proof_holds(public_key, blinded, evaluation.element, evaluation.proof)) {
        return invalid("evaluation-proof-wrong", "the server didn't use the key it announced");
    }
    return output(input, multiply_secret(evaluation.element, blind.inverse()));
}

Output evaluate(const ServerKey& key, ByteView input) {
    return output(input, multiply_secret(hash_to_curve(group_dst, input), key.scalar()));
}

}  // namespace stimme::crypto::voprf
