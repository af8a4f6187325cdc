// Forged ballots_path, lists, shares and figures. The builder lets all signers collude and the server sign
// whatever there is, so that nothing but the check in question can find the forgery.
#include <algorithm>

#include "core/tally/combine.h"
#include "tests/unit/core/verify/verify_fixture.h"

namespace stimme::verify {
namespace {

using ForgedCountTest = VerifyTest;
using Files = std::map<std::string, Bytes>;
using test::TestRecord;

// Changes one line of a list.
void change_line(Bytes& file, std::size_t number, const std::string& line) {
    std::string text(as_text(file));
    std::size_t begin = 0;
    while (number-- > 0) begin = text.find('\n', begin) + 1;
    text.replace(begin, text.find('\n', begin) - begin, line);
    file = to_bytes(as_bytes(text));
}

std::string line_of(const Bytes& file, std::size_t number) {
    std::string_view text = as_text(file);
    while (number-- > 0) text.remove_prefix(text.find('\n') + 1);
    return std::string(text.substr(0, text.find('\n')));
}

// --- passes

TEST_F(ForgedCountTest, WrongTagIsFound) {
    auto record = voted();
    record.forge_files([](Files& files) {
        std::string line = line_of(files["tags"], 1);
        line.back() = line.back() == '0' ? '1' : '0';
        change_line(files["tags"], 1, line);
    });
    EXPECT_EQ(failures(record.finish()), Numbers{"V5.3"});
}

TEST_F(ForgedCountTest, PassMissingFromTheListIsFound) {
    auto record = voted();
    record.forge_files([](Files& files) {
        files["tags"].resize(files["tags"].size() - line_of(files["tags"], 0).size() - 1);
    });
    EXPECT_EQ(failures(record.finish()), Numbers{"V5.1"});
}

TEST_F(ForgedCountTest, OtherListOfPassesIsFound) {
    auto record = voted();
    record.finish().files["tags"].clear();
    const auto report = verify_record(record).report;
    EXPECT_EQ(failed(report), Numbers{"V5.1"});
    EXPECT_EQ(failure(report, "V5.1"), "tags: file-differs");
}

TEST_F(ForgedCountTest, OtherPassSecretIsFound) {
    auto record = voted();
    record.forge<events::PollsClosed>([](auto& c) { c.pass_keys[0].secret[31] ^= 1; });
    EXPECT_EQ(failures(record.finish()), Numbers{"V5.2"});
}

TEST_F(ForgedCountTest, PassKeyLeftOutFromTheBeginningIsFound) {
    test::TestRecord record(plain().build());
    record.forge<events::ElectionSealed>([](auto& c) { c.pass_keys.clear(); });
    record.forge<events::PollsClosed>([](auto& c) { c.pass_keys.clear(); });
    const auto report = verify_record(record.seal().open().vote(first_option).finish()).report;
    EXPECT_EQ(failed(report), Numbers{"V3.5"});
    EXPECT_EQ(report["V5.3"].verdict(), Verdict::not_checkable);
}

// --- ballots

TEST_F(ForgedCountTest, WrongNumberOfBallotsIsFound) {
    auto record = voted();
    record.forge<events::PollsClosed>([](auto& c) { c.ballots[0].count -= 1; });
    const auto report = verify_record(record.finish()).report;
    EXPECT_EQ(failed(report), (Numbers{"V1.1", "V6.1"}));
}

TEST_F(ForgedCountTest, BitFlippedInABodyIsFound) {
    auto record = voted();
    record.finish().files[ballots_path][700] ^= 1;
    const auto report = verify_record(record).report;
    EXPECT_EQ(failed(report), (Numbers{"V6.2", "V6.3"}));
    EXPECT_EQ(failure(report, "V6.3"), "ballots/city/standard, ballot 0 (entry 3): tracking-code-differs");
}

TEST_F(ForgedCountTest, BallotReplacedBehindItsTrackingCodeIsFound) {
    auto record = voted();
    record.forge_files([](Files& files) {
        Bytes& file = files[ballots_path];
        const std::size_t size = file.size() / 4;
        std::copy_n(file.begin(), size, file.begin() + static_cast<std::ptrdiff_t>(size));
    });
    const auto report = verify_record(record.finish()).report;
    EXPECT_EQ(failed(report), Numbers{"V6.3"});
    EXPECT_EQ(failure(report, "V6.3"), "ballots/city/standard, ballot 1 (entry 5): tracking-code-differs");
}

TEST_F(ForgedCountTest, FalseProofIsFoundWithItsPlace) {
    auto record = opened();
    int number = 0;
    record.forge_bodies([&](Bytes& body) {
        if (++number == 2) body[body.size() - 33] ^= 1;
    });
    const auto report =
        verify_record(record.vote(first_option).vote(first_option).vote(first_option).finish()).report;
    EXPECT_EQ(failed(report), Numbers{"V6.4"});
    EXPECT_EQ(failure(report, "V6.4"), "ballots/city/standard, ballot 1 (entry 5): ballot-equation-g");
}

TEST_F(ForgedCountTest, BallotOfAnotherStationIsFound) {
    auto record = opened(plain().district("city").station("s1").station("s2"));
    const auto foreign =
        record.election().encrypt(record.election().context("s2", "standard", 1), first_option);
    record.forge_bodies([&](Bytes& body) { body = foreign.body(); });
    EXPECT_EQ(failures(record.vote(first_option).finish()), (Numbers{"V6.4"}));
}

TEST_F(ForgedCountTest, BallotMovedToAnotherPassIsFound) {
    auto record = opened();
    const auto copied =
        record.election().encrypt(record.election().context("s1", "standard", 1), first_option);
    record.forge_bodies([&](Bytes& body) { body = copied.body(); });
    const auto report = verify_record(record.vote(first_option).vote(first_option).finish()).report;
    EXPECT_TRUE(std::ranges::count(failed(report), "V6.4") == 1) << report.to_text();
}

TEST_F(ForgedCountTest, WrongCastSecretIsFound) {
    auto record = opened();
    record.forge<events::BallotCast>([](auto& c) { c.x[0] ^= 1; });
    const auto report = verify_record(record.vote(first_option).finish()).report;
    EXPECT_EQ(failed(report), Numbers{"V6.5"});
    EXPECT_EQ(failure(report, "V6.5"), "ballots/city/standard, ballot 0 (entry 3): cast-secret-wrong");
}

TEST_F(ForgedCountTest, BallotInAnElectionOnPaperIsFound) {
    auto record = opened(plain().paper_only());
    record.append(events::BallotSubmitted{StationId("s1"), StyleId("standard"), {}, {}});
    record.append(events::BallotCast{StationId("s1"), {}, {}, {}});
    record.forge<events::PollsClosed>([](auto& c) {
        c.ballots.push_back({DistrictId("city"), StyleId("standard"), 1, {}});
    });
    const Numbers found = failures(record.close());
    EXPECT_EQ(std::ranges::count(found, "V6.4"), 1);
}

// --- tested ballots

TEST_F(ForgedCountTest, TestWithOtherSelectionsIsFound) {
    auto record = opened();
    record.forge<events::BallotChallenged>([](auto& c) { c.opening.selections = {{0, 1, 0, 0}}; });
    const auto report = verify_record(record.test(first_option).finish()).report;
    EXPECT_EQ(failed(report), Numbers{"V7.1"});
    EXPECT_EQ(failure(report, "V7.1"), "entry 3: opening-differs");
}

TEST_F(ForgedCountTest, TestWithImpossibleSelectionsIsFound) {
    auto record = opened();
    record.forge<events::BallotChallenged>([](auto& c) { c.opening.selections = {{1, 1}}; });
    EXPECT_EQ(failures(record.test(first_option).finish()), Numbers{"V7.1"});
}

TEST_F(ForgedCountTest, FailureThatIsNoneIsFound) {
    auto record = opened();
    record.test(first_option);
    const auto challenged =
        std::get<events::BallotChallenged>(events::decode(record.entries.back())->content);
    record.entries.pop_back();
    record.append(events::ChallengeFailed{challenged.station, challenged.t, challenged.tracking_code,
                                          challenged.opening});
    const auto report = verify_record(record.finish()).report;
    EXPECT_EQ(failed(report), Numbers{"V7.2"});
    EXPECT_EQ(failure(report, "V7.2"), "entry 3: opening-right");
}

// --- participation

TEST_F(ForgedCountTest, OtherListOfParticipationIsFound) {
    auto record = voted();
    record.finish().files["participation"].clear();
    EXPECT_EQ(failures(record), Numbers{"V8.1"});
}

TEST_F(ForgedCountTest, UnknownStationInTheListIsFound) {
    auto record = voted();
    record.forge_files([](Files& files) {
        change_line(files["participation"], 11,
                    line_of(files["participation"], 11).substr(0, 64) + " elsewhere");
    });
    EXPECT_EQ(failures(record.finish()), Numbers{"V8.1"});
}

TEST_F(ForgedCountTest, RowAddedToTheListIsFound) {
    auto record = voted();
    record.forge_files([](Files& files) {
        stimme::append(files["participation"], as_bytes(std::string(64, 'f') + " -\n"));
    });
    const auto report = verify_record(record.finish()).report;
    EXPECT_EQ(failed(report), Numbers{"V8.2"});
    EXPECT_EQ(failure(report, "V8.2"), "participation: roll-differs");
}

TEST_F(ForgedCountTest, StruckVoterInTheListIsFound) {
    auto record = voted();
    const auto voter = record.voter(12);
    record.append(events::RollCorrected{
        {}, {events::roll_leaf(voter.salt, voter.number, StyleId("standard"))}, "moved away"});
    EXPECT_EQ(failures(record.finish()), Numbers{"V8.2"});
}

TEST_F(ForgedCountTest, MoreBallotsThanRowsIsFound) {
    auto record = voted();
    record.forge_files([](Files& files) {
        for (std::size_t i = 0; i < 2; ++i) {
            change_line(files["participation"], i, line_of(files["participation"], i).substr(0, 64) + " -");
        }
    });
    const auto report = verify_record(record.finish()).report;
    EXPECT_EQ(failed(report), Numbers{"V8.3"});
    EXPECT_EQ(failure(report, "V8.3"), "station s1: more-ballots-than-voters");
}

TEST_F(ForgedCountTest, DesksThatCountedFewerAreFound) {
    auto record = voted();
    record.forge<events::StationClosed>([](auto& c) { c.desks[0].checked_in -= 1; });
    const auto report = verify_record(record.finish()).report;
    EXPECT_EQ(failed(report), Numbers{"V8.3"});
    EXPECT_EQ(failure(report, "V8.3"), "station s1: more-voters-than-check-ins");
}

// --- tally

TEST_F(ForgedCountTest, GroupSplitIsFound) {
    auto election = plain().district("city").district("north", "city").station("s1").min_ballots(3);
    auto record = opened(election.district("south", "city").station("s2"));
    record.vote(first_option).vote(first_option, "s2").vote(first_option, "s2");
    record.forge<events::Tally>([](auto& c) {
        const auto& whole = c.groups.at(0);
        c.groups = {{whole.contest, "north/standard", 1, {1, 0, 0, 0}},
                    {whole.contest, "south/standard", 2, {2, 0, 0, 0}}};
    });
    EXPECT_EQ(failures(record.close().tally()), Numbers{"V9.1"});
}

TEST_F(ForgedCountTest, ShareForAnotherGroupIsFound) {
    auto record = voted();
    record.close();
    auto share = record.shares(3).at(0);
    share.group = "city/other";
    const auto report = verify_record(record.append_share(share).tally().result().certify()).report;
    EXPECT_EQ(failed(report), Numbers{"V9.2"});
    EXPECT_EQ(report["V9.2"].failures()[0].code, "share-group");
}

TEST_F(ForgedCountTest, ShareOfAnotherTrusteeIsFound) {
    auto record = voted();
    record.close();
    auto share = record.shares(2).at(0);
    share.trustee = SignerId("trustee-3");
    const auto report = verify_record(record.append_share(share).tally()).report;
    EXPECT_EQ(failed(report), Numbers{"V9.2"});
    EXPECT_EQ(report["V9.2"].failures()[0].code, "share-proof");
}

TEST_F(ForgedCountTest, ShareWithAFalsePositionIsFound) {
    auto record = voted();
    record.close();
    auto share = record.shares(3).at(0);
    share.shares[2] = share.shares[1];
    EXPECT_EQ(failures(record.append_share(share).tally()), Numbers{"V9.2"});
}

TEST_F(ForgedCountTest, ShareForAnotherCloseIsFound) {
    auto record = voted();
    record.close();
    const auto share = record.shares(3).at(0);
    record.append(events::Incident{"power failed"});
    record.append(share, {"trustee-3"}, record.view());
    EXPECT_EQ(failures(record), Numbers{"V9.2"});
}

TEST_F(ForgedCountTest, TallyWithTooFewSharesIsFound) {
    auto record = voted();
    record.close().tally();
    // The tally stays as it was, but one of the two shares behind it is gone.
    const auto tally = events::decode(record.entries.back())->content;
    record.entries.resize(record.entries.size() - 2);
    const auto report = verify_record(record.append(tally)).report;
    EXPECT_EQ(failed(report), Numbers{"V9.3"});
    EXPECT_EQ(failure(report, "V9.3"), "tally: shares-missing");
}

TEST_F(ForgedCountTest, TallyThatNamesOtherTrusteesIsFound) {
    auto record = voted();
    record.forge<events::Tally>([](auto& c) { c.trustees[0] = SignerId("trustee-3"); });
    EXPECT_EQ(failures(record.close().tally()), Numbers{"V9.3"});
}

TEST_F(ForgedCountTest, ChangedTotalIsFound) {
    auto record = voted();
    record.forge<events::Tally>([](auto& c) { std::swap(c.groups[0].totals[0], c.groups[0].totals[1]); });
    const auto report = verify_record(record.finish()).report;
    EXPECT_EQ(failed(report), Numbers{"V9.4"});
    EXPECT_EQ(failure(report, "V9.4"), "tally, contest board, group city/standard: total-differs");
}

TEST_F(ForgedCountTest, ChangedTotalOfAnOptionWithoutVotesIsFound) {
    auto record = voted();
    record.forge<events::Tally>([](auto& c) { c.groups[0].totals[2] += 1; });
    EXPECT_EQ(failures(record.finish()), Numbers{"V9.4"});
}

// --- result

class ForgedPaperTest : public ForgedCountTest {
  protected:
    // What V10.1 says of the last entry, or "".
    std::string refusal(TestRecord& record) {
        const auto report = verify_record(record).report;
        if (report["V10.1"].failures().empty()) return "";
        const auto& failure = report["V10.1"].failures()[0];
        EXPECT_EQ(failed(report), Numbers{"V10.1"}) << report.to_text();
        EXPECT_EQ(failure.place, "entry " + std::to_string(record.entries.size() - 1));
        return failure.code;
    }
    std::string refusal_of_count(std::uint64_t batch, std::uint64_t counted,
                                 std::vector<std::uint64_t> totals) {
        auto record = voted();
        record.close().tally().append(test::paper_batches(batch));
        record.append(test::paper_count(counted, std::move(totals)));
        return refusal(record);
    }
};

TEST_F(ForgedPaperTest, ImpossiblePaperCountIsFound) {
    EXPECT_EQ(refusal_of_count(3, 3, {2, 2, 0, 0}), "totals-wrong");
    EXPECT_EQ(refusal_of_count(3, 3, {4, 0, 0, 0}), "totals-wrong");
    EXPECT_EQ(refusal_of_count(3, 3, {1, 1, 0}), "totals-wrong");
    EXPECT_EQ(refusal_of_count(3, 3, {1, 1, 0, 1}), "");
}

TEST_F(ForgedPaperTest, PaperBallotThatVanishedFromItsCountIsFound) {
    EXPECT_EQ(refusal_of_count(3, 3, {1, 1, 0, 0}), "totals-wrong");
}

TEST_F(ForgedPaperTest, CountOfOtherPaperBallotsThanThereAreIsFound) {
    EXPECT_EQ(refusal_of_count(3, 4, {2, 2, 0, 0}), "paper-ballots-differ");
}

TEST_F(ForgedPaperTest, MoreBallotsThanTheStationHadVotersOnPaperIsFound) {
    auto record = voted();
    record.close().tally();
    record.append(events::PaperBatches{ContestId("board"), {{DistrictId("city"), StationId("s1"), 1}}});
    EXPECT_EQ(refusal(record), "batch-unexplained");
    auto explained = voted();
    explained.close().tally();
    explained.append(events::PaperBatches{ContestId("board"),
                                          {{DistrictId("city"), StationId("s1"), 1, "left at the desk"}}});
    EXPECT_EQ(refusal(explained), "");
}

// Two of the south alone would show how they voted.
TEST_F(ForgedPaperTest, PaperGroupThatWasSplitAfterwardsIsFound) {
    const auto districts = [] {
        return plain().district("north").district("south").min_ballots(3, "publish");
    };
    const events::PaperBatches batches{ContestId("board"),
                                       {{DistrictId("north"), {}, 4}, {DistrictId("south"), {}, 2}}};
    const auto count = [&](const std::string& group, std::uint64_t counted,
                           std::vector<std::uint64_t> totals) {
        auto record = opened(districts());
        record.vote({{1, 0, 0, 0}}).vote({{1, 0, 0, 0}}).vote({{0, 1, 0, 0}}).close().tally().append(batches);
        record.append(events::PaperCount{ContestId("board"), group, counted, std::move(totals)});
        return refusal(record);
    };
    EXPECT_EQ(count("north+south", 6, {3, 2, 0, 1}), "");
    EXPECT_EQ(count("north", 4, {2, 1, 0, 1}), "paper-group-wrong");
    EXPECT_EQ(count("south", 2, {1, 1, 0, 0}), "paper-group-wrong");
}

TEST_F(ForgedCountTest, PaperCountAlteredAfterTheSecondOfficialIsFound) {
    auto record = voted();
    record.close().tally().paper(3, {2, 1, 0, 0});
    record.rewrite<events::PaperCount>(record.entries.size() - 1,
                                       [](auto& c) { std::swap(c.totals[0], c.totals[1]); });
    EXPECT_EQ(failures(record), Numbers{"V4.5"});
}

TEST_F(ForgedCountTest, ResultWithoutThePaperBallotsIsFound) {
    auto record = voted();
    record.close().tally().append(test::paper_batches(3));
    record.append(events::ElectionResult{{{ContestId("board"), {2, 1, 0, 1}, {OptionId("c01")}}}, {}, ""});
    const auto report = verify_record(record).report;
    EXPECT_EQ(failed(report), Numbers{"V10.3"}) << report.to_text();
    EXPECT_EQ(report["V10.3"].failures()[0].code, "paper-uncounted");
}

TEST_F(ForgedCountTest, LotWhereNoneIsDueIsFound) {
    auto record = voted();
    record.close().tally();
    record.append(events::LotDrawn{
        ContestId("board"), 1, {OptionId("c01"), OptionId("c02")}, {OptionId("c02")}, "drawn", {}});
    const auto report = verify_record(record.result().certify()).report;
    EXPECT_EQ(failed(report), Numbers{"V10.2"});
    EXPECT_EQ(report["V10.2"].failures()[0].code, "lot-not-due");
}

TEST_F(ForgedCountTest, LotThatItsNumbersDoNotDrawIsFound) {
    const ContestId board("board");
    const events::TieOf tie{board, 1, {OptionId("c01"), OptionId("c02")}};
    const auto with_lot = [&](const std::string& drawn) {
        auto record = opened();
        record.vote({{1, 0, 0, 0}}).vote({{0, 1, 0, 0}}).close().tally();
        const Hash& h_e = record.election().h_e;
        const SignerId officials[] = {SignerId("official-1"), SignerId("official-2")};
        for (const SignerId& official : officials) {
            record.append(
                events::LotCommitment{tie, official, events::lot_commitment(h_e, board, official, {7})});
        }
        for (const SignerId& official : officials) record.append(events::LotNumber{board, official, {7}});
        record.append(events::LotDrawn{board, 1, tie.between, {OptionId(drawn)}, "by numbers", {}});
        return verify_record(record.result().certify()).report;
    };
    const auto one = with_lot("c01"), other = with_lot("c02");
    EXPECT_NE(failed(one).empty(), failed(other).empty());
    const auto& forged = failed(one).empty() ? other : one;
    EXPECT_EQ(failed(forged), Numbers{"V10.2"});
    EXPECT_EQ(forged["V10.2"].failures()[0].code, "lot-numbers-differ");
}

// Who committed and then kept the number back: a lot drawn by hand is in the open.
TEST_F(ForgedCountTest, LotDrawnByHandAfterANumberWasKeptBackPasses) {
    auto record = opened();
    record.vote({{1, 0, 0, 0}}).vote({{0, 1, 0, 0}}).close().tally();
    const events::TieOf tie{ContestId("board"), 1, {OptionId("c01"), OptionId("c02")}};
    record.append(events::LotCommitment{tie, SignerId("official-1"), Hash{1}});
    record.append(events::LotDrawn{tie.contest, 1, tie.between, {OptionId("c02")}, "slips of paper", {}});
    EXPECT_EQ(failed(verify_record(record.result().certify()).report), Numbers{});
}

TEST_F(ForgedCountTest, OtherTotalsInTheResultAreFound) {
    auto record = voted();
    record.forge<events::ElectionResult>([](auto& c) { c.contests[0].totals[1] += 1; });
    EXPECT_EQ(failures(record.finish()), Numbers{"V10.3"});
}

TEST_F(ForgedCountTest, ContestLeftOutOfTheResultIsFound) {
    auto record = voted();
    record.forge<events::ElectionResult>([](auto& c) { c.contests.clear(); });
    EXPECT_EQ(failures(record.finish()), Numbers{"V10.3"});
}

TEST_F(ForgedCountTest, OtherWinnerIsFound) {
    auto record = voted();
    record.forge<events::ElectionResult>([](auto& c) { c.contests[0].elected = {OptionId("c02")}; });
    const auto report = verify_record(record.finish()).report;
    EXPECT_EQ(failed(report), Numbers{"V10.4"});
    EXPECT_EQ(failure(report, "V10.4"), "result, contest board: seats-differ");
}

TEST_F(ForgedCountTest, SeatForTheSecondOfAListIsFound) {
    auto record = opened(two_lists());
    record.vote({{1, 0}}).close().tally();
    record.append(events::ElectionResult{{{ContestId("board"), {1, 0}, {OptionId("red-2")}}}, {}, ""});
    EXPECT_EQ(failures(record.certify()), Numbers{"V10.4"});
}

TEST_F(ForgedCountTest, LotAmongThePeopleOfTiedListsIsFound) {
    auto record = opened(two_lists());
    record.vote({{1, 0}}).vote({{0, 1}}).close().tally();
    record.append(events::LotDrawn{
        ContestId("board"), 1, {OptionId("red-1"), OptionId("blue-1")}, {OptionId("red-1")}, "drawn", {}});
    record.append(events::ElectionResult{{{ContestId("board"), {1, 1}, {OptionId("red-1")}}}, {}, ""});
    EXPECT_EQ(failures(record.certify()), (Numbers{"V10.2", "V10.4"}));
}

TEST_F(ForgedCountTest, WinnerOfATieWithoutALotIsFound) {
    auto record = opened();
    record.vote({{1, 0, 0, 0}}).vote({{0, 1, 0, 0}}).close().tally();
    record.append(events::ElectionResult{{{ContestId("board"), {1, 1, 0, 0}, {OptionId("c01")}}}, {}, ""});
    EXPECT_EQ(failures(record.certify()), Numbers{"V10.4"});
}

}  // namespace
}  // namespace stimme::verify
