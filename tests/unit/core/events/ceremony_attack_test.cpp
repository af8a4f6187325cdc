// The ceremony against a server that plays trustees or shows them different messages, and against trustees
// who send false shares: it never ends with a key that one of them didn't check.
#include "tests/unit/core/events/ceremony_fixture.h"

namespace stimme::events::ceremonies {
namespace {

class CeremonyAttack : public ::testing::Test {
  protected:
    std::string send(const CeremonyMessage& message) { return code(trustees.send(message)); }
    template <class Message>
    Message resigned(Message message, unsigned by) const {
        return signed_message(std::move(message), trustees.h_d(), trustees.key(by));
    }
    // Trustee l's confirmation of the key that `view` shows.
    static TrusteeConfirmation confirmation(const Trustees& view, unsigned l, unsigned signer) {
        const Hash digest = confirmation_digest(view.ceremony.keys()->election, view.id(l));
        return {view.ceremony.round(), view.id(l), view.key(signer).sign(digest)};
    }

    Trustees trustees{TestElection().build()};
    Ceremony& ceremony = trustees.ceremony;
};

TEST_F(CeremonyAttack, ServerPlayingATrusteeIsRefusedAtEveryStep) {
    EXPECT_EQ(send(resigned(trustees.commitments(1), 2)), "signature-wrong");
    trustees.commit();
    EXPECT_EQ(send(resigned(trustees.share_of(1, 3, crypto::SecretScalar(7)), 2)), "signature-wrong");
    trustees.share();
    EXPECT_EQ(send(resigned(trustees.complaint(1, 3), 2)), "signature-wrong");
    EXPECT_EQ(send(confirmation(trustees, 1, 2)), "signature-wrong");
    EXPECT_EQ(ceremony.missing().size(), 3U);
}

// Trustee 2 helps the server: trustees 1 and 3 see different commitments of theirs, both with a right
// signature.
TEST_F(CeremonyAttack, TwoViewsOfOneCeremonyNeverComplete) {
    Trustees other(TestElection().build(), 2);
    for (const unsigned i : {1U, 3U}) {
        const TrusteeCommitments same = trustees.commitments(i);
        ASSERT_EQ(send(same), "");
        ASSERT_EQ(code(other.send(same)), "");
    }
    ASSERT_EQ(send(trustees.commitments(2)), "");
    ASSERT_EQ(code(other.send(other.commitments(2))), "");
    EXPECT_NE(ceremony.keys()->election, other.ceremony.keys()->election);
    EXPECT_EQ(code(other.send(confirmation(trustees, 1, 1))), "signature-wrong");
    EXPECT_EQ(send(confirmation(other, 3, 3)), "signature-wrong");
}

TEST_F(CeremonyAttack, FalseShareWithoutAComplaintNeverCompletes) {
    trustees.commit();
    ASSERT_EQ(send(trustees.share_of(2, 1, crypto::SecretScalar(7))), "");
    trustees.share();
    for (const unsigned l : {2U, 3U})
        EXPECT_EQ(send(confirm(ceremony, trustees.secret(l), trustees.key(l))), "");
    EXPECT_TRUE(std::holds_alternative<TrusteeComplaint>(*trustees.combine(1)));
    EXPECT_EQ(ceremony.missing(),
              (std::vector<MissingMessage>{{"trustee-confirmation", trustees.id(1), std::nullopt}}));
    EXPECT_FALSE(ceremony.complete());
}

// Whoever confirms all the same holds no part of the key.
TEST_F(CeremonyAttack, SecretMadeOfAFalseShareIsNone) {
    trustees.commit();
    trustees.share();
    const TrusteeSecret wrong(ceremony.keys()->election, 1,
                              trustees.secret(1).share() + crypto::SecretScalar(7));
    EXPECT_EQ(code(wrong.check(*ceremony.keys())), "trustee-secret-differs");
}

TEST_F(CeremonyAttack, SecondFalseShareInPlaceOfTheFirstIsRefused) {
    trustees.commit();
    ASSERT_EQ(send(trustees.share_of(2, 1, crypto::SecretScalar(7))), "");
    EXPECT_EQ(send(trustees.share_of(2, 1, crypto::SecretScalar(8))), "message-repeated");
}

}  // namespace
}  // namespace stimme::events::ceremonies
