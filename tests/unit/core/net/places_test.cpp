// Who gives way on a full port.
#include "core/net/server/places.h"

#include <gtest/gtest.h>

namespace stimme::net {
namespace {

constexpr std::optional<Places::Id> nobody;

TEST(Places, WhileThereIsRoomNobodyGivesWay) {
    Places places({3, 0, 0});
    for (Places::Id id = 1; id <= 3; ++id) {
        const auto verdict = places.enter(id, "a");
        EXPECT_TRUE(verdict.stays);
        EXPECT_EQ(verdict.leaves, nobody);
    }
    EXPECT_EQ(places.size(), 3);
}

TEST(Places, OfTheAddressWithMostTheLongestStepEnds) {
    Places places({4, 0, 0});
    places.enter(1, "neighbour");
    for (Places::Id id = 2; id <= 4; ++id) places.enter(id, "crowd");
    places.wait_for_peer(2);
    EXPECT_EQ(places.enter(5, "newcomer").leaves, Places::Id{3});
    EXPECT_EQ(places.enter(6, "crowd").leaves, Places::Id{4});
    EXPECT_EQ(places.size(), 4);
}

TEST(Places, AmongEqualAddressesTheLongestStepEnds) {
    Places places({3, 0, 0});
    places.enter(1, "a");
    places.enter(2, "b");
    places.enter(3, "c");
    places.wait_for_peer(1);
    EXPECT_EQ(places.enter(4, "d").leaves, Places::Id{2});
}

TEST(Places, AnAddressAtItsBoundPushesOutItself) {
    Places places({10, 2, 0});
    places.enter(1, "a");
    places.enter(2, "b");
    places.enter(3, "a");
    EXPECT_EQ(places.enter(4, "a").leaves, Places::Id{1});
    EXPECT_EQ(places.size(), 3);
}

TEST(Places, WhoWaitsForTheApplicationKeepsItsPlace) {
    Places places({2, 0, 0});
    places.enter(1, "a");
    places.enter(2, "a");
    places.wait_for_us(1);
    EXPECT_EQ(places.enter(3, "b").leaves, Places::Id{2});
    places.wait_for_us(3);
    const auto verdict = places.enter(4, "c");
    EXPECT_FALSE(verdict.stays);
    EXPECT_EQ(verdict.leaves, nobody);
    places.wait_for_peer(1);
    EXPECT_EQ(places.enter(5, "c").leaves, Places::Id{1});
}

TEST(Places, VerifiedPeersNeverGiveWayToOthers) {
    Places places({2, 0, 0});
    places.enter(1, "a");
    places.verify(1, "key");
    places.enter(2, "b");
    for (Places::Id id = 3; id < 100; ++id) EXPECT_EQ(places.enter(id, "b").leaves, id - 1);
    places.verify(99, "other key");
    EXPECT_FALSE(places.enter(100, "c").stays);
}

TEST(Places, AVerifiedPeerFreesItsAddress) {
    Places places({10, 1, 0});
    places.enter(1, "a");
    places.verify(1, "key");
    EXPECT_EQ(places.enter(2, "a").leaves, nobody);
}

TEST(Places, AKeyAtItsBoundPushesOutItself) {
    Places places({10, 0, 2});
    places.enter(1, "a");
    places.verify(1, "neighbour");
    for (Places::Id id = 2; id <= 3; ++id) {
        places.enter(id, "a");
        EXPECT_EQ(places.verify(id, "key").leaves, nobody);
    }
    places.enter(4, "a");
    EXPECT_EQ(places.verify(4, "key").leaves, Places::Id{2});
    places.wait_for_us(3);
    places.wait_for_us(4);
    places.enter(5, "a");
    const auto verdict = places.verify(5, "key");
    EXPECT_FALSE(verdict.stays);
    EXPECT_EQ(verdict.leaves, Places::Id{5});
    EXPECT_EQ(places.size(), 3);
}

TEST(Places, WhoIsOutStaysOut) {
    Places places({1, 0, 0});
    places.enter(1, "a");
    EXPECT_EQ(places.enter(2, "a").leaves, Places::Id{1});
    EXPECT_FALSE(places.verify(1, "key").stays);
    places.wait_for_peer(1);
    places.wait_for_us(1);
    places.leave(1);
    EXPECT_EQ(places.size(), 1);
    places.leave(2);
    EXPECT_EQ(places.size(), 0);
}

}  // namespace
}  // namespace stimme::net
