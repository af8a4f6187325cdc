#include "core/pass/issue.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace stimme::pass {
namespace {

struct Issue : testing::Test {
    SeededRandom random{1};
    PassKey key = PassKey::random(random);
    PassRequest request = PassRequest::random(random);

    Answer answer() { return *key.evaluate(request.blinded(), random); }
    std::string finish_error(const Answer& given) { return finish_error(given, key.public_key()); }
    std::string finish_error(const Answer& given, const election::PublicKey& public_key) {
        const auto pass = request.finish(given, public_key);
        return pass ? "none" : pass.error().code;
    }
};

TEST_F(Issue, FinishedPassIsRecognisedByTheServer) {
    const auto pass = request.finish(answer(), key.public_key());
    ASSERT_TRUE(pass) << pass.error().message;
    EXPECT_TRUE(key.tag_matches(*pass));
    EXPECT_EQ(key.tag_of(pass->t), pass->tag);
}

TEST_F(Issue, EveryAnswerToOneRequestGivesTheSamePass) {
    const Answer first = answer(), second = answer();
    EXPECT_FALSE(first == second);  // fresh proofs
    EXPECT_EQ(*request.finish(first, key.public_key()), *request.finish(second, key.public_key()));
}

TEST_F(Issue, StoredRequestIsTheSameRequest) {
    const auto restored = PassRequest::from_bytes(request.bytes().reveal());
    ASSERT_TRUE(restored);
    EXPECT_EQ(restored->blinded(), request.blinded());
    EXPECT_EQ(*restored->finish(answer(), key.public_key()), *request.finish(answer(), key.public_key()));
}

TEST_F(Issue, TwoRequestsHaveNothingInCommon) {
    const PassRequest other = PassRequest::random(random);
    EXPECT_NE(other.blinded(), request.blinded());
    EXPECT_EQ(other.finish(answer(), key.public_key()).error().code, "evaluation-proof-wrong");
}

TEST_F(Issue, StoredRequestWithoutBlindIsRefused) {
    Bytes bytes = to_bytes(request.bytes().reveal());
    EXPECT_EQ(PassRequest::from_bytes(ByteView(bytes).first(41)).error().code, "pass-request-invalid");
    std::fill(bytes.begin() + 10, bytes.end(), std::uint8_t{0});
    EXPECT_EQ(PassRequest::from_bytes(bytes).error().code, "pass-request-invalid");
    std::fill(bytes.begin() + 10, bytes.end(), std::uint8_t{0xff});
    EXPECT_EQ(PassRequest::from_bytes(bytes).error().code, "pass-request-invalid");
}

TEST_F(Issue, AnswerUnderAnotherKeyIsRefused) {
    const PassKey other = PassKey::random(random);
    EXPECT_EQ(finish_error(*other.evaluate(request.blinded(), random)), "evaluation-proof-wrong");
    EXPECT_EQ(finish_error(answer(), other.public_key()), "evaluation-proof-wrong");
}

TEST_F(Issue, ChangedAnswerIsRefused) {
    Answer changed = answer();
    changed.proof_challenge[31] ^= 1;
    EXPECT_EQ(finish_error(changed), "evaluation-proof-wrong");
    changed = answer();
    changed.proof_response[31] ^= 1;
    EXPECT_EQ(finish_error(changed), "evaluation-proof-wrong");
    changed = answer();
    changed.evaluated[0] ^= 1;  // the other root: -element
    EXPECT_EQ(finish_error(changed), "evaluation-proof-wrong");
}

TEST_F(Issue, AnswerThatIsNoPointOrScalarIsRefused) {
    Answer changed = answer();
    changed.evaluated[0] = 4;
    EXPECT_EQ(finish_error(changed), "point-not-canonical");
    changed = answer();
    changed.proof_challenge.fill(0xff);
    EXPECT_EQ(finish_error(changed), "scalar-not-canonical");
    changed = answer();
    changed.proof_response.fill(0xff);
    EXPECT_EQ(finish_error(changed), "scalar-not-canonical");
    EXPECT_EQ(finish_error(answer(), {}), "point-not-canonical");
}

TEST_F(Issue, ElementThatIsNoPointIsNotEvaluated) {
    EXPECT_EQ(key.evaluate({}, random).error().code, "point-not-canonical");
    election::PublicKey off{2};
    off[32] = 1;  // x = 1 has no point
    EXPECT_EQ(key.evaluate(off, random).error().code, "point-not-on-curve");
}

TEST_F(Issue, TagOfAnotherKeyStationOrPassDoesNotMatch) {
    const Pass pass = *request.finish(answer(), key.public_key());
    EXPECT_FALSE(PassKey::random(random).tag_matches(pass));
    Pass changed = pass;
    changed.tag[4] ^= 1;
    EXPECT_FALSE(key.tag_matches(changed));
    changed = pass;
    changed.t[0] ^= 1;
    EXPECT_FALSE(key.tag_matches(changed));
}

TEST_F(Issue, PublishedKeyGivesTheSameTags) {
    const auto published = PassKey::from_bytes(key.bytes().reveal());
    ASSERT_TRUE(published);
    EXPECT_EQ(published->public_key(), key.public_key());
    EXPECT_EQ(published->tag_of({1, 2, 3}), key.tag_of({1, 2, 3}));
}

TEST_F(Issue, KeyThatIsNoneIsRefused) {
    EXPECT_EQ(PassKey::from_bytes(ByteArray<32>{}).error().code, "key-invalid");
    EXPECT_EQ(PassKey::from_bytes(ByteArray<31>{}).error().code, "scalar-not-canonical");
}

}  // namespace
}  // namespace stimme::pass
