#include "core/crypto/proofs.h"

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "core/crypto/declassify.h"
#include "core/crypto/multi_scalar.h"

namespace stimme::crypto {
namespace {

void require_part(Parts parts, const Point& point) {
    for (const ByteView part : parts) {
        if (std::equal(part.begin(), part.end(), point.raw().begin(), point.raw().end())) return;
    }
    std::abort();
}

Scalar challenge(Purpose purpose, std::initializer_list<const Point*> statement, Parts parts,
                 std::initializer_list<const Point*> commitments) {
    for (const Point* point : statement) require_part(parts, *point);
    std::vector<ByteView> all(parts);
    for (const Point* point : commitments) all.emplace_back(point->raw());
    return hash_to_scalar(purpose, all);
}

// s·base - c·image
Point commitment(const Point& base, const Point& image, const Proof& proof) {
    return multi_scalar_var({{proof.s, base}, {-proof.c, image}});
}

}  // namespace

ByteArray<64> Proof::bytes() const {
    const ByteArray<32> left = c.bytes(), right = s.bytes();
    ByteArray<64> result;
    std::memcpy(result.data(), left.data(), 32);
    std::memcpy(result.data() + 32, right.data(), 32);
    return result;
}

Result<Proof> Proof::from_bytes(ByteView bytes) {
    if (bytes.size() != 64) return invalid("scalar-not-canonical", "a proof has 64 bytes");
    STIMME_TRY(const Scalar c, Scalar::from_bytes(bytes.first(32)));
    STIMME_TRY(const Scalar s, Scalar::from_bytes(bytes.last(32)));
    return Proof{c, s};
}

Proof prove_knowledge(const SecretScalar& x, const Point& public_x, Parts parts, Random& random) {
    const SecretScalar k = SecretScalar::random(random);
    const Point t = multiply_generator(k);
    const Scalar c = challenge(Purpose::schnorr, {&public_x}, parts, {&t});
    return {c, declassified((k + x * c).reveal())};
}

Status verify_knowledge(const Point& public_x, Parts parts, const Proof& proof) {
    const Point t = commitment(generator(), public_x, proof);
    if (challenge(Purpose::schnorr, {&public_x}, parts, {&t}) == proof.c) return {};
    return invalid("knowledge-proof-wrong", "the proof doesn't show that the secret of this point is known");
}

Proof prove_equality(Purpose purpose, const SecretScalar& x, const Equality& points, Parts parts,
                     Random& random) {
    const SecretScalar k = SecretScalar::random(random);
    const Point t1 = multiply_generator(k), t2 = declassified(multiply_secret(points.a, k));
    const Scalar c = challenge(purpose, {&points.x, &points.a, &points.d}, parts, {&t1, &t2});
    return {c, declassified((k + x * c).reveal())};
}

Status verify_equality(Purpose purpose, const Equality& points, Parts parts, const Proof& proof) {
    const auto& [x, a, d] = points;
    if (a.is_infinity())
        return invalid("equality-base-infinity", "an equality proof over infinity shows nothing");
    const Point t1 = commitment(generator(), x, proof), t2 = commitment(a, d, proof);
    if (challenge(purpose, {&x, &a, &d}, parts, {&t1, &t2}) == proof.c) return {};
    return invalid("equality-proof-wrong", "the proof doesn't show that both points have the same secret");
}

}  // namespace stimme::crypto
