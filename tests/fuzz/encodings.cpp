// Any bytes as a point, a scalar, a key, a signature, and as text in hex, base32 and base64, a day or a time:
// what is accepted is written again byte for byte, and points are those that OpenSSL takes for points, too.
#include <openssl/ec.h>
#include <openssl/obj_mac.h>

#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/crypto/hpke.h"
#include "core/crypto/proofs.h"
#include "core/crypto/signature.h"
#include "tests/fuzz/target.h"

namespace stimme::fuzz {
namespace {

bool openssl_takes(ByteView octets) {
    static const EC_GROUP* const group = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
    static EC_POINT* const point = EC_POINT_new(group);
    return EC_POINT_oct2point(group, point, octets.data(), octets.size(), nullptr) == 1;
}

void read_points(ByteView data) {
    const auto raw = crypto::Point::from_bytes64(data);
    if (raw) require(to_bytes(*raw->to_bytes64()) == to_bytes(data), "a point has one raw form");
    if (data.size() == 64) {
        Bytes octets{4};
        append(octets, data);
        require(raw.ok() == openssl_takes(octets), "a raw point is on the curve");
    }
    const auto compressed = crypto::Point::from_sec1(data);
    if (compressed) require(to_bytes(*compressed->to_sec1()) == to_bytes(data), "a point has one short form");
    if (data.size() == 33 && (data[0] == 2 || data[0] == 3)) {
        require(compressed.ok() == openssl_takes(data), "a short point is on the curve");
    }
    if (data.size() == 65) {
        const auto enc = crypto::hpke::encapsulated_point(to_array<65>(data));
        require(enc.ok() == (data[0] == 4 && openssl_takes(data)), "an encapsulated key is a point");
    }
}

void read_numbers(ByteView data) {
    if (const auto scalar = crypto::Scalar::from_bytes(data))
        require(to_bytes(scalar->bytes()) == to_bytes(data), "a scalar has one form");
    if (const auto proof = crypto::Proof::from_bytes(data))
        require(to_bytes(proof->bytes()) == to_bytes(data), "a proof has one form");
    static const crypto::VerifyKey key = [] {
        SeededRandom random(1);
        return crypto::SigningKey::random(random).verify_key();
    }();
    require(!key.verify(Hash{}, data), "nobody signed this");
}

void read_texts(std::string_view text) {
    if (const auto bytes = from_hex(text)) require(to_hex(*bytes) == text, "hex has one form");
    if (const auto bytes = from_base64(text)) require(to_base64(*bytes) == text, "base64 has one form");
    if (const auto bytes = from_base32(text, text.size() * 5 / 8)) {
        const auto again = from_base32(to_base32(*bytes), bytes->size());
        require(again && *again == *bytes, "base32 reads as it was written");
    }
    static_cast<void>(parse_time(text));
    static_cast<void>(parse_date(text));
}

}  // namespace

FUZZ_TARGET(encodings) {
    read_points(data);
    read_numbers(data);
    read_texts(as_text(data));
}

}  // namespace stimme::fuzz
