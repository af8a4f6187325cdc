#include "core/events/sealed_share.h"

#include <cassert>

#include "core/crypto/declassify.h"
#include "core/crypto/hpke.h"
#include "core/crypto/proofs.h"
#include "core/crypto/transcript.h"

namespace stimme::events {
namespace {

constexpr std::size_t enc_size = std::tuple_size_v<crypto::hpke::Encapsulated>;

// `Stimme-V1-share` ‖ h_D ‖ u16 i ‖ u16 l
Bytes info(const ShareRoute& route) {
    Bytes result;
    result.reserve(51);
    for (const ByteView part : {as_bytes("Stimme-V1-share"), ByteView(route.definition)})
        append(result, part);
    append(result, u16be_of(route.from));
    append(result, u16be_of(route.to));
    return result;
}

crypto::hpke::Sealed parts(const SealedShare& sealed) {
    const ByteView all(sealed);
    return {to_array<enc_size>(all.first(enc_size)), to_bytes(all.subspan(enc_size))};
}

// (3.2) for what a ciphertext held.
Result<crypto::SecretScalar> checked(const Result<crypto::SecretBuffer>& opened, const ShareRoute& route,
                                     const crypto::Commitments& sender) {
    const Error wrong = invalid("share-false", "the share isn't the one its sender committed to");
    if (!opened) return wrong;
    auto share = crypto::SecretScalar::from_bytes(opened->reveal());
    if (!share || !crypto::check_share(*share, route.to, sender)) return wrong;
    return share;
}

crypto::Point encapsulated(const SealedShare& sealed) {
    auto point = crypto::hpke::encapsulated_point(parts(sealed).enc);
    assert(point.ok());
    return *point;
}

// (3.4)
bool opening_holds(const ShareRoute& route, const crypto::Equality& points, const SchnorrProof& proof) {
    const auto c = crypto::Scalar::from_bytes(proof.challenge);
    const auto s = crypto::Scalar::from_bytes(proof.response);
    return c && s &&
           crypto::verify_equality(crypto::Purpose::hpke_opening, points,
                                   {route.definition, u16be_of(route.from), u16be_of(route.to),
                                    points.x.raw(), points.a.raw(), points.d.raw()},
                                   {*c, *s})
               .ok();
}

}  // namespace

SealedShare seal_share(const ShareRoute& route, const crypto::Point& recipient,
                       const crypto::SecretScalar& share, Random& random) {
    const auto sealed = crypto::hpke::seal(recipient, info(route), {}, share.bytes().reveal(), random);
    SealedShare result;
    assert(enc_size + sealed.ciphertext.size() == result.size());
    std::memcpy(result.data(), sealed.enc.data(), enc_size);
    std::memcpy(result.data() + enc_size, sealed.ciphertext.data(), sealed.ciphertext.size());
    return result;
}

Status check_sealed_share(const SealedShare& sealed) {
    if (crypto::hpke::encapsulated_point(parts(sealed).enc)) return {};
    return invalid("share-invalid", "the ciphertext doesn't begin with an uncompressed point of P-256");
}

Result<crypto::SecretScalar> open_share(const ShareRoute& route, const crypto::SecretScalar& key,
                                        const SealedShare& sealed, const crypto::Commitments& sender) {
    return checked(crypto::hpke::open(key, parts(sealed), info(route), {}), route, sender);
}

// (3.4)
ShareOpening open_for_all(const ShareRoute& route, const crypto::SecretScalar& key, const SealedShare& sealed,
                          Random& random) {
    const crypto::Point enc = encapsulated(sealed);
    const crypto::Point opened = crypto::declassified(crypto::multiply_secret(enc, key));
    const crypto::Equality points{crypto::multiply_generator(key), enc, opened};
    const crypto::Proof proof =
        crypto::prove_equality(crypto::Purpose::hpke_opening, key, points,
                               {route.definition, u16be_of(route.from), u16be_of(route.to), points.x.raw(),
                                points.a.raw(), points.d.raw()},
                               random);
    return {*points.d.to_sec1(), {proof.c.bytes(), proof.s.bytes()}};
}

std::string_view describe(Verdict verdict) {
    switch (verdict) {
        case Verdict::share_false:
            return "the opened share isn't the one its sender committed to";
        case Verdict::share_right:
            return "the opened share is the one its sender committed to, so there was nothing to complain "
                   "about";
        case Verdict::opening_false:
            return "what the complaint publishes doesn't open the share";
    }
    return {};
}

Verdict judge(const ShareRoute& route, const crypto::Point& recipient, const SealedShare& sealed,
              const ShareOpening& opening, const crypto::Commitments& sender) {
    const auto z = crypto::Point::from_sec1(opening.point);
    if (!z || !opening_holds(route, {recipient, encapsulated(sealed), *z}, opening.proof))
        return Verdict::opening_false;
    const auto opened = crypto::hpke::open_with(*z, recipient, parts(sealed), info(route), {});
    return checked(opened, route, sender) ? Verdict::share_right : Verdict::share_false;
}

}  // namespace stimme::events
