// From ballots to totals: core/tally/accumulate, shares, combine, tally and result.
#include "core/tally/tally.h"

#include <gtest/gtest.h>

#include "core/tally/result.h"
#include "tests/support/elections.h"

namespace stimme::tally {
namespace {

using test::Election;
using test::TestElection;
using Shares = std::vector<events::DecryptionShare>;

template <class T>
std::string code(const Result<T>& result) {
    return result ? "" : result.error().code;
}

// An election of two districts, each with a station, and what was cast there.
class TallyTest : public ::testing::Test {
  protected:
    explicit TallyTest(unsigned min_ballots = 1) : election(build(min_ballots)) {}

    static Election build(unsigned min_ballots) {
        return TestElection()
            .contest("board", 3, {.votes = 2, .per_option = 2})
            .invalid()
            .district("north")
            .station("s1", "north")
            .district("south")
            .station("s2", "south")
            .min_ballots(min_ballots)
            .build();
    }

    void cast(const std::string& station, std::vector<std::uint16_t> selections) {
        ++ballots;
        sums.add(election.checked(election.context(station, "standard", ballots), {std::move(selections)},
                                  ballots));
    }
    void cast_some() {
        cast("s1", {2, 0, 0, 0});
        cast("s1", {1, 1, 0, 0});
        cast("s2", {0, 0, 0, 1});
        cast("s2", {0, 1, 0, 0});
        cast("s2", {0, 2, 0, 0});
    }

    std::vector<OpenGroup> groups() { return *groups_to_open(sums); }
    events::TrusteeSecret secret(unsigned l) const {
        return {context.keys.election, l, election.trustees[l - 1].share.copy()};
    }
    events::DecryptionShare share(unsigned l, const OpenGroup& group) {
        return *make_share(context, secret(l), group, random);
    }
    Shares shares_of(const std::vector<unsigned>& trustees) {
        Shares all;
        for (const unsigned l : trustees) {
            for (const OpenGroup& group : groups()) all.push_back(share(l, group));
        }
        return all;
    }
    std::string verdict(const OpenGroup& group, const events::DecryptionShare& given) const {
        return code(verify_share(context, group, given));
    }

    Election election;
    ShareContext context{election.definition,
                         *events::verify_sealed_keys(election.definition, election.sealed()),
                         {17, {1, 2, 3}}};
    GroupSums sums{election.definition};
    SeededRandom random{5};
    std::uint64_t ballots = 0;
};

TEST_F(TallyTest, TotalsAreThoseOfTheBallots) {
    cast_some();
    const auto tally = make_tally(context, sums, shares_of({1, 2}));
    ASSERT_TRUE(tally) << tally.error().message;
    const events::Tally expected{{SignerId("trustee-1"), SignerId("trustee-2")},
                                 {{ContestId("board"), "north/standard", 2, {3, 1, 0, 0}},
                                  {ContestId("board"), "south/standard", 3, {0, 3, 0, 1}}}};
    EXPECT_EQ(*tally, expected);
}

TEST_F(TallyTest, EveryTwoOfThreeTrusteesComeToTheSameTotals) {
    cast_some();
    const auto expected = make_tally(context, sums, shares_of({1, 2}))->groups;
    for (const std::vector<unsigned>& trustees : {std::vector{1U, 3U}, {2U, 3U}, {3U, 1U, 2U}}) {
        const auto tally = make_tally(context, sums, shares_of(trustees));
        ASSERT_TRUE(tally);
        EXPECT_EQ(tally->groups, expected);
    }
}

TEST_F(TallyTest, LowestIndicesAreUsed) {
    cast_some();
    const auto tally = make_tally(context, sums, shares_of({3, 2, 1}));
    EXPECT_EQ(tally->trustees, (std::vector{SignerId("trustee-1"), SignerId("trustee-2")}));
}

TEST_F(TallyTest, TrusteeWhoLeftOutAGroupIsNotUsed) {
    cast_some();
    Shares shares = shares_of({1, 2, 3});
    shares.erase(shares.begin() + 1);
    const auto tally = make_tally(context, sums, shares);
    ASSERT_TRUE(tally);
    EXPECT_EQ(tally->trustees, (std::vector{SignerId("trustee-2"), SignerId("trustee-3")}));
}

TEST_F(TallyTest, FewerThanKSharesAreNotEnough) {
    cast_some();
    const auto tally = make_tally(context, sums, shares_of({2}));
    ASSERT_EQ(code(tally), "shares-missing");
    EXPECT_NE(tally.error().message.find("1 of the 2"), std::string::npos) << tally.error().message;
    EXPECT_EQ(code(make_tally(context, sums, {})), "shares-missing");
}

TEST_F(TallyTest, SharesTwiceByOneTrusteeAreNotEnough) {
    cast_some();
    Shares shares = shares_of({2});
    for (const events::DecryptionShare& again : shares_of({2})) shares.push_back(again);
    EXPECT_EQ(code(make_tally(context, sums, shares)), "shares-missing");
}

TEST_F(TallyTest, FalseShareCountsAsNotThere) {
    cast_some();
    Shares shares = shares_of({1, 2, 3});
    shares[0].shares[2].response[31] ^= 1;
    EXPECT_EQ(make_tally(context, sums, shares)->trustees[0], SignerId("trustee-2"));
}

TEST_F(TallyTest, GroupsWithoutBallotsNeedNoShares) {
    cast("s2", {0, 1, 0, 0});
    EXPECT_EQ(groups().size(), 1U);
    const auto tally = make_tally(context, sums, shares_of({1, 2}));
    EXPECT_EQ(tally->groups[0].totals, (std::vector<std::uint64_t>{0, 0, 0, 0}));
    EXPECT_EQ(tally->groups[0].ballots, 0U);
}

TEST_F(TallyTest, ElectionWithoutBallotsNeedsNobody) {
    const auto tally = make_tally(context, sums, {});
    ASSERT_TRUE(tally);
    EXPECT_TRUE(tally->trustees.empty());
    EXPECT_EQ(tally->groups.size(), 2U);
}

TEST_F(TallyTest, SumsOfThreadsAddUp) {
    cast_some();
    GroupSums halves[2] = {GroupSums(election.definition), GroupSums(election.definition)};
    const GroupSums all = sums;
    for (auto& half : halves) {
        sums = GroupSums(election.definition);
        cast_some();
        half = sums;
    }
    halves[0].add(halves[1]);
    EXPECT_EQ(halves[0].counts().at({DistrictId("south"), StyleId("standard")}), 6U);
    sums = halves[0];
    EXPECT_EQ(make_tally(context, sums, shares_of({1, 2}))->groups[1].totals,
              (std::vector<std::uint64_t>{0, 6, 0, 2}));
}

TEST_F(TallyTest, GroupCountedOverOtherBallotsIsRefused) {
    cast_some();
    CountedGroup group = groups()[0].group;
    ++group.ballots;
    EXPECT_EQ(code(sums.of(group)), "ballots-differ");
}

TEST_F(TallyTest, SumBeyondThePossibleIsNotFound) {
    cast_some();
    OpenGroup group = groups()[0];
    group.sums[1].b = group.sums[1].b + crypto::multiply_var(context.keys.key, crypto::Scalar(100));
    std::vector<VerifiedShare> shares;
    for (const unsigned l : {1U, 2U}) shares.push_back(*verify_share(context, group, share(l, group)));
    const crypto::DiscreteLog log(context.keys.key, 1000);
    const auto totals = combine(context, group, shares, log);
    ASSERT_EQ(code(totals), "total-not-found");
    EXPECT_NE(totals.error().message.find("c02"), std::string::npos) << totals.error().message;
}

TEST_F(TallyTest, BallotsThatCancelOutAreNeitherOpenedNorVerified) {
    cast_some();
    OpenGroup group = groups()[0];
    const auto given = share(1, group);
    group.sums[3].a = {};
    EXPECT_EQ(code(check_sums(election.definition, group.group, group.sums)), "tally-sum-infinite");
    EXPECT_EQ(code(make_share(context, secret(1), group, random)), "tally-sum-infinite");
    EXPECT_EQ(verdict(group, given), "tally-sum-infinite");
}

class ShareTest : public TallyTest {
  protected:
    void SetUp() override { cast_some(); }
    OpenGroup north() { return groups()[0]; }
    OpenGroup south() { return groups()[1]; }
};

TEST_F(ShareTest, RightSharesAreVerified) {
    for (const unsigned l : {1U, 2U, 3U}) EXPECT_EQ(verdict(north(), share(l, north())), "");
}

TEST_F(ShareTest, SecretOfAnotherTrusteeMakesNoShare) {
    const events::TrusteeSecret other(context.keys.election, 1, election.trustees[1].share.copy());
    EXPECT_EQ(code(make_share(context, other, north(), random)), "trustee-secret-differs");
}

TEST_F(ShareTest, ShareUnderAnotherNameIsRefused) {
    auto given = share(1, north());
    given.trustee = SignerId("trustee-2");
    EXPECT_EQ(verdict(north(), given), "share-proof");
    given.trustee = SignerId("official-1");
    EXPECT_EQ(verdict(north(), given), "share-trustee");
}

TEST_F(ShareTest, ShareOfAnotherGroupIsRefused) {
    auto given = share(1, south());
    EXPECT_EQ(verdict(north(), given), "share-group");
    given.group = north().group.name;
    EXPECT_EQ(verdict(north(), given), "share-proof");
}

TEST_F(ShareTest, ShareOfAnotherContestIsRefused) {
    auto given = share(1, north());
    given.contest = ContestId("mayor");
    EXPECT_EQ(verdict(north(), given), "share-group");
}

TEST_F(ShareTest, ShareOfAnotherLogIsRefused) {
    const auto given = share(1, north());
    ++context.closing.size;
    EXPECT_EQ(verdict(north(), given), "share-proof");
    --context.closing.size;
    context.closing.root[31] ^= 1;
    EXPECT_EQ(verdict(north(), given), "share-proof");
}

TEST_F(ShareTest, ShareOfAnotherElectionIsRefused) {
    const auto given = share(1, north());
    context.keys.election[0] ^= 1;
    EXPECT_EQ(verdict(north(), given), "share-proof");
}

TEST_F(ShareTest, SwappedPositionsAreRefused) {
    auto given = share(1, north());
    std::swap(given.shares[0], given.shares[1]);
    const auto verified = verify_share(context, north(), given);
    ASSERT_EQ(code(verified), "share-proof");
    EXPECT_NE(verified.error().message.find("c01"), std::string::npos) << verified.error().message;
}

TEST_F(ShareTest, PositionMoreOrLessIsRefused) {
    auto given = share(1, north());
    given.shares.push_back(given.shares[0]);
    EXPECT_EQ(verdict(north(), given), "share-count");
    given.shares.resize(3);
    EXPECT_EQ(verdict(north(), given), "share-count");
}

TEST_F(ShareTest, EveryPartOfEveryPositionCounts) {
    const auto right = share(1, north());
    for (std::size_t i = 0; i < right.shares.size(); ++i) {
        auto given = right;
        given.shares[i].share[0] ^= 1;
        EXPECT_EQ(verdict(north(), given), "share-proof");
        given = right;
        given.shares[i].challenge[31] ^= 1;
        EXPECT_EQ(verdict(north(), given), "share-proof");
        given = right;
        given.shares[i].response.fill(0xff);
        EXPECT_EQ(verdict(north(), given), "share-proof");
    }
}

TEST_F(ShareTest, ShareOverOtherCiphertextsIsRefused) {
    const auto given = share(1, north());
    OpenGroup changed = north();
    changed.sums[3].b = changed.sums[3].b + crypto::generator();
    EXPECT_EQ(verdict(changed, given), "share-proof");
}

class SmallGroupsTest : public TallyTest {
  protected:
    SmallGroupsTest() : TallyTest(4) {}
};

TEST_F(SmallGroupsTest, SmallGroupsAreOpenedTogether) {
    cast_some();
    ASSERT_EQ(groups().size(), 1U);
    const auto tally = make_tally(context, sums, shares_of({1, 2}));
    const events::GroupTotals whole{ContestId("board"), "north/standard+south/standard", 5, {3, 4, 0, 1}};
    EXPECT_EQ(tally->groups, std::vector{whole});
}

TEST(CancelledTally, TooFewBallotsAreNeverOpened) {
    const Election election = TestElection().min_ballots(3, "cancel").build();
    GroupSums sums(election.definition);
    sums.add(election.checked(election.context("s1", "standard", 1), {{1, 0, 0}}));
    EXPECT_TRUE(groups_to_open(sums)->empty());
    const ShareContext context{
        election.definition, *events::verify_sealed_keys(election.definition, election.sealed()), {}};
    const auto tally = make_tally(context, sums, {});
    ASSERT_TRUE(tally);
    EXPECT_TRUE(tally->groups.empty());
    EXPECT_EQ(code(make_result(election.definition, {tally->groups, {}, {}})), "below-min-ballots");
}

class ResultTest : public TallyTest {
  protected:
    void SetUp() override {
        figures.groups = {{ContestId("board"), "north/standard", 2, {3, 1, 0, 0}},
                          {ContestId("board"), "south/standard", 3, {0, 3, 0, 1}}};
    }
    // Another group on paper, counted in that entry.
    void paper(std::uint64_t entry, const std::string& group, std::vector<std::uint64_t> totals) {
        figures.paper.due[ContestId("board")].push_back({group, {DistrictId(group)}, 5});
        figures.paper.counts[entry] = {ContestId("board"), group, 5, std::move(totals)};
    }
    events::LotDrawn lot(const std::string& drawn) const {
        return {ContestId("board"), 1, {OptionId("c01"), OptionId("c02")}, {OptionId(drawn)}, "by hand", {}};
    }
    Figures figures;
};

TEST_F(ResultTest, GroupsAddUp) {
    const auto result = make_result(election.definition, figures);
    ASSERT_TRUE(result) << result.error().message;
    const events::ContestResult expected{ContestId("board"), {3, 4, 0, 1}, {OptionId("c02")}};
    EXPECT_EQ(result->contests, std::vector{expected});
}

TEST_F(ResultTest, PaperCountsAreAdded) {
    paper(40, "north", {2, 0, 0, 1});
    paper(41, "south", {1, 0, 0, 0});
    const auto result = make_result(election.definition, figures);
    EXPECT_EQ(result->contests[0].totals, (std::vector<std::uint64_t>{6, 4, 0, 2}));
    EXPECT_EQ(result->contests[0].elected, std::vector{OptionId("c01")});
}

TEST_F(ResultTest, PaperThatIsNotCountedHasNoResult) {
    paper(40, "north", {2, 0, 0, 1});
    figures.paper.due[ContestId("board")][0].ballots = 6;  // one was found afterwards
    EXPECT_EQ(code(make_result(election.definition, figures)), "paper-uncounted");
    figures.paper.counts[40].ballots = 6;
    EXPECT_EQ(code(make_result(election.definition, figures)), "");
    figures.paper.due[ContestId("board")][0].opened = false;
    EXPECT_EQ(code(make_result(election.definition, figures)), "below-min-ballots");
}

TEST_F(ResultTest, OpenTieHasNoResult) {
    paper(40, "north", {1, 0, 0, 0});
    EXPECT_EQ(code(make_result(election.definition, figures)), "tie-open");
    figures.lots.push_back(lot("c01"));
    EXPECT_EQ(make_result(election.definition, figures)->contests[0].elected, std::vector{OptionId("c01")});
}

TEST_F(ResultTest, LotsAreCheckedAgainstTheFigures) {
    EXPECT_EQ(code(check_lot(election.definition, figures, lot("c01"))), "lot-not-due");
    paper(40, "north", {1, 0, 0, 0});
    EXPECT_EQ(code(check_lot(election.definition, figures, lot("c01"))), "");
    EXPECT_EQ(code(check_lot(election.definition, figures, lot("c03"))), "lot-wrong");
    auto other = lot("c01");
    other.contest = ContestId("mayor");
    EXPECT_EQ(code(check_lot(election.definition, figures, other)), "contest-unknown");
}

TEST_F(ResultTest, LotOfACorrectedCountNoLongerCounts) {
    figures.lots = {lot("c01")};
    EXPECT_EQ(make_result(election.definition, figures)->contests[0].elected, std::vector{OptionId("c02")});
}

TEST_F(ResultTest, GroupThatIsMissingHasNoResult) {
    figures.groups.pop_back();
    EXPECT_EQ(code(make_result(election.definition, figures)), "below-min-ballots");
}

}  // namespace
}  // namespace stimme::tally
