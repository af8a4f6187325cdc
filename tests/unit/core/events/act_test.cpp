// Signatures of people under entries, each over a log that they saw: core/events/act.
#include "core/events/act.h"

#include <gtest/gtest.h>

#include "tests/support/elections.h"

namespace stimme::events {
namespace {

using test::Election;
using test::TestElection;

class ActTest : public ::testing::Test {
  protected:
    // The root of a log of that many entries: the size itself.
    static Hash root_at(std::uint64_t size) { return {static_cast<std::uint8_t>(size)}; }

    ActSignature sign(const std::string& signer, const LogView& view) const {
        return sign_act(election.signing_key(signer), SignerId(signer), election.h_e, content, view);
    }
    // The verdict over an entry that is to stand at index 4.
    std::string verdict(std::vector<ActSignature> signatures) const {
        const Entry entry{content, std::move(signatures)};
        const Status status = verify_signatures(state, election.h_e, entry, 4, root_at);
        return status ? "" : status.error().code;
    }

    Election election = TestElection().build();
    ElectionState state{election.definition};
    Content content = Incident{"power cut"};
    ActSignature right = sign("official-1", {3, root_at(3)});
};

TEST_F(ActTest, SignaturesOverThisLogAreRight) {
    EXPECT_EQ(verdict({right, sign("official-2", {4, root_at(4)})}), "");
    EXPECT_EQ(verdict({sign("official-1", {0, root_at(0)})}), "");
}

TEST_F(ActTest, SignatureOverALongerLogIsRefused) {
    EXPECT_EQ(verdict({sign("official-1", {5, root_at(5)})}), "signature-stale");
}

TEST_F(ActTest, SignatureOverAnotherLogIsRefused) {
    EXPECT_EQ(verdict({sign("official-1", {3, root_at(2)})}), "signature-root");
}

TEST_F(ActTest, EverythingSignedCounts) {
    const auto unless = [&](auto change) {
        ActSignature changed = right;
        change(changed);
        return verdict({changed});
    };
    EXPECT_EQ(unless([](ActSignature& s) { s.signer = SignerId("official-2"); }), "signature-wrong");
    EXPECT_EQ(unless([](ActSignature& s) { s.size = 2, s.root = root_at(2); }), "signature-wrong");
    EXPECT_EQ(unless([](ActSignature& s) { s.signature[63] ^= 1; }), "signature-wrong");
    EXPECT_EQ(unless([](ActSignature& s) { s.signature.fill(0); }), "signature-not-canonical");
    content = Incident{"power cut, at 10:00"};
    EXPECT_EQ(verdict({right}), "signature-wrong");
}

TEST_F(ActTest, SignatureOfAnotherElectionIsRefused) {
    election.h_e[0] ^= 1;
    EXPECT_EQ(verdict({right}), "signature-wrong");
}

TEST_F(ActTest, StrangerIsRefused) {
    ActSignature stranger = right;
    stranger.signer = SignerId("nobody");
    EXPECT_EQ(verdict({stranger}), "signer-unknown");
}

TEST_F(ActTest, ErrorNamesTheSigner) {
    right.signature[0] ^= 1;
    const Status status = verify_signatures(state, election.h_e, {content, {right}}, 4, root_at);
    EXPECT_NE(status.error().message.find("official-1"), std::string::npos) << status.error().message;
}

TEST_F(ActTest, ReplacedKeyCountsAndTheOldOneNoLonger) {
    const std::vector<ActSignature> officials{{SignerId("official-1"), 0, {}, {}},
                                              {SignerId("official-2"), 0, {}, {}}};
    const crypto::SigningKey fresh = test::test_signing_key("fresh");
    ASSERT_TRUE(
        state.apply(0, {ElectionSealed{election.definition.hash(), election.h_e, {}, {}, {}, 0}, officials}));
    ASSERT_TRUE(
        state.apply(1, {KeyReplaced{SignerId("official-1"), fresh.verify_key().sec1(), "lost"}, officials}));
    EXPECT_EQ(verdict({right}), "signature-wrong");
    EXPECT_EQ(verdict({sign_act(fresh, SignerId("official-1"), election.h_e, content, {3, root_at(3)})}), "");
}

}  // namespace
}  // namespace stimme::events
