#include "core/ballot/challenge.h"

#include "core/crypto/transcript.h"

namespace stimme::ballot {
namespace {

ByteArray<2> u16(std::uint32_t value) {
    return u16be(static_cast<std::uint16_t>(value));
}

}  // namespace

Hash ciphertexts_hash(const Context& context, ByteView ciphertexts) {
    return crypto::hash(crypto::Tag::ciphertexts, {context.election, as_bytes(context.station.str()),
                                                   as_bytes(context.style.str()), context.t, ciphertexts});
}

crypto::Scalar range_challenge(const Hash& ciphertexts_hash, const Statement& statement,
                               std::span<const crypto::RangeCommitment> commitments) {
    Bytes points;
    points.reserve(128 * commitments.size());
    for (const crypto::RangeCommitment& commitment : commitments) {
        append(points, commitment.a.raw());
        append(points, commitment.b.raw());
    }
    return crypto::hash_to_scalar(crypto::Purpose::range,
                                  {ciphertexts_hash, u16(statement.contest), u16(statement.position),
                                   u16(statement.range.lo), u16(statement.range.hi), points});
}

Hash cast_commitment(ByteView x) {
    return crypto::hash(crypto::Tag::cast, {x});
}

}  // namespace stimme::ballot
