#include "core/tally/shares.h"
#include "server/service/acts/act_service.h"
#include "server/service/ballots/closing.h"
#include "server/service/roll/roll_service.h"
#include "tests/unit/server/election_fixture.h"

namespace stimme::service {
namespace {

using election::EntryType;
using election::Phase;

class ActTest : public ElectionTest {};

TEST_F(ActTest, SealingNamesWhatIsMissing) {
    const auto nothing = draft(EntryType::election_sealed);
    EXPECT_EQ(code(nothing), "ceremony-incomplete");
    EXPECT_NE(nothing.error().message.find("roll-empty"), std::string::npos);
    hold_ceremony();
    EXPECT_EQ(code(draft(EntryType::election_sealed)), "roll-empty");
    import_roll();
    EXPECT_EQ(code(draft(EntryType::election_sealed)), "ok");
}

TEST_F(ActTest, RollIsNotSealedWhileSomethingWaitsForADecision) {
    hold_ceremony();
    import_roll();
    const std::string all = register_csv();
    import_roll(all.substr(0, all.find("1009;")));
    import_roll();
    EXPECT_EQ(code(draft(EntryType::election_sealed)), "roll-conflicts");
    auto& entries = election_->roll().office().entries;
    const auto returned = entries.find("1009");
    ASSERT_TRUE(entries.resolve("1009", {returned->version, "same", "same birth date"},
                                {SignerId("official-1"), Phase::draft, {"resolve", {}}}));
    EXPECT_EQ(code(draft(EntryType::election_sealed)), "ok");
}

TEST_F(ActTest, SealedElectionHasTheKeyOfTheCeremony) {
    EXPECT_EQ(election_->election_hash(), std::nullopt);
    seal();
    EXPECT_EQ(election_->phase(), Phase::sealed);
    EXPECT_EQ(election_->election_hash(), known_.h_e);
    EXPECT_EQ(std::get<events::ElectionSealed>(entry(0).content).roll_count, 9U);
}

TEST_F(ActTest, OneOfficialTwiceIsRefused) {
    seal();
    const auto content = draft(EntryType::polls_opened);
    EXPECT_EQ(sign("official-1", *content)->missing, 1U);
    EXPECT_EQ(code(sign("official-1", *content)), "act-signed-already");
    EXPECT_EQ(election_->phase(), Phase::sealed);
    EXPECT_EQ(election_->acts().pending(SignerId("official-1"))->acts.size(), 1U);
    EXPECT_EQ(sign("official-3", *content)->index, 1U);
    EXPECT_TRUE(election_->acts().pending(SignerId("official-1"))->acts.empty());
}

TEST_F(ActTest, RepeatedRequestGetsTheSameAnswer) {
    seal();
    const auto content = draft(EntryType::polls_opened);
    const auto repeat = [&](const std::string& signer, const events::ActSignature& own) {
        return answer_of<wire::ActAnswer>([&](auto done) {
            election_->acts().sign(holder(signer), {*content, own}, once_of(signer), done);
        });
    };
    const auto first = signature("official-1", *content);
    const auto second = signature("official-2", *content);
    EXPECT_EQ(repeat("official-1", first)->missing, 1U);
    EXPECT_EQ(repeat("official-1", first)->missing, 1U);
    EXPECT_EQ(repeat("official-2", second)->index, 1U);
    EXPECT_EQ(repeat("official-2", second)->index, 1U);
    EXPECT_EQ(repeat("official-1", first)->index, 1U);
    EXPECT_EQ(log_size(), 2U);
}

TEST_F(ActTest, DraftThatDiffersIsRefused) {
    hold_ceremony();
    import_roll();
    auto content = *draft(EntryType::election_sealed);
    ++std::get<events::ElectionSealed>(content).roll_count;
    EXPECT_EQ(code(sign("official-1", content)), "act-differs");
}

TEST_F(ActTest, ActOfTheWrongPhaseIsRefused) {
    EXPECT_EQ(code(draft(EntryType::polls_opened)), "entry-out-of-phase");
    seal();
    EXPECT_EQ(code(draft(EntryType::election_sealed)), "entry-out-of-phase");
    EXPECT_EQ(code(sign("official-1", events::Certified{})), "entry-out-of-phase");
}

TEST_F(ActTest, SignatureOfAnotherIsRefused) {
    seal();
    const events::Content content = events::PollsOpened{};
    const auto answer = answer_of<wire::ActAnswer>([&](auto done) {
        election_->acts().sign(holder("official-1"), {content, signature("official-2", content)}, once(),
                               done);
    });
    EXPECT_EQ(code(answer), "signer-differs");
}

TEST_F(ActTest, SignatureUnderAnotherContentIsRefused) {
    seal();
    auto forged = signature("official-1", events::Incident{"rain"});
    const auto answer = answer_of<wire::ActAnswer>([&](auto done) {
        election_->acts().sign(holder("official-1"), {events::Incident{"fire"}, forged}, once(), done);
    });
    EXPECT_EQ(code(answer), "signature-wrong");
}

TEST_F(ActTest, SignatureOverAnotherLogIsRefused) {
    seal();
    const events::Content content = events::Incident{"rain"};
    const auto other = events::sign_act(known_.signing_key("official-1"), SignerId("official-1"), known_.h_e,
                                        content, {1, Hash{1}});
    const auto answer = answer_of<wire::ActAnswer>([&](auto done) {
        election_->acts().sign(holder("official-1"), {content, other}, once(), done);
    });
    EXPECT_EQ(code(answer), "signature-root");
}

TEST_F(ActTest, BallotEntriesAreNotSignedAsActs) {
    open_polls();
    EXPECT_EQ(code(sign("official-1", events::PassVoided{StationId("s1"), {}})), "act-type");
    EXPECT_EQ(code(sign("official-1", events::BallotExpired{StationId("s1"), {}, {}})), "act-type");
}

TEST_F(ActTest, DeskDoesNotActForAnotherStation) {
    open_polls();
    const auto content = *draft(EntryType::station_closed, "s1");
    EXPECT_EQ(code(sign("s2-desk-1", content)), "role-wrong");
    EXPECT_EQ(code(sign("official-1", content)), "role-wrong");
}

TEST_F(ActTest, StationIsClosedByAllItsDesks) {
    open_polls();
    const auto content = *draft(EntryType::station_closed, "s1");
    EXPECT_EQ(sign("s1-desk-1", content)->missing, 1U);
    EXPECT_FALSE(election_->station_closed(StationId("s1")));
    EXPECT_EQ(sign("s1-desk-2", content)->missing, 0U);
    EXPECT_TRUE(election_->station_closed(StationId("s1")));
}

TEST_F(ActTest, OpenBallotsExpireWhenTheirStationCloses) {
    open_polls();
    must(submit(1));
    must(submit(2));
    must(cast(2));
    close_station("s1");
    EXPECT_TRUE(std::holds_alternative<events::BallotExpired>(entry(log_size() - 2).content));
    EXPECT_TRUE(std::holds_alternative<events::StationClosed>(entry(log_size() - 1).content));
}

TEST_F(ActTest, CheckInBetweenDraftAndLastSignatureRefusesTheClose) {
    open_polls();
    const auto content = *draft(EntryType::station_closed, "s1");
    must(sign("s1-desk-1", content));
    check_in("1001");
    EXPECT_EQ(code(sign("s1-desk-2", content)), "act-differs");
    check_in("1002");
    close_station("s1");
    EXPECT_TRUE(election_->acts().pending(SignerId("official-1"))->acts.empty());
}

TEST_F(ActTest, PollsStayOpenWhileAStationIsOpen) {
    open_polls();
    close_station("s1");
    EXPECT_EQ(code(draft(EntryType::polls_closed)), "station-open");
}

TEST_F(ActTest, ReplacedKeyCountsAtOnce) {
    open_polls();
    const auto fresh = crypto::SigningKey::random(random_);
    const events::KeyReplaced content{SignerId("s1-desk-1"), fresh.verify_key().sec1(), "the laptop fell"};
    must(sign_all({"official-1", "official-2"}, content));
    EXPECT_EQ(election_->holder_of_key(fresh.verify_key().sec1())->id, SignerId("s1-desk-1"));
    EXPECT_EQ(election_->holder_of_key(holder("s1-desk-1").key), std::nullopt);
}

TEST_F(ActTest, StruckVoterIsNotCheckedInAnyMore) {
    open_polls();
    const auto leaf = *election_->roll().leaf_to_strike("1001");
    must(sign_all({"official-1", "official-2"}, events::RollCorrected{{}, {leaf}, "moved away"}));
    EXPECT_FALSE((*election_->roll().find("1001", {})).eligible);
    EXPECT_TRUE(election_->roll().pending_corrections()->struck.empty());
}

TEST_F(ActTest, WholeElectionIsTalliedAndCertified) {
    open_polls();
    for (std::uint64_t number = 1; number <= 3; ++number) {
        check_in("100" + std::to_string(number));
        must(submit(number));
        must(cast(number));
    }
    close_polls();
    const auto closed =
        *election_->log().read([](const auto& state, const auto&) { return state.polls_closed(); });
    EXPECT_EQ(closed.ballots.front().count, 3U);
    EXPECT_TRUE(std::filesystem::exists(election_->closing().path_of("ballots/city/standard")));
    for (const std::string trustee : {"trustee-1", "trustee-3"}) must(share(trustee));
    ASSERT_EQ(code(act(EntryType::tally)), "ok");
    const auto tally = std::get<events::Tally>(entry(log_size() - 1).content);
    EXPECT_EQ(tally.groups.front().totals, (std::vector<std::uint64_t>{3, 0, 0}));
    ASSERT_EQ(code(act(EntryType::result)), "ok");
    ASSERT_EQ(code(act(EntryType::certified)), "ok");
    EXPECT_EQ(election_->phase(), Phase::certified);
    reopen();
    EXPECT_EQ(election_->phase(), Phase::certified);
}

// `certified` has the same text before and after a recount; only what its signers saw tells them apart.
TEST_F(ActTest, CertificationSignedBeforeTheResultThatStandsIsSignedAgain) {
    open_polls();
    close_polls();
    ASSERT_EQ(code(act(EntryType::tally)), "ok");
    ASSERT_EQ(code(act(EntryType::result)), "ok");
    must(sign("official-1", events::Certified{}));
    must(sign_all({"official-1", "official-2"}, test::paper_batches(1)));
    must(sign_all({"official-1", "official-2"}, test::paper_count(1, {1, 0, 0})));
    ASSERT_EQ(code(act(EntryType::result)), "ok");
    EXPECT_FALSE(sign("official-2", events::Certified{})->index.has_value());
    EXPECT_TRUE(sign("official-1", events::Certified{})->index.has_value());
    EXPECT_EQ(election_->phase(), Phase::certified);
}

TEST_F(ActTest, FalseShareIsRefused) {
    open_polls();
    must(submit(1));
    must(cast(1));
    close_polls();
    auto content = share_of("trustee-1");
    content.shares[0].response[31] ^= 1;
    EXPECT_EQ(code(sign("trustee-1", content)), "share-proof");
    EXPECT_EQ(code(sign("trustee-2", share_of("trustee-1"))), "role-wrong");
    EXPECT_EQ(code(draft(EntryType::tally)), "shares-missing");
}

class WitnessTest : public ElectionTest {
  protected:
    WitnessTest() : ElectionTest(two_stations().witnesses(1, 2)) {}

    Result<std::uint64_t> cosign(const std::string& name, const crypto::LogKey& key) {
        const auto checkpoint = election_->log().published()->checkpoint;
        const std::string line = log::cosign(checkpoint, name, key, SystemClock().now());
        return answer_of<std::uint64_t>(
            [&](auto done) { election_->log().add_cosignature(checkpoint.size, line, done); });
    }
};

TEST_F(WitnessTest, CosignatureIsPublishedWithTheCheckpoint) {
    seal();
    const std::string& name = known_.definition->witnesses[0].name;
    ASSERT_EQ(code(cosign(name, known_.witness_keys[0])), "ok");
    EXPECT_NE(election_->log().published()->text.find(name), std::string::npos);
    EXPECT_EQ(code(election_->log().check_quorum(1)), "ok");
    reopen();
    EXPECT_NE(election_->log().published()->text.find(name), std::string::npos);
}

TEST_F(WitnessTest, StrangersAndForgersAreRefused) {
    seal();
    EXPECT_EQ(code(cosign("stranger", known_.witness_keys[0])), "cosignature-unknown");
    EXPECT_EQ(code(cosign(known_.definition->witnesses[0].name, known_.witness_keys[1])),
              "cosignature-unknown");
    EXPECT_EQ(code(election_->log().check_quorum(1)), "witness-quorum");
}

TEST_F(WitnessTest, NoShareBeforeTheQuorumSignedTheClose) {
    open_polls();
    must(submit(1));
    must(cast(1));
    close_polls();
    EXPECT_EQ(code(share("trustee-1")), "witness-quorum");
    must(cosign(known_.definition->witnesses[1].name, known_.witness_keys[1]));
    EXPECT_EQ(code(share("trustee-1")), "ok");
}

}  // namespace
}  // namespace stimme::service
