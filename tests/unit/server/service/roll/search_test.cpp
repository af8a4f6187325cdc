#include <gmock/gmock.h>

#include "tests/unit/server/roll_fixture.h"

namespace stimme::service {
namespace {

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

TEST_F(SearchTest, DeskFindsItsVotersByNameAndNumber) {
    EXPECT_EQ(found("name", s1), 20U);
    EXPECT_EQ(found("NAME07", s1), 1U);
    EXPECT_EQ(found("100", s1), 9U);
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

TEST_F(SearchTest, EachSpellingAndOneTypingErrorFinds) {
    ASSERT_TRUE(import_csv(header() + line("1", "Nguyễn", "area-s1") + line("2", "Al-Hassan", "area-s1") +
                           line("3", "Đukić", "area-s1")));
    for (const char* words : {"nguyen", "Nguyễn Ana", "ana nguyen", "ngyuen", "al hassan", "alhassan",
                              "hasan", "Djukic", "dukic", "Dukić 1980", "01.02.1980 dukic", "weg 1 dukic"})
        EXPECT_EQ(found(words, s1), 1U) << words;
}

TEST_F(SearchTest, ChangesOfTheRollAreFoundAtOnce) {
    EXPECT_EQ(found("neumann", {}), 0U);
    ASSERT_TRUE(import_csv(register_csv() + line("9001", "Neumann", "area-s1")));
    EXPECT_EQ(found("neumann", {}), 1U);
    ASSERT_TRUE(office().imports.take_back({2}, official()));
    EXPECT_EQ(found("neumann", {}), 0U);
}

TEST_F(SearchTest, LetterIsFoundByItsCodeAndAFalseOneIsNot) {
    const std::string csv = *roll_->notices();
    const std::size_t start = csv.find("\n1001;") + 1;
    const std::string row = csv.substr(start, csv.find('\n', start) - start);
    const std::string letter = row.substr(row.rfind(';') + 1);
    EXPECT_EQ(found(letter, s1), 1U);
    EXPECT_EQ(found(letter, s2), 0U);
    const auto other = events::parse_voter_code(letter);
    EXPECT_EQ(found(events::to_string({"1002", other->salt}), s1), 0U);
}

TEST_F(SearchTest, BlockedPersonIsNotFoundByAddress) {
    EXPECT_EQ(found("weg 1 name01", s1), 1U);
    EXPECT_EQ(found("geheim", s1), 1U);
    EXPECT_EQ(found("weg 1 geheim", s1), 0U);
    EXPECT_EQ(found("weg 1 geheim", {}), 0U);
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
