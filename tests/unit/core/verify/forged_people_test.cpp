// Passes and people: what a dishonest desk, booth or server could put into the log about them, with the help
// of whoever signs, and what the record shows of it.
#include <algorithm>

#include "tests/unit/core/verify/verify_fixture.h"

namespace stimme::verify {
namespace {

using test::TestRecord;
using Files = std::map<std::string, Bytes>;

const StationId s1("s1"), s2("s2");

class ForgedPeopleTest : public VerifyTest {
  protected:
    static TestRecord two_stations() { return opened(plain().station("s1").station("s2")); }

    // The first entry of that type.
    template <class Content>
    static Content content_of(const TestRecord& record, const std::string& type) {
        return std::get<Content>(events::decode(record.entries[record.index_of(type)])->content);
    }
    static events::PassNumber pass(const TestRecord& record, std::uint64_t number) {
        return record.election().context("s1", "standard", number).t;
    }
    // A ballot that goes into the log and into no file.
    static events::BallotSubmitted submission(const TestRecord& record, std::uint64_t number,
                                              std::uint8_t code = 200) {
        return {s1, StyleId("standard"), pass(record, number), {code}};
    }
    // The only failure is this one, of that check.
    void expect_only(const TestRecord& record, const char* number, const std::string& where) {
        const auto report = verify_record(record).report;
        EXPECT_EQ(failed(report), Numbers{number}) << report.to_text();
        EXPECT_EQ(failure(report, number), where);
    }
};

// --- passes

TEST_F(ForgedPeopleTest, PassOfAnotherStationIsFound) {
    auto record = two_stations();
    record.vote(first_option);
    record.forge_files([&](Files& files) {
        const auto foreign = record.election().pass("s2", "standard", 1);
        files["tags"] = to_bytes(as_bytes(events::write_tags({{foreign.t, foreign.tag}})));
    });
    expect_only(record.finish(), "V5.3", "tags, pass " + to_hex(pass(record, 1)) + ": pass-tag-wrong");
}

TEST_F(ForgedPeopleTest, PassUsedAtTwoStationsIsFound) {
    auto record = two_stations();
    record.test(first_option);
    auto again = submission(record, 1);
    again.station = s2;
    expect_only(record.append(again), "V4.3", "entry 4: pass-of-other-station");
}

TEST_F(ForgedPeopleTest, PassUsedAfterItWasGivenBackIsFound) {
    auto record = opened();
    record.void_pass();
    expect_only(record.append(submission(record, 1)), "V4.3", "entry 3: pass-voided");
}

TEST_F(ForgedPeopleTest, PassGivenBackTwiceIsFound) {
    auto record = opened();
    record.void_pass();
    expect_only(record.append(events::PassVoided{s1, pass(record, 1)}), "V4.3", "entry 3: pass-voided");
}

TEST_F(ForgedPeopleTest, PassGivenBackAfterItsBallotIsFound) {
    auto record = opened();
    record.vote(first_option);
    expect_only(record.append(events::PassVoided{s1, pass(record, 1)}), "V4.3", "entry 4: pass-submitted");
}

TEST_F(ForgedPeopleTest, PassGivenBackByADeskOfAnotherStationIsFound) {
    auto record = two_stations();
    record.append(events::PassVoided{s1, pass(record, 1)}, {"s2-desk-1"}, record.view());
    expect_only(record, "V4.4", "entry 2: signers-wrong");
}

TEST_F(ForgedPeopleTest, VoidsThatTheLogDoesNotKnowAreFound) {
    auto record = opened();
    record.forge<events::StationClosed>([](auto& c) { c.desks[0].voided += 1; });
    expect_only(record.vote(first_option).finish(), "V4.2", "entry 4: desk-counts-wrong");
}

// --- ballots and the people who came

TEST_F(ForgedPeopleTest, BallotOfTheServersOwnIsOneMoreThanVotersCame) {
    auto record = opened();
    record.vote(first_option).vote(first_option);
    // The server makes a second ballot, with a pass and a secret of its own; nobody was checked in for it.
    record.forge_files([](Files& files) {
        auto rows = *events::read_participation(as_text(files["participation"]));
        std::find_if(rows.begin(), rows.end(), [](const auto& row) { return row.station; })->station.reset();
        files["participation"] = to_bytes(as_bytes(events::write_participation(rows)));
    });
    expect_only(record.finish(), "V8.3", "station s1: more-ballots-than-voters");
}

// The row that the server would need belongs to somebody who can see it, and the desks counted whom they
// checked in.
TEST_F(ForgedPeopleTest, RowForSomebodyWhoStayedAwayIsOneMoreThanTheDesksCounted) {
    auto record = opened();
    record.vote(first_option).vote(first_option);
    record.forge<events::StationClosed>([](auto& c) { c.desks[0].checked_in = 1; });
    expect_only(record.finish(), "V8.3", "station s1: more-voters-than-check-ins");
}

TEST_F(ForgedPeopleTest, VoterOnPaperWhomNoDeskCountedIsFound) {
    auto record = opened();
    record.vote(first_option);
    record.forge_files([](Files& files) {
        auto rows = *events::read_participation(as_text(files["participation"]));
        const auto away =
            std::find_if(rows.begin(), rows.end(), [](const auto& row) { return !row.station; });
        away->station = s1;
        away->paper = true;
        files["participation"] = to_bytes(as_bytes(events::write_participation(rows)));
    });
    expect_only(record.finish(), "V8.4", "station s1: paper-voters-differ");
}

TEST_F(ForgedPeopleTest, VoterOnPaperWhoHasNoRowIsFound) {
    auto record = opened();
    record.vote(first_option);
    record.forge<events::StationClosed>([](auto& c) { c.desks[0].paper = 1; });
    expect_only(record.finish(), "V8.4", "station s1: paper-voters-differ");
}

TEST_F(ForgedPeopleTest, VoterOnPaperWithRowAndCountIsRight) {
    auto record = opened();
    record.vote(first_option);
    record.forge<events::StationClosed>([](auto& c) { c.desks[0].paper = 1; });
    record.forge_files([](Files& files) {
        auto rows = *events::read_participation(as_text(files["participation"]));
        const auto away =
            std::find_if(rows.begin(), rows.end(), [](const auto& row) { return !row.station; });
        away->station = s1;
        away->paper = true;
        files["participation"] = to_bytes(as_bytes(events::write_participation(rows)));
    });
    EXPECT_EQ(failed(verify_record(record.finish()).report), Numbers{});
}

// Turned into a voter on paper, somebody with a pass no longer covers a ballot.
TEST_F(ForgedPeopleTest, RowOnPaperCoversNoBallot) {
    auto record = opened();
    record.vote(first_option).vote(first_option);
    record.forge<events::StationClosed>([](auto& c) { c.desks[0].paper = 1; });
    record.forge_files([](Files& files) {
        auto rows = *events::read_participation(as_text(files["participation"]));
        std::find_if(rows.begin(), rows.end(), [](const auto& row) { return row.station; })->paper = true;
        files["participation"] = to_bytes(as_bytes(events::write_participation(rows)));
    });
    expect_only(record.finish(), "V8.3", "station s1: more-ballots-than-voters");
}

TEST_F(ForgedPeopleTest, BallotsMovedToAnotherStationAreMoreThanCameThere) {
    auto record = two_stations();
    record.vote(first_option).vote(first_option, "s2");
    record.forge_files([](Files& files) {
        auto rows = *events::read_participation(as_text(files["participation"]));
        for (auto& row : rows) {
            if (row.station == s2) row.station = s1;
        }
        files["participation"] = to_bytes(as_bytes(events::write_participation(rows)));
    });
    const auto report = verify_record(record.finish()).report;
    EXPECT_EQ(failed(report), Numbers{"V8.3"});
    EXPECT_EQ(report["V8.3"].failed(), 2u);
}

// --- one ballot shown to two voters

TEST_F(ForgedPeopleTest, BallotUnderASecondPassIsFound) {
    auto record = opened();
    record.vote(first_option);
    auto again = content_of<events::BallotSubmitted>(record, "ballot-submitted");
    again.t = pass(record, 2);
    expect_only(record.append(again), "V4.3", "entry 4: tracking-code-repeated");
}

// Both receipts are genuine, but they are one: the second voter's row has no ballot.
TEST_F(ForgedPeopleTest, OneReceiptForTwoVotersLeavesOneRowWithoutABallot) {
    auto record = opened();
    record.vote(first_option);
    record.forge_files([](Files& files) {
        auto rows = *events::read_participation(as_text(files["participation"]));
        std::find_if(rows.begin(), rows.end(), [](const auto& row) { return !row.station; })->station = s1;
        files["participation"] = to_bytes(as_bytes(events::write_participation(rows)));
    });
    record.forge<events::StationClosed>([](auto& c) { c.desks[0].checked_in += 1; });
    const std::string receipt = record.receipt(record.index_of("ballot-cast"));
    Options options;
    options.receipt = receipt;
    const auto report = verify_record(record.finish(), options).report;
    EXPECT_TRUE(report.complete()) << report.to_text();
    const std::pair<std::string, std::string> figures{
        "station s1",
        "1 ballots, 2 voters who took part with a pass, 2 checked in, 0 voided; 0 voters who took part on "
        "paper"};
    EXPECT_EQ(std::count(report.facts().begin(), report.facts().end(), figures), 1) << report.to_text();
}

// --- submitted ballots and their ends

TEST_F(ForgedPeopleTest, BallotCastByTheServerWithoutItsSecretIsFound) {
    auto record = opened();
    record.forge<events::BallotCast>([](auto& c) { c.x = {}; });
    expect_only(record.vote(first_option).finish(), "V6.5",
                "ballots/city/standard, ballot 0 (entry 3): cast-secret-wrong");
}

TEST_F(ForgedPeopleTest, TestWithAWrongSeedIsFound) {
    auto record = opened();
    record.forge<events::BallotChallenged>([](auto& c) { c.opening.seed[31] ^= 1; });
    expect_only(record.test(first_option).finish(), "V7.1", "entry 3: opening-differs");
}

TEST_F(ForgedPeopleTest, SixthTestOfAPassIsFound) {
    auto record = opened();
    const auto context = record.election().context("s1", "standard", 1);
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        auto sealed = record.election().encrypt(context, first_option, seed);
        const Hash code = sealed.tracking_code();
        record.append(events::BallotSubmitted{s1, context.style, context.t, code});
        record.append(events::BallotChallenged{s1, context.t, code, std::move(sealed).open()});
    }
    expect_only(record, "V4.3", "entry 13: challenges-exhausted");
}

TEST_F(ForgedPeopleTest, BallotCastAfterItsTestIsFound) {
    auto record = opened();
    record.test(first_option);
    const auto tested = content_of<events::BallotChallenged>(record, "ballot-challenged");
    expect_only(record.append(events::BallotCast{s1, tested.t, tested.tracking_code, {}}), "V4.3",
                "entry 4: no-open-submission");
}

TEST_F(ForgedPeopleTest, BallotCastAfterItExpiredIsFound) {
    auto record = opened();
    const auto ballot = submission(record, 1);
    record.append(ballot).append(events::BallotExpired{s1, ballot.t, ballot.tracking_code});
    expect_only(record.append(events::BallotCast{s1, ballot.t, ballot.tracking_code, {}}), "V4.3",
                "entry 4: no-open-submission");
}

TEST_F(ForgedPeopleTest, BallotLeftOpenOverTheCloseIsFound) {
    auto record = opened();
    expect_only(record.append(submission(record, 1)).close(), "V4.3", "entry 3: submission-open");
}

TEST_F(ForgedPeopleTest, BallotAfterItsStationClosedIsFound) {
    auto record = two_stations();
    record.close().entries.pop_back();
    record.files.clear();
    ASSERT_EQ(record.index_of("station-closed", 1), record.entries.size() - 1);
    expect_only(record.append(submission(record, 1)), "V4.2", "entry 4: station-closed");
}

TEST_F(ForgedPeopleTest, BallotAfterTheCloseOfThePollsIsFound) {
    auto record = opened();
    expect_only(record.close().append(submission(record, 1)), "V4.2", "entry 4: entry-out-of-phase");
}

TEST_F(ForgedPeopleTest, FailureThatNoDeskSignedIsFound) {
    auto record = opened();
    const auto ballot = submission(record, 1);
    record.append(ballot);
    record.append(events::ChallengeFailed{s1, ballot.t, ballot.tracking_code, "none came"}, {}, {});
    expect_only(record, "V4.4", "entry 3: signers-wrong");
}

}  // namespace
}  // namespace stimme::verify
