// Forged ballots in the record: the server took them, everything else about them is right, and the totals are
// those of honest ballots. Each is found by the check that is there for it, with its place.
#include <algorithm>

#include <fmt/format.h>

#include "tests/support/forgeries.h"
#include "tests/unit/core/verify/verify_fixture.h"

namespace stimme::verify {
namespace {

using test::BallotForgery;
using test::ForgeryCase;
using test::TestRecord;

const std::size_t branch = ballot::branch_size;

class ForgedBallotTest : public VerifyTest {
  protected:
    static TestRecord begun() {
        TestRecord record(test::forgery_election().build(), 30);
        record.seal().open();
        return record;
    }
    // So many votes; `forge` changes the body of each, by its number.
    using Forge = std::function<void(std::size_t number, const ForgeryCase& original, Bytes& body)>;
    static TestRecord voted_with(std::size_t votes, Forge forge) {
        TestRecord record = begun();
        std::size_t number = 0;
        record.forge_bodies([&](Bytes& body) {
            const auto context = record.election().context("s1", "standard", number + 1);
            forge(number++, ForgeryCase(record.election(), context), body);
        });
        for (std::size_t i = 0; i < votes; ++i) record.vote(test::honest_selections());
        record.finish();
        return record;
    }
    // The place of a ballot in a record of votes alone: entries 0 and 1, then two for each.
    static std::string place(std::size_t number) {
        return fmt::format("{}, ballot {} (entry {})", ballots_path, number, 3 + 2 * number);
    }
};

// Those that have the length of a ballot, parted among records so that each failure is shown.
class ForgedBallotsTest : public ForgedBallotTest, public testing::WithParamInterface<std::size_t> {
  protected:
    static constexpr std::size_t at_once = shown_failures;
    static std::vector<BallotForgery> whole() {
        std::vector<BallotForgery> all = test::ballot_forgeries();
        std::erase_if(all, [](const auto& forgery) { return forgery.code == "ballot-length"; });
        return all;
    }
    static std::vector<BallotForgery> part(std::size_t number) {
        const auto all = whole();
        const auto at = [&](std::size_t i) {
            return all.begin() + static_cast<std::ptrdiff_t>(std::min(all.size(), i * at_once));
        };
        return {at(number), at(number + 1)};
    }
};

TEST_P(ForgedBallotsTest, AreFoundBetweenHonestOnesWithTheirCodes) {
    const auto forgeries = part(GetParam());
    const auto record =
        voted_with(2 * forgeries.size() + 1, [&](std::size_t number, const auto& original, Bytes& body) {
            if (number % 2 == 1) body = forgeries[number / 2].make(original);
        });
    const auto report = verify_record(record).report;
    EXPECT_EQ(failed(report), Numbers{"V6.4"});
    const auto& found = report["V6.4"].failures();
    ASSERT_EQ(found.size(), forgeries.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        EXPECT_EQ(found[i].place, place(2 * i + 1)) << forgeries[i].name;
        EXPECT_EQ(found[i].code, forgeries[i].code) << forgeries[i].name;
        EXPECT_EQ(found[i].message.substr(0, forgeries[i].place.size()), forgeries[i].place)
            << forgeries[i].name;
    }
    EXPECT_EQ(report["V9.4"].verdict(), Verdict::not_checkable);
    Options one_at_a_time;
    one_at_a_time.reference = true;
    EXPECT_EQ(verify_folder(one_at_a_time).report.to_json(), report.to_json());
}

INSTANTIATE_TEST_SUITE_P(Parts, ForgedBallotsTest, testing::Range<std::size_t>(0, 5));

TEST_F(ForgedBallotTest, EveryForgeryIsInOneOfTheRecords) {
    const std::size_t length_forgeries = 4;
    EXPECT_LE(test::ballot_forgeries().size() - length_forgeries, 5 * shown_failures);
    EXPECT_GT(test::ballot_forgeries().size() - length_forgeries, 4 * shown_failures);
}

TEST_F(ForgedBallotTest, BranchMoreOrLessGivesTheFileAnotherLength) {
    for (const auto& forgery : test::ballot_forgeries()) {
        if (forgery.code != "ballot-length") continue;
        const auto record = voted_with(3, [&](std::size_t number, const auto& original, Bytes& body) {
            if (number == 1) body = forgery.make(original);
        });
        std::filesystem::remove_all(folder_.path());
        const auto report = verify_record(record).report;
        EXPECT_EQ(failed(report), Numbers{"V1.1"}) << forgery.name;
        EXPECT_EQ(failure(report, "V1.1"), std::string(ballots_path) + ": record-file-length")
            << forgery.name;
        EXPECT_EQ(report["V6.4"].verdict(), Verdict::not_checkable) << forgery.name;
    }
}

// One ballot has a branch too few, the next one too many: the file has the right length.
TEST_F(ForgedBallotTest, BranchMovedToTheNextBallotIsFound) {
    Bytes taken;
    const auto record = voted_with(4, [&](std::size_t number, const auto& original, Bytes& body) {
        const auto at = body.begin() + static_cast<std::ptrdiff_t>(original.statement(0).branch(2));
        if (number == 1) {
            taken.assign(at, at + static_cast<std::ptrdiff_t>(branch));
            body.erase(at, at + static_cast<std::ptrdiff_t>(branch));
        }
        if (number == 2) body.insert(at, taken.begin(), taken.end());
    });
    const auto report = verify_record(record).report;
    EXPECT_EQ(failed(report), Numbers{"V6.3"});
    const auto& found = report["V6.3"].failures();
    ASSERT_EQ(found.size(), 2u);
    for (std::size_t i = 0; i < 2; ++i) {
        EXPECT_EQ(found[i].place, place(i + 1));
        EXPECT_EQ(found[i].code, "tracking-code-differs");
    }
}

TEST_F(ForgedBallotTest, BallotsSwappedInTheirFileAreFound) {
    auto record = begun();
    record.vote(test::honest_selections()).vote(test::honest_selections());
    record.forge_files([](auto& files) {
        Bytes& file = files[ballots_path];
        std::swap_ranges(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(file.size() / 2),
                         file.begin() + static_cast<std::ptrdiff_t>(file.size() / 2));
    });
    const auto report = verify_record(record.finish()).report;
    EXPECT_EQ(failed(report), Numbers{"V6.3"});
    EXPECT_EQ(report["V6.3"].failed(), 2u);
}

// The same ballot for two passes, each under the tracking code that it has there.
TEST_F(ForgedBallotTest, BallotCopiedToAnotherPassIsFound) {
    Bytes copied;
    const auto record = voted_with(2, [&](std::size_t number, const auto&, Bytes& body) {
        if (number == 0) copied = body;
        body = copied;
    });
    const auto report = verify_record(record).report;
    EXPECT_EQ(failed(report), Numbers{"V6.4"});
    EXPECT_EQ(failure(report, "V6.4"), place(1) + ": ballot-challenge-sum");
}

TEST_F(ForgedBallotTest, PlaceNamesTheFileAndTheBallotInIt) {
    auto record = begun();
    record.vote(test::honest_selections()).vote(test::honest_selections(), "s1", "other");
    record.forge_bodies([&](Bytes& body) {
        const ForgeryCase original(record.election(), record.election().context("s2", "other", 3));
        body = original.forger().body({{2, 1, 0, 0, 0}, {1, 0, 0, 0, 0}});
    });
    const auto report = verify_record(record.vote(test::honest_selections(), "s2", "other").finish()).report;
    EXPECT_EQ(failed(report), Numbers{"V6.4"});
    EXPECT_EQ(failure(report, "V6.4"), "ballots/city/other, ballot 1 (entry 7): ballot-equation-k");
}

// Each ballot is right; together they have no randomness left, and their sum could be read by anybody.
TEST_F(ForgedBallotTest, BallotsThatCancelEachOtherOutAreFound) {
    const auto record = voted_with(2, [](std::size_t number, const auto& original, Bytes& body) {
        const Bytes y = to_bytes(ByteView(body).last(ballot::y_size));
        auto forger = original.forger();
        if (number == 1) forger.negate_randomness();
        body = forger.body({{2, 0, 0, 0, 0}, {0, 0, 2, 0, 0}});
        test::put(body, body.size() - ballot::y_size, y);
    });
    const auto report = verify_record(record).report;
    EXPECT_EQ(failed(report), Numbers{"V9.2"});
    EXPECT_EQ(failure(report, "V9.2"), "the sums: tally-sum-infinite");
}

TEST_F(ForgedBallotTest, OneFalseBallotLeavesNoSumsForTheTrustees) {
    const auto record = voted_with(3, [](std::size_t number, const auto& original, Bytes& body) {
        if (number == 2) body = original.forger().body({{2, 1, 0, 0, 0}, {1, 0, 0, 0, 0}});
    });
    EXPECT_FALSE(verify_record(record).closed.has_value());
}

TEST_F(ForgedBallotTest, HonestBallotsOfTheForgersElectionPass) {
    const auto record = voted_with(2, [](std::size_t, const auto&, Bytes&) {});
    const auto report = verify_record(record).report;
    EXPECT_TRUE(report.complete()) << report.to_text();
}

}  // namespace
}  // namespace stimme::verify
