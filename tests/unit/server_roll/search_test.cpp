#include <gmock/gmock.h>

#include "server/store/folded.h"
#include "tests/unit/server_roll/roll_fixture.h"

namespace stimme::service {
namespace {

const StationId s1("s1"), s2("s2");

class SearchTest : public RollTest {
  protected:
    explicit SearchTest(bool any_station = false) : RollTest(any_station) { import_all(); }
    std::size_t found(const std::string& start, const std::optional<StationId>& station) {
        return roll_->search(start, station)->size();
    }
};
class SearchAnywhereTest : public SearchTest {
  protected:
    SearchAnywhereTest() : SearchTest(true) {}
};

TEST(FoldedTest, WaysToWriteNameAreOne) {
    EXPECT_EQ(store::folded("MÜLLER"), store::folded("Mueller"));
    EXPECT_EQ(store::folded("Strauß"), store::folded("STRAUSS"));
    EXPECT_EQ(store::folded("Şahin"), "sahin");
    EXPECT_EQ(store::folded("Łukasz Ørsted"), "lukasz orsted");
    EXPECT_EQ(store::folded("Đức"), "duc");
    EXPECT_NE(store::folded("Петров"), store::folded("Иванов"));
}

TEST_F(SearchTest, DeskFindsItsVotersByNameAndNumber) {
    EXPECT_EQ(found("name", s1), 20U);
    EXPECT_EQ(found("NAME07", s1), 1U);
    EXPECT_EQ(found("10", s1), 20U);
    EXPECT_EQ(found("1007", s1), 1U);
}

TEST_F(SearchTest, DeskDoesNotFindVotersOfOthers) {
    EXPECT_EQ(found("mueller", s1), 0U);
    EXPECT_EQ(found("mueller", s2), 20U);
    EXPECT_EQ(code(roll_->find("2001", s1)), "voter-other-station");
}

TEST_F(SearchTest, OfficialFindsEveryoneWithStation) {
    EXPECT_EQ(found("mueller", {}), 20U);
    EXPECT_EQ(found("geheim", {}), 1U);
    EXPECT_EQ(found("fern", {}), 0U);
    EXPECT_EQ(code(roll_->find("5001", {})), "voter-without-station");
}

TEST_F(SearchTest, ViewTellsReasonsAndCheckIn) {
    EXPECT_EQ(roll_->find("3001", s1)->reasons, std::vector<std::string>{"age"});
    EXPECT_FALSE(roll_->find("3001", s1)->eligible);
    ASSERT_TRUE(check_in("1001"));
    EXPECT_EQ(roll_->find("1001", s1)->checked_in_at, s1);
    EXPECT_EQ(roll_->find("1002", s1)->checked_in_at, std::nullopt);
}

TEST_F(SearchTest, AddressIsToldUnlessBlocked) {
    EXPECT_EQ(roll_->find("1001", s1)->address, "Weg 1, 39104 Stadt");
    EXPECT_EQ(roll_->find("4001", s1)->address, "");
}

TEST_F(SearchTest, UnknownNumberIsNotFound) {
    EXPECT_EQ(code(roll_->find("9999", s1)), "voter-not-found");
}

TEST_F(SearchTest, OneLetterIsTooShort) {
    EXPECT_EQ(code(roll_->search("n", s1)), "search-too-short");
}

TEST_F(SearchTest, PatternsOfSqlAreLetters) {
    EXPECT_EQ(found("%%", s1), 0U);
    EXPECT_EQ(found("__", s1), 0U);
    EXPECT_EQ(found("' OR 1=1 --", s1), 0U);
}

TEST_F(SearchAnywhereTest, DeskFindsVotersOfOthers) {
    EXPECT_EQ(found("mueller", s1), 20U);
    EXPECT_EQ(code(roll_->find("2001", s1)), "ok");
}

TEST_F(SearchAnywhereTest, BlockedPersonIsFoundAtOwnStationOnly) {
    EXPECT_EQ(found("geheim", s1), 1U);
    EXPECT_EQ(found("geheim", s2), 0U);
    EXPECT_EQ(code(roll_->find("4001", s1)), "ok");
    EXPECT_EQ(code(roll_->find("4001", s2)), "voter-not-found");
}

}  // namespace
}  // namespace stimme::service
