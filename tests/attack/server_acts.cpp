// Acts: nobody acts alone, for another, on a log that isn't this one, or when it is too late.
#include "tests/attack/attack_fixture.h"

namespace stimme::test {
namespace {

using testing::HasSubstr;

class ActAttack : public AttackTest {
  protected:
    explicit ActAttack(const TestElection& definition = live_definition()) : AttackTest(definition) {
        live.vote(1);
    }

    void sign_refused(const std::string& told, const std::string& signer, const events::Content& content,
                      const events::ActSignature& signature) {
        refused(told, [&] { return live.sign(signer, content, signature); });
    }
    void sign_refused(const std::string& told, const std::string& signer, const events::Content& content) {
        sign_refused(told, signer, content, live.signature(signer, content));
    }
    Answer check_in(std::size_t voter) {
        const auto request = pass::PassRequest::random(random_);
        const wire::CheckInRequest body{live.voter(voter), request.blinded()};
        return live.as("s1-desk-1").post("check-ins", wire::print(body));
    }

    SystemRandom random_;
    const events::Content incident_ = events::Incident{"The lights went out."};
};

// Signatures.

TEST_F(ActAttack, ForgedAndForeignSignaturesAreRefused) {
    auto forged = live.signature("official-1", incident_);
    forged.signature[10] ^= 1;
    sign_refused("422 signature-wrong", "official-1", incident_, forged);
    forged.signature = {};
    sign_refused("422 signature-not-canonical", "official-1", incident_, forged);
    sign_refused("403 signer-differs", "official-1", incident_, live.signature("official-2", incident_));
    auto renamed = live.signature("official-2", incident_);
    renamed.signer = SignerId("official-1");
    sign_refused("422 signature-wrong", "official-1", incident_, renamed);
    sign_refused("422 signature-wrong", "official-1", events::Incident{"Nothing happened."},
                 live.signature("official-1", incident_));
}

TEST_F(ActAttack, ActWithoutSignatureIsRefused) {
    const std::string content = wire::print(wire::DraftAnswer{incident_});
    refused("422 message-invalid", [&] { return live.as("official-1").post("acts", content); });
}

TEST_F(ActAttack, SignatureMustStandOnThisLog) {
    const events::LogView now = live.view();
    sign_refused("403 signature-stale", "official-1", incident_,
                 live.signature("official-1", incident_, {now.size + 1, now.root}));
    sign_refused("403 signature-root", "official-1", incident_,
                 live.signature("official-1", incident_, {now.size - 1, now.root}));
    LiveElection other(live_definition().id("other"), {.voters = 3, .server = live.server()});
    sign_refused("403 signature-root", "official-1", incident_,
                 live.signature("official-1", incident_, {2, other.view().root}));
}

TEST_F(ActAttack, SignatureIsGoodForOneActOnly) {
    const auto first = live.signature("official-1", incident_);
    const auto second = live.signature("official-2", incident_);
    ASSERT_TRUE(live.sign("official-1", incident_, first).ok());
    ASSERT_TRUE(live.sign("official-2", incident_, second).ok());
    sign_refused("403 signature-repeated", "official-1", incident_, first);
    sign_refused("403 signature-repeated", "official-2", incident_, second);
}

// People.

TEST_F(ActAttack, OneOfficialAloneChangesNothing) {
    const std::uint64_t size = live.log_size();
    EXPECT_THAT(live.sign("official-1", incident_).body, HasSubstr("\"missing\":1"));
    sign_refused("409 act-signed-already", "official-1", incident_);
    sign_refused("403 role-wrong", "s1-desk-1", incident_);
    sign_refused("403 role-wrong", "trustee-1", incident_);
    EXPECT_EQ(live.log_size(), size);
    EXPECT_TRUE(live.sign("official-3", incident_).ok());
    EXPECT_EQ(live.log_size(), size + 1);
}

TEST_F(ActAttack, DeskActsForItsOwnStationOnly) {
    const auto closing = live.draft("station-closed", "s1");
    sign_refused("403 role-wrong", "s2-desk-1", closing);
    sign_refused("403 role-wrong", "official-1", closing);
    ASSERT_TRUE(live.sign("s1-desk-1", closing).ok());
    sign_refused("409 act-signed-already", "s1-desk-1", closing);
    ASSERT_TRUE(live.sign("s1-desk-2", closing).ok());
}

TEST_F(ActAttack, DeskCountsOtherThanTheServersAreRefused) {
    auto closing = std::get<events::StationClosed>(live.draft("station-closed", "s1"));
    closing.desks[0].checked_in += 1;
    sign_refused("409 act-differs", "s1-desk-1", closing);
}

TEST_F(ActAttack, EntriesThatNobodySignsAreNotMadeHere) {
    const LivePass pass = live.check_in(2);
    const events::PassVoided voided{StationId("s1"), pass.t};
    const events::BallotExpired expired{StationId("s1"), pass.t, {}};
    sign_refused("422 act-type", "s1-desk-1", voided);
    sign_refused("422 act-type", "official-1", expired);
}

// A station that is closed must stay closed, whatever is sent again.
TEST_F(ActAttack, ClosingAStationAgainDoesNotOpenItsRoll) {
    const auto closing = live.draft("station-closed", "s1");
    live.act(closing, {"s1-desk-1", "s1-desk-2"});
    refused("409 station-closed", [&] { return check_in(2); });
    sign_refused("409 station-closed", "s1-desk-1", closing);
    sign_refused("409 station-closed", "s1-desk-2", closing);
    refused("409 station-closed", [&] { return check_in(2); });
}

TEST_F(ActAttack, ReplacedKeyIsWorthNothing) {
    const auto key = test_signing_key("fresh").verify_key().sec1();
    live.act(events::KeyReplaced{SignerId("official-3"), key, "lost"});
    refused("403 role-wrong", [&] { return live.sign("official-3", incident_); });
    const auto old = live.signature("official-3", incident_);
    refused("422 signature-wrong", [&] {
        return live.as("fresh").post("acts", wire::print(wire::ActRequest{incident_, old}));
    });
    sign_refused("409 key-in-use", "official-1",
                 events::KeyReplaced{SignerId("s1-desk-1"), key, "one key for two"});
    sign_refused("404 signer-unknown", "official-1",
                 events::KeyReplaced{SignerId("trustee-1"), test_signing_key("x").verify_key().sec1(), ""});
}

// The order of events.

TEST_F(ActAttack, ActsOfAnotherPhaseAreRefused) {
    sign_refused("409 entry-out-of-phase", "official-1", events::PollsOpened{});
    sign_refused("409 entry-out-of-phase", "official-1", events::Certified{});
    sign_refused("409 entry-out-of-phase", "official-1", events::ElectionResult{});
    sign_refused("409 entry-out-of-phase", "official-1",
                 events::LotDrawn{ContestId("board"), 1, {}, {}, "", {}});
    sign_refused("409 entry-out-of-phase", "official-1", events::Tally{});
    sign_refused("409 entry-out-of-phase", "official-1", paper_batches(1));
    sign_refused("409 entry-out-of-phase", "official-1", paper_count(1, {1, 0, 0, 0}));
    sign_refused("409 station-open", "official-1", events::PollsClosed{});
    live.close_polls();
    sign_refused("409 entry-out-of-phase", "official-1",
                 events::RollCorrected{{}, {}, "somebody came too late"});
}

TEST_F(ActAttack, NothingIsChangedAfterTheCertification) {
    live.finish();
    sign_refused("409 entry-out-of-phase", "official-1", paper_batches(9));
    sign_refused("409 entry-out-of-phase", "official-1", paper_count(9, {0, 9, 0, 0}));
    const events::ElectionResult other{
        {{ContestId("board"), {0, 9, 0, 0}, {OptionId("c02")}}}, live.log_size() - 2, "counted again"};
    sign_refused("409 entry-out-of-phase", "official-1", other);
    sign_refused("409 entry-out-of-phase", "official-1", events::Cancelled{"we lost"});
    sign_refused("409 entry-out-of-phase", "official-1", events::Certified{});
}

TEST_F(ActAttack, CertificationSignedBeforeTheResultIsRefused) {
    live.close_polls();
    live.tally();
    const auto early = live.signature("official-1", events::Certified{});
    sign_refused("409 result-missing", "official-1", events::Certified{}, early);
    live.result();
    sign_refused("403 signature-view", "official-1", events::Certified{}, early);
}

// Nobody certifies figures that others have overtaken, and a signature from before doesn't keep officials
// from certifying the new ones.
TEST_F(ActAttack, OutdatedResultIsNotCertified) {
    live.close_polls();
    live.tally();
    live.result();
    ASSERT_TRUE(live.sign("official-1", events::Certified{}).ok());
    live.act(paper_batches(9));
    live.act(paper_count(9, {0, 9, 0, 0}));
    sign_refused("409 result-outdated", "official-2", events::Certified{});
    live.result();
}

TEST_F(ActAttack, ImpossiblePaperCountIsRefused) {
    live.close_polls();
    sign_refused("409 paper-batches-missing", "official-1", paper_count(2, {2, 0, 0, 0}));
    live.act(paper_batches(2));
    sign_refused("409 totals-wrong", "official-1", paper_count(2, {3, 0, 0, 0}));
    sign_refused("409 totals-wrong", "official-1", paper_count(2, {1, 0, 0, 0}));
    sign_refused("409 paper-ballots-differ", "official-1", paper_count(1, {1, 0, 0, 0}));
    events::PaperCount other = paper_count(2, {2, 0, 0, 0});
    other.group = "moon";
    sign_refused("409 paper-group-wrong", "official-1", other);
    other = paper_count(2, {2, 0, 0, 0});
    other.supersedes = 0;
    sign_refused("409 supersedes-wrong", "official-1", other);
    live.act(paper_count(2, {2, 0, 0, 0}));
}

TEST_F(ActAttack, BatchOfAStationWithoutVotersOnPaperMustBeExplained) {
    live.close_polls();
    events::PaperBatches batches{ContestId("board"), {{DistrictId("city"), StationId("s1"), 1}}};
    sign_refused("409 batch-unexplained", "official-1", batches);
    batches.batches[0].remark = "found in the urn";
    EXPECT_TRUE(live.sign("official-1", batches).ok());
}

// What one has counted is withheld from whoever hasn't counted, so that the second can't copy it.
TEST_F(ActAttack, CountOfOneOfficialIsWithheldUntilTheOtherHasEnteredTheirs) {
    live.close_polls();
    live.act(paper_batches(9));
    const std::uint64_t size = live.log_size();
    ASSERT_TRUE(live.sign("official-1", paper_count(9, {0, 9, 0, 0})).ok());
    for (const std::string other : {"official-2", "s1-desk-1", "trustee-1"}) {
        EXPECT_EQ(live.as(other).get("acts").body,
                  R"({"acts":[],"withheld":[{"contest":"board","group":"city","type":"paper-count"}]})");
    }
    ASSERT_TRUE(live.sign("official-2", paper_count(9, {1, 8, 0, 0})).ok());
    EXPECT_EQ(live.log_size(), size);  // they differ, and nothing is logged
    const std::string both = live.as("official-2").get("acts").body;
    EXPECT_NE(both.find("[0,9,0,0]"), std::string::npos) << both;
    EXPECT_NE(both.find("[1,8,0,0]"), std::string::npos) << both;
    ASSERT_TRUE(live.sign("official-2", paper_count(9, {0, 9, 0, 0})).ok());
    EXPECT_EQ(live.log_size(), size + 1);
    EXPECT_EQ(live.as("official-1").get("acts").body, R"({"acts":[],"withheld":[]})");
}

TEST_F(ActAttack, OneOfficialDoesNotAgreeWithThemself) {
    live.close_polls();
    live.act(paper_batches(9));
    const std::uint64_t size = live.log_size();
    ASSERT_TRUE(live.sign("official-1", paper_count(9, {0, 9, 0, 0})).ok());
    ASSERT_TRUE(live.sign("official-1", paper_count(9, {1, 8, 0, 0})).ok());  // takes the place of the first
    sign_refused("409 act-signed-already", "official-1", paper_count(9, {1, 8, 0, 0}));
    ASSERT_TRUE(live.sign("official-2", paper_count(9, {0, 9, 0, 0})).ok());
    EXPECT_EQ(live.log_size(), size);
    ASSERT_TRUE(live.sign("official-1", paper_count(9, {0, 9, 0, 0})).ok());
    EXPECT_EQ(live.log_size(), size + 1);
}

TEST_F(ActAttack, CommitmentToALotThatIsNotDueIsRefused) {
    live.close_polls();
    live.tally();
    const events::TieOf tie{ContestId("board"), 1, {OptionId("c01"), OptionId("c02")}};
    sign_refused("409 lot-not-due", "official-1", events::LotCommitment{tie, SignerId("official-1"), Hash{}});
    sign_refused("403 signers-wrong", "official-1",
                 events::LotCommitment{tie, SignerId("official-2"), Hash{}});
}

class AuditAttack : public ActAttack {
  protected:
    AuditAttack() : ActAttack(live_definition().set("printed_ballots", json::Object{{"risk_limit", 50}})) {}
};

// One ballot: a group that is all of it could undo the outcome, so it is counted by hand.
TEST_F(AuditAttack, ResultThatNobodyAuditedIsNotCertified) {
    const ContestId board("board");
    const auto seed = [&](std::vector<events::UrnSheets> sheets) {
        return events::AuditStarted{board, "4711", "dice", "A", {}, std::move(sheets)};
    };
    live.close_polls();
    live.tally();
    sign_refused("409 audit-early", "official-1", seed({}));
    live.result();
    sign_refused("409 audit-open", "official-1", events::Certified{});
    sign_refused("409 sheets-wrong", "official-1", seed({{"city/standard", 1}}));
    live.act(seed({{"city/standard", 2}}));
    sign_refused("409 audit-started-already", "official-1", seed({}));
    sign_refused("409 audit-open", "official-1", events::Certified{});
    sign_refused("409 hand-count-unexplained", "official-1",
                 events::HandCount{board, "city/standard", 1, {0, 1, 0, 0}});
    live.act(events::HandCount{board, "city/standard", 1, {0, 1, 0, 0}, "misread"});
    sign_refused("409 audit-refuted", "official-1", events::Certified{});
    live.act(
        events::HandCount{board, "city/standard", 1, {1, 0, 0, 0}, "", live.log_size() - 1, "read again"});
}

}  // namespace
}  // namespace stimme::test
