// What entry 0 says about the key, trusting nobody: core/events/election_keys.
#include "core/events/election_keys.h"

#include "tests/unit/core/events/ceremony_fixture.h"

namespace stimme::events::ceremonies {
namespace {

class SealedKeysTest : public ::testing::Test {
  protected:
    std::string verdict() const { return code(verify_sealed_keys(election.definition, sealed)); }

    Election election = TestElection().build();
    ElectionSealed sealed = election.sealed();
};

TEST_F(SealedKeysTest, KeysFollowFromTheEntry) {
    const auto keys = verify_sealed_keys(election.definition, sealed);
    ASSERT_TRUE(keys) << keys.error().message;
    EXPECT_EQ(keys->election, election.h_e);
    EXPECT_EQ(keys->key, election.key.point());
    for (std::size_t l = 0; l < 3; ++l) {
        EXPECT_EQ(keys->shares[l], crypto::multiply_generator(election.trustees[l].share));
    }
}

TEST_F(SealedKeysTest, KeysOfACeremonyAreThoseOfItsEntry) {
    Trustees trustees(TestElection().build());
    trustees.commit();
    trustees.share();
    trustees.confirm();
    sealed.trustees = trustees.ceremony.trustee_keys();
    sealed.election = trustees.ceremony.keys()->election;
    const auto keys = verify_sealed_keys(election.definition, sealed);
    ASSERT_TRUE(keys) << keys.error().message;
    EXPECT_EQ(*keys, *trustees.ceremony.keys());
}

TEST_F(SealedKeysTest, PaperOnlyElectionHasNoKey) {
    const Election paper = TestElection().paper_only().build();
    const auto keys = verify_sealed_keys(paper.definition, paper.sealed());
    ASSERT_TRUE(keys) << keys.error().message;
    EXPECT_TRUE(keys->paper_only());
    EXPECT_EQ(keys->election, election_hash(paper.definition.hash(), {}));
}

TEST_F(SealedKeysTest, OtherDefinitionIsRefused) {
    sealed.definition[0] ^= 1;
    EXPECT_EQ(verdict(), "definition-differs");
}

TEST_F(SealedKeysTest, TrusteesOtherThanTheDefinitionsAreRefused) {
    std::swap(sealed.trustees[0], sealed.trustees[1]);
    EXPECT_EQ(verdict(), "trustees-wrong");
    sealed.trustees.pop_back();
    EXPECT_EQ(verdict(), "trustees-wrong");
}

TEST_F(SealedKeysTest, TrusteeMoreIsRefused) {
    sealed.trustees.push_back(sealed.trustees[0]);
    EXPECT_EQ(verdict(), "trustees-wrong");
}

TEST_F(SealedKeysTest, CoefficientMoreOrLessIsRefused) {
    sealed.trustees[2].commitments.push_back(sealed.trustees[2].commitments[0]);
    EXPECT_EQ(verdict(), "commitments-wrong");
    sealed.trustees[2].proofs.push_back(sealed.trustees[2].proofs[0]);
    EXPECT_EQ(verdict(), "commitments-wrong");
    sealed = election.sealed();
    sealed.trustees[2].proofs.pop_back();
    EXPECT_EQ(verdict(), "commitments-wrong");
}

TEST_F(SealedKeysTest, EveryProofCounts) {
    for (std::size_t i = 0; i < 3; ++i) {
        for (std::size_t j = 0; j < 2; ++j) {
            sealed = election.sealed();
            sealed.trustees[i].proofs[j].response[31] ^= 1;
            EXPECT_EQ(verdict(), "knowledge-proof-wrong") << i << " " << j;
        }
    }
}

TEST_F(SealedKeysTest, OtherElectionHashIsRefused) {
    sealed.election[31] ^= 1;
    EXPECT_EQ(verdict(), "election-differs");
}

TEST_F(SealedKeysTest, EveryConfirmationCounts) {
    for (std::size_t i = 0; i < 3; ++i) {
        sealed = election.sealed();
        sealed.trustees[i].signature = sealed.trustees[(i + 1) % 3].signature;
        EXPECT_EQ(verdict(), "signature-wrong") << i;
    }
}

TEST(DerivedKeys, CommitmentsThatCancelOutAreRefused) {
    const Election election = TestElection().build();
    const crypto::Point a = crypto::generator(), b = a + a;
    const std::vector<crypto::Commitments> trustees{{a, a}, {a, a}, {-b, a}};
    EXPECT_EQ(code(derive_keys(election.definition, trustees)), "election-key-infinite");
}

}  // namespace
}  // namespace stimme::events::ceremonies
