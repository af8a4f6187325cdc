// Hashing: SHA-256, tagged hashes, RFC 9380 against its published vectors.
#include <set>

#include <gtest/gtest.h>

#include "core/crypto/hash_to_curve.h"
#include "core/crypto/sha256.h"
#include "core/crypto/transcript.h"
#include "tests/support/files.h"

namespace stimme::crypto {
namespace {

const json::Value& at(const json::Value& value, std::string_view key) {
    return *value.get<json::Object>()->find(key);
}
const std::string& text(const json::Value& value, std::string_view key) {
    return *at(value, key).get<std::string>();
}
const json::Array& array(const json::Value& value, std::string_view key) {
    return *at(value, key).get<json::Array>();
}
std::string without_0x(const std::string& hex) {
    return hex.substr(2);
}

TEST(Sha256, MatchesThePublishedDigestWholeAndInPieces) {
    const char* digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    EXPECT_EQ(to_hex(sha256(as_bytes("abc"))), digest);
    EXPECT_EQ(to_hex(Sha256().update(as_bytes("a")).update(as_bytes("bc")).finish()), digest);
}

TEST(Rfc9380, ExpandMessageGivesThePublishedBytes) {
    const json::Value file = test::read_test_json("vectors/rfc9380-expand_message_xmd_SHA256_38.json");
    for (const json::Value& vector : array(file, "tests")) {
        Bytes out(std::stoul(text(vector, "len_in_bytes"), nullptr, 16));
        const ByteView message = as_bytes(text(vector, "msg"));
        expand_message_xmd(out, Pieces(&message, 1), text(file, "DST"));
        EXPECT_EQ(to_hex(out), text(vector, "uniform_bytes"));
    }
}

TEST(Rfc9380, PiecesOfAMessageHashAsTheWhole) {
    Bytes whole(48), pieces(48);
    const ByteView abcdef = as_bytes("abcdef");
    const ByteView split[] = {as_bytes("ab"), as_bytes(""), as_bytes("cdef")};
    expand_message_xmd(whole, Pieces(&abcdef, 1), "dst");
    expand_message_xmd(pieces, split, "dst");
    EXPECT_EQ(whole, pieces);
}

TEST(Rfc9380, HashToCurveGivesThePublishedPoints) {
    const json::Value file = test::read_test_json("vectors/rfc9380-P256_XMD_SHA-256_SSWU_RO.json");
    for (const json::Value& vector : array(file, "vectors")) {
        const Point point = hash_to_curve(text(file, "dst"), as_bytes(text(vector, "msg")));
        const json::Value& expected = at(vector, "P");
        EXPECT_EQ(to_hex(point.raw()), without_0x(text(expected, "x")) + without_0x(text(expected, "y")));
    }
}

TEST(Rfc9380, HashedPointsLieOnTheCurve) {
    for (std::uint8_t i = 0; i < 50; ++i) {
        const Point point = hash_to_curve("dst", ByteArray<1>{i});
        EXPECT_TRUE(Point::from_bytes64(point.raw()).ok());
    }
}

TEST(Transcript, TheHashIsThatOfTheWrittenForm) {
    Bytes written{4};
    append(written, as_bytes("cast"));
    append(written, u32be(2));
    append(written, as_bytes("ab"));
    append(written, u32be(0));
    EXPECT_EQ(hash(Tag::cast, {as_bytes("ab"), as_bytes("")}), sha256(written));
    EXPECT_EQ(
        TaggedHash(Tag::cast).begin_part(2).append(as_bytes("a")).append(as_bytes("b")).part({}).finish(),
        sha256(written));
}

TEST(Transcript, MovingABorderBetweenPartsChangesTheHash) {
    EXPECT_NE(hash(Tag::act, {as_bytes("ab"), as_bytes("c")}),
              hash(Tag::act, {as_bytes("a"), as_bytes("bc")}));
    EXPECT_NE(hash_to_scalar(Purpose::share, {as_bytes("ab"), as_bytes("c")}),
              hash_to_scalar(Purpose::share, {as_bytes("a"), as_bytes("bc")}));
}

TEST(Transcript, NoTwoTagsOrPurposesShareAName) {
    std::set<std::string_view> names;
    for (int tag = 0; tag <= static_cast<int>(Tag::audit_draw); ++tag) {
        EXPECT_TRUE(names.insert(name(static_cast<Tag>(tag))).second);
    }
    for (int purpose = 0; purpose <= static_cast<int>(Purpose::share); ++purpose) {
        EXPECT_TRUE(names.insert(dst(static_cast<Purpose>(purpose))).second);
    }
}

TEST(Transcript, ScalarsFollowTheWrittenForm) {
    Bytes message;
    append(message, u32be(3));
    append(message, as_bytes("abc"));
    EXPECT_EQ(hash_to_scalar(Purpose::range, {as_bytes("abc")}), hash_to_scalar("Stimme-V1-range", message));
    EXPECT_EQ(hash_to_secret_scalar(Purpose::range, {as_bytes("abc")}).reveal(),
              hash_to_scalar(Purpose::range, {as_bytes("abc")}));
}

}  // namespace
}  // namespace stimme::crypto
