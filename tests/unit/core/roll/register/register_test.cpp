// Reading a resident register: core/roll/register/register.h.
#include "core/roll/register/register.h"

#include <gmock/gmock.h>

#include "tests/support/files.h"
#include "tests/unit/core/roll/people.h"

namespace stimme::roll {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::string bom = "\xEF\xBB\xBF";
const std::string day_message = "right is a day of the calendar since 1850, as dd.mm.yyyy or yyyy-mm-dd";

// A register with that one line.
std::string one(const Line& line) {
    return header_line() + line.text();
}

std::string to_windows_1252(std::string text) {
    for (const auto& [utf8, byte] : {std::pair{"ö", "\xF6"}, {"ü", "\xFC"}, {"ß", "\xDF"}, {"€", "\x80"}}) {
        for (std::size_t at; (at = text.find(utf8)) != std::string::npos;)
            text.replace(at, std::string_view(utf8).size(), byte);
    }
    return text;
}

TEST(Register, EveryColumnIsRead) {
    Line line("10000042");
    line.with(Column::nationalities, "DEU|POL").with(Column::naturalised_on, "1994-02-03");
    line.with(Column::sex, "d").with(Column::dwelling, "H").with(Column::register_block, "X");
    line.with(Column::excluded, "X")
        .with(Column::application, "X")
        .with(Column::moved_or_died_on, "14.12.1996");
    const Register result = loaded(one(line));
    Person expected;
    expected.number = "10000042";
    expected.family_name = "Yılmaz";
    expected.given_names = "Ayşe";
    expected.born = on("1977-08-06");
    expected.sex = Sex::diverse;
    expected.nationalities = {"DEU", "POL"};
    expected.naturalised_on = on("1994-02-03");
    expected.main_residence_since = expected.in_germany_since = on("1994-01-21");
    expected.street = "Agnetenstraße";
    expected.house_number = "46";
    expected.postcode = "39118";
    expected.city = "Magdeburg";
    expected.district = "Buckau";
    expected.dwelling = Dwelling::main;
    expected.register_block = expected.excluded = true;
    expected.application = Application{};
    expected.moved_or_died_on = on("1996-12-14");
    EXPECT_THAT(result.people, ElementsAre(expected));
    EXPECT_THAT(result.reading.problems, IsEmpty());
    EXPECT_TRUE(result.reading.status().ok());
}

TEST(Register, AByteOrderMarkAndQuotesMakeNoDifference) {
    Line quoted;
    quoted.with(Column::family_name, "\"Yılmaz\"").with(Column::street, "\"Agnetenstraße\"");
    const Register plain = loaded(one(Line()));
    EXPECT_EQ(loaded(bom + one(quoted)).people, plain.people);
    EXPECT_EQ(loaded(bom + "\"Personennummer\"" + one(quoted).substr(14)).people, plain.people);
}

TEST(Register, QuotedSemicolonsAndDoubledQuotesBelongToTheField) {
    Line line;
    line.with(Column::given_names, "\"Anna; genannt \"\"Änne\"\"\"");
    EXPECT_EQ(loaded(one(line)).people.at(0).given_names, "Anna; genannt \"Änne\"");
}

TEST(Register, ColumnsMayStandInAnyOrderAmongOthers) {
    std::string header = "Bemerkung;" + header_line();
    std::string line = "\"zwei\nZeilen\";" + Line().text();
    const Register result = loaded(header + line);
    EXPECT_EQ(result.people, loaded(one(Line())).people);
}

TEST(Register, LineFeedsAloneAndAMissingLastOneAreAccepted) {
    std::string text = header_line() + Line("1").text() + Line("2").text();
    std::erase(text, '\r');
    text.pop_back();
    EXPECT_EQ(loaded(text).people.size(), 2U);
}

TEST(Register, PiecesOfOneByteReadTheSame) {
    const std::string text = bom + header_line() + Line("1").text() + Line("2").text();
    std::size_t people = 0;
    RegisterReader reader([&](Person&&) { ++people; });
    for (const char c : text) reader.feed(as_bytes({&c, 1}));
    EXPECT_EQ(reader.finish()->people, 2U);
    EXPECT_EQ(people, 2U);
}

TEST(Register, Windows1252IsToldByTheHeader) {
    Line line;
    line.with(Column::family_name, "Müller€").with(Column::given_names, "Ute");
    const Register result = loaded(to_windows_1252(one(line)));
    EXPECT_EQ(result.reading.written_as.encoding, Encoding::windows_1252);
    EXPECT_EQ(result.people.at(0).family_name, "Müller€");
    EXPECT_EQ(loaded(one(line)).reading.written_as.encoding, Encoding::utf8);
}

TEST(Register, ABrokenCharacterInUtf8IsABadLineAndNoGuess) {
    Line line;
    line.with(Column::family_name, "M\xFCller");
    EXPECT_THAT(problems_of(one(line)),
                ElementsAre("line 2, Familienname: \"M\uFFFDller\": right is text in UTF-8"));
}

TEST(Register, EachBadColumnIsNamedWithItsValueAndWhatIsRight) {
    const auto problem = [](Column column, const std::string& value) {
        Line line;
        line.with(column, value);
        const auto problems = problems_of(one(line));
        return problems.size() == 1 ? problems[0] : std::to_string(problems.size()) + " problems";
    };
    EXPECT_EQ(problem(Column::number, "12 34"),
              "line 2, Personennummer: \"12 34\": right is 1 to 16 of 0-9, A-Z and hyphen");
    EXPECT_EQ(problem(Column::number, ""),
              "line 2, Personennummer: \"\": right is 1 to 16 of 0-9, A-Z and hyphen");
    EXPECT_EQ(problem(Column::born, "31.02.1970"), "line 2, Geburtsdatum: \"31.02.1970\": " + day_message);
    EXPECT_EQ(problem(Column::born, "00.00.1970"), "line 2, Geburtsdatum: \"00.00.1970\": " + day_message);
    EXPECT_EQ(problem(Column::born, "7.3.1937"), "line 2, Geburtsdatum: \"7.3.1937\": " + day_message);
    EXPECT_EQ(problem(Column::born, "01.01.0197"), "line 2, Geburtsdatum: \"01.01.0197\": " + day_message);
    EXPECT_EQ(problem(Column::born, ""), "line 2, Geburtsdatum: \"\": " + day_message);
    EXPECT_EQ(problem(Column::naturalised_on, "1999"), "line 2, Eingebürgert am: \"1999\": " + day_message);
    EXPECT_EQ(problem(Column::main_residence_since, ""), "line 2, Hauptwohnung seit: \"\": " + day_message);
    EXPECT_EQ(problem(Column::in_germany_since, "x"), "line 2, In Deutschland seit: \"x\": " + day_message);
    EXPECT_EQ(problem(Column::moved_or_died_on, "ja"),
              "line 2, Verzogen oder verstorben am: \"ja\": " + day_message);
    EXPECT_EQ(problem(Column::sex, "f"), "line 2, Geschlecht: \"f\": right is w, m, d, x or nothing");
    EXPECT_EQ(problem(Column::postcode, "3911"), "line 2, PLZ: \"3911\": right is five digits");
    EXPECT_EQ(problem(Column::city, ""), "line 2, Ort: \"\": right is some text");
    EXPECT_EQ(problem(Column::dwelling, "Z"),
              "line 2, Wohnungsstatus: \"Z\": right is E (only dwelling), H (main residence) or N (secondary "
              "dwelling)");
    EXPECT_EQ(problem(Column::excluded, "ja"), "line 2, Wahlausschluss: \"ja\": right is X or nothing");
    EXPECT_EQ(problem(Column::application, "x"),
              "line 2, Antrag: \"x\": right is X, the day on which it was received as dd.mm.yyyy or "
              "yyyy-mm-dd, or nothing");
    EXPECT_EQ(problem(Column::register_block, "1"), "line 2, Auskunftssperre: \"1\": right is X or nothing");
}

TEST(Register, UnknownAndRepeatedNationalitiesAreBad) {
    const auto problem = [](const std::string& value) {
        Line line;
        line.with(Column::nationalities, value);
        return loaded(one(line)).reading.problems.at(0).message;
    };
    for (const auto* value : {"GER", "", "TUR|", "TUR,DEU", "tur"})
        EXPECT_EQ(problem(value),
                  "right is codes of three letters by ISO 3166 (DEU, TUR; XXA for stateless), several with | "
                  "between them");
    EXPECT_EQ(problem("TUR|TUR"), "right is each nationality once");
}

TEST(Register, OverlongTextAndControlCharactersAreBad) {
    Line line;
    line.with(Column::street, std::string(201, 'a'))
        .with(Column::district,
              "Bu\x01"
              "ckau");
    const Register result = loaded(one(line));
    ASSERT_EQ(result.reading.problems.size(), 2U);
    EXPECT_EQ(result.reading.problems[0].value, std::string(100, 'a') + "…");
    EXPECT_EQ(result.reading.problems[1].message, "right is text without control characters");
}

TEST(Register, OneNameIsEnoughAndNoneIsBad) {
    Line line;
    line.with(Column::family_name, "");
    EXPECT_THAT(problems_of(one(line)), IsEmpty());
    line.with(Column::given_names, "");
    EXPECT_THAT(
        problems_of(one(line)),
        ElementsAre(
            "line 2, Familienname: \"\": right is a family name, or given names where there is none"));
}

TEST(Register, ASecondaryDwellingNeedsNoDateOfMainResidence) {
    Line line;
    line.with(Column::dwelling, "N")
        .with(Column::main_residence_since, "")
        .with(Column::in_germany_since, "");
    EXPECT_EQ(loaded(one(line)).people.at(0).main_residence_since, std::nullopt);
}

TEST(Register, AllBadLinesAreNamedInOnePassAndGoodOnesStillRead) {
    std::string text = header_line() + Line("1").text() + "nur;drei;Felder\r\n\r\n";
    text += Line("2").with(Column::born, "gestern").with(Column::postcode, "x").text() + Line("3").text();
    EXPECT_THAT(problems_of(text), ElementsAre("line 3: 3 fields; right is 19, as in the header",
                                               "line 5, Geburtsdatum: \"gestern\": " + day_message,
                                               "line 5, PLZ: \"x\": right is five digits"));
    EXPECT_EQ(loaded(text).people.size(), 2U);
}

TEST(Register, ANumberThatOccursTwiceIsNamedWithBothLines) {
    const std::string text =
        header_line() + Line("7").text() + Line("8").text() + Line("7").text() + Line("7").text();
    EXPECT_THAT(
        problems_of(text),
        ElementsAre("line 4, Personennummer: \"7\": right is each number once; it stands in line 2 already",
                    "line 5, Personennummer: \"7\": right is each number once; it stands in line 2 already"));
}

TEST(Register, ANumberOnABadLineIsTakenToo) {
    const std::string text = header_line() + Line("7").with(Column::postcode, "x").text() + Line("7").text();
    EXPECT_THAT(
        problems_of(text),
        ElementsAre("line 2, PLZ: \"x\": right is five digits",
                    "line 3, Personennummer: \"7\": right is each number once; it stands in line 2 already"));
}

TEST(Register, AStrayQuoteSpoilsOnlyItsOwnLine) {
    std::string text = header_line() + Line("1").with(Column::street, "Am \"Ring").text();
    for (int i = 2; i < 300; ++i) text += Line(std::to_string(i)).text();
    EXPECT_THAT(problems_of(text), ElementsAre("line 2: a quotation mark is opened and not closed"));
    EXPECT_EQ(loaded(text).people.size(), 298U);
}

TEST(Register, TwoStrayQuotesSpoilTwoLines) {
    std::string text = header_line();
    for (int i = 2; i < 8; ++i)
        text +=
            Line(std::to_string(i)).with(Column::street, i == 3 || i == 5 ? "\"Am Ring" : "Am Ring").text();
    const Register result = loaded(text);
    ASSERT_EQ(result.reading.problems.size(), 2U);
    EXPECT_EQ(result.reading.problems[0].line, 3U);
    EXPECT_EQ(result.reading.problems[1].line, 5U);
    EXPECT_EQ(result.people.size(), 4U);
}

TEST(Register, QuotesInsideAnUnquotedFieldAreBad) {
    EXPECT_THAT(
        problems_of(one(Line().with(Column::street, "Am \"Ring\" 1"))),
        ElementsAre("line 2: a quotation mark stands amid a field; right is the whole field in marks, and "
                    "those inside it doubled"));
}

TEST(Register, ACarriageReturnAmidALineIsBad) {
    EXPECT_THAT(problems_of(one(Line().with(Column::street, "Am\rRing"))),
                ElementsAre("line 2: a carriage return stands amid the line; right is one only at its end"));
}

TEST(Register, AnOverlongLineIsSkipped) {
    const std::string text =
        header_line() + Line("1").with(Column::street, std::string(20000, 'a')).text() + Line("2").text();
    EXPECT_THAT(problems_of(text),
                ElementsAre("line 2: the line is longer than 16 KiB; right is one line for each person"));
    EXPECT_EQ(loaded(text).people.size(), 1U);
}

TEST(Register, OfVeryManyProblemsTheFirstThousandAreListed) {
    std::string text = header_line();
    for (int i = 0; i < 1200; ++i) text += "x\r\n";
    const Reading reading = loaded(text).reading;
    EXPECT_EQ(reading.problems.size(), 1000U);
    EXPECT_EQ(reading.problem_count, 1200U);
    const Status status = reading.status();
    EXPECT_EQ(status.error().code, "register-invalid");
    EXPECT_TRUE(status.error().message.ends_with("and 200 further problems"));
}

TEST(Register, AllMissingColumnsAreListed) {
    const auto result =
        load_register(as_bytes("Personennummer;Familienname;Vornamen;Geburtsdatum;Geschlecht;"
                               "Staatsangehörigkeiten;Eingebürgert am;Hauptwohnung seit;"
                               "In Deutschland seit;Straße;Hausnummer;PLZ;Stadtteil;"
                               "Auskunftssperre;Wahlausschluss;Antrag\n"));
    EXPECT_EQ(result.error().code, "register-columns-missing");
    EXPECT_EQ(
        result.error().message,
        "columns are missing: \"Ort\", \"Wohnungsstatus\", \"Verzogen oder verstorben am\"; right is a first "
        "line that names them, or a mapping that says what they are called here");
}

TEST(Register, AHeaderThatCannotBeReadIsRefused) {
    EXPECT_EQ(refusal(""), "register-empty");
    EXPECT_EQ(refusal("\r\n\r\n"), "register-empty");
    EXPECT_EQ(refusal("Ort;" + header_line()), "register-column-twice");
    EXPECT_EQ(refusal("Personennummer\";" + header_line()), "register-header-invalid");
    EXPECT_EQ(refusal(std::string("\xFF\xFEP\0e\0r\0", 8)), "register-encoding");
    std::string bars = header_line();
    std::replace(bars.begin(), bars.end(), ';', '|');
    EXPECT_EQ(refusal(bars), "register-columns-missing");
}

std::string with_delimiter(std::string text, char delimiter) {
    std::replace(text.begin(), text.end(), ';', delimiter);
    return text;
}

TEST(Register, CommasAndTabsAreDetectedAndReported) {
    for (const auto& [delimiter, told] : {std::pair{',', "UTF-8, commas, CRLF"},
                                          {'\t', "UTF-8, tabs, CRLF"},
                                          {';', "UTF-8, semicolons, CRLF"}}) {
        Line plain;
        plain.with(Column::street, "\"Am , Tor\"");
        const Register result = loaded(with_delimiter(one(plain), delimiter));
        ASSERT_EQ(result.people.size(), 1U) << told;
        EXPECT_EQ(result.people[0].street, "Am , Tor");
        EXPECT_EQ(to_string(result.reading.written_as), told);
    }
    std::string text = bom + with_delimiter(one(Line()), '\t');
    std::erase(text, '\r');
    EXPECT_EQ(to_string(loaded(text).reading.written_as), "UTF-8 with byte order mark, tabs, LF");
}

TEST(Register, EmptyFieldsBetweenTabsStayEmpty) {
    Line line;
    line.with(Column::naturalised_on, "").with(Column::in_germany_since, "").with(Column::street, " Am Tor ");
    const Register result = loaded(with_delimiter(one(line), '\t'));
    ASSERT_EQ(result.people.size(), 1U);
    EXPECT_EQ(result.people[0].street, "Am Tor");
    EXPECT_FALSE(result.people[0].in_germany_since);
}

TEST(Register, WhatAFormatSaysGoesBeforeWhatIsDetected) {
    RegisterFormat format;
    format.delimiter = ',';
    EXPECT_EQ(load_register(as_bytes(one(Line())), format).error().code, "register-columns-missing");
    format = {};
    format.encoding = Encoding::windows_1252;
    const auto read = load_register(as_bytes(one(Line())), format);
    EXPECT_EQ(read.error().code, "register-columns-missing");  // "StraÃŸe"
    format.encoding = Encoding::utf8;
    EXPECT_EQ(load_register(as_bytes(to_windows_1252(one(Line()))), format).error().code,
              "register-columns-missing");
}

// An office that writes ASCII headers, says "weiblich", and whose first line has no umlaut.
TEST(Register, AMappingRenamesColumnsAndValues) {
    const auto format = RegisterFormat::parse(R"({"format": "stimme-register-format/1",
        "columns": {"Straße": "Strasse", "Personennummer": "PKZ", "Staatsangehörigkeiten": "StA",
                    "Eingebürgert am": "EinbDat"},
        "values": {"Geschlecht": {"weiblich": "w"}, "Auskunftssperre": {"ja": "X", "nein": ""}}})");
    ASSERT_TRUE(format.ok()) << format.error().message;
    std::string header = header_line();
    for (const auto& [ours, theirs] : {std::pair{"Straße", "Strasse"},
                                       {"Personennummer", "PKZ"},
                                       {"Staatsangehörigkeiten", "StA"},
                                       {"Eingebürgert am", "EinbDat"}})
        header.replace(header.find(ours), std::string_view(ours).size(), theirs);
    Line first("1"), second("2");
    for (Line* line : {&first, &second}) {
        line->with(Column::sex, "weiblich").with(Column::register_block, line == &first ? "ja" : "nein");
        line->with(Column::family_name, "Yilmaz").with(Column::given_names, "Ayse");
        line->with(Column::street, line == &first ? "Agnetenweg" : "Große Straße");
    }
    const auto result =
        load_register(as_bytes(header + to_windows_1252(first.text() + second.text())), *format);
    ASSERT_TRUE(result.ok()) << result.error().message;
    ASSERT_TRUE(result->reading.status().ok()) << result->reading.status().error().message;
    EXPECT_EQ(result->people.at(0).sex, Sex::female);
    EXPECT_TRUE(result->people.at(0).register_block);
    EXPECT_FALSE(result->people.at(1).register_block);
    EXPECT_EQ(result->people.at(1).street, "Große Straße");
    EXPECT_EQ(result->reading.written_as.encoding, Encoding::windows_1252);

    second.with(Column::sex, "divers").with(Column::number, "kurz?");
    const auto wrong = load_register(as_bytes(header + second.text()), *format);
    EXPECT_EQ(to_string(wrong->reading.problems.at(0)),
              "line 2, PKZ: \"kurz?\": right is 1 to 16 of 0-9, A-Z and hyphen");
    EXPECT_EQ(to_string(wrong->reading.problems.at(1)),
              "line 2, Geschlecht: \"divers\": right is w, m, d, x or nothing");
    EXPECT_EQ(
        load_register(as_bytes(header_line()), *format).error().message,
        "columns are missing: \"PKZ (Personennummer)\", \"StA (Staatsangehörigkeiten)\", \"EinbDat "
        "(Eingebürgert am)\", \"Strasse (Straße)\"; right is a first line that names them, or a mapping "
        "that says what they are called here; columns that were not asked for: \"Personennummer\", "
        "\"Staatsangehörigkeiten\", \"Eingebürgert am\", \"Straße\"");
}

TEST(Register, FormatsAreReadStrictlyAndWrittenAgain) {
    const char* const text =
        R"({"format":"stimme-register-format/1","delimiter":"\t","encoding":"Windows-1252",)"
        R"("columns":{"PLZ":"Postleitzahl"},"values":{"Antrag":{"1":"X"}}})";
    const auto format = RegisterFormat::parse(text);
    ASSERT_TRUE(format.ok()) << format.error().message;
    EXPECT_EQ(format->delimiter, '\t');
    EXPECT_EQ(*RegisterFormat::from_json(to_json(*format)), *format);
    const auto problem = [](const std::string& members) {
        const auto read = RegisterFormat::parse(R"({"format":"stimme-register-format/1",)" + members + "}");
        return read ? "accepted" : read.error().message;
    };
    EXPECT_THAT(problem(R"("delimiter":"|")"), testing::HasSubstr("/delimiter"));
    EXPECT_THAT(problem(R"("columns":{"Nr":"PKZ"})"), testing::HasSubstr("/columns/Nr: no column"));
    EXPECT_THAT(problem(R"("columns":{"PLZ":"a","Ort":"a"})"), testing::HasSubstr("another column"));
    EXPECT_THAT(problem(R"("values":{"Antrag":{"1":2}})"), testing::HasSubstr("/values/Antrag/1"));
    EXPECT_THAT(problem(R"("colums":{})"), testing::HasSubstr("/colums"));
}

TEST(Register, ALineBreakWithinAFieldIsReadAsABlank) {
    Line line;
    line.with(Column::street, "\"Am Tor\r\nHinterhaus\"").with(Column::family_name, "\"Yılmaz \nDemir\"");
    const Register result = loaded(one(line) + Line("2").text());
    ASSERT_EQ(result.people.size(), 2U);
    EXPECT_EQ(result.people[0].street, "Am Tor Hinterhaus");
    EXPECT_EQ(result.people[0].family_name, "Yılmaz Demir");
}

TEST(Register, GoodLinesBesideBadOnesAreRead) {
    Line bad("2");
    bad.with(Column::born, "31.02.1970");
    const Register result =
        loaded(header_line() + Line("1").text() + bad.text() + Line("1").text() + Line("3").text());
    ASSERT_EQ(result.people.size(), 2U);
    EXPECT_EQ(result.people[1].number, "3");
    EXPECT_EQ(result.reading.problem_count, 2U);
    EXPECT_TRUE(result.reading.numbers.contains("2"));
    EXPECT_FALSE(result.reading.numbers.contains("4"));
    EXPECT_EQ(result.reading.unnamed_lines, 0U);
}

TEST(Register, BadLinesThatTellNoNumberAreCounted) {
    Line unreadable("5");
    unreadable.with(Column::family_name, "M\xFCller");
    const Register result = loaded("\xEF\xBB\xBF" + header_line() + Line("1").text() + "2;\r\n" +
                                   Line("n 3").text() + unreadable.text() + "4;\"b\r\n");
    ASSERT_EQ(result.people.size(), 1U);
    EXPECT_EQ(result.reading.unnamed_lines, 3U) << "too few fields, no number, quotes never closed";
    EXPECT_TRUE(result.reading.numbers.contains("5")) << "its number can be read";
}

TEST(Register, RulesAboutResettlersNeedTheirColumn) {
    const auto rules = rules_of(R"({"min_age":18,"application":["resettler"]})");
    EXPECT_EQ(loaded(one(Line())).reading.suffices_for(rules).error().code, "register-columns-missing");
    const std::string marked = "Spätaussiedler;" + header_line() + "X;" + Line().text();
    const Register result = loaded(marked);
    EXPECT_TRUE(result.reading.suffices_for(rules).ok());
    EXPECT_TRUE(result.people.at(0).resettler);
}

TEST(Register, RulesAboutResidenceStatusNeedTheirColumn) {
    const auto rules = rules_of(R"({"min_age":18,"groups":["foreign"],"except_status":["Duldung"]})");
    EXPECT_EQ(loaded(one(Line())).reading.suffices_for(rules).error().code, "register-columns-missing");
    const Register result = loaded("Aufenthaltsstatus;" + header_line() + "Duldung;" + Line().text());
    EXPECT_TRUE(result.reading.suffices_for(rules).ok());
    EXPECT_EQ(result.people.at(0).residence_status, "Duldung");
}

TEST(Register, EveryColumnThatTheRulesAskForIsNamedWhereItIsMissing) {
    const auto rules =
        rules_of(R"({"min_age":18,"groups":["foreign","resettler"],"except_status":["Duldung"]})");
    EXPECT_EQ(loaded(one(Line())).reading.suffices_for(rules).error().message,
              "columns are missing: \"Spätaussiedler\", \"Aufenthaltsstatus\"; the rules of this election "
              "ask for them");
}

TEST(Register, AResidenceStatusHasAtMostFortyBytes) {
    const auto problems = [](const std::string& status) {
        return problems_of("Aufenthaltsstatus;" + header_line() + status + ";" + Line().text());
    };
    EXPECT_THAT(problems(std::string(40, 'a')), IsEmpty());
    EXPECT_THAT(problems(std::string(41, 'a')),
                ElementsAre("line 2, Aufenthaltsstatus: \"" + std::string(41, 'a') +
                            "\": right is at most 40 bytes of text"));
}

TEST(Register, AnApplicationIsAMarkOrTheDayOnWhichItWasReceived) {
    const auto application = [](const std::string& value) {
        return loaded(one(Line().with(Column::application, value))).people.at(0).application;
    };
    EXPECT_EQ(application(""), std::nullopt);
    EXPECT_EQ(application("X"), Application{});
    EXPECT_EQ(application("02.12.1996"), Application{on("1996-12-02")});
    EXPECT_EQ(application("1996-12-02"), Application{on("1996-12-02")});
}

TEST(Register, AFileIsReadInPieces) {
    std::size_t people = 0;
    const auto reading =
        read_register_file(test::tests_path("data/magdeburg-1996/register.csv"), [&](Person&&) { ++people; });
    EXPECT_EQ(reading->people, 6600U);
    EXPECT_EQ(people, 6600U);
    EXPECT_EQ(read_register_file(test::tests_path("data/none.csv"), [](Person&&) {}).error().code,
              "file-missing");
    EXPECT_EQ(read_register_file(test::tests_path("data"), [](Person&&) {}).error().code, "file-unreadable");
}

}  // namespace
}  // namespace stimme::roll
