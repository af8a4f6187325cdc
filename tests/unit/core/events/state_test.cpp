// The order of events, every refusal by its code: core/events/state.
#include "core/events/state.h"

#include <gtest/gtest.h>

#include "tests/support/elections.h"
#include "tests/unit/core/events/names.h"

namespace stimme::events {
namespace {

using test::Election;
using test::TestElection;

// A state with the words of a log: say("s1-desk-1", PassVoided{...}) gives the code of the refusal, or "".
class StateTest : public ::testing::Test {
  protected:
    static const Election& election() {
        static const Election built = TestElection()
                                          .contest("board", 2, {.votes = 2, .per_option = 2})
                                          .style("eu", {"board"}, {}, {"eu"})
                                          .style("standard", {"board"})
                                          .station("s1")
                                          .station("s2", "", 2)
                                          .officials(3)
                                          .build();
        return built;
    }

    using Signers = std::vector<std::string>;
    static inline const Signers officials{"official-1", "official-2"};

    std::string say(const Signers& signers, Content content, std::uint64_t size = 0) {
        Entry entry{std::move(content), {}};
        for (const std::string& signer : signers) entry.signed_by.push_back({SignerId(signer), size, {}, {}});
        const Status status = state.apply(state.size(), entry);
        return status ? "" : status.error().code;
    }
    std::string say(Content content) { return say({}, std::move(content)); }

    static ElectionSealed sealing() { return {election().definition.hash(), election().h_e, {}, {}, {}, 10}; }
    void seal() { ASSERT_EQ(say(officials, sealing()), ""); }
    void open() {
        seal();
        ASSERT_EQ(say(officials, PollsOpened{}), "");
    }
    void close() {
        ASSERT_EQ(close_s1(), "");
        ASSERT_EQ(close_s2(), "");
        ASSERT_EQ(say(officials, PollsClosed{}), "");
    }
    std::string close_s1(std::uint64_t voided = 0) {
        return say({"s1-desk-1"}, StationClosed{s1, {{SignerId("s1-desk-1"), 5, voided, 0}}});
    }
    std::string close_s2() {
        return say({"s2-desk-1", "s2-desk-2"},
                   StationClosed{s2, {{SignerId("s2-desk-1"), 5, 0, 0}, {SignerId("s2-desk-2"), 5, 0, 0}}});
    }
    void tally() {
        open();
        close();
        ASSERT_EQ(say(officials, Tally{}), "");
    }

    static PassNumber pass(std::uint8_t number) { return {number}; }
    static Hash code(std::uint8_t number) { return {number}; }
    // Passes and tracking codes are named by a number; a ballot has that of its pass unless another is said.
    std::string submit(std::uint8_t t, std::uint8_t ballot, const StationId& station = s1,
                       const StyleId& style = standard) {
        return say(BallotSubmitted{station, style, pass(t), code(ballot)});
    }
    std::string cast(std::uint8_t t, std::uint8_t ballot, const StationId& station = s1) {
        return say(BallotCast{station, pass(t), code(ballot), {}});
    }
    std::string challenge(std::uint8_t t, std::uint8_t ballot) {
        return say(BallotChallenged{s1, pass(t), code(ballot), {}});
    }
    std::string expire(std::uint8_t t, std::uint8_t ballot) {
        return say(BallotExpired{s1, pass(t), code(ballot)});
    }
    std::string give_back(std::uint8_t t, const StationId& station = s1) {
        return say({station.str() + "-desk-1"}, PassVoided{station, pass(t)});
    }

    ElectionState state{election().definition};
};

TEST_F(StateTest, ElectionRunsThrough) {
    open();
    EXPECT_EQ(submit(1, 1), "");
    EXPECT_EQ(cast(1, 1), "");
    close();
    EXPECT_EQ(state.closing_size(), 7U);
    EXPECT_EQ(say({"trustee-1"}, DecryptionShare{SignerId("trustee-1"), board, "g", {}}, 7), "");
    EXPECT_EQ(say(officials, Tally{}), "");
    EXPECT_EQ(say(officials, ElectionResult{}), "");
    EXPECT_EQ(say(officials, Certified{}, state.size()), "");
    EXPECT_EQ(state.phase(), election::Phase::certified);
    EXPECT_EQ(state.cast_at(0, 1), 1U);
    EXPECT_EQ(state.shares().size(), 1U);
}

TEST_F(StateTest, RefusedEntryChangesNothing) {
    open();
    EXPECT_EQ(cast(1, 1), "no-open-submission");
    EXPECT_EQ(state.size(), 2U);
    EXPECT_EQ(state.pass(pass(1)), nullptr);
}

TEST_F(StateTest, EntryOutOfPhaseIsRefused) {
    EXPECT_EQ(say(officials, PollsOpened{}), "entry-out-of-phase");
    open();
    EXPECT_EQ(say(officials, sealing()), "entry-out-of-phase");
}

TEST_F(StateTest, OtherDefinitionIsRefused) {
    ElectionSealed other = sealing();
    other.definition[0] ^= 1;
    EXPECT_EQ(say(officials, other), "definition-differs");
}

TEST_F(StateTest, WrongSignersAreRefused) {
    for (const Signers& wrong : std::vector<Signers>{{},
                                                     {"official-1"},
                                                     {"official-1", "official-1"},
                                                     {"official-2", "official-1"},
                                                     {"official-1", "official-2", "official-3"},
                                                     {"official-1", "s1-desk-1"},
                                                     {"nobody", "official-1"}}) {
        EXPECT_EQ(say(wrong, sealing()), "signers-wrong");
    }
}

TEST_F(StateTest, ActsOfDesksNeedTheDesksOfTheirStation) {
    open();
    EXPECT_EQ(say({}, PassVoided{s1, pass(1)}), "signers-wrong");
    EXPECT_EQ(say({"s2-desk-1"}, PassVoided{s1, pass(1)}), "signers-wrong");
    EXPECT_EQ(say({"s1-booth-1"}, PassVoided{s1, pass(1)}), "signers-wrong");
    EXPECT_EQ(say({"s2-desk-1", "s2-desk-2"}, PassVoided{s2, pass(1)}), "signers-wrong");
    EXPECT_EQ(say({"s2-desk-1"}, StationClosed{s2, {}}), "signers-wrong");
    EXPECT_EQ(say({"s1-desk-1"}, StationClosed{StationId("moon"), {}}), "signers-wrong");
}

TEST_F(StateTest, BallotsAreSignedByNobody) {
    open();
    EXPECT_EQ(say({"s1-booth-1"}, BallotSubmitted{s1, standard, pass(1), code(1)}), "signers-wrong");
}

TEST_F(StateTest, FailedChallengeIsSignedWhereItHasAReason) {
    open();
    ASSERT_EQ(submit(1, 1), "");
    EXPECT_EQ(say(ChallengeFailed{s1, pass(1), code(1), "none came"}), "signers-wrong");
    EXPECT_EQ(say({"s1-desk-1"}, ChallengeFailed{s1, pass(1), code(1), Opening{}}), "signers-wrong");
    EXPECT_EQ(say({"s1-desk-1"}, ChallengeFailed{s1, pass(1), code(1), "none came"}), "");
    ASSERT_EQ(submit(1, 2), "");
    EXPECT_EQ(say(ChallengeFailed{s1, pass(1), code(2), Opening{}}), "");
}

TEST_F(StateTest, SharesAreSignedByTheirTrusteeOverTheClosedLog) {
    open();
    close();
    const DecryptionShare share{SignerId("trustee-1"), board, "g", {}};
    EXPECT_EQ(say({"trustee-2"}, share, 5), "signers-wrong");
    EXPECT_EQ(say({"trustee-1"}, share, 4), "signature-view");
    EXPECT_EQ(say({"trustee-1"}, share, 5), "");
    EXPECT_EQ(say({"trustee-1"}, share, 5), "share-repeated");
    EXPECT_EQ(say({"trustee-1"}, DecryptionShare{SignerId("trustee-1"), board, "h", {}}, 5), "");
    EXPECT_EQ(say({"trustee-1"}, DecryptionShare{SignerId("trustee-1"), ContestId("mayor"), "g", {}}, 5),
              "contest-unknown");
}

TEST_F(StateTest, UnknownStationsAndStylesAreRefused) {
    open();
    EXPECT_EQ(submit(1, 1, StationId("moon")), "station-unknown");
    EXPECT_EQ(submit(1, 1, s1, StyleId("moon")), "style-unknown");
}

TEST_F(StateTest, OneSubmissionAtATime) {
    open();
    ASSERT_EQ(submit(1, 1), "");
    EXPECT_EQ(submit(1, 2), "submission-open");
    EXPECT_EQ(submit(2, 2), "");
}

TEST_F(StateTest, NothingComesAfterTheCast) {
    open();
    ASSERT_EQ(submit(1, 1), "");
    ASSERT_EQ(cast(1, 1), "");
    EXPECT_EQ(submit(1, 2), "pass-cast");
    EXPECT_EQ(cast(1, 1), "no-open-submission");
    EXPECT_EQ(challenge(1, 1), "no-open-submission");
    EXPECT_EQ(expire(1, 1), "no-open-submission");
    EXPECT_EQ(give_back(1), "pass-submitted");
}

TEST_F(StateTest, NothingComesAfterAVoid) {
    open();
    ASSERT_EQ(give_back(1), "");
    EXPECT_EQ(give_back(1), "pass-voided");
    EXPECT_EQ(submit(1, 1), "pass-voided");
    EXPECT_EQ(state.voided_at(0), 1U);
}

TEST_F(StateTest, SubmittedPassIsNotGivenBack) {
    open();
    ASSERT_EQ(submit(1, 1), "");
    EXPECT_EQ(give_back(1), "pass-submitted");
    ASSERT_EQ(challenge(1, 1), "");
    EXPECT_EQ(give_back(1), "pass-submitted");
}

TEST_F(StateTest, TrackingCodeOccursOnce) {
    open();
    ASSERT_EQ(submit(1, 1), "");
    EXPECT_EQ(submit(2, 1), "tracking-code-repeated");
    ASSERT_EQ(challenge(1, 1), "");
    EXPECT_EQ(submit(1, 1), "tracking-code-repeated");
}

TEST_F(StateTest, EndOfASubmissionNamesItsBallot) {
    open();
    ASSERT_EQ(submit(1, 1), "");
    EXPECT_EQ(cast(1, 2), "tracking-code-differs");
    EXPECT_EQ(challenge(1, 2), "tracking-code-differs");
    EXPECT_EQ(expire(1, 2), "tracking-code-differs");
    EXPECT_EQ(cast(1, 1, s2), "pass-of-other-station");
}

TEST_F(StateTest, PassBelongsToOneStationAndStyle) {
    open();
    ASSERT_EQ(submit(1, 1), "");
    ASSERT_EQ(challenge(1, 1), "");
    EXPECT_EQ(submit(1, 2, s2), "pass-of-other-station");
    EXPECT_EQ(submit(1, 2, s1, eu), "pass-of-other-style");
    EXPECT_EQ(submit(1, 2), "");
}

TEST_F(StateTest, FiveChallengesAreAllowed) {
    open();
    for (std::uint8_t i = 1; i <= max_challenges; ++i) {
        ASSERT_EQ(submit(1, i), "");
        ASSERT_EQ(challenge(1, i), "");
    }
    ASSERT_EQ(submit(1, 9), "");
    EXPECT_EQ(challenge(1, 9), "challenges-exhausted");
    EXPECT_EQ(cast(1, 9), "");
}

TEST_F(StateTest, ExpiredBallotsFreeThePass) {
    open();
    ASSERT_EQ(submit(1, 1), "");
    ASSERT_EQ(expire(1, 1), "");
    EXPECT_EQ(submit(1, 2), "");
    EXPECT_EQ(state.open_submissions(s1), std::vector{pass(1)});
    EXPECT_TRUE(state.open_submissions(s2).empty());
}

TEST_F(StateTest, StationWithAnOpenSubmissionStaysOpen) {
    open();
    ASSERT_EQ(submit(1, 1), "");
    EXPECT_EQ(close_s1(), "submission-open");
    ASSERT_EQ(expire(1, 1), "");
    EXPECT_EQ(close_s1(), "");
}

TEST_F(StateTest, NothingComesFromAClosedStation) {
    open();
    ASSERT_EQ(close_s1(), "");
    EXPECT_EQ(submit(1, 1), "station-closed");
    EXPECT_EQ(give_back(1), "station-closed");
    EXPECT_EQ(close_s1(), "station-closed");
    EXPECT_EQ(submit(1, 1, s2), "");
}

TEST_F(StateTest, PollsCloseAfterTheStations) {
    open();
    ASSERT_EQ(close_s1(), "");
    EXPECT_EQ(say(officials, PollsClosed{}), "station-open");
}

TEST_F(StateTest, CountsOfDesksMustFit) {
    open();
    EXPECT_EQ(close_s1(1), "desk-counts-wrong");
    const auto s2_with = [&](std::vector<DeskCount> counts) {
        return say({"s2-desk-1", "s2-desk-2"}, StationClosed{s2, std::move(counts)});
    };
    const DeskCount one{SignerId("s2-desk-1"), 1, 0, 0}, two{SignerId("s2-desk-2"), 1, 0, 0};
    const DeskCount other{SignerId("s1-desk-1"), 1, 0, 0};
    EXPECT_EQ(s2_with({one}), "desk-counts-wrong");
    EXPECT_EQ(s2_with({two, one}), "desk-counts-wrong");
    EXPECT_EQ(s2_with({one, one, two}), "desk-counts-wrong");
    EXPECT_EQ(s2_with({other, one, two}), "desk-counts-wrong");
    ASSERT_EQ(give_back(1), "");
    EXPECT_EQ(close_s1(0), "desk-counts-wrong");
    EXPECT_EQ(close_s1(1), "");
}

TEST_F(StateTest, LeavesAreCorrectedOnce) {
    seal();
    EXPECT_EQ(say(officials, RollCorrected{{code(1), code(1)}, {}, "r"}), "leaf-repeated");
    EXPECT_EQ(say(officials, RollCorrected{{code(1)}, {code(2)}, "r"}), "");
    EXPECT_EQ(say(officials, RollCorrected{{code(1)}, {}, "r"}), "leaf-repeated");
    EXPECT_EQ(say(officials, RollCorrected{{}, {code(2)}, "r"}), "leaf-repeated");
    EXPECT_EQ(say(officials, RollCorrected{{}, {code(1)}, "r"}), "");
    EXPECT_EQ(state.added_leaves().size(), 1U);
    EXPECT_EQ(state.struck_leaves().size(), 2U);
}

TEST_F(StateTest, KeysAreReplacedByFreshOnes) {
    seal();
    const auto replace = [&](const std::string& signer, const election::PublicKey& key) {
        return say(officials, KeyReplaced{SignerId(signer), key, "broken"});
    };
    const election::PublicKey fresh = test::test_signing_key("fresh").verify_key().sec1();
    const election::PublicKey old = state.key_of(SignerId("s1-desk-1"));
    EXPECT_EQ(replace("nobody", fresh), "signer-unknown");
    EXPECT_EQ(replace("trustee-1", fresh), "signer-unknown");
    EXPECT_EQ(replace("s1-desk-1", {}), "key-invalid");
    EXPECT_EQ(replace("s1-desk-1", state.key_of(SignerId("official-1"))), "key-in-use");
    EXPECT_EQ(replace("s1-desk-1", fresh), "");
    EXPECT_EQ(state.key_of(SignerId("s1-desk-1")), fresh);
    EXPECT_EQ(replace("official-1", fresh), "key-in-use");
    EXPECT_EQ(replace("s1-desk-1", old), "key-in-use");
}

TEST_F(StateTest, BatchesStandInTheOrderOfTheDefinitionAndAreSuperseded) {
    open();
    close();
    const auto batches = [&](std::vector<PaperBatch> of, std::optional<std::uint64_t> supersedes = {}) {
        return say(officials, PaperBatches{board, std::move(of), supersedes, "again"});
    };
    const PaperBatch post{city, {}, 3}, first{city, s1, 2}, second{city, s2, 4};
    EXPECT_EQ(say(officials, PaperBatches{ContestId("mayor"), {post}}), "contest-unknown");
    EXPECT_EQ(batches({{DistrictId("moon"), {}, 3}}), "district-unknown");
    EXPECT_EQ(batches({{city, StationId("s9"), 3}}), "station-unknown");
    EXPECT_EQ(batches({first, post}), "batches-order");
    EXPECT_EQ(batches({second, first}), "batches-order");
    EXPECT_EQ(batches({post, post}), "batches-order");
    EXPECT_EQ(batches({post}, 3), "supersedes-wrong");
    EXPECT_EQ(batches({post, first, second}), "");
    EXPECT_EQ(batches({post}), "supersedes-wrong");
    EXPECT_EQ(batches({post, first}, 5), "");
    EXPECT_EQ(state.count().batches(board)->index, 6U);
    EXPECT_EQ(state.count().grouping(board), (DistrictBallots{{city, 5}}));
}

TEST_F(StateTest, PaperIsCountedWhenItsBatchesAreKnown) {
    open();
    close();
    EXPECT_EQ(say(officials, PaperCount{ContestId("mayor"), "city", 3, {1, 2}}), "contest-unknown");
    EXPECT_EQ(say(officials, PaperCount{board, "city", 3, {1, 2}}), "paper-batches-missing");
}

TEST_F(StateTest, PaperCountsAreSuperseded) {
    open();
    close();
    ASSERT_EQ(say(officials, test::paper_batches(3)), "");
    const auto count = [&](std::optional<std::uint64_t> supersedes) {
        return say(officials, PaperCount{board, "city", 3, {1, 2}, supersedes, "recount"});
    };
    ASSERT_EQ(count({}), "");
    EXPECT_EQ(count({}), "paper-count-repeated");
    EXPECT_EQ(count(4), "supersedes-wrong");
    EXPECT_EQ(count(6), "");
    EXPECT_EQ(count(6), "supersedes-wrong");
    ASSERT_EQ(state.count().paper_counts().size(), 1U);
    EXPECT_TRUE(state.count().paper_counts().contains(7));
}

// A count with one more district, less the one before, would tell how that district voted.
TEST_F(StateTest, DistrictsOfPaperBallotsThatWereCountedStay) {
    const Election two = TestElection()
                             .contest("board", 1, {})
                             .style("standard", {"board"})
                             .district("north")
                             .district("south")
                             .station("s1", "north")
                             .station("s2", "south")
                             .build();
    ElectionState count_state(two.definition);
    CountState count;
    const DistrictId north("north"), south("south");
    const PaperBatches before{board, {{north, {}, 40}}};
    const PaperBatches after{board, {{north, {}, 40}, {south, {}, 2}}, 5, "found"};
    count.apply(5, before);
    EXPECT_TRUE(count.check(two.definition, after).ok());
    count.apply(6, PaperCount{board, "north", 40, {}});
    EXPECT_EQ(count.check(two.definition, after).error().code, "paper-districts-fixed");
    const PaperBatches added{board, {{north, {}, 42, "two from the south"}}, 5, "found"};
    EXPECT_TRUE(count.check(two.definition, added).ok());
    count.apply(7, added);
    EXPECT_EQ(count.grouping(board), (DistrictBallots{{north, 40}}));
}

TEST_F(StateTest, HandCountsNeedPrintedBallots) {
    tally();
    EXPECT_EQ(say(officials, HandCount{board, "city/standard", 3, {1, 2}}), "hand-counts-undefined");
    ASSERT_EQ(say(officials, ElectionResult{}), "");
    EXPECT_EQ(say(officials, AuditStarted{board, "123", "dice", "A", {}}), "audit-undefined");
}

// Each official's number is hidden until nobody can join any more.
TEST_F(StateTest, NumbersOfALotFollowTheirCommitments) {
    tally();
    const TieOf tie{board, 1, {OptionId("c01"), OptionId("c02")}};
    const SignerId one("official-1"), two("official-2"), three("official-3");
    const ByteArray<32> number{1}, other{2};
    const auto commitment = [&](const SignerId& who, const ByteArray<32>& of) {
        return LotCommitment{tie, who, lot_commitment(state.sealed().election, board, who, of)};
    };
    EXPECT_EQ(say({"official-2"}, commitment(one, number)), "signers-wrong");
    EXPECT_EQ(say({"official-1"}, LotNumber{board, one, number}), "lot-commitment-missing");
    ASSERT_EQ(say({"official-1"}, commitment(one, number)), "");
    EXPECT_EQ(say({"official-1"}, commitment(one, other)), "lot-commitment-repeated");
    ASSERT_EQ(say({"official-2"}, commitment(two, other)), "");
    EXPECT_FALSE(state.count().lot_round(board)->complete());
    EXPECT_EQ(say({"official-1"}, LotNumber{board, one, other}), "lot-number-differs");
    ASSERT_EQ(say({"official-1"}, LotNumber{board, one, number}), "");
    EXPECT_EQ(say({"official-1"}, LotNumber{board, one, number}), "lot-number-repeated");
    EXPECT_EQ(say({"official-3"}, commitment(three, number)), "lot-numbers-begun");
    ASSERT_EQ(say({"official-2"}, LotNumber{board, two, other}), "");
    EXPECT_TRUE(state.count().lot_round(board)->complete());
    ASSERT_EQ(say(officials, LotDrawn{board, 1, tie.between, {OptionId("c02")}, "", {}}), "");
    EXPECT_EQ(state.count().lot_round(board), nullptr);
    EXPECT_TRUE(state.count().lot_rounds().back()->complete());
}

TEST_F(StateTest, ResultsAreSuperseded) {
    tally();
    EXPECT_EQ(say(officials, ElectionResult{{}, 3, "r"}), "supersedes-wrong");
    ASSERT_EQ(say(officials, ElectionResult{}), "");
    EXPECT_EQ(say(officials, ElectionResult{}), "supersedes-wrong");
    EXPECT_EQ(say(officials, ElectionResult{{}, state.result_index(), "r"}), "");
    EXPECT_EQ(state.result_index(), 7U);
}

TEST_F(StateTest, OnlyAResultThatStandsIsCertified) {
    tally();
    EXPECT_EQ(say(officials, Certified{}), "result-missing");
    ASSERT_EQ(say(officials, ElectionResult{}), "");
    ASSERT_EQ(say(officials, test::paper_batches(3)), "");
    EXPECT_EQ(say(officials, Certified{}), "result-outdated");
    ASSERT_EQ(say(officials, ElectionResult{{}, state.result_index(), "r"}), "");
    EXPECT_EQ(say(officials, Certified{}, state.size()), "");
}

// Both had signed before the result that stands; the content of `certified` is the same.
TEST_F(StateTest, CertificationOnALogWithoutTheResultThatStandsIsRefused) {
    tally();
    ASSERT_EQ(say(officials, ElectionResult{}), "");
    const std::uint64_t before = state.size();
    ASSERT_EQ(say(officials, ElectionResult{{}, state.result_index(), "recount"}), "");
    EXPECT_EQ(say(officials, Certified{}, before), "signature-view");
    EXPECT_EQ(say(officials, Certified{}, before + 1), "");
}

// The server could put a signed act into the log twice.
TEST_F(StateTest, SameSignatureUnderASecondEntryIsRefused) {
    open();
    close();
    ASSERT_EQ(say(officials, Incident{"power cut"}, 5), "");
    EXPECT_EQ(say(officials, Incident{"power cut"}, 5), "signature-repeated");
    EXPECT_EQ(say({"official-2", "official-3"}, Incident{"power cut"}, 5), "signature-repeated");
    EXPECT_EQ(say(officials, Incident{"power cut"}, 6), "");
    EXPECT_EQ(say(officials, Incident{"another power cut"}, 5), "");
}

TEST_F(StateTest, SupersededCountIsNotPutBack) {
    open();
    close();
    ASSERT_EQ(say(officials, test::paper_batches(3)), "");
    const PaperCount old{board, "city", 3, {1, 2}};
    ASSERT_EQ(say(officials, old, 6), "");
    ASSERT_EQ(say(officials, PaperCount{board, "city", 3, {2, 1}, 6, "recount"}, 7), "");
    EXPECT_EQ(say(officials, old, 6), "paper-count-repeated");
    EXPECT_EQ(state.count().paper_counts().size(), 1U);
}

TEST_F(StateTest, NothingButIncidentsComesAfterTheCertification) {
    tally();
    ASSERT_EQ(say(officials, ElectionResult{}), "");
    ASSERT_EQ(say(officials, Certified{}, state.size()), "");
    EXPECT_EQ(say(officials, ElectionResult{{}, state.result_index(), "r"}), "entry-out-of-phase");
    EXPECT_EQ(say(officials, PaperCount{board, "city", 3, {1, 2}}), "entry-out-of-phase");
    EXPECT_EQ(say(officials, LotDrawn{board, 1, {}, {}, "", {}}), "entry-out-of-phase");
    EXPECT_EQ(say(officials, Cancelled{"r"}), "entry-out-of-phase");
    EXPECT_EQ(say(officials, Certified{}, state.size()), "entry-out-of-phase");
    EXPECT_EQ(say(officials, Incident{"a flood"}), "");
}

TEST_F(StateTest, LotOfAnUnknownContestIsRefused) {
    tally();
    EXPECT_EQ(say(officials, LotDrawn{ContestId("mayor"), 1, {}, {}, "", {}}), "contest-unknown");
    EXPECT_EQ(say(officials, LotDrawn{board, 1, {}, {}, "", {}}), "");
    EXPECT_EQ(state.count().lots().size(), 1U);
}

TEST_F(StateTest, CancelledElectionTakesIncidentsOnly) {
    open();
    ASSERT_EQ(say(officials, Cancelled{"fire"}), "");
    EXPECT_EQ(submit(1, 1), "entry-out-of-phase");
    EXPECT_EQ(say(officials, Incident{"smoke"}), "");
}

}  // namespace
}  // namespace stimme::events
