// Key and tally at the server: ceremony messages and shares that aren't what they claim, totals and lots that
// don't follow from the ballots.
#include "core/log/checkpoint.h"
#include "tests/attack/attack_fixture.h"

namespace stimme::test {
namespace {

template <class Message>
Message resigned(Message message, const Hash& definition, const std::string& signer) {
    return signed_message(std::move(message), definition, test_signing_key(signer));
}

class CeremonyAttack : public AttackTest {
  protected:
    CeremonyAttack() : AttackTest(live_definition(), {.phase = election::Phase::draft}) {}

    Answer send(const std::string& trustee, const events::CeremonyMessage& message) {
        return live.as(trustee).post("ceremony", events::encode(message));
    }
    void send_refused(const std::string& told, const std::string& trustee,
                      const events::CeremonyMessage& message) {
        refused(told, [&] { return send(trustee, message); });
    }
    const Hash& h_d() const { return live.known().definition.hash(); }
};

TEST_F(CeremonyAttack, ForgedMessagesAreRefused) {
    auto message = live.commitments(1);
    message.signature[5] ^= 1;
    send_refused("403 signature-wrong", "trustee-1", message);
    send_refused("403 signature-wrong", "trustee-1", resigned(live.commitments(1), h_d(), "trustee-2"));
    send_refused("403 signer-differs", "trustee-2", live.commitments(1));
    send_refused("403 signature-wrong", "trustee-1", resigned(live.commitments(1), Hash{}, "trustee-1"));
    message = live.commitments(2);
    message.trustee = SignerId("trustee-1");
    send_refused("422 knowledge-proof-wrong", "trustee-1", resigned(message, h_d(), "trustee-1"));
    message = live.commitments(1);
    message.commitments.pop_back();
    message.proofs.pop_back();
    send_refused("422 commitments-wrong", "trustee-1", resigned(message, h_d(), "trustee-1"));
    message = live.commitments(1);
    message.round = 2;
    send_refused("409 ceremony-round", "trustee-1", resigned(message, h_d(), "trustee-1"));
}

TEST_F(CeremonyAttack, MessagesOfAnotherElectionAreRefused) {
    LiveElection other(live_definition().id("other"),
                       {.phase = election::Phase::draft, .server = live.server()});
    send_refused("403 signature-wrong", "trustee-1", other.commitments(1));
    for (unsigned i = 1; i <= 3; ++i) {
        const std::string name = "trustee-" + std::to_string(i);
        ASSERT_TRUE(send(name, live.commitments(i)).ok());
    }
    send_refused("403 signature-wrong", "trustee-1", other.ceremony_share(1, 2));
    live.hold_ceremony();
    EXPECT_EQ(other.phase(), election::Phase::draft);
}

TEST_F(CeremonyAttack, OrderIsKeptAndNothingIsSaidTwice) {
    send_refused("409 ceremony-order", "trustee-1", live.ceremony_share(1, 2));
    send_refused("409 ceremony-order", "trustee-1", live.confirmation(1));
    const auto first = live.commitments(1);
    ASSERT_TRUE(send("trustee-1", first).ok());
    auto other = live.commitments(1);
    std::swap(other.commitments[0], other.commitments[1]);
    std::swap(other.proofs[0], other.proofs[1]);
    send_refused("409 message-repeated", "trustee-1", resigned(other, h_d(), "trustee-1"));
    refused("200", [&] { return send("trustee-1", first); });
}

// Who commits last can't choose a key that takes the others' parts away: the secret would have to be known.
TEST_F(CeremonyAttack, KeyThatCancelsTheOthersIsRefused) {
    ASSERT_TRUE(send("trustee-1", live.commitments(1)).ok());
    ASSERT_TRUE(send("trustee-2", live.commitments(2)).ok());
    auto rogue = live.commitments(3);
    rogue.commitments[0] = live.commitments(1).commitments[0];
    rogue.commitments[0][0] ^= 1;  // -C_10
    send_refused("422 knowledge-proof-wrong", "trustee-3", resigned(rogue, h_d(), "trustee-3"));
}

TEST_F(CeremonyAttack, ConfirmationOfAnotherKeyIsRefused) {
    for (unsigned i = 1; i <= 3; ++i)
        ASSERT_TRUE(send("trustee-" + std::to_string(i), live.commitments(i)).ok());
    for (unsigned i = 1; i <= 3; ++i) {
        for (const unsigned l : {i % 3 + 1, (i + 1) % 3 + 1})
            ASSERT_TRUE(send("trustee-" + std::to_string(i), live.ceremony_share(i, l)).ok());
    }
    auto message = live.confirmation(1);
    message.signature =
        test_signing_key("trustee-1").sign(events::confirmation_digest(Hash{}, SignerId("trustee-1")));
    send_refused("403 signature-wrong", "trustee-1", message);
    ASSERT_TRUE(live.import_roll().ok());
    EXPECT_EQ(live.as("official-1").get("acts/drafts/election-sealed").told(), "409 ceremony-incomplete");
    for (unsigned i = 1; i <= 3; ++i)
        ASSERT_TRUE(send("trustee-" + std::to_string(i), live.confirmation(i)).ok());
    live.act(live.draft("election-sealed"));
    send_refused("409 ceremony-over", "trustee-1", live.commitments(1));
}

// The tally.

class ShareAttack : public AttackTest {
  protected:
    ShareAttack() : ShareAttack(live_definition()) {}
    explicit ShareAttack(const TestElection& definition) : AttackTest(definition) {
        live.vote(1);
        live.vote(2);
        live.vote(3, {{0, 1, 0, 0}});
    }

    events::DecryptionShare share(unsigned l) { return live.shares(l).at(0); }
    void send_refused(const std::string& told, const std::string& trustee,
                      const events::DecryptionShare& share) {
        refused(told, [&] { return live.sign(trustee, share); });
    }
};

TEST_F(ShareAttack, SharesOfOthersAreRefused) {
    live.close_polls();
    send_refused("403 role-wrong", "trustee-2", share(1));
    send_refused("403 role-wrong", "official-1", share(1));
    auto renamed = share(1);
    renamed.trustee = SignerId("trustee-2");
    send_refused("422 share-proof", "trustee-2", renamed);
}

TEST_F(ShareAttack, SharesThatAreFalseAreRefused) {
    live.close_polls();
    auto forged = share(1);
    forged.shares[2].response[31] ^= 1;
    send_refused("422 share-proof", "trustee-1", forged);
    forged = share(1);
    std::swap(forged.shares[0], forged.shares[1]);
    send_refused("422 share-proof", "trustee-1", forged);
    forged = share(1);
    forged.shares.pop_back();
    send_refused("422 share-count", "trustee-1", forged);
    forged = share(1);
    forged.group = "city/other";
    send_refused("404 share-group", "trustee-1", forged);
}

TEST_F(ShareAttack, ShareOnAnotherCheckpointIsRefused) {
    live.close_polls();
    const auto honest = share(1);
    const events::LogView before{live.closing_view().size - 1, {}};
    refused("403 signature-view",
            [&] { return live.sign("trustee-1", honest, live.signature("trustee-1", honest, before)); });
    live.act(events::Incident{"the log goes on"});
    refused("403 signature-view",
            [&] { return live.sign("trustee-1", honest, live.signature("trustee-1", honest, live.view())); });
    ASSERT_TRUE(live.sign("trustee-1", honest).ok());
    send_refused("403 signature-repeated", "trustee-1", honest);
}

TEST_F(ShareAttack, ShareBeforeTheCloseIsRefused) {
    LiveElection other(live_definition().id("other"), {.voters = 3, .server = live.server()});
    other.vote(1);
    other.close_polls();
    const auto early = other.shares(1).at(0);
    refused("409 not-closed",
            [&] { return live.sign("trustee-1", early, live.signature("trustee-1", early, live.view())); });
    live.close_polls();
    send_refused("422 share-proof", "trustee-1", early);
}

TEST_F(ShareAttack, NothingIsTalliedBelowTheThreshold) {
    live.close_polls();
    live.send_shares(2);
    EXPECT_EQ(live.as("official-1").get("acts/drafts/tally").told(), "409 shares-missing");
    const events::Tally invented{{SignerId("trustee-1"), SignerId("trustee-2")},
                                 {{ContestId("board"), "city/standard", 3, {0, 3, 0, 0}}}};
    refused("409 shares-missing", [&] { return live.sign("official-1", invented); });
}

TEST_F(ShareAttack, OtherTotalsAreRefused) {
    live.close_polls();
    live.send_shares(1);
    live.send_shares(2);
    auto other = std::get<events::Tally>(live.draft("tally"));
    std::swap(other.groups[0].totals[0], other.groups[0].totals[1]);
    refused("409 act-differs", [&] { return live.sign("official-1", other); });
    live.act(live.draft("tally"));
    auto result = std::get<events::ElectionResult>(live.draft("result"));
    result.contests[0].elected = {OptionId("c02")};
    refused("409 act-differs", [&] { return live.sign("official-1", result); });
}

TEST_F(ShareAttack, LotIsNotDrawnWhereNoneIsDue) {
    live.close_polls();
    live.tally();
    const events::LotDrawn lot{ContestId("board"), 1,        {OptionId("c01"), OptionId("c02")},
                               {OptionId("c02")},  "a coin", {"A"}};
    refused("409 lot-not-due", [&] { return live.sign("official-1", lot); });
}

class SmallGroups : public ShareAttack {
  protected:
    SmallGroups()
        : ShareAttack(live_definition()
                          .min_ballots(2)
                          .district("north")
                          .station("s3", "north")
                          .district("south")
                          .station("s4", "south")) {
        live.vote(1, {{1, 0, 0, 0}}, "s3-desk-1");
        live.vote(1, {{1, 0, 0, 0}}, "s4-desk-1");
    }
};

TEST_F(SmallGroups, SmallGroupIsNotOpenedByItself) {
    live.close_polls();
    auto alone = share(1);
    alone.group = "north/standard";
    send_refused("404 share-group", "trustee-1", alone);
}

class Witnessed : public ShareAttack {
  protected:
    Witnessed() : ShareAttack(live_definition().witnesses(1, 2)) {}

    Answer cosign(std::size_t name, std::size_t key) {
        const events::LogView view = live.view();
        const auto& known = live.known();
        const std::string line =
            log::cosign({known.definition->log.origin, view.size, view.root},
                        known.definition->witnesses[name].name, known.witness_keys[key], SystemClock().now());
        return live.as("official-1")
            .post("cosignatures", json::canonical(json::Object{{"size", view.size}, {"line", line}}));
    }
    void TearDown() override {
        live.finish();
        ASSERT_TRUE(cosign(1, 1).ok());
        AttackTest::TearDown();
    }
};

TEST_F(Witnessed, ShareBeforeTheWitnessesSignedIsRefused) {
    live.close_polls();
    EXPECT_THROW(share(1), std::runtime_error);  // the trustee's own program makes none
    const events::DecryptionShare early{SignerId("trustee-1"), ContestId("board"), "city/standard",
                                        std::vector<events::PositionShare>(4)};
    send_refused("409 witness-quorum", "trustee-1", early);
    ASSERT_TRUE(cosign(0, 0).ok());
    EXPECT_TRUE(live.sign("trustee-1", share(1)).ok());
}

TEST_F(Witnessed, CosignatureOfAnotherIsRefused) {
    refused("422 cosignature-unknown", [&] { return cosign(0, 1); });
    live.close_polls();
    ASSERT_TRUE(cosign(1, 1).ok());
}

}  // namespace
}  // namespace stimme::test
