// The merging of small groups: core/tally/groups.
#include "core/tally/groups.h"

#include <set>

#include <gtest/gtest.h>

#include "tests/support/elections.h"

namespace stimme::tally {
namespace {

using test::Election;
using test::TestElection;

// Districts "d1" … with one station each ("s1" …), below the parents given: parents[i] = 0 makes a root.
TestElection forest(const std::vector<unsigned>& parents) {
    TestElection election;
    for (std::size_t i = 0; i < parents.size(); ++i) {
        const std::string name = "d" + std::to_string(i + 1);
        election.district(name, parents[i] == 0 ? "" : "d" + std::to_string(parents[i]));
        election.station("s" + std::to_string(i + 1), name);
    }
    return election;
}

BallotCounts one_style(const std::vector<std::uint64_t>& ballots) {
    BallotCounts counts;
    for (std::size_t i = 0; i < ballots.size(); ++i) {
        counts[{DistrictId("d" + std::to_string(i + 1)), StyleId("standard")}] = ballots[i];
    }
    return counts;
}

// "d1/standard=5 d2/standard+d3/standard=7", without the style where there is only one.
std::string described(const std::vector<CountedGroup>& groups) {
    std::string text;
    for (const CountedGroup& group : groups) {
        text += (text.empty() ? "" : " ") + group.name + "=" + std::to_string(group.ballots);
        if (!group.opened) text += "!";
    }
    for (std::size_t at; (at = text.find("/standard")) != std::string::npos;) text.erase(at, 9);
    return text;
}

std::string counted(TestElection election, const std::vector<std::uint64_t>& ballots, unsigned least = 5,
                    const std::string& below = "publish") {
    return described(
        counted_groups(election.min_ballots(least, below).build().definition, 0, one_style(ballots)));
}

TEST(CountedGroups, LargeGroupsStayAsTheyAre) {
    EXPECT_EQ(counted(forest({0, 1, 1}), {5, 6, 7}), "d1=5 d2=6 d3=7");
}

TEST(CountedGroups, EmptyGroupsStayAsTheyAre) {
    EXPECT_EQ(counted(forest({0, 1, 1}), {0, 6, 0}), "d1=0 d2=6 d3=0");
}

TEST(CountedGroups, SmallSiblingsMeetInTheirParent) {
    EXPECT_EQ(counted(forest({0, 1, 1}), {0, 2, 3}), "d1=0 d2+d3=5");
    EXPECT_EQ(counted(forest({0, 1, 1}), {1, 2, 3}), "d1+d2+d3=6");
}

TEST(CountedGroups, ChildrenAreVisitedBeforeTheirParent) {
    // d3 and d4 make a group below d2; d2's own ballots go on to d1.
    EXPECT_EQ(counted(forest({0, 1, 2, 2}), {4, 1, 2, 2}), "d1+d2+d3+d4=9");
    EXPECT_EQ(counted(forest({0, 1, 2, 2}), {4, 1, 2, 3}), "d1+d2+d3+d4=10");
    EXPECT_EQ(counted(forest({0, 1, 2, 2}), {4, 0, 2, 3}), "d1+d3+d4=9 d2=0");
}

TEST(CountedGroups, RestOfTheWholeJoinsTheSmallestGroup) {
    EXPECT_EQ(counted(forest({0, 0, 0}), {9, 2, 6}), "d1=9 d2+d3=8");
}

TEST(CountedGroups, OfEquallySmallGroupsTheFirstFormedIsJoined) {
    EXPECT_EQ(counted(forest({0, 0, 0}), {2, 6, 6}), "d1+d2=8 d3=6");
    // d3 is counted in step 1, the union of d1's children in step 2.
    EXPECT_EQ(counted(forest({0, 1, 0, 0}), {3, 3, 6, 1}), "d1+d2=6 d3+d4=7");
}

TEST(CountedGroups, RestsOfTheRootsCanMakeAGroupTogether) {
    EXPECT_EQ(counted(forest({0, 0, 0}), {2, 9, 3}), "d1+d3=5 d2=9");
}

TEST(CountedGroups, WholeBelowTheMinimumIsPublishedOrCancelled) {
    EXPECT_EQ(counted(forest({0, 0}), {2, 2}, 5, "publish"), "d1+d2=4");
    EXPECT_EQ(counted(forest({0, 0}), {2, 2}, 5, "cancel"), "d1+d2=4!");
    EXPECT_EQ(counted(forest({0, 0}), {2, 0}, 5, "cancel"), "d1=2! d2=0");
    EXPECT_EQ(counted(forest({0, 0}), {0, 0}, 5, "cancel"), "d1=0 d2=0");
}

TEST(CountedGroups, NamesFollowTheDefinitionNotTheMerging) {
    // d3's child d1 is visited first among d3's, but d2 stands between them in the definition.
    EXPECT_EQ(counted(forest({3, 3, 0}), {2, 2, 1}), "d1+d2+d3=5");
}

TEST(CountedGroups, StylesOfADistrictAreMergedBeforeDistricts) {
    const Election election = TestElection()
                                  .contest("a", 2)
                                  .contest("b", 2)
                                  .style("both", {"a", "b"}, {}, {"eu"})
                                  .style("one", {"a"})
                                  .district("d1")
                                  .station("s1", "d1")
                                  .district("d2")
                                  .station("s2", "d2")
                                  .min_ballots(5)
                                  .build();
    const BaseGroup d1_both{DistrictId("d1"), StyleId("both")}, d1_one{DistrictId("d1"), StyleId("one")};
    const BaseGroup d2_both{DistrictId("d2"), StyleId("both")}, d2_one{DistrictId("d2"), StyleId("one")};
    const BallotCounts counts{{d1_both, 2}, {d1_one, 3}, {d2_both, 4}, {d2_one, 8}};
    EXPECT_EQ(described(counted_groups(election.definition, 0, counts)), "d1/both+d1/one+d2/both=9 d2/one=8");
    EXPECT_EQ(described(counted_groups(election.definition, 1, counts)), "d1/both+d2/both=6");
    EXPECT_EQ(counted_groups(election.definition, counts).size(), 3U);
}

TEST(BaseGroups, OnlyDistrictsWithAStationHaveThem) {
    const Election election =
        TestElection().district("city").district("north", "city").station("s1", "north").build();
    EXPECT_EQ(base_groups(election.definition),
              (std::vector<BaseGroup>{{DistrictId("north"), StyleId("standard")}}));
}

// Every forest of up to four districts, with every count of ballots from 0 to 2 and a minimum of 2 to 4.
class EveryForest : public ::testing::TestWithParam<unsigned> {
  protected:
    static void expect_sound(const election::ValidDefinition& definition, const BallotCounts& counts) {
        const auto groups = counted_groups(definition, 0, counts);
        std::uint64_t whole = 0;
        for (const auto& [group, ballots] : counts) whole += ballots;
        std::vector<BaseGroup> members;
        for (const CountedGroup& group : groups) {
            std::uint64_t ballots = 0;
            for (const BaseGroup& member : group.members) ballots += counts.at(member);
            ASSERT_EQ(ballots, group.ballots);
            ASSERT_TRUE(ballots == 0 || ballots == whole || ballots >= definition->min_ballots);
            members.insert(members.end(), group.members.begin(), group.members.end());
        }
        // A partition: each base group once; in order of the first.
        const std::vector<BaseGroup> all = base_groups(definition);
        ASSERT_EQ(members.size(), all.size());
        ASSERT_EQ(std::set<BaseGroup>(members.begin(), members.end()),
                  std::set<BaseGroup>(all.begin(), all.end()));
        for (std::size_t i = 1; i < groups.size(); ++i)
            ASSERT_LT(groups[i - 1].members[0], groups[i].members[0]);
    }
};

TEST_P(EveryForest, IsPartedIntoGroupsThatAreLargeOrWhole) {
    const unsigned districts = GetParam();
    const auto digits = [&](unsigned number, unsigned base) {
        std::vector<unsigned> result;
        for (unsigned i = 0; i < districts; ++i, number /= base) result.push_back(number % base);
        return result;
    };
    const auto power = [&](unsigned base) {
        unsigned result = 1;
        for (unsigned i = 0; i < districts; ++i) result *= base;
        return result;
    };
    for (unsigned shape = 0; shape < power(districts); ++shape) {
        std::vector<unsigned> parents = digits(shape, districts);
        // Parents come before their children here, so there are no circles.
        bool ordered = true;
        for (unsigned i = 0; i < districts; ++i) ordered = ordered && parents[i] <= i;
        if (!ordered) continue;
        for (unsigned least = 2; least <= 4; ++least) {
            const auto definition = forest(parents).min_ballots(least).build().definition;
            for (unsigned ballots = 0; ballots < power(3); ++ballots) {
                const auto numbers = digits(ballots, 3);
                expect_sound(definition, one_style({numbers.begin(), numbers.end()}));
            }
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Districts, EveryForest, ::testing::Values(1U, 2U, 3U, 4U));

}  // namespace
}  // namespace stimme::tally
