// Signatures and their keys: core/crypto/signature.
#include "core/crypto/signature.h"

#include <gtest/gtest.h>

#include "core/crypto/sha256.h"
#include "tests/support/must.h"

namespace stimme::crypto {
namespace {

const Hash digest = sha256(as_bytes("polls-opened"));

SigningKey key_of(std::uint64_t seed) {
    SeededRandom random(seed);
    return SigningKey::random(random);
}
LogKey log_key_of(std::uint64_t seed) {
    SeededRandom random(seed);
    return LogKey::random(random);
}
TEST(Signature, ItsOwnKeyAcceptsIt) {
    const SigningKey key = key_of(1);
    for (int i = 0; i < 20; ++i)
        EXPECT_EQ(test::code(key.verify_key().verify(digest, key.sign(digest))), "ok");
}

TEST(Signature, AnotherDigestOrKeyRefusesIt) {
    const SigningKey key = key_of(1);
    const Signature signature = key.sign(digest);
    EXPECT_EQ(test::code(key.verify_key().verify(sha256({}), signature)), "signature-wrong");
    EXPECT_EQ(test::code(key_of(2).verify_key().verify(digest, signature)), "signature-wrong");
}

TEST(Signature, AFlippedBitIsRefused) {
    const SigningKey key = key_of(1);
    Signature signature = key.sign(digest);
    signature[40] ^= 1;
    EXPECT_NE(test::code(key.verify_key().verify(digest, signature)), "ok");
}

TEST(Signature, NumbersOutOfRangeAndOtherLengthsAreRefused) {
    const SigningKey key = key_of(1);
    const Signature valid = key.sign(digest);
    const Bytes order = *from_hex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
    for (const Bytes& number : {Bytes(32), order, Bytes(32, 0xff)}) {
        Signature r = valid, s = valid;
        std::copy(number.begin(), number.end(), r.begin());
        std::copy(number.begin(), number.end(), s.begin() + 32);
        EXPECT_EQ(test::code(key.verify_key().verify(digest, r)), "signature-not-canonical");
        EXPECT_EQ(test::code(key.verify_key().verify(digest, s)), "signature-not-canonical");
    }
    EXPECT_EQ(test::code(key.verify_key().verify(digest, ByteView(valid).first(63))),
              "signature-not-canonical");
    EXPECT_EQ(test::code(key.verify_key().verify(digest, {})), "signature-not-canonical");
}

TEST(SigningKey, ReadsBackFromPem) {
    const SigningKey key = key_of(3);
    const SecretBuffer pem = key.to_pem();
    const auto read = SigningKey::from_pem(as_text(pem.reveal()));
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(read->verify_key(), key.verify_key());
    EXPECT_EQ(*VerifyKey::from_sec1(key.verify_key().sec1()), key.verify_key());
}

TEST(SigningKey, OtherKeysAndZeroAreRefused) {
    EXPECT_EQ(SigningKey::from_pem("nothing").error().code, "key-invalid");
    EXPECT_EQ(SigningKey::from_pem(as_text(log_key_of(1).to_pem().reveal())).error().code, "key-invalid");
    EXPECT_EQ(LogKey::from_pem(as_text(key_of(1).to_pem().reveal())).error().code, "key-invalid");
    EXPECT_EQ(SigningKey::from_scalar(SecretScalar()).error().code, "key-invalid");
}

// RFC 8032 section 7.1, test 2.
TEST(LogKey, SignsAsThePublishedVector) {
    SecretBytes<32> seed(
        *array_from_hex<32>("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
    const LogKey key = LogKey::from_seed(std::move(seed));
    EXPECT_EQ(to_hex(key.verify_key()), "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    EXPECT_EQ(to_hex(key.sign(ByteArray<1>{0x72})),
              "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
              "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
}

TEST(LogKey, OnlyTheSignedMessageIsAccepted) {
    const LogKey key = log_key_of(4);
    const Signature signature = key.sign(as_bytes("root"));
    EXPECT_EQ(test::code(verify_ed25519(key.verify_key(), as_bytes("root"), signature)), "ok");
    EXPECT_EQ(test::code(verify_ed25519(key.verify_key(), as_bytes("toor"), signature)), "signature-wrong");
    EXPECT_EQ(test::code(verify_ed25519(log_key_of(5).verify_key(), as_bytes("root"), signature)),
              "signature-wrong");
    EXPECT_EQ(test::code(verify_ed25519(key.verify_key(), as_bytes("root"), Bytes(63))),
              "signature-not-canonical");
}

TEST(LogKey, ReadsBackFromPem) {
    const LogKey key = log_key_of(6);
    EXPECT_EQ(LogKey::from_pem(as_text(key.to_pem().reveal()))->verify_key(), key.verify_key());
}

}  // namespace
}  // namespace stimme::crypto
