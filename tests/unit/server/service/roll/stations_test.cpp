// The assignment of people to polling stations, end to end but for HTTP.
#include <gmock/gmock.h>

#include "tests/unit/server/roll_fixture.h"

namespace stimme::service {
namespace {

using election::Phase;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

const std::string list_header = "Personennummer;Wahlbezirk\n";
const std::string street_header = "Straße;von;bis;Seite;PLZ;Wahlbezirk\n";

// People as in the fixture, but s1 and s2 are in districts with ballots of their own.
class StationsTest : public RollTest {
  protected:
    StationsTest() {
        election_ = test::TestElection()
                        .contest("board", 3)
                        .district("north")
                        .district("south")
                        .station("s1", "north", 2)
                        .station("s2", "south", 1)
                        .style("north", {"board"}, {"north"})
                        .style("south", {"board"}, {"south"})
                        .style("rest", {"board"})
                        .build();
        own_ = std::make_unique<test::TemporaryFolder>();
        open();
        import_all();
    }
    void open() {
        roll_.reset();
        roll_ = *RollService::open(own_->path(), election_.definition, random_, clock_);
    }

    Result<wire::StationsAnswer> assign(const std::string& csv, bool dry_run = false,
                                        Phase phase = Phase::draft) {
        return roll_->stations().bring(as_bytes(csv), dry_run, official("official-1", phase));
    }
    Result<wire::StationsAnswer> unassign(const std::string& part, bool dry_run = false,
                                          Phase phase = Phase::draft) {
        return roll_->stations().take_away({part, dry_run}, official("official-1", phase));
    }
    wire::EntryView entry(const std::string& number) { return *office().entries.find(number); }
    std::string place(const std::string& number) {
        const auto found = entry(number);
        return found.station + "/" + found.style.str();
    }
    // The leaf that is on the roll for somebody who may vote.
    Hash leaf(const std::string& number) { return *roll_->leaf_to_strike(number); }
    // The code of somebody's letter.
    std::string code_of(const std::string& number) {
        const std::string notices = *roll_->notices();
        const std::size_t start = notices.find("\n" + number + ";") + 1;
        const std::string row = notices.substr(start, notices.find('\n', start) - start);
        return row.substr(row.rfind(';') + 1);
    }
    std::size_t acts() {
        const std::string text = *roll_->journal_text({});
        return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    }

    std::unique_ptr<test::TemporaryFolder> own_;
};

TEST_F(StationsTest, AListMovesPeopleWithStyleAndLeaf) {
    const Hash before = leaf("1001"), neighbour = leaf("1002");
    const auto answer = assign(list_header + "1001;s2\n5001;s1\n");
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->part, "list");
    EXPECT_EQ(answer->size, 2U);
    EXPECT_EQ(answer->people, 43U);
    EXPECT_EQ(answer->moved, 2U);
    EXPECT_EQ(answer->without_station, 0U);
    EXPECT_THAT(answer->stations, ElementsAre(Pair("s1", 21U), Pair("s2", 21U)));
    EXPECT_EQ(place("1001"), "s2/south");
    EXPECT_EQ(place("5001"), "s1/north");
    EXPECT_NE(leaf("1001"), before) << "the style is part of the leaf";
    EXPECT_EQ(leaf("1002"), neighbour);
    EXPECT_EQ(*roll_->without_station(), 0U);
}

TEST_F(StationsTest, LettersStayTrueWhenSomebodyComesBack) {
    const Hash before = leaf("1001");
    ASSERT_TRUE(assign(list_header + "1001;s2\n"));
    ASSERT_TRUE(unassign("list"));
    EXPECT_EQ(place("1001"), "s1/north");
    EXPECT_EQ(leaf("1001"), before) << "the salt stayed";
}

TEST_F(StationsTest, TheSameFileAgainChangesNothing) {
    ASSERT_TRUE(assign(list_header + "1001;s2\n1002;s2\n"));
    const auto root = roll_->fingerprint()->root;
    const std::size_t before = acts();
    const auto again = assign(list_header + "1002;s2\n1001;s2\n");
    ASSERT_TRUE(again);
    EXPECT_TRUE(again->same);
    EXPECT_EQ(again->moved, 0U);
    EXPECT_EQ(acts(), before);
    EXPECT_EQ(roll_->fingerprint()->root, root);
}

TEST_F(StationsTest, ARepeatedRequestGetsTheSameAnswerAndIsDoneOnce) {
    const Actor once = official();
    const std::string list = list_header + "1001;s2\n";
    const auto first = roll_->stations().bring(as_bytes(list), false, once);
    ASSERT_TRUE(first) << first.error().message;
    ASSERT_TRUE(unassign("list"));
    const std::size_t before = acts();
    const Actor later{once.official, Phase::sealed, once.once};
    const auto again = roll_->stations().bring(as_bytes(list), false, later);
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(to_json(*again), to_json(*first));
    EXPECT_EQ(acts(), before);
    EXPECT_EQ(place("1001"), "s1/north");
}

TEST_F(StationsTest, AFileTakesThePlaceOfTheLastOfItsKind) {
    ASSERT_TRUE(assign(list_header + "1001;s2\n"));
    ASSERT_TRUE(assign(list_header + "1002;s2\n"));
    EXPECT_EQ(place("1001"), "s1/north");
    EXPECT_EQ(place("1002"), "s2/south");
}

TEST_F(StationsTest, AListAndAreasOfTheSameWordsAreTwoFiles) {
    ASSERT_TRUE(assign(list_header + "1001;s2\n"));
    ASSERT_TRUE(unassign("list"));
    const auto areas = assign("Stadtteil;Wahlbezirk\n1001;s2\n");
    ASSERT_TRUE(areas);
    EXPECT_FALSE(areas->same);
    EXPECT_EQ(roll_->stations().view()->parts[0].part, "areas");
    ASSERT_TRUE(import_csv(register_csv() + line("6001", "Neu", "1001")));
    EXPECT_EQ(place("6001"), "s2/south");
}

TEST_F(StationsTest, DryRunTellsAndChangesNothing) {
    const auto root = roll_->fingerprint()->root;
    const auto told = assign(list_header + "1001;s2\n", true);
    ASSERT_TRUE(told);
    EXPECT_TRUE(told->dry_run);
    EXPECT_EQ(told->moved, 1U);
    EXPECT_EQ(place("1001"), "s1/north");
    EXPECT_EQ(roll_->fingerprint()->root, root);
    EXPECT_TRUE(roll_->stations().view()->parts.empty());
    ASSERT_TRUE(assign(list_header + "1001;s2\n"));
    EXPECT_EQ(unassign("list", true)->moved, 1U);
    EXPECT_EQ(place("1001"), "s2/south");
}

TEST_F(StationsTest, LaterImportsAndEntriesByHandFollowWhatWasBrought) {
    ASSERT_TRUE(assign(street_header + "Weg;1;9;;;s2\n"));
    EXPECT_EQ(place("1001"), "s2/south");
    open();
    const std::string more = register_csv() + line("6001", "Neu", "area-s1");
    ImportOptions dry;
    dry.dry_run = true;
    EXPECT_EQ(import_csv(register_csv() + line("6009", "Neu", "elsewhere"), dry)->without_station, 0U);
    ASSERT_TRUE(import_csv(more));
    EXPECT_EQ(place("6001"), "s2/south");
    json::Object person = entry("6001").person;
    person.set("Personennummer", "6002");
    person.set("Familienname", "Ganzanders");
    person.set("Vornamen", "Berta");
    person.set("Geburtsdatum", "1950-05-05");
    const auto added = office().entries.add({person, {}}, official());
    ASSERT_TRUE(added) << added.error().message;
    EXPECT_EQ(added->station, "s2");
    ASSERT_TRUE(unassign("streets"));
    EXPECT_EQ(place("6001"), "s1/north");
    ASSERT_TRUE(import_csv(more + line("6003", "Neu", "area-s1")));
    EXPECT_EQ(place("6003"), "s1/north");
}

TEST_F(StationsTest, AnImportIsStillTakenBackAfterStationsWereAssigned) {
    ASSERT_TRUE(assign(street_header + "Weg;;;;;s2\n"));
    EXPECT_EQ(entry("1001").version, 1) << "nobody decided about this person";
    EXPECT_EQ(code(office().imports.take_back({1}, official())), "ok");
    EXPECT_EQ(roll_->fingerprint()->count, 0U);
    EXPECT_EQ(roll_->stations().view()->parts.size(), 1U);
}

TEST_F(StationsTest, SearchFindsPeopleAtTheirNewStation) {
    const StationId s1("s1"), s2("s2");
    EXPECT_EQ(roll_->search("Name01", s1)->size(), 1U);
    ASSERT_TRUE(assign(list_header + "1001;s2\n"));
    EXPECT_EQ(roll_->search("Name01", s1)->size(), 0U);
    EXPECT_EQ(roll_->search("Name01", s2)->size(), 1U);
    ASSERT_TRUE(unassign("list"));
    EXPECT_EQ(roll_->search("Name01", s1)->size(), 1U);
}

TEST_F(StationsTest, ThousandsMoveAtOnceEachWithTheirOwnLeaf) {
    std::string csv = header();
    for (int i = 0; i < 2345; ++i) csv += line(fmt::format("{}", 10000 + i), "Viele", "area-s1");
    ASSERT_TRUE(import_csv(csv));
    const auto before = *roll_->participation();
    const auto answer = assign(street_header + "Weg;;;;;s2\n");
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->moved, 2345U + 21 + 1 + 1) << "also the fixture's people of s1, and who had no station";
    EXPECT_THAT(answer->stations, ElementsAre(Pair("s1", 0U), Pair("s2", 2345U)));
    for (const char* number : {"10000", "10999", "11000", "12344"}) {
        const auto code = events::parse_voter_code(code_of(number));
        EXPECT_EQ(leaf(number), events::roll_leaf(code->salt, number, StyleId("south"))) << number;
        EXPECT_EQ(place(number), "s2/south");
    }
    ASSERT_TRUE(unassign("streets"));
    EXPECT_EQ(*roll_->participation(), before);
}

TEST_F(StationsTest, ASealedRollIsNotAssignedAgain) {
    ASSERT_TRUE(assign(list_header + "1001;s2\n"));
    EXPECT_EQ(code(assign(list_header + "1002;s2\n", false, Phase::sealed)), "roll-sealed");
    EXPECT_EQ(code(unassign("list", false, Phase::sealed)), "roll-sealed");
    EXPECT_EQ(place("1001"), "s2/south");
    EXPECT_EQ(place("1002"), "s1/north");
}

TEST_F(StationsTest, ABadFileIsNamedLineByLineAndChangesNothing) {
    const std::size_t before = acts();
    const auto refused = assign(list_header + "1001;s2\n1002;s9\n");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "assignment-invalid");
    EXPECT_THAT(refused.error().message, HasSubstr("line 3, Wahlbezirk: \"s9\": right is"));
    EXPECT_EQ(place("1001"), "s1/north");
    EXPECT_EQ(acts(), before);
}

TEST_F(StationsTest, TakingAwayWhatIsNotThereIsRefused) {
    EXPECT_EQ(code(unassign("streets")), "stations-part-none");
    EXPECT_EQ(code(unassign("definition")), "stations-part-unknown");
}

TEST_F(StationsTest, EachActStandsInTheJournal) {
    ASSERT_TRUE(assign(list_header + "1001;s2\n"));
    ASSERT_TRUE(unassign("list"));
    const std::string assigned = *roll_->journal_text({"", "", "stations-assigned", "", ""});
    EXPECT_THAT(assigned, HasSubstr(R"("moved":1,"official":"official-1","part":"list","size":1)"));
    EXPECT_THAT(assigned, HasSubstr(to_hex(crypto::sha256(as_bytes(list_header + "1001;s2\n")))));
    EXPECT_THAT(*roll_->journal_text({"", "", "stations-taken-away", "", ""}), HasSubstr(R"("part":"list")"));
    open();
    EXPECT_EQ(place("1001"), "s1/north") << "the chain holds, so the roll opens";
}

TEST_F(StationsTest, TheStateTellsPartsInTheOrderInWhichTheyCount) {
    ASSERT_TRUE(assign("Stadtteil;Wahlbezirk\nelsewhere;s1\n"));
    ASSERT_TRUE(assign(street_header + "Weg;2;;;;s2\n"));
    ASSERT_TRUE(assign(list_header + "1001;s2\n"));
    const auto view = *roll_->stations().view();
    ASSERT_EQ(view.parts.size(), 3U);
    EXPECT_EQ(view.parts[0].part, "list");
    EXPECT_EQ(view.parts[1].part, "streets");
    EXPECT_EQ(view.parts[2].part, "areas");
    EXPECT_EQ(view.parts[0].at, "2026-02-01T09:00:00Z");
    EXPECT_EQ(view.parts[0].official.str(), "official-1");
    EXPECT_EQ(view.without_station, 0U);
    EXPECT_THAT(view.stations, ElementsAre(Pair("s1", 21U), Pair("s2", 21U)));
}

TEST_F(StationsTest, GapsNameStreetsOfVotersAlone) {
    const auto gaps = roll_->stations().check()->gaps;
    ASSERT_EQ(gaps.size(), 1U);
    EXPECT_EQ(gaps[0].street, "Weg");
    EXPECT_EQ(gaps[0].people, 1U);
    ASSERT_TRUE(assign(list_header + "5001;s1\n1001;s2\n77;s1\n"));
    const auto report = *roll_->stations().check();
    EXPECT_TRUE(report.gaps.empty());
    ASSERT_EQ(report.overlaps.size(), 1U);
    EXPECT_EQ(report.overlaps[0].numbers, std::vector<std::string>{"1001"});
    ASSERT_EQ(report.unused.size(), 1U);
    EXPECT_EQ(report.unused[0].name, "77");
}

TEST_F(StationsTest, StatisticsCountVotersAsTheFingerprintDoes) {
    const auto statistics = *roll_->stations().statistics({});
    EXPECT_EQ(statistics.total, roll::Figures(42, 1));
    EXPECT_EQ(roll_->fingerprint()->count, 42U);
    ASSERT_EQ(statistics.tables.size(), roll::topic_count);
    const auto& stations = statistics.tables[static_cast<std::size_t>(roll::Topic::station)];
    EXPECT_THAT(stations.rows, ElementsAre(roll::StatisticsRow{"", roll::Figures(1, 0)},
                                           roll::StatisticsRow{"s1", roll::Figures(21, 1)},
                                           roll::StatisticsRow{"s2", roll::Figures(20, 0)}));
}

TEST_F(StationsTest, StatisticsLeaveOutWhoIsGoneOrWasEnteredByMistake) {
    ASSERT_TRUE(office().entries.make_invalid("1001", {entry("1001").version, "twice"}, official()));
    std::string without = register_csv();
    without.erase(without.find("1002;"), without.find("1003;") - without.find("1002;"));
    ASSERT_TRUE(import_csv(without));
    ASSERT_EQ(entry("1002").presence, "gone");
    EXPECT_EQ(roll_->stations().statistics({})->total, roll::Figures(40, 1));
}

TEST_F(StationsTest, APublicationHasOneTableOfPlacesAndNoSmallFigure) {
    for (const auto places : {roll::Topic::district, roll::Topic::station}) {
        const auto published = *roll_->stations().statistics(Publication{5, places});
        EXPECT_EQ(published.tables.size(), roll::topic_count - 1);
        for (const auto& table : published.tables) {
            EXPECT_NE(table.topic,
                      places == roll::Topic::station ? roll::Topic::district : roll::Topic::station);
            for (const auto& row : table.rows) {
                for (const auto figure :
                     {roll::Figure::all, roll::Figure::eligible, roll::Figure::not_eligible})
                    EXPECT_TRUE(!row.figures[figure] || *row.figures[figure] == 0 ||
                                *row.figures[figure] >= 5);
            }
        }
    }
}

}  // namespace
}  // namespace stimme::service
