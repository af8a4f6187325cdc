// Who belongs to which polling station: core/roll/stations/assignment.h, its files and its gaps.
#include "core/roll/stations/assignment.h"

#include <gmock/gmock.h>

#include "core/roll/stations/assignment_file.h"
#include "core/roll/stations/station_check.h"
#include "core/roll/stations/station_gaps.h"
#include "tests/unit/core/roll/people.h"

namespace stimme::roll {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

const std::string street_header = "Straße;von;bis;Seite;PLZ;Wahlbezirk\n";

std::vector<election::Station> stations() {
    std::vector<election::Station> result(3);
    result[0].id = StationId("s1");
    result[0].areas = {"Buckau", "Altstadt"};
    result[1].id = StationId("s2");
    result[1].areas = {"Sudenburg"};
    result[2].id = StationId("s3");
    return result;
}

AssignmentPart part(const std::string& csv) {
    auto result = read_assignment(as_bytes(csv), stations());
    if (!result) throw std::runtime_error(result.error().message);
    return *std::move(result);
}

Assignment assigned(const std::string& csv) {
    return Assignment(stations()).with(part(csv));
}

Assignment by_streets(const std::string& lines) {
    return assigned(street_header + lines);
}

// What a file is refused for: its message, or its code where the file is refused before its lines.
std::string refused(const std::string& csv) {
    const auto result = read_assignment(as_bytes(csv), stations());
    if (result) return "accepted";
    return result.error().code == "assignment-invalid" ? result.error().message : result.error().code;
}

std::string refused_streets(const std::string& lines) {
    return refused(street_header + lines);
}

Person living_at(std::string street, std::string number, std::string district = "") {
    Person person = resident();
    person.street = std::move(street);
    person.house_number = std::move(number);
    person.district = std::move(district);
    return person;
}

std::string station(const Assignment& assignment, std::string street, std::string number) {
    return assignment.station_of(living_at(std::move(street), std::move(number)));
}

TEST(Assignment, TheAreasOfTheDefinitionAreAlwaysThere) {
    const Assignment assignment(stations());
    EXPECT_EQ(assignment.station_of(living_at("", "", "Altstadt")), "s1");
    EXPECT_EQ(assignment.station_of(living_at("", "", "Sudenburg")), "s2");
    EXPECT_EQ(assignment.station_of(living_at("", "", "Olvenstedt")), "");
    EXPECT_EQ(assignment.station_of(living_at("", "")), "");
}

TEST(Assignment, AListCountsBeforeStreetsAndStreetsBeforeAreas) {
    const Assignment streets = by_streets("Ring;;;;;s2\n");
    const Assignment both = streets.with(part("Personennummer;Wahlbezirk\n10000000;s3\n"));
    EXPECT_EQ(streets.station_of(living_at("Ring", "1", "Buckau")), "s2");
    EXPECT_EQ(streets.station_of(living_at("Weg", "1", "Buckau")), "s1");
    EXPECT_EQ(both.station_of(living_at("Ring", "1", "Buckau")), "s3");
    Person other = living_at("Ring", "1", "Buckau");
    other.number = "2";
    EXPECT_EQ(both.station_of(other), "s2");
}

TEST(Assignment, AreasThatWereBroughtCountBeforeTheDefinitions) {
    const Assignment assignment = assigned("Stadtteil;Wahlbezirk\nBuckau;s2\nOlvenstedt;s3\n");
    EXPECT_EQ(assignment.station_of(living_at("", "", "Buckau")), "s2");
    EXPECT_EQ(assignment.station_of(living_at("", "", "Olvenstedt")), "s3");
    EXPECT_EQ(assignment.station_of(living_at("", "", "Altstadt")), "s1");
}

TEST(Assignment, ALaterPartTakesThePlaceOfAnEarlierOneOfItsKind) {
    const Assignment first = by_streets("Ring;;;;;s2\nWeg;;;;;s2\n");
    const Assignment second = first.with(part(street_header + "Ring;;;;;s3\n"));
    EXPECT_EQ(station(second, "Ring", "1"), "s3");
    EXPECT_EQ(station(second, "Weg", "1"), "");
    EXPECT_EQ(station(first, "Ring", "1"), "s2");
}

TEST(Assignment, StreetsAreOneInAllUsualSpellings) {
    const Assignment assignment = by_streets("Müller-Straße;;;;;s1\nStr. des Friedens;;;;;s2\n");
    for (const auto* spelling :
         {"Müllerstr.", "MÜLLERSTRASSE", "Müller Str.", "Muellerstrasse", "Mu\u0308llerstraße"})
        EXPECT_EQ(station(assignment, spelling, "1"), "s1") << spelling;
    EXPECT_EQ(station(assignment, "Straße des Friedens", "1"), "s2");
    EXPECT_EQ(station(assignment, "Müllerweg", "1"), "");
}

TEST(Assignment, NeueStrasseAndNeustrasseAreTwo) {
    const Assignment assignment = by_streets("Neue Straße;;;;;s1\nNeustraße;;;;;s2\n");
    EXPECT_EQ(station(assignment, "Neue Str.", "1"), "s1");
    EXPECT_EQ(station(assignment, "Neustr.", "1"), "s2");
}

TEST(Assignment, RangesHaveEndsAndSides) {
    const Assignment assignment =
        by_streets("Ring;1;19;ungerade;;s1\nRing;2;20;gerade;;s2\nRing;21;;alle;;s3\n");
    EXPECT_EQ(station(assignment, "Ring", "1"), "s1");
    EXPECT_EQ(station(assignment, "Ring", "19"), "s1");
    EXPECT_EQ(station(assignment, "Ring", "20"), "s2");
    EXPECT_EQ(station(assignment, "Ring", "21"), "s3");
    EXPECT_EQ(station(assignment, "Ring", "99999"), "s3");
    EXPECT_EQ(station(by_streets("Ring;;10;;;s1\n"), "Ring", "11"), "");
    EXPECT_EQ(station(by_streets("Ring;;10;;;s1\n"), "Ring", "10"), "s1");
}

TEST(Assignment, LettersPartANumber) {
    const Assignment assignment = by_streets("Ring;1;12b;;;s1\nRing;12c;14;;;s2\n");
    EXPECT_EQ(station(assignment, "Ring", "12"), "s1");
    EXPECT_EQ(station(assignment, "Ring", "12B"), "s1");
    EXPECT_EQ(station(assignment, "Ring", "12 c"), "s2");
    EXPECT_EQ(station(assignment, "Ring", "14z"), "s2");
    EXPECT_EQ(station(assignment, "Ring", "15"), "");
}

TEST(Assignment, HouseNumbersAreReadAsRegistersWriteThem) {
    const auto read = [](std::string_view text) {
        const auto number = house_number_of(text);
        return number ? to_string(*number) : "none";
    };
    EXPECT_EQ(read("12"), "12");
    EXPECT_EQ(read("012"), "12");
    EXPECT_EQ(read("12a"), "12a");
    EXPECT_EQ(read("12 A"), "12a");
    EXPECT_EQ(read("12-14"), "12");
    EXPECT_EQ(read("12a-c"), "12a");
    EXPECT_EQ(read("12/3"), "12");
    EXPECT_EQ(read("12 Hinterhaus"), "12");
    EXPECT_EQ(read("12 aä"), "12");
    EXPECT_EQ(read(""), "none");
    EXPECT_EQ(read("ohne"), "none");
    EXPECT_EQ(read("-3"), "none");
    EXPECT_EQ(read("99999999999999"), "none");
}

TEST(Assignment, AnAddressWithoutANumberMatchesOnlyTheWholeStreet) {
    EXPECT_EQ(station(by_streets("Ring;;;;;s1\n"), "Ring", ""), "s1");
    EXPECT_EQ(station(by_streets("Ring;1;;;;s1\n"), "Ring", "o. Nr."), "");
    EXPECT_EQ(station(by_streets("Ring;;;gerade;;s1\n"), "Ring", ""), "");
}

TEST(Assignment, PostcodesTellEqualStreetsApart) {
    const Assignment assignment = by_streets("Ring;;;;39104;s1\nRing;;;;39112;s2\n");
    Person person = living_at("Ring", "1");
    EXPECT_EQ(assignment.station_of(person), "s1");
    person.postcode = "39112";
    EXPECT_EQ(assignment.station_of(person), "s2");
    person.postcode = "39118";
    EXPECT_EQ(assignment.station_of(person), "");
}

TEST(Assignment, ItComesBackFromJson) {
    const Assignment assignment = by_streets("Ring;1;19a;ungerade;39104;s1\nWeg;;;;;s2\n")
                                      .with(part("Personennummer;Wahlbezirk\n7;s3\n"))
                                      .with(part("Stadtteil;Wahlbezirk\nBuckau;s2\n"));
    const json::Value document = assignment.to_json();
    EXPECT_EQ(
        json::canonical(document),
        R"({"areas":{"Buckau":"s2"},"format":"stimme-assignment/1","list":{"7":"s3"},"streets":[)"
        R"({"from":"1","postcode":"39104","side":"ungerade","station":"s1","street":"Ring","to":"19a"},)"
        R"({"station":"s2","street":"Weg"}]})");
    const auto again = Assignment::from_json(document, stations());
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(again->to_json(), document);
    EXPECT_EQ(station(*again, "Ring", "3"), "s1");
    EXPECT_EQ(again->station_of(living_at("", "", "Altstadt")), "s1");
}

TEST(Assignment, JsonWithUnknownStationsOrContradictionsIsRefused) {
    const auto refusal = [](std::string_view text) {
        const auto result = Assignment::from_json(*json::parse(text), stations());
        return result ? "accepted" : result.error().message;
    };
    EXPECT_EQ(refusal(R"({"format":"stimme-assignment/1"})"), "accepted");
    EXPECT_EQ(refusal(R"({"format":"stimme-assignment/1","list":{"7":"s9"}})"),
              "/list/7: right is the id of a polling station");
    EXPECT_EQ(refusal(R"({"format":"stimme-assignment/1","list":{"a b":"s1"}})"),
              "/list: right are numbers of 1 to 16 of 0-9, A-Z and hyphen");
    EXPECT_EQ(refusal(R"({"format":"stimme-assignment/1","streets":[{"street":"Ring","station":"s1"},
                          {"street":"Ring","from":"3","station":"s2"}]})"),
              "/streets: 0 and 1 give one address different stations");
    EXPECT_THAT(refusal(R"({"format":"stimme-assignment/1","other":1})"), HasSubstr("/other"));
}

TEST(AssignmentFile, EncodingDelimiterAndMarkAreDetected) {
    EXPECT_EQ(
        station(assigned("\xEF\xBB\xBFStraße,von,bis,Seite,PLZ,Wahlbezirk\r\nRing,1,,,,s1\r\n"), "Ring", "2"),
        "s1");
    EXPECT_EQ(station(assigned("Stra\xDF"
                               "e\tvon\tbis\tSeite\tPLZ\tWahlbezirk\nM\xFCllerweg\t\t\t\t\ts1\n"),
                      "Müllerweg", "2"),
              "s1");
    EXPECT_EQ(refused(std::string("S\0t\0r\0\n\0", 8)), "assignment-encoding");
}

TEST(AssignmentFile, ColumnsMayStandInAnyOrderAmongOthers) {
    const Assignment assignment =
        assigned("Wahlbezirk;Bemerkung;Straße;Seite;bis;von;PLZ;Stadtteil\ns2;x;Ring;gerade;8;2;;Buckau\n");
    EXPECT_EQ(station(assignment, "Ring", "8"), "s2");
    EXPECT_EQ(station(assignment, "Ring", "3"), "");
}

TEST(AssignmentFile, FilesOfNoKindAreRefused) {
    EXPECT_EQ(refused(""), "assignment-empty");
    EXPECT_EQ(refused("Personennummer;Bezirk\n1;s1\n"), "assignment-header-invalid");
    EXPECT_EQ(refused("Straße;von;Seite;PLZ;Wahlbezirk\nRing;1;;;s1\n"), "assignment-header-invalid");
    EXPECT_EQ(refused("Stadtteil;Wahlbezirk;Wahlbezirk\nBuckau;s1;s2\n"), "assignment-header-invalid");
    EXPECT_EQ(refused("Stadtteil;\"Wahl\nBuckau;s1\n"), "assignment-header-invalid");
}

TEST(AssignmentFile, EveryWrongValueIsNamedWithWhatIsRight) {
    EXPECT_EQ(refused_streets("Ring;x;;;;s1\nRing;5;3;;;s1\nRing;;;links;;s1\nRing;;;;123;s1\n;;;;;s1\n"
                              "Ring;4;4;ungerade;;s1\n...;;;;;s1\nRing;1;s1\nRing;;;;;s9\n"),
              "line 2, von: \"x\": right is a house number such as 12 or 12a, or nothing\n"
              "line 3, bis: \"3\": right is 5 or more, as in \"von\"\n"
              "line 4, Seite: \"links\": right is alle, gerade, ungerade or nothing\n"
              "line 5, PLZ: \"123\": right is five digits or nothing\n"
              "line 6, Straße: \"\": right is a name of at most 200 bytes without control characters\n"
              "line 7, Seite: \"ungerade\": right is a side that has numbers in this range\n"
              "line 8, Straße: \"...\": right is a name with letters or digits\n"
              "line 9: 3 fields; right is 6, as in the header\n"
              "line 10, Wahlbezirk: \"s9\": right is a polling station: s1, s2, s3");
    EXPECT_EQ(refused("Personennummer;Wahlbezirk\na b;s1\n7;\n"),
              "line 2, Personennummer: \"a b\": right is 1 to 16 of 0-9, A-Z and hyphen\n"
              "line 3, Wahlbezirk: \"\": right is a polling station: s1, s2, s3");
    EXPECT_EQ(refused("Stadtteil;Wahlbezirk\nÄ;s1\nB\xFC;s1\n"),
              "line 3, Stadtteil: \"B\uFFFD\": right is text in UTF-8");
}

TEST(AssignmentFile, RangesThatMeetAreNamedWithBothLines) {
    EXPECT_EQ(refused_streets("Ring;1;9;;;s1\nWeg;;;;;s1\nRingstr.;1;9;;;s2\nRING;9a;20;;;s2\n"),
              "line 5, Wahlbezirk: \"s2\": right is one polling station for each address; line 2 has \"s1\" "
              "for Ring (1 to 9)");
    EXPECT_THAT(refused_streets("Ring;;;;;s1\nRing;3;3;ungerade;39104;s2\n"),
                HasSubstr("for Ring (the whole street)"));
    EXPECT_THAT(refused_streets("Ring;5;;gerade;;s1\nRing;;8;alle;39104;s2\n"),
                HasSubstr("for Ring (5 and further (gerade))"));
    EXPECT_THAT(
        refused_streets("Ring;20;30;;;s1\nRing;1;99;;;s1\nRing;5;6;;;s2\n"),
        HasSubstr("line 4, Wahlbezirk: \"s2\": right is one polling station for each address; line 3"));
}

TEST(AssignmentFile, RangesThatDoNotMeetAreRight) {
    EXPECT_EQ(refused_streets("Ring;1;9;ungerade;;s1\nRing;1;9;gerade;;s2\n"), "accepted");
    EXPECT_EQ(refused_streets("Ring;1;9;;39104;s1\nRing;1;9;;39112;s2\n"), "accepted");
    EXPECT_EQ(refused_streets("Ring;1;5;ungerade;;s1\nRing;4;4;;;s2\n"), "accepted");
    EXPECT_EQ(refused_streets("Ring;1;12a;;;s1\nRing;12b;13;;;s2\n"), "accepted");
    EXPECT_EQ(refused_streets("Ring;1;9;;;s1\nRing;5;12;;;s1\n"), "accepted");
}

TEST(AssignmentFile, APersonOrAreaWithTwoStationsIsNamedWithBothLines) {
    EXPECT_EQ(refused("Personennummer;Wahlbezirk\n7;s1\n8;s1\n7;s2\n8;s1\n"),
              "line 4, Wahlbezirk: \"s2\": right is one polling station for \"7\"; line 2 has \"s1\"");
    EXPECT_EQ(refused("Stadtteil;Wahlbezirk\nBuckau;s1\nBuckau;s3\n"),
              "line 3, Wahlbezirk: \"s3\": right is one polling station for \"Buckau\"; line 2 has \"s1\"");
}

TEST(StationGaps, VotersWithoutAStationAreGroupedByStreetOrArea) {
    StationGaps gaps;
    gaps.add(living_at("Ringstraße", "3"), "", true);
    gaps.add(living_at("Ringstr.", "3"), "", true);
    gaps.add(living_at("Ringstr.", "5a"), "", true);
    gaps.add(living_at("Ringstr.", "7"), "s1", true);
    gaps.add(living_at("Ringstr.", "9"), "", false);
    gaps.add(living_at("", "", "Olvenstedt"), "", true);
    EXPECT_EQ(gaps.people(), 4U);
    EXPECT_THAT(gaps.gaps(), ElementsAre(StationGap{"Ringstraße", "39104", "", 3, {"3", "5a"}},
                                         StationGap{"", "", "Olvenstedt", 1, {}}));
    EXPECT_EQ(json::canonical(to_json(gaps.gaps())),
              R"([{"house_numbers":["3","5a"],"people":3,"postcode":"39104","street":"Ringstraße"},)"
              R"({"area":"Olvenstedt","people":1}])");
}

TEST(Assignment, EveryClaimIsToldAndTheFirstCounts) {
    const Assignment assignment = by_streets("Ring;;;;;s2\n")
                                      .with(part("Personennummer;Wahlbezirk\n10000000;s3\n"))
                                      .with(part("Stadtteil;Wahlbezirk\nBuckau;s2\n"));
    EXPECT_THAT(assignment.claims(living_at("Ring", "1", "Buckau")),
                ElementsAre(Claim{Source::list, "s3"}, Claim{Source::streets, "s2"},
                            Claim{Source::areas, "s2"}, Claim{Source::definition, "s1"}));
    Person other = living_at("Weg", "1", "Altstadt");
    other.number = "2";
    EXPECT_THAT(assignment.claims(other), ElementsAre(Claim{Source::definition, "s1"}));
    other.district = "Olvenstedt";
    EXPECT_THAT(assignment.claims(other), ElementsAre());
}

TEST(Assignment, APartThatIsTakenAwayNoLongerCounts) {
    const Assignment streets = by_streets("Ring;;;;;s2\n");
    const Assignment all = streets.with(part("Personennummer;Wahlbezirk\n10000000;s3\n"))
                               .with(part("Stadtteil;Wahlbezirk\nBuckau;s2\n"));
    EXPECT_EQ(all.without(Source::list).without(Source::areas).to_json(), streets.to_json());
    EXPECT_EQ(all.without(Source::list).station_of(living_at("Ring", "1", "Buckau")), "s2");
    EXPECT_EQ(streets.without(Source::streets).to_json(), Assignment(stations()).to_json());
}

TEST(Assignment, PartsHaveTheirNamesAndSizes) {
    const AssignmentPart streets = part(street_header + "Ring;1;9;;;s1\nRing;10;;;;s2\n");
    const AssignmentPart list = part("Personennummer;Wahlbezirk\n7;s1\n8;s1\n9;s2\n");
    const AssignmentPart areas = part("Stadtteil;Wahlbezirk\nBuckau;s1\n");
    EXPECT_EQ(source_of(streets), Source::streets);
    EXPECT_EQ(source_of(list), Source::list);
    EXPECT_EQ(source_of(areas), Source::areas);
    EXPECT_EQ(size_of(streets), 2U);
    EXPECT_EQ(size_of(list), 3U);
    EXPECT_EQ(size_of(areas), 1U);
    for (const Source source : {Source::list, Source::streets, Source::areas})
        EXPECT_EQ(part_named(to_string(source)), source);
    EXPECT_EQ(part_named("definition"), std::nullopt) << "nobody brings it";
}

StationReport report_of_three_people() {
    StationCheck check(by_streets("Ring;;;;;s2\nRinck;;;;;s2\n")
                           .with(part("Personennummer;Wahlbezirk\n1;s3\n99;s3\n"))
                           .with(part("Stadtteil;Wahlbezirk\nSudenburg;s2\n")));
    Person person = living_at("Ring", "1", "Buckau");
    person.number = "1";
    check.add(person, true);
    person.number = "2";
    check.add(person, true);
    person.number = "3";
    check.add(person, false);
    person = living_at("Weg", "7", "Olvenstedt");
    person.number = "4";
    check.add(person, true);
    return check.report();
}

TEST(StationCheck, SourcesThatContradictEachOtherAreNamedWithTheirVoters) {
    const Claim list{Source::list, "s3"}, streets{Source::streets, "s2"},
        definition{Source::definition, "s1"};
    EXPECT_THAT(
        report_of_three_people().overlaps,
        ElementsAre(StationOverlap{list, streets, 1, {"1"}}, StationOverlap{list, definition, 1, {"1"}},
                    StationOverlap{streets, definition, 1, {"2"}}));
}

TEST(StationCheck, GapsAndNamesThatFitNobodyAreTold) {
    const StationReport report = report_of_three_people();
    EXPECT_THAT(report.gaps, ElementsAre(StationGap{"Weg", "39104", "", 1, {"7"}}));
    EXPECT_THAT(report.unused,
                ElementsAre(UnusedName{Source::list, "99"}, UnusedName{Source::streets, "Rinck"},
                            UnusedName{Source::areas, "Sudenburg"}));
    EXPECT_EQ(report.unused_count, 3U);
}

TEST(StationCheck, OfVeryManyNamesTheFirstThousandAreTold) {
    std::string list = "Personennummer;Wahlbezirk\n";
    for (int i = 0; i < 1234; ++i) list += fmt::format("{};s1\n", i);
    const StationReport report = StationCheck(assigned(list)).report();
    EXPECT_EQ(report.unused.size(), 1000U);
    EXPECT_EQ(report.unused_count, 1234U);
}

TEST(StationCheck, AReportComesBackFromJson) {
    StationReport report = report_of_three_people();
    report.gaps.push_back({"", "", "Olvenstedt", 2, {}});
    const json::Value document = to_json(report);
    json::Problems problems;
    json::Fields in(document, problems);
    StationReport again;
    read(in, again);
    in.finish();
    EXPECT_TRUE(problems.empty()) << problems.all().front().message;
    EXPECT_EQ(again, report);
}

// A million lookups take about a second; this many leave room for a slow machine.
TEST(Assignment, LookupsAreQuickInALargeDirectory) {
    std::string lines;
    for (int i = 0; i < 3000; ++i)
        lines += fmt::format("Straße {0};1;;ungerade;;s1\nStraße {0};2;;gerade;;s2\n", i);
    const Assignment assignment = by_streets(lines);
    const Person person = living_at("Straße 1500", "12 a", "Buckau");
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < 50'000; ++i) ASSERT_EQ(assignment.station_of(person), "s2");
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(1));
}

}  // namespace
}  // namespace stimme::roll
