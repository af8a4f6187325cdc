#include "core/crypto/hpke.h"

#include "core/crypto/aead.h"
#include "core/crypto/declassify.h"
#include "core/crypto/kdf.h"

namespace stimme::crypto::hpke {
namespace {

constexpr std::uint8_t kem_suite[] = {'K', 'E', 'M', 0x00, 0x10};
constexpr std::uint8_t hpke_suite[] = {'H', 'P', 'K', 'E', 0x00, 0x10, 0x00, 0x01, 0x00, 0x01};

// RFC 9180 section 4, LabeledExtract and LabeledExpand.
SecretBytes<32> labeled_extract(ByteView suite, ByteView salt, std::string_view label, ByteView material) {
    return hkdf_extract(salt, {as_bytes("HPKE-v1"), suite, as_bytes(label), material});
}
SecretBuffer labeled_expand(ByteView suite, const SecretBytes<32>& key, std::string_view label, ByteView info,
                            std::uint16_t size) {
    return hkdf_expand(key, {u16be(size), as_bytes("HPKE-v1"), suite, as_bytes(label), info}, size);
}

Encapsulated uncompressed(const Point& point) {
    Encapsulated result{4};
    std::memcpy(result.data() + 1, point.raw().data(), 64);
    return result;
}

struct KeyAndNonce {
    SecretBuffer key;
    ByteArray<12> nonce;
};

// Section 4.1 (ExtractAndExpand) and 5.1 (KeySchedule, base mode).
KeyAndNonce key_schedule(const Point& shared, const Encapsulated& enc, const Point& recipient,
                         ByteView info) {
    Bytes kem_context = to_bytes(enc);
    append(kem_context, uncompressed(recipient));
    const auto extracted = labeled_extract(kem_suite, {}, "eae_prk", ByteView(shared.raw()).first(32));
    const auto secret = labeled_expand(kem_suite, extracted, "shared_secret", kem_context, 32);

    Bytes context{0};
    append(context, labeled_extract(hpke_suite, {}, "psk_id_hash", {}).reveal());
    append(context, labeled_extract(hpke_suite, {}, "info_hash", info).reveal());
    const auto scheduled = labeled_extract(hpke_suite, secret.reveal(), "secret", {});
    return {labeled_expand(hpke_suite, scheduled, "key", context, 16),
            to_array<12>(labeled_expand(hpke_suite, scheduled, "base_nonce", context, 12).reveal())};
}

}  // namespace

Sealed seal(const Point& recipient, ByteView info, ByteView aad, ByteView plaintext, Random& random) {
    const SecretScalar ephemeral = SecretScalar::random(random);
    const Encapsulated enc = uncompressed(multiply_generator(ephemeral));
    Point shared = multiply_secret(recipient, ephemeral);
    const KeyAndNonce with = key_schedule(shared, enc, recipient, info);
    wipe(&shared, sizeof shared);
    Sealed sealed{enc, aead_seal(with.key.reveal(), with.nonce, aad, plaintext)};
    declassify(sealed.ciphertext.data(), sealed.ciphertext.size());
    return sealed;
}

Result<SecretBuffer> open(const SecretScalar& key, const Sealed& sealed, ByteView info, ByteView aad) {
    STIMME_TRY(const Point ephemeral, encapsulated_point(sealed.enc));
    Point shared = multiply_secret(ephemeral, key);
    auto result = open_with(shared, multiply_generator(key), sealed, info, aad);
    wipe(&shared, sizeof shared);
    return result;
}

Result<Point> encapsulated_point(const Encapsulated& enc) {
    if (enc[0] != 4) return invalid("point-not-canonical", "an encapsulated key is an uncompressed point");
    return Point::from_bytes64(ByteView(enc).subspan(1));
}

Result<SecretBuffer> open_with(const Point& shared, const Point& recipient, const Sealed& sealed,
                               ByteView info, ByteView aad) {
    if (declassified(constant_time_equal(shared.raw(), Point().raw()))) {
        return invalid("shared-point-invalid", "the shared point is infinity");
    }
    const KeyAndNonce with = key_schedule(shared, sealed.enc, recipient, info);
    return aead_open(with.key.reveal(), with.nonce, aad, sealed.ciphertext);
}

}  // namespace stimme::crypto::hpke
