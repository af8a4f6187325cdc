// The key ceremony over a server that plays the other trustees, and among trustees one of whom lies: as the
// real `stimme trustee` sees it.
#include "client/evidence/ceremony.h"
#include "core/events/sealed_share.h"
#include "tests/attack/client_fixture.h"

namespace stimme::test {
namespace {

using events::CeremonyMessage;
using Messages = std::vector<CeremonyMessage>;

struct Trustees : testing::Test {
    LiveElection live{live_definition(), {.phase = election::Phase::draft}};
    LyingServer server{live};

    const Hash& h_d() const { return live.known().definition.hash(); }
    // By a trustee with another one's key; 0: with their own.
    template <class Message>
    Message signed_by(Message message, unsigned signer = 0) const {
        const std::string name =
            signer == 0 ? events::sender_of(message).str() : "trustee-" + std::to_string(signer);
        return events::signed_message(std::move(message), h_d(), live.known().signing_key(name));
    }
    void show(const Messages& messages) {
        json::Array list;
        for (const auto& message : messages) list.push_back(events::to_json(message));
        server.answer("GET ceremony", json::canonical(json::Object{{"messages", std::move(list)},
                                                                   {"missing", json::Array()}}));
    }
    // Signatures aren't the same twice.
    const Messages committed_{live.commitments(1), live.commitments(2), live.commitments(3)};
    const Messages& committed() const { return committed_; }
    // Trustee 2 shows other commitments than before.
    Messages changed() const { return {committed_[0], second_commitments(2), committed_[2]}; }
    // Other commitments of a trustee who works together with the server.
    events::TrusteeCommitments second_commitments(unsigned i) const {
        SeededRandom random(5);
        const auto polynomial = crypto::Polynomial::random(2, random);
        events::TrusteeCommitments message{1, live.known().trustees[i - 1].id, {}, {}, {}};
        for (unsigned j = 0; j < 2; ++j) {
            const auto& secret = polynomial.coefficients()[j];
            message.commitments.push_back(*crypto::multiply_generator(secret).to_sec1());
            message.proofs.push_back(events::prove_commitment(h_d(), i, j, secret, random));
        }
        return signed_by(std::move(message));
    }
    void send(const CeremonyMessage& message) {
        const auto answer =
            live.as(events::sender_of(message).str()).post("ceremony", events::encode(message));
        ASSERT_TRUE(answer.ok()) << answer.body;
    }
    Ran trustee(unsigned i, const std::string& step) {
        return server.run("trustee-" + std::to_string(i), {"trustee", step});
    }
    // What trustee 1 says to this ceremony.
    std::string told(const Messages& messages) {
        show(messages);
        return trustee(1, "status").told();
    }
    // Fits nothing that its sender committed to.
    events::TrusteeShare false_share(unsigned from, unsigned to, std::uint32_t round = 1) const {
        SystemRandom random;
        const auto& trustees = live.known().trustees;
        const auto box =
            events::seal_share({h_d(), from, to}, crypto::multiply_generator(trustees[to - 1].encryption_key),
                               crypto::SecretScalar::random(random), random);
        return signed_by(events::TrusteeShare{round, trustees[from - 1].id, trustees[to - 1].id, box, {}});
    }
};

struct RelayedCeremony : Trustees {};

TEST_F(RelayedCeremony, CommitmentsUnderAnothersNameAreRefused) {
    EXPECT_EQ(told({live.commitments(1), signed_by(live.commitments(2), 3)}), "4 signature-wrong");
}

TEST_F(RelayedCeremony, CommitmentsOfAnotherElectionAreRefused) {
    const LiveElection other(live_definition().id("other"),
                             {.phase = election::Phase::draft, .server = live.server()});
    EXPECT_EQ(told({live.commitments(1), other.commitments(2)}), "4 signature-wrong");
}

TEST_F(RelayedCeremony, AShareThatIsAlteredOrGoesToAnotherIsRefused) {
    Messages messages = committed();
    events::TrusteeShare altered = live.ceremony_share(2, 1);
    altered.ciphertext[100] ^= 1;
    messages.push_back(altered);
    EXPECT_EQ(told(messages), "4 signature-wrong");
    events::TrusteeShare swapped = live.ceremony_share(2, 3);
    swapped.to = SignerId("trustee-1");
    messages.back() = swapped;
    EXPECT_EQ(told(messages), "4 signature-wrong");
}

TEST_F(RelayedCeremony, AMessageGivenTwiceIsRefused) {
    EXPECT_EQ(told({live.commitments(2), live.commitments(2)}), "4 message-repeated");
}

TEST_F(RelayedCeremony, AnotherKeyIsNotConfirmed) {
    Messages messages = committed();
    for (unsigned from = 1; from <= 3; ++from) {
        for (unsigned to = 1; to <= 3; ++to) {
            if (from != to) messages.push_back(live.ceremony_share(from, to));
        }
    }
    messages.push_back(live.confirmation(2));
    EXPECT_EQ(told(messages), "0");
    auto other = live.confirmation(3);
    other.signature =
        live.known().signing_key("trustee-3").sign(events::confirmation_digest(h_d(), other.trustee));
    messages.push_back(other);
    EXPECT_EQ(told(messages), "4 signature-wrong");
}

TEST_F(RelayedCeremony, WhatWasThereOnceMustStay) {
    EXPECT_EQ(told(committed()), "0");
    EXPECT_EQ(told({committed()[0], committed()[2]}), "4 ceremony-changed");
    EXPECT_EQ(told({}), "4 ceremony-changed");
    EXPECT_EQ(told(committed()), "0");
}

TEST_F(RelayedCeremony, CommitmentsDoNotChangeAfterTheyWereSeen) {
    EXPECT_EQ(told(committed()), "0");
    EXPECT_EQ(told(changed()), "4 ceremony-changed");
}

TEST_F(RelayedCeremony, OnesOwnCommitmentsMustBeShown) {
    ASSERT_EQ(trustee(1, "commit").told(), "0");
    show({});
    EXPECT_EQ(trustee(1, "commit").told(), "4 ceremony-changed");
    EXPECT_EQ(trustee(1, "share").told(), "4 ceremony-changed");
}

TEST_F(RelayedCeremony, OnesOwnCommitmentsAreNobodyElses) {
    show(committed());
    EXPECT_EQ(trustee(1, "share").told(), "1 polynomial-missing");
}

TEST_F(RelayedCeremony, AnOldRoundIsNotReplayed) {
    Messages messages = committed();
    messages.push_back(false_share(2, 1));
    SystemRandom random;
    const auto opening =
        events::open_for_all({h_d(), 2, 1}, live.known().trustees[0].encryption_key,
                             std::get<events::TrusteeShare>(messages.back()).ciphertext, random);
    messages.push_back(signed_by(events::TrusteeComplaint{
        1, SignerId("trustee-1"), SignerId("trustee-2"), opening.point, opening.proof, {}}));
    EXPECT_EQ(told(messages), "0");
    messages.push_back(live.commitments(1));
    EXPECT_EQ(told(messages), "4 ceremony-round");
}

TEST_F(RelayedCeremony, OfficialsSeeTheSameCeremonyOrNone) {
    show(committed());
    EXPECT_EQ(server.run("official-1", {"election", "status"}).told(), "0");
    show(changed());
    EXPECT_EQ(server.run("official-1", {"election", "status"}).told(), "4 ceremony-changed");
}

struct LyingTrustee : Trustees {
    void commit_all() {
        for (unsigned i = 1; i <= 3; ++i) ASSERT_EQ(trustee(i, "commit").told(), "0");
    }
    void expect_steps(const std::string& step) {
        for (unsigned i = 1; i <= 3; ++i) {
            const Ran ran = trustee(i, step);
            ASSERT_EQ(ran.told(), "0") << ran.err;
        }
    }
};

// False share, complaint, opening, culprit, new round, key, seal: all with the real commands.
TEST_F(LyingTrustee, WhoSendsAFalseShareIsNamedAndTheNextRoundMakesTheKey) {
    commit_all();
    send(false_share(2, 1));
    expect_steps("share");
    EXPECT_TRUE(trustee(1, "status").says("Next: stimme trustee confirm"));

    EXPECT_EQ(trustee(1, "confirm").told(), "4 share-false");
    EXPECT_EQ(trustee(3, "complain").told(), "1 nothing-to-complain");
    const Ran complaint = trustee(1, "complain");
    EXPECT_EQ(complaint.told(), "0") << complaint.err;
    EXPECT_TRUE(complaint.says("At fault: trustee-2"));
    for (unsigned i = 1; i <= 3; ++i) {
        const Ran status = trustee(i, "status");
        EXPECT_TRUE(status.says("Round 1 ended: trustee-1 complained about trustee-2. At fault: trustee-2"));
        EXPECT_TRUE(status.says("Next: stimme trustee commit"));
    }
    EXPECT_EQ(trustee(1, "confirm").told(), "1 polynomial-missing");

    for (const char* step : {"commit", "share", "confirm"}) expect_steps(step);
    EXPECT_TRUE(trustee(2, "status").says("The key is complete."));
    ASSERT_TRUE(live.import_roll().ok());
    EXPECT_EQ(server.run("official-1", {"election", "seal"}).told(), "0");
    EXPECT_EQ(server.run("official-2", {"election", "confirm"}, "yes\n").told(), "0");
    EXPECT_EQ(live.phase(), election::Phase::sealed);
}

TEST_F(LyingTrustee, WhoComplainsUnjustlyIsNamed) {
    Messages messages = committed();
    messages.push_back(live.ceremony_share(2, 1));
    SystemRandom random;
    const auto opening =
        events::open_for_all({h_d(), 2, 1}, live.known().trustees[0].encryption_key,
                             std::get<events::TrusteeShare>(messages.back()).ciphertext, random);
    messages.push_back(signed_by(events::TrusteeComplaint{
        1, SignerId("trustee-1"), SignerId("trustee-2"), opening.point, opening.proof, {}}));
    for (const auto& message : messages) send(message);
    const Ran status = trustee(3, "status");
    EXPECT_EQ(status.told(), "0");
    EXPECT_TRUE(status.says("At fault: trustee-1"));
}

TEST_F(LyingTrustee, AComplaintUnderAnothersNameIsRefused) {
    Messages messages = committed();
    messages.push_back(live.ceremony_share(2, 1));
    SystemRandom random;
    const auto opening =
        events::open_for_all({h_d(), 2, 1}, live.known().trustees[0].encryption_key,
                             std::get<events::TrusteeShare>(messages.back()).ciphertext, random);
    messages.push_back(signed_by(
        events::TrusteeComplaint{
            1, SignerId("trustee-1"), SignerId("trustee-2"), opening.point, opening.proof, {}},
        2));
    EXPECT_EQ(told(messages), "4 signature-wrong");
}

}  // namespace
}  // namespace stimme::test
