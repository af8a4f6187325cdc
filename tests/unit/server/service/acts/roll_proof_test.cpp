#include "server/service/acts/roll_proofs.h"
#include "server/service/roll/roll_service.h"
#include "tests/unit/server/election_fixture.h"

namespace stimme::service {
namespace {

using events::RollProof;

class RollProofTest : public ElectionTest {
  protected:
    Result<RollProof> proof_of(std::string_view number) const {
        return election_->roll_proofs().proof_of(number);
    }
    Result<events::OnTheRoll> verify(const RollProof& proof) const {
        const auto& log = known_.definition->log;
        return events::verify_roll_proof(proof, {log.origin, log.key}, {});
    }
    void correct(const events::RollCorrected& correction) {
        must(sign_all({"official-1", "official-2"}, correction));
    }
};

TEST_F(RollProofTest, ThereIsNoneBeforeTheRollIsSealed) {
    import_roll();
    EXPECT_EQ(code(proof_of("1001")), "not-sealed");
}

TEST_F(RollProofTest, EachVotersProofHoldsAndNamesTheirOwnRow) {
    seal();
    const auto rows = *election_->roll().participation();
    std::set<Hash> leaves;
    for (int i = 1; i <= 9; ++i) {
        const auto proof = proof_of("100" + std::to_string(i));
        must(proof);
        const auto found = verify(*proof);
        must(found);
        EXPECT_EQ(found->entry, 0U);
        EXPECT_EQ(found->voters, 9U);
        leaves.insert(found->leaf);
    }
    for (const events::ParticipationRow& row : rows) EXPECT_TRUE(leaves.contains(row.leaf));
    EXPECT_EQ(leaves.size(), 9U);
}

TEST_F(RollProofTest, OnlyWhoHasTheLettersCodeGetsIt) {
    seal();
    const auto& proofs = election_->roll_proofs();
    events::VoterCode code_of_1001 = proof_of("1001")->code;
    EXPECT_EQ(code(proofs.proof_of(code_of_1001)), "ok");
    code_of_1001.salt[15] ^= 1;
    EXPECT_EQ(code(proofs.proof_of(code_of_1001)), "voter-code-unknown");
    EXPECT_EQ(code(proofs.proof_of(events::VoterCode{"7777", {}})), "voter-code-unknown");
    EXPECT_EQ(code(proof_of("7777")), "voter-not-found");
}

TEST_F(RollProofTest, ItIsReadAgainAsItWasWritten) {
    seal();
    const std::string text = json::canonical(events::to_json(*proof_of("1004")));
    const auto again = events::parse_roll_proof(text);
    must(again);
    EXPECT_EQ(json::canonical(events::to_json(*again)), text);
    EXPECT_EQ(code(verify(*again)), "ok");
    EXPECT_EQ(code(events::parse_roll_proof(R"({"format":"stimme-roll-proof/2"})")), "roll-proof-invalid");
}

TEST_F(RollProofTest, AlteredProofIsRefused) {
    seal();
    // Salts are random, and so are places; the last one of an odd number has no neighbour to change with.
    const RollProof first = *proof_of("1001");
    const bool has_neighbour = (first.place->index ^ 1) < verify(first)->voters;
    const RollProof good = has_neighbour ? first : *proof_of("1003");
    RollProof other = good;
    other.code.number = "1002";
    EXPECT_EQ(code(verify(other)), "inclusion-root") << "another voter";
    other = good;
    other.style = StyleId("other");
    EXPECT_EQ(code(verify(other)), "inclusion-root") << "another ballot style";
    other = good;
    other.place->index ^= 1;
    EXPECT_EQ(code(verify(other)), "inclusion-root") << "another place";
    other = good;
    other.place->proof.pop_back();
    EXPECT_EQ(code(verify(other)), "inclusion-length");
    other = good;
    other.place.reset();
    EXPECT_EQ(code(verify(other)), "roll-proof-entry") << "an admission that is none";
    other = good;
    other.receipt.replace(other.receipt.find("index 0"), 7, "index 1");
    EXPECT_NE(code(verify(other)), "ok") << "another entry";
}

TEST_F(RollProofTest, WhoWasStruckLeavesTheProofsOfOthersTrue) {
    seal();
    correct({{}, {*election_->roll().leaf_to_strike("1001")}, "died"});
    EXPECT_EQ(code(proof_of("1001")), "voter-not-found");
    const auto proof = proof_of("1002");
    must(proof);
    EXPECT_EQ(verify(*proof)->voters, 9U);
}

TEST_F(RollProofTest, WhoWasAdmittedIsShownByTheCorrection) {
    hold_ceremony();
    import_roll(register_csv() +
                "2001;Kind;Ana;01.02.2020;w;TUR;;01.01.2021;01.01.2021;Weg;1;39104;Stadt;area-s1;E;;;;\n");
    must(act(election::EntryType::election_sealed));
    const auto leaf = answer_of<Hash>([&](auto done) { election_->roll().leaf_to_admit("2001", done); });
    must(leaf);
    EXPECT_EQ(code(proof_of("2001")), "voter-not-found") << "not before the correction is in the log";
    correct({{*leaf}, {}, "court"});
    RollProof proof = *proof_of("2001");
    const auto found = verify(proof);
    must(found);
    EXPECT_EQ(found->leaf, *leaf);
    EXPECT_EQ(found->entry, log_size() - 1);
    EXPECT_EQ(code(verify(*proof_of("1002"))), "ok");
    proof.code.number = "2002";
    EXPECT_EQ(code(verify(proof)), "roll-proof-leaf");
}

}  // namespace
}  // namespace stimme::service
