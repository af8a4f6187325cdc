// The key ceremony: honest trustees come to one key, and whoever lies is named. core/events/ceremony,
// trustee_secret, sealed_share.
#include "core/events/ceremony.h"

#include "tests/support/files.h"
#include "tests/unit/core/events/ceremony_fixture.h"

namespace stimme::events::ceremonies {
namespace {

class CeremonyTest : public ::testing::Test {
  protected:
    // Up to the confirmations, not included.
    void exchange() {
        trustees.commit();
        trustees.share();
    }
    std::string send(const CeremonyMessage& message) { return code(trustees.send(message)); }
    const CeremonyFinding& finding() { return trustees.ceremony.findings().at(0); }

    Trustees trustees{TestElection().build()};
    Ceremony& ceremony = trustees.ceremony;
};

TEST_F(CeremonyTest, HonestTrusteesComeToOneKey) {
    exchange();
    trustees.confirm();
    ASSERT_TRUE(ceremony.complete());
    crypto::Point sum;
    for (unsigned i = 1; i <= 3; ++i) sum = sum + ceremony.committed(i)[0];
    EXPECT_EQ(ceremony.keys()->key, sum);
    EXPECT_TRUE(ceremony.findings().empty());
}

TEST_F(CeremonyTest, EveryTwoOfThreeSecretsMakeTheKey) {
    exchange();
    for (const auto& [a, b] : {std::pair(1U, 2U), {1U, 3U}, {2U, 3U}}) {
        const std::vector<std::uint32_t> indices{a, b};
        const auto weights = *crypto::lagrange_at_zero(indices);
        const crypto::SecretScalar secret =
            trustees.secret(a).share() * weights[0] + trustees.secret(b).share() * weights[1];
        EXPECT_EQ(crypto::multiply_generator(secret), ceremony.keys()->key);
    }
}

TEST_F(CeremonyTest, SecretsFitTheirPublicShares) {
    exchange();
    for (unsigned i = 1; i <= 3; ++i) EXPECT_EQ(code(trustees.secret(i).check(*ceremony.keys())), "");
    const TrusteeSecret wrong(ceremony.keys()->election, 1, trustees.secret(2).share().copy());
    EXPECT_EQ(code(wrong.check(*ceremony.keys())), "trustee-secret-differs");
}

TEST_F(CeremonyTest, OneTrusteeAloneIsEnoughWhereTheDefinitionSaysSo) {
    Trustees alone(TestElection().trustees(1, 1).build());
    alone.commit();
    alone.confirm();
    EXPECT_TRUE(alone.ceremony.complete());
}

TEST_F(CeremonyTest, MissingMessagesAreNamedStepByStep) {
    EXPECT_EQ(ceremony.missing().size(), 3U);
    trustees.commit();
    EXPECT_EQ(ceremony.missing().size(), 6U);
    EXPECT_EQ(ceremony.missing()[0], (MissingMessage{"trustee-share", trustees.id(1), trustees.id(2)}));
    trustees.share();
    EXPECT_EQ(ceremony.missing()[2], (MissingMessage{"trustee-confirmation", trustees.id(3), {}}));
    trustees.confirm();
    EXPECT_TRUE(ceremony.missing().empty());
}

TEST_F(CeremonyTest, FalseShareNamesItsSender) {
    trustees.commit();
    ASSERT_EQ(send(trustees.share_of(2, 1, crypto::SecretScalar(7))), "");
    trustees.share();
    const auto combined = trustees.combine(1);
    ASSERT_TRUE(std::holds_alternative<TrusteeComplaint>(*combined));
    ASSERT_EQ(send(std::get<TrusteeComplaint>(*combined)), "");
    EXPECT_EQ(finding().culprit, trustees.id(2));
    EXPECT_EQ(finding().accuser, trustees.id(1));
}

TEST_F(CeremonyTest, ShareThatDoesNotOpenNamesItsSender) {
    trustees.commit();
    TrusteeShare garbage = trustees.share_of(2, 1, crypto::SecretScalar(7));
    garbage.ciphertext.back() ^= 1;
    ASSERT_EQ(send(signed_message(garbage, trustees.h_d(), trustees.key(2))), "");
    ASSERT_EQ(send(trustees.complaint(1, 2)), "");
    EXPECT_EQ(finding().culprit, trustees.id(2));
}

TEST_F(CeremonyTest, ShareMeantForAnotherTrusteeNamesItsSender) {
    trustees.commit();
    const auto shares = trustees.polynomial(2).make_shares(ceremony, trustees.key(2), trustees.random);
    TrusteeShare swapped = shares->at(0);
    swapped.ciphertext = shares->at(1).ciphertext;
    ASSERT_EQ(send(signed_message(swapped, trustees.h_d(), trustees.key(2))), "");
    ASSERT_EQ(send(trustees.complaint(1, 2)), "");
    EXPECT_EQ(finding().culprit, trustees.id(2));
}

TEST_F(CeremonyTest, ComplaintAboutARightShareNamesTheAccuser) {
    exchange();
    ASSERT_EQ(send(trustees.complaint(1, 2)), "");
    EXPECT_EQ(finding().culprit, trustees.id(1));
    EXPECT_EQ(finding().accused, trustees.id(2));
}

TEST_F(CeremonyTest, ComplaintWithAFalseOpeningNamesTheAccuser) {
    exchange();
    TrusteeComplaint complaint = trustees.complaint(1, 2);
    complaint.opening = *crypto::generator().to_sec1();
    ASSERT_EQ(send(signed_message(complaint, trustees.h_d(), trustees.key(1))), "");
    EXPECT_EQ(finding().culprit, trustees.id(1));
}

TEST_F(CeremonyTest, OpeningOfAnotherShareNamesTheAccuser) {
    exchange();
    TrusteeComplaint complaint = trustees.complaint(1, 3);
    complaint.against = trustees.id(2);
    ASSERT_EQ(send(signed_message(complaint, trustees.h_d(), trustees.key(1))), "");
    EXPECT_EQ(finding().culprit, trustees.id(1));
}

TEST_F(CeremonyTest, ComplaintBeginsANewRoundThatCanSucceed) {
    exchange();
    ASSERT_EQ(send(trustees.complaint(1, 2)), "");
    EXPECT_EQ(ceremony.round(), 2U);
    EXPECT_FALSE(ceremony.keys());
    exchange();
    trustees.confirm();
    EXPECT_TRUE(ceremony.complete());
}

TEST_F(CeremonyTest, MessagesOfAnEarlierRoundAreRefused) {
    exchange();
    const std::vector<CeremonyMessage> old = trustees.sent;
    ASSERT_EQ(send(trustees.complaint(1, 2)), "");
    for (const CeremonyMessage& message : old) EXPECT_EQ(send(message), "ceremony-round");
}

TEST_F(CeremonyTest, EarlierRoundUnderANewNumberIsRefused) {
    TrusteeCommitments old = trustees.commitments(1);
    exchange();
    ASSERT_EQ(send(trustees.complaint(1, 2)), "");
    old.round = 2;
    EXPECT_EQ(send(old), "signature-wrong");
}

TEST_F(CeremonyTest, ServerPlayingAnotherTrusteeIsRefused) {
    TrusteeCommitments forged = trustees.commitments(1);
    forged = signed_message(forged, trustees.h_d(), trustees.key(2));
    EXPECT_EQ(send(forged), "signature-wrong");
    EXPECT_EQ(trustees.send(forged).error().kind, ErrorKind::forbidden);
}

TEST_F(CeremonyTest, MessageOfAnotherDefinitionIsRefused) {
    Trustees other(TestElection().id("other-2026").build());
    EXPECT_EQ(send(other.commitments(1)), "signature-wrong");
}

TEST_F(CeremonyTest, ConfirmationOfAnotherKeyIsRefused) {
    exchange();
    const TrusteeConfirmation other{1, trustees.id(1),
                                    trustees.key(1).sign(confirmation_digest({}, trustees.id(1)))};
    EXPECT_EQ(send(other), "signature-wrong");
}

TEST_F(CeremonyTest, MessagesBeforeTheirTimeAreRefused) {
    EXPECT_EQ(send(trustees.share_of(1, 2, crypto::SecretScalar(1))), "ceremony-order");
    EXPECT_EQ(send(TrusteeConfirmation{1, trustees.id(1), {}}), "ceremony-order");
    trustees.commit();
    EXPECT_EQ(send(signed_message(TrusteeComplaint{1, trustees.id(1), trustees.id(2), {}, {}, {}},
                                  trustees.h_d(), trustees.key(1))),
              "ceremony-order");
    const Hash digest = confirmation_digest(ceremony.keys()->election, trustees.id(1));
    EXPECT_EQ(send(TrusteeConfirmation{1, trustees.id(1), trustees.key(1).sign(digest)}), "ceremony-order");
}

TEST_F(CeremonyTest, RepeatedMessagesAreRefused) {
    exchange();
    for (const CeremonyMessage& message : std::vector(trustees.sent)) {
        EXPECT_EQ(send(message), "message-repeated");
    }
    const auto confirmation = confirm(ceremony, trustees.secret(1), trustees.key(1));
    EXPECT_EQ(send(confirmation), "");
    EXPECT_EQ(send(confirmation), "message-repeated");
}

TEST_F(CeremonyTest, NothingComesAfterTheEnd) {
    exchange();
    const TrusteeComplaint late = trustees.complaint(1, 2);
    trustees.confirm();
    EXPECT_EQ(send(late), "ceremony-complete");
}

TEST_F(CeremonyTest, UnknownTrusteesAreRefused) {
    TrusteeCommitments stranger = trustees.commitments(1);
    stranger.trustee = SignerId("official-1");
    EXPECT_EQ(send(stranger), "trustee-unknown");
    trustees.commit();
    EXPECT_EQ(send(trustees.share_of(1, 1, crypto::SecretScalar(1))), "trustee-unknown");
}

TEST_F(CeremonyTest, WrongCommitmentsAreRefused) {
    const auto resigned = [&](TrusteeCommitments m) {
        return signed_message(std::move(m), trustees.h_d(), trustees.key(1));
    };
    const TrusteeCommitments right = trustees.commitments(1);
    TrusteeCommitments m = right;
    m.commitments.pop_back();
    EXPECT_EQ(send(resigned(m)), "commitments-wrong");
    m = right;
    m.commitments.push_back(m.commitments[0]);
    m.proofs.push_back(m.proofs[0]);
    EXPECT_EQ(send(resigned(m)), "commitments-wrong");
    m = right;
    std::swap(m.commitments[0], m.commitments[1]);
    std::swap(m.proofs[0], m.proofs[1]);
    EXPECT_EQ(send(resigned(m)), "knowledge-proof-wrong");
    m = right;
    m.proofs[1].response.fill(0xff);
    EXPECT_EQ(send(resigned(m)), "knowledge-proof-wrong");
    m = right;
    m.commitments[0].fill(0);
    EXPECT_EQ(send(resigned(m)), "commitment-invalid");
}

TEST_F(CeremonyTest, CommitmentsCopiedFromAnotherTrusteeAreRefused) {
    TrusteeCommitments copied = trustees.commitments(1);
    copied.trustee = trustees.id(2);
    EXPECT_EQ(send(signed_message(copied, trustees.h_d(), trustees.key(2))), "knowledge-proof-wrong");
}

TEST_F(CeremonyTest, ShareThatNobodyCanOpenIsNoMessage) {
    trustees.commit();
    TrusteeShare share = trustees.share_of(1, 2, crypto::SecretScalar(1));
    share.ciphertext[0] = 2;
    EXPECT_EQ(send(signed_message(share, trustees.h_d(), trustees.key(1))), "share-invalid");
}

TEST_F(CeremonyTest, SharesAreSentToThoseWhoLackThemOnly) {
    trustees.commit();
    const auto first = trustees.polynomial(1).make_shares(ceremony, trustees.key(1), trustees.random);
    ASSERT_EQ(first->size(), 2U);
    ASSERT_EQ(send(first->at(0)), "");
    const auto rest = trustees.polynomial(1).make_shares(ceremony, trustees.key(1), trustees.random);
    ASSERT_EQ(rest->size(), 1U);
    EXPECT_EQ(rest->at(0).to, trustees.id(3));
}

TEST_F(CeremonyTest, TrusteeNoticesForeignCommitmentsUnderTheirName) {
    const TrusteePolynomial other = *TrusteePolynomial::random(ceremony, trustees.id(1), trustees.random);
    trustees.commit();
    EXPECT_EQ(code(other.make_shares(ceremony, trustees.key(1), trustees.random)), "trustee-secret-differs");
}

TEST_F(CeremonyTest, PolynomialOfAnEarlierRoundIsRefused) {
    exchange();
    const auto old = *TrusteePolynomial::from_bytes(trustees.polynomial(1).to_bytes().reveal());
    ASSERT_EQ(send(trustees.complaint(1, 2)), "");
    EXPECT_EQ(code(old.make_commitments(ceremony, trustees.key(1), trustees.random)),
              "trustee-secret-differs");
}

TEST_F(CeremonyTest, WrongEncryptionKeyMakesNoComplaint) {
    exchange();
    const auto combined = trustees.polynomial(1).combine(ceremony, trustees.key(1),
                                                         trustees.encryption_key(2), trustees.random);
    EXPECT_EQ(code(combined), "trustee-secret-differs");
}

TEST_F(CeremonyTest, NothingIsCombinedBeforeAllSharesAreThere) {
    trustees.commit();
    EXPECT_EQ(code(trustees.combine(1)), "ceremony-order");
}

TEST_F(CeremonyTest, SecretsComeBackFromTheirFiles) {
    exchange();
    const auto polynomial = TrusteePolynomial::from_bytes(trustees.polynomial(2).to_bytes().reveal());
    ASSERT_TRUE(polynomial);
    EXPECT_EQ(polynomial->index(), 2U);
    EXPECT_TRUE(polynomial->combine(ceremony, trustees.key(2), trustees.encryption_key(2), trustees.random));
    const auto secret = TrusteeSecret::from_bytes(trustees.secret(3).to_bytes().reveal());
    ASSERT_TRUE(secret);
    EXPECT_EQ(code(secret->check(*ceremony.keys())), "");
}

TEST_F(CeremonyTest, BrokenSecretFilesAreRefused) {
    exchange();
    const auto polynomial = trustees.polynomial(1).to_bytes();
    const auto secret = trustees.secret(1).to_bytes();
    for (std::size_t size = 0; size < polynomial.size(); ++size) {
        EXPECT_EQ(code(TrusteePolynomial::from_bytes(polynomial.reveal().first(size))),
                  "trustee-secret-invalid");
    }
    for (std::size_t size = 0; size < secret.size(); ++size) {
        EXPECT_EQ(code(TrusteeSecret::from_bytes(secret.reveal().first(size))), "trustee-secret-invalid");
    }
    EXPECT_EQ(code(TrusteeSecret::from_bytes(polynomial.reveal())), "trustee-secret-invalid");
}

void expect_back(const CeremonyMessage& message) {
    const auto decoded = decode_ceremony_message(encode(message));
    ASSERT_TRUE(decoded) << decoded.error().message;
    EXPECT_EQ(*decoded, message);
}

TEST_F(CeremonyTest, MessagesComeBackFromTheirJson) {
    exchange();
    for (const CeremonyMessage& message : trustees.sent) expect_back(message);
    expect_back(confirm(ceremony, trustees.secret(1), trustees.key(1)));
    expect_back(trustees.complaint(1, 2));
}

TEST_F(CeremonyTest, MalformedMessagesAreRefused) {
    const json::Value value = to_json(trustees.commitments(1));
    const json::Object right = *value.get<json::Object>();
    for (const auto& [key, member] : right.members()) {
        json::Object broken = right;
        broken.erase(key);
        EXPECT_EQ(code(decode_ceremony_message(json::canonical(broken))), "message-invalid") << key;
    }
    json::Object more = right;
    more.set("more", 1);
    EXPECT_EQ(code(decode_ceremony_message(json::canonical(more))), "message-invalid");
    json::Object unknown = right;
    unknown.set("type", "trustee-party");
    EXPECT_EQ(code(decode_ceremony_message(json::canonical(unknown))), "message-unknown");
    EXPECT_EQ(code(decode_ceremony_message(json::canonical(right) + " ")), "json-not-canonical");
}

// tests/vectors/ceremony.json: a ceremony that anybody can replay.
TEST(CeremonyVector, ReplaysToTheSameKeys) {
    const json::Value file = stimme::test::read_test_json("vectors/ceremony.json");
    json::Problems problems;
    json::Fields in(file, problems);
    const auto definition = election::ValidDefinition::parse(json::canonical(*in.any("definition")));
    ASSERT_TRUE(definition);
    Ceremony ceremony(*definition);
    for (const json::Value& message : *in.any("messages")->get<json::Array>()) {
        const auto read = ceremony_message_from_json(message);
        ASSERT_TRUE(read);
        ASSERT_EQ(code(ceremony.apply(*read)), "");
    }
    ASSERT_TRUE(ceremony.complete());
    EXPECT_EQ(definition->hash(), in.hex<32>("h_D"));
    EXPECT_EQ(ceremony.keys()->election, in.hex<32>("h_E"));
    EXPECT_EQ(*ceremony.keys()->key.to_sec1(), in.hex<33>("K"));
    EXPECT_EQ(ceremony.findings().at(0).culprit, in.name<SignerKind>("culprit"));
    for (const auto& [l, name] : {std::pair(1U, "1"), {2U, "2"}, {3U, "3"}}) {
        json::Fields trustee = in.object(std::string("trustee-") + name);
        EXPECT_EQ(*ceremony.keys()->shares[l - 1].to_sec1(), trustee.hex<33>("S"));
        const auto key = *crypto::SecretScalar::from_bytes(trustee.hex<32>("encryption_secret"));
        const auto secret = *crypto::SecretScalar::from_bytes(trustee.hex<32>("s"));
        EXPECT_EQ(crypto::multiply_generator(secret), ceremony.keys()->shares[l - 1]);
        for (unsigned i = 1; i <= 3; ++i) {
            if (i == l) continue;
            EXPECT_TRUE(open_share({definition->hash(), i, l}, key, ceremony.share(i, l)->ciphertext,
                                   ceremony.committed(i)));
        }
    }
    EXPECT_TRUE(problems.empty());
}

}  // namespace
}  // namespace stimme::events::ceremonies
