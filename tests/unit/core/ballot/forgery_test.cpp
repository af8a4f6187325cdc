// Every byte of a ballot counts: whatever is changed is refused, with the code and the place that say why.
// The list of forgeries is in every_forgery_test.cpp.
#include "tests/unit/core/ballot/ballot_fixture.h"

namespace stimme::ballot {
namespace {

using test::TestElection;

const std::string q_hex = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";

struct Forgery : testing::Test {
    // Two contests alike and two styles alike, so that only the context tells them apart.
    test::Election election = TestElection()
                                  .contest("board", 2, {.votes = 2})
                                  .contest("youth", 2, {.votes = 2})
                                  .style("standard", {"board", "youth"}, {}, {"eu"})
                                  .style("other", {"board", "youth"})
                                  .station("s1")
                                  .station("s2")
                                  .build();
    Layout layout = election.layout();
    Context context = election.context();
    Bytes body = election.encrypt(context, {{1, 0}, {0, 1}}).body();

    Result<CheckedBallot> checked() { return check(layout, election.key, context, body); }
    std::string code() { return code_of(checked()); }
    // The code after `change` of a fresh copy.
    std::string code_after(const std::function<void(Bytes&)>& change) {
        Bytes changed = body;
        change(changed);
        return code_of(check(layout, election.key, context, changed));
    }
    crypto::Point point_at(std::size_t offset) {
        return *crypto::Point::from_bytes64(take(body, offset, 64));
    }
};

// What field the byte at `offset` belongs to, found from section 4.6 alone: 4 ciphertexts, then branches.
std::string expected_code(std::size_t offset, std::size_t y_offset) {
    if (offset >= y_offset) return "none";
    if (offset < 4 * 128) return "ballot-point";
    const std::size_t in_branch = (offset - 4 * 128) % 192;
    if (in_branch < 128) return "ballot-point";
    return in_branch < 160 ? "ballot-challenge-sum" : "ballot-equation-g";
}

TEST_F(Forgery, UnchangedBallotIsAccepted) {
    EXPECT_EQ(code(), "none") << message_of(checked());
}

TEST_F(Forgery, FlippedBitInEveryByteIsRefused) {
    for (std::size_t offset = 0; offset < layout.y_offset(); ++offset) {
        Bytes changed = body;
        changed[offset] ^= 1;
        const auto result = check(layout, election.key, context, changed);
        EXPECT_EQ(code_of(result), expected_code(offset, layout.y_offset())) << offset << message_of(result);
    }
}

// y is free; whoever changes it makes another ballot, with another tracking code, that x doesn't cast.
TEST_F(Forgery, FlippedBitInYMakesAnotherBallot) {
    const auto before = checked();
    body[layout.y_offset()] ^= 1;
    const auto after = checked();
    ASSERT_TRUE(before && after);
    EXPECT_NE(before->tracking_code(), after->tracking_code());
    EXPECT_NE(before->y(), after->y());
}

TEST_F(Forgery, TruncatedBodyIsRefused) {
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, body.size() - 192, body.size() - 1}) {
        EXPECT_EQ(code_of(check(layout, election.key, context, take(body, 0, size))), "ballot-length");
    }
}

TEST_F(Forgery, ExtendedBodyIsRefused) {
    EXPECT_EQ(code_after([](Bytes& b) { b.push_back(0); }), "ballot-length");
    EXPECT_EQ(code_after([](Bytes& b) { b.insert(b.end(), 192, 0); }), "ballot-length");
}

TEST_F(Forgery, InfinityIsRefusedAtEveryPoint) {
    const auto infinity_at = [&](std::size_t offset) {
        return code_after([&](Bytes& b) { put(b, offset, ByteArray<64>{}); });
    };
    for (std::size_t i = 0; i < layout.ciphertexts(); ++i) {
        EXPECT_EQ(infinity_at(layout.ciphertext(i) + ciphertext_a), "ballot-point");
        EXPECT_EQ(infinity_at(layout.ciphertext(i) + ciphertext_b), "ballot-point");
    }
    for (const Statement& statement : layout.statements()) {
        for (std::size_t i = 0; i < statement.range.branches(); ++i) {
            EXPECT_EQ(infinity_at(statement.branch(i) + branch_a), "ballot-point");
            EXPECT_EQ(infinity_at(statement.branch(i) + branch_b), "ballot-point");
        }
    }
}

TEST_F(Forgery, ScalarNotBelowQIsRefusedEverywhere) {
    const Bytes q = *from_hex(q_hex);
    for (const Statement& statement : layout.statements()) {
        for (std::size_t i = 0; i < statement.range.branches(); ++i) {
            for (const std::size_t field : {branch_c, branch_v}) {
                EXPECT_EQ(code_after([&](Bytes& b) { put(b, statement.branch(i) + field, q); }),
                          "ballot-scalar");
            }
        }
    }
}

TEST_F(Forgery, OtherPointOnTheCurveChangesTheChallenge) {
    const Statement& first = layout.statements().front();
    for (const std::size_t offset : {layout.ciphertext(1) + ciphertext_a, layout.ciphertext(2) + ciphertext_b,
                                     first.branch(0) + branch_a, first.branch(1) + branch_b}) {
        const crypto::Point other = point_at(offset) + crypto::generator();
        EXPECT_EQ(code_after([&](Bytes& b) { put(b, offset, other.raw()); }), "ballot-challenge-sum");
    }
}

TEST_F(Forgery, BallotOfAnotherStyleIsRefused) {
    context.style = StyleId("other");
    EXPECT_EQ(code(), "ballot-style");
    EXPECT_EQ(code_of(check(election.layout("other"), election.key, context, body)), "ballot-challenge-sum");
}

// The commitments are covered by the challenges, which don't name K; so its equation is what fails.
TEST_F(Forgery, BallotUnderAnotherKeyIsRefused) {
    const crypto::ElectionKey other(crypto::multiply_var(crypto::generator(), crypto::Scalar(5)));
    EXPECT_EQ(code_of(check(layout, other, context, body)), "ballot-equation-k");
}

TEST_F(Forgery, ForgerWithinTheRulesIsAccepted) {
    body = Forger(election.key, layout, context).body({{1, 1}, {1, 0}});
    EXPECT_EQ(code(), "none") << message_of(checked());
}

TEST_F(Forgery, ErrorNamesTheContestAndTheOption) {
    body[layout.ciphertext(3)] ^= 1;
    EXPECT_EQ(message_of(checked()).find(R"(contest "youth", option "c02": )"), 0u) << message_of(checked());
}

}  // namespace
}  // namespace stimme::ballot
