// HPKE, VOPRF and passphrase containers: published vectors, and everything that must be refused.
#include <gtest/gtest.h>

#include "core/crypto/hpke.h"
#include "core/crypto/kdf.h"
#include "core/crypto/passphrase.h"
#include "core/crypto/proofs.h"
#include "core/crypto/voprf.h"
#include "tests/support/files.h"

namespace stimme::crypto {
namespace {

const json::Value& at(const json::Value& value, std::string_view key) {
    return *value.get<json::Object>()->find(key);
}
const json::Array& array(const json::Value& value, std::string_view key) {
    return *at(value, key).get<json::Array>();
}
Bytes bytes(const json::Value& value, std::string_view key) {
    return *from_hex(*at(value, key).get<std::string>());
}
SecretScalar secret(ByteView bytes) {
    return *SecretScalar::from_bytes(bytes);
}

// Makes SecretScalar::random give the scalar of a vector.
class PublishedScalar final : public Random {
  public:
    explicit PublishedScalar(Bytes scalar) : scalar_(std::move(scalar)) {}
    void fill(std::span<std::uint8_t> out) override {
        std::fill(out.begin(), out.end(), std::uint8_t{0});
        std::copy(scalar_.begin(), scalar_.end(), out.end() - 32);
    }

  private:
    Bytes scalar_;
};

// RFC 5869, test case 1.
TEST(Kdf, HkdfGivesThePublishedBytes) {
    const SecretBytes<32> prk = hkdf_extract(*from_hex("000102030405060708090a0b0c"), {Bytes(22, 0x0b)});
    EXPECT_EQ(to_hex(prk.reveal()), "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5");
    EXPECT_EQ(to_hex(hkdf_expand(prk, {*from_hex("f0f1f2f3f4f5f6f7f8f9")}, 42).reveal()),
              "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
}

// RFC 4231, test case 6: a key longer than a block.
TEST(Kdf, HmacHashesALongKeyFirst) {
    const auto mac =
        hmac_sha256(Bytes(131, 0xaa), {as_bytes("Test Using Larger Than Block-Size Key - Hash Key First")});
    EXPECT_EQ(to_hex(mac.reveal()), "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Hpke, SealsAndOpensAsThePublishedVector) {
    const json::Value file = test::read_test_json("vectors/rfc9180-P256-SHA256-AES128GCM-base.json");
    const json::Value& setup = at(file, "setup");
    const json::Value& first = array(file, "encryptions").at(0);
    const Bytes info = bytes(setup, "info"), aad = bytes(first, "aad"), plaintext = bytes(first, "pt");
    const SecretScalar key = secret(bytes(setup, "skRm"));

    PublishedScalar ephemeral(bytes(setup, "skEm"));
    const hpke::Sealed sealed = hpke::seal(multiply_generator(key), info, aad, plaintext, ephemeral);
    EXPECT_EQ(to_bytes(sealed.enc), bytes(setup, "enc"));
    EXPECT_EQ(sealed.ciphertext, bytes(first, "ct"));
    EXPECT_EQ(to_bytes(hpke::open(key, sealed, info, aad)->reveal()), plaintext);
}

struct Message {
    SeededRandom random{1};
    SecretScalar key = SecretScalar::random(random);
    Point recipient = multiply_generator(key);
    hpke::Sealed sealed = hpke::seal(recipient, as_bytes("info"), as_bytes("aad"), as_bytes("share"), random);

    std::string opened_with(std::string_view info, std::string_view aad) {
        const auto opened = hpke::open(key, sealed, as_bytes(info), as_bytes(aad));
        return opened ? std::string(as_text(opened->reveal())) : opened.error().code;
    }
    std::string opened() { return opened_with("info", "aad"); }
};

TEST(Hpke, AnotherInfoAadOrKeyIsRefused) {
    Message m;
    EXPECT_EQ(m.opened(), "share");
    EXPECT_EQ(m.opened_with("other", "aad"), "ciphertext-wrong");
    EXPECT_EQ(m.opened_with("info", "other"), "ciphertext-wrong");
    m.key = SecretScalar(5);
    EXPECT_EQ(m.opened(), "ciphertext-wrong");
}

TEST(Hpke, AChangedOrShortMessageIsRefused) {
    Message changed, cut;
    changed.sealed.ciphertext[0] ^= 1;
    EXPECT_EQ(changed.opened(), "ciphertext-wrong");
    cut.sealed.ciphertext.resize(15);
    EXPECT_EQ(cut.opened(), "ciphertext-wrong");
}

TEST(Hpke, AnEncapsulatedKeyOffTheCurveIsRefused) {
    Message form, curve;
    form.sealed.enc[0] = 2;
    EXPECT_EQ(form.opened(), "point-not-canonical");
    curve.sealed.enc[64] ^= 1;
    EXPECT_EQ(curve.opened(), "point-not-on-curve");
}

TEST(Hpke, AComplaintOpensTheMessageForEverybody) {
    Message m;
    const Point enc = *hpke::encapsulated_point(m.sealed.enc);
    const Point shared = multiply_secret(enc, m.key);
    const Equality points{m.recipient, enc, shared};
    const Parts parts{m.recipient.raw(), enc.raw(), shared.raw()};
    const Proof proof = prove_equality(Purpose::hpke_opening, m.key, points, parts, m.random);
    EXPECT_TRUE(verify_equality(Purpose::hpke_opening, points, parts, proof).ok());
    const auto opened = hpke::open_with(shared, m.recipient, m.sealed, as_bytes("info"), as_bytes("aad"));
    EXPECT_EQ(as_text(opened->reveal()), "share");
    EXPECT_EQ(hpke::open_with(Point(), m.recipient, m.sealed, {}, {}).error().code, "shared-point-invalid");
}

const json::Value& verifiable_mode() {
    static const json::Value file = test::read_test_json("vectors/rfc9497-P256-SHA256.json");
    return file.get<json::Array>()->at(1);
}
voprf::ServerKey published_key() {
    const SecretBytes<32> seed(to_array<32>(bytes(verifiable_mode(), "seed")));
    return voprf::ServerKey::derive(seed, bytes(verifiable_mode(), "keyInfo"));
}

TEST(Voprf, DerivesThePublishedKey) {
    const voprf::ServerKey key = published_key();
    EXPECT_EQ(to_bytes(key.bytes().reveal()), bytes(verifiable_mode(), "skSm"));
    EXPECT_EQ(to_bytes(*key.public_key().to_sec1()), bytes(verifiable_mode(), "pkSm"));
}

TEST(Voprf, EveryPublishedStepComesOutExactly) {
    const voprf::ServerKey key = published_key();
    for (const json::Value& vector : array(verifiable_mode(), "vectors")) {
        if (*at(vector, "Batch").get<std::int64_t>() != 1) continue;
        const Bytes input = bytes(vector, "Input");
        const SecretScalar blind = secret(bytes(vector, "Blind"));
        const Point blinded = voprf::blind(input, blind);
        EXPECT_EQ(to_bytes(*blinded.to_sec1()), bytes(vector, "BlindedElement"));

        PublishedScalar nonce(bytes(at(vector, "Proof"), "r"));
        const voprf::Evaluation evaluation = voprf::blind_evaluate(key, blinded, nonce);
        EXPECT_EQ(to_bytes(*evaluation.element.to_sec1()), bytes(vector, "EvaluationElement"));
        EXPECT_EQ(to_bytes(evaluation.proof.bytes()), bytes(at(vector, "Proof"), "proof"));

        const Bytes expected = bytes(vector, "Output");
        EXPECT_EQ(to_bytes(*voprf::finalize(input, blind, blinded, evaluation, key.public_key())), expected);
        EXPECT_EQ(to_bytes(voprf::evaluate(key, input)), expected);
    }
}

// One blinded input, answered by the server's key.
struct Exchange {
    SeededRandom random{2};
    voprf::ServerKey key = voprf::ServerKey::random(random);
    SecretScalar blind = SecretScalar::random(random);
    Point blinded = voprf::blind(as_bytes("t"), blind);
    voprf::Evaluation evaluation = voprf::blind_evaluate(key, blinded, random);

    std::string finalized() { return finalized_under(key.public_key()); }
    std::string finalized_under(const Point& public_key) {
        const auto output = voprf::finalize(as_bytes("t"), blind, blinded, evaluation, public_key);
        return output ? to_hex(*output) : output.error().code;
    }
};

TEST(Voprf, TheBlindDoesNotShowInTheOutput) {
    Exchange one, two;
    two.blind = SecretScalar(99);
    two.blinded = voprf::blind(as_bytes("t"), two.blind);
    two.evaluation = voprf::blind_evaluate(two.key, two.blinded, two.random);
    EXPECT_EQ(one.finalized(), two.finalized());
    EXPECT_EQ(one.finalized(), to_hex(voprf::evaluate(one.key, as_bytes("t"))));
}

TEST(Voprf, AnAnswerUnderAnotherKeyIsRefused) {
    Exchange e;
    const voprf::ServerKey other = voprf::ServerKey::random(e.random);
    EXPECT_EQ(e.finalized_under(other.public_key()), "evaluation-proof-wrong");
    e.evaluation = voprf::blind_evaluate(other, e.blinded, e.random);
    EXPECT_EQ(e.finalized(), "evaluation-proof-wrong");
}

TEST(Voprf, AChangedAnswerOrProofIsRefused) {
    Exchange element, number;
    element.evaluation.element = element.evaluation.element + generator();
    EXPECT_EQ(element.finalized(), "evaluation-proof-wrong");
    number.evaluation.proof.s += Scalar(1);
    EXPECT_EQ(number.finalized(), "evaluation-proof-wrong");
    number.evaluation.proof = {};
    EXPECT_EQ(number.finalized(), "evaluation-proof-wrong");
}

TEST(Voprf, AKeyReadsBackAndZeroIsRefused) {
    const voprf::ServerKey key = published_key();
    EXPECT_EQ(voprf::ServerKey::from_bytes(key.bytes().reveal())->public_key(), key.public_key());
    EXPECT_EQ(voprf::ServerKey::from_bytes(Bytes(32)).error().code, "key-invalid");
    EXPECT_EQ(voprf::ServerKey::from_bytes(Bytes(32, 0xff)).error().code, "scalar-not-canonical");
}

Bytes sealed_secret() {
    SeededRandom random(3);
    return seal_with_passphrase("correct horse", as_bytes("share"), random);
}
std::string unsealed(std::string_view passphrase, ByteView container) {
    const auto opened = open_with_passphrase(passphrase, container);
    return opened ? std::string(as_text(opened->reveal())) : opened.error().code;
}

TEST(Passphrase, OpensWithTheSamePassphraseAlone) {
    const Bytes container = sealed_secret();
    EXPECT_TRUE(is_passphrase_container(container));
    EXPECT_EQ(unsealed("correct horse", container), "share");
    EXPECT_EQ(unsealed("correct hors", container), "passphrase-wrong");
}

TEST(Passphrase, AChangedContainerIsRefused) {
    Bytes salt = sealed_secret(), last = sealed_secret(), cost = sealed_secret();
    salt[20] ^= 1;
    last.back() ^= 1;
    cost[16] = 14;
    EXPECT_EQ(unsealed("correct horse", salt), "passphrase-wrong");
    EXPECT_EQ(unsealed("correct horse", last), "passphrase-wrong");
    EXPECT_EQ(unsealed("correct horse", cost), "passphrase-wrong");
}

TEST(Passphrase, WhatIsNoContainerOrCostsTooMuchIsRefused) {
    Bytes dear = sealed_secret();
    dear[16] = 21;
    EXPECT_EQ(unsealed("correct horse", dear), "container-invalid");
    EXPECT_EQ(unsealed("correct horse", ByteView(sealed_secret()).first(50)), "container-invalid");
    EXPECT_EQ(unsealed("correct horse", as_bytes("-----BEGIN CERTIFICATE-----")), "container-invalid");
    EXPECT_FALSE(is_passphrase_container({}));
}

}  // namespace
}  // namespace stimme::crypto
