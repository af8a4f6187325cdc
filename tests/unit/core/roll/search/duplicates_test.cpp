// Probable duplicates: core/roll/search/duplicates.h.
#include "core/roll/search/duplicates.h"

#include <random>

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace stimme::roll {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

Duplicates among(const std::vector<NamedPerson>& people) {
    Duplicates::Builder builder;
    for (const NamedPerson& person : people) builder.add(person);
    return std::move(builder).build();
}

// "1 2 typing-error-in-name".
std::vector<std::string> pairs(const std::vector<NamedPerson>& people) {
    std::vector<std::string> result;
    for (const DuplicatePair& pair : among(people).pairs(1'000'000)) {
        result.push_back(fmt::format("{} {} {}", pair.first, pair.second, code_of(pair.likeness)));
    }
    return result;
}

struct Names {
    std::string_view family_name, given_names;
};

// What two people of that birth date are, by their names; "" is nothing. The search for one must say the
// same.
std::string likeness(const Names& a, const Names& b, std::string_view born_a = "1981-05-13",
                     std::string_view born_b = "1981-05-13") {
    const NamedPerson first{"1", a.family_name, a.given_names, born_a};
    const NamedPerson second{"2", b.family_name, b.given_names, born_b};
    const auto found = among({second, first}).pairs(1'000'000);
    std::vector<Lookalike> expected;
    if (!found.empty()) expected.push_back({"2", found[0].likeness});
    EXPECT_EQ(among({second}).like(first), expected);
    if (found.empty()) return "";
    EXPECT_THAT(found, ElementsAre(DuplicatePair{"1", "2", found[0].likeness}));
    return std::string(code_of(found[0].likeness));
}

TEST(Duplicates, NamesAreEqualInAnySpelling) {
    for (const auto& [a, b] :
         std::vector<std::pair<Names, Names>>{{{"Müller", "Jörg"}, {"Mueller", "Joerg"}},
                                              {{"Müller", "Jörg"}, {"MULLER", "Jorg"}},
                                              {{"Şahin", "Ayşe"}, {"Sahin", "Ayse"}},
                                              {{"Đukić", "Ana"}, {"Djukic", "Ana"}},
                                              {{"Al-Hassan", "Omar"}, {"Alhassan", "Omar"}},
                                              {{"Al Hassan", "Omar"}, {"Al-Hassan", "Omar"}},
                                              {{"Петрова", "Олена"}, {"Petrova", "Olena"}},
                                              {{"Suharto", ""}, {"Suharto", ""}}}) {
        EXPECT_EQ(likeness(a, b), "same-name-and-birth-date") << a.family_name << " " << b.family_name;
    }
}

TEST(Duplicates, NamesMayStandInAnotherOrder) {
    EXPECT_EQ(likeness({"Nguyễn", "Văn Minh"}, {"Văn Minh", "Nguyễn"}), "names-swapped");
    EXPECT_EQ(likeness({"Nguyễn", "Văn Minh"}, {"Nguyễn", "Minh Văn"}), "names-swapped");
    EXPECT_EQ(likeness({"Alhassan", "Omar"}, {"Omar", "Al-Hassan"}), "names-swapped");
    EXPECT_EQ(likeness({"Nguyễn Văn", "Minh"}, {"Nguyễn", "Văn Minh"}), "names-swapped");
}

TEST(Duplicates, OnePartOfThreeMayBeMissing) {
    EXPECT_EQ(likeness({"Al Hassan", "Omar"}, {"Hassan", "Omar"}), "name-part-missing");
    EXPECT_EQ(likeness({"Rossi", "Anna"}, {"Rossi", "Anna Maria"}), "name-part-missing");
    EXPECT_EQ(likeness({"García López", "José"}, {"García", "José"}), "name-part-missing");
    EXPECT_EQ(likeness({"Rossi", "Anna"}, {"Rossi", ""}), "");
    EXPECT_EQ(likeness({"Rossi", "Anna Maria Luisa"}, {"Rossi", "Anna"}), "");
}

TEST(Duplicates, OneTypingErrorIsSeenInAPartOfFourLetters) {
    for (const std::string_view wrong : {"Kowalcyk", "Kowalzcyk", "Kowalczzyk", "Kowalszyk", "Owalczyk"}) {
        EXPECT_EQ(likeness({"Kowalczyk", "Anna"}, {wrong, "Anna"}), "typing-error-in-name") << wrong;
    }
    EXPECT_EQ(likeness({"Kaya", "Anna Maria"}, {"Kaya", "Anna Mario"}), "typing-error-in-name");
    EXPECT_EQ(likeness({"Lee", "Anna"}, {"Lim", "Anna"}), "");
    EXPECT_EQ(likeness({"Lim", "Anna"}, {"Lin", "Anna"}), "");
    EXPECT_EQ(likeness({"Kowalczyk", "Anna"}, {"Kowlcyk", "Anna"}), "");
    EXPECT_EQ(likeness({"Kowalczyk", "Anna"}, {"Kowalcyk", "Ana"}), "");
    EXPECT_EQ(likeness({"Suharto", ""}, {"Sukarto", ""}), "");
}

TEST(Duplicates, TwinsAreNotAlike) {
    EXPECT_EQ(likeness({"Yılmaz", "Ayşe"}, {"Yılmaz", "Fatma"}), "");
    EXPECT_EQ(likeness({"Yılmaz", "Ayşe Nur"}, {"Yılmaz", "Ayşe Gül"}), "");
    EXPECT_EQ(likeness({"Yılmaz", "Ali"}, {"Demir", "Ali"}), "");
}

TEST(Duplicates, BirthDatesMayHaveDayAndMonthSwappedOrOneDigitDifferent) {
    const Names name{"Yılmaz", "Ayşe"}, same{"Yilmaz", "Ayse"}, swapped{"Ayşe", "Yılmaz"};
    EXPECT_EQ(likeness(name, same, "1981-05-12", "1981-12-05"), "birth-date-differs");
    EXPECT_EQ(likeness(name, same, "1981-05-13", "1981-05-18"), "birth-date-differs");
    EXPECT_EQ(likeness(name, same, "1981-05-13", "1971-05-13"), "birth-date-differs");
    EXPECT_EQ(likeness(name, swapped, "1981-05-13", "1981-06-13"), "birth-date-differs");
    EXPECT_EQ(likeness({"Al-Hassan", "Omar"}, {"Alhassan", "Omar"}, "1981-05-13", "1981-05-23"),
              "birth-date-differs");
    EXPECT_EQ(likeness(name, same, "1981-05-13", "1981-05-24"), "");
    EXPECT_EQ(likeness(name, same, "1981-05-13", "1982-06-13"), "");
    EXPECT_EQ(likeness(name, {"Yılmaz", "Ayse Nur"}, "1981-05-13", "1981-05-14"), "");
    EXPECT_EQ(likeness({"Yılmaz", "Ayten"}, {"Yılmaz", "Aytan"}, "1981-05-13", "1981-05-14"), "");
}

TEST(Duplicates, WithoutABirthDateOrANameNobodyIsAlike) {
    EXPECT_EQ(likeness({"Yılmaz", "Ayşe"}, {"Yılmaz", "Ayşe"}, "", ""), "");
    EXPECT_EQ(likeness({"Yılmaz", "Ayşe"}, {"Yılmaz", "Ayşe"}, "1981-02-30", "1981-02-30"), "");
    EXPECT_EQ(likeness({"", ""}, {"-", "'"}), "");
}

TEST(Duplicates, SexAndNationalityDecideDoubtfulCases) {
    const std::vector<std::string> turkish{"TUR"}, both{"DEU", "TUR"}, polish{"POL"};
    NamedPerson a{"1", "Kaya", "Mario", "1981-05-13", Sex::male, turkish};
    NamedPerson b{"2", "Kaya", "Maria", "1981-05-13", Sex::female, turkish};
    EXPECT_THAT(pairs({a, b}), IsEmpty());
    b.sex = Sex::unstated;
    EXPECT_THAT(pairs({a, b}), ElementsAre("1 2 typing-error-in-name"));
    b.nationalities = polish;
    EXPECT_THAT(pairs({a, b}), IsEmpty());
    b.nationalities = both;
    EXPECT_THAT(pairs({a, b}), ElementsAre("1 2 typing-error-in-name"));
    b = {"2", "Kaya", "Mario", "1981-05-18", Sex::male, polish};
    EXPECT_THAT(pairs({a, b}), IsEmpty());
    b = {"2", "Kaya", "Mario", "1981-05-13", Sex::female, polish};
    EXPECT_THAT(pairs({a, b}), ElementsAre("1 2 same-name-and-birth-date"));
}

TEST(Duplicates, EachPairIsToldOnceByItsNumbers) {
    EXPECT_THAT(pairs({{"3", "Al-Hassan", "Omar Ali", "1981-05-13"},
                       {"1", "Al Hassan", "Omar Ali", "1981-05-13"},
                       {"2", "Hassan", "Omar Ali", "1981-05-13"},
                       {"4", "Al-Hassan", "Omar Ali", "1981-05-18"},
                       {"5", "Haddad", "Omar Ali", "1981-05-13"}}),
                ElementsAre("1 2 name-part-missing", "1 3 same-name-and-birth-date", "1 4 birth-date-differs",
                            "2 3 name-part-missing", "3 4 birth-date-differs"));
}

TEST(Duplicates, NoMorePairsAreToldThanAskedFor) {
    const Duplicates people = among({{"1", "Kaya", "Ali", "1981-05-13"},
                                     {"2", "Kaya", "Ali", "1981-05-13"},
                                     {"3", "Kaya", "Ali", "1981-05-13"}});
    EXPECT_THAT(people.pairs(2), SizeIs(2));
    EXPECT_THAT(people.pairs(0), IsEmpty());
    EXPECT_THAT(people.pairs(1'000'000), SizeIs(3));
}

TEST(Duplicates, OtherBirthDatesOfFrequentNamesAreToldOnlyToWhoAsksForOnePerson) {
    std::vector<std::string> numbers, dates;
    for (std::size_t i = 0; i <= Duplicates::max_namesakes; ++i) {
        numbers.push_back(std::to_string(100 + i));
        dates.push_back(fmt::format("{}-05-13", 1900 + i));
    }
    std::vector<NamedPerson> people;
    for (std::size_t i = 0; i < numbers.size(); ++i) people.push_back({numbers[i], "Kaya", "Ali", dates[i]});
    const Duplicates frequent = among(people);
    EXPECT_THAT(frequent.pairs(1'000'000), IsEmpty());
    EXPECT_THAT(frequent.like({"1", "Kaya", "Ali", "1900-05-12"}),
                ElementsAre(Lookalike{"100", Likeness::birth_date_differs}));
    people.pop_back();
    EXPECT_FALSE(among(people).pairs(1'000'000).empty());
}

TEST(Duplicates, WhoIsEnteredByHandIsRecognisedByLikenessThenNumber) {
    const Duplicates known = among({{"7", "Müller", "Anna", "1981-05-13"},
                                    {"6", "Mueller", "Anna", "1981-05-13"},
                                    {"5", "Müller", "Anna Maria", "1981-05-13"},
                                    {"4", "Mülller", "Anna", "1981-05-13"},
                                    {"3", "Müller", "Anna", "1981-05-18"},
                                    {"2", "Müller", "Berta", "1981-05-13"}});
    EXPECT_THAT(known.like({"7", "Müller", "Anna", "1981-05-13"}),
                ElementsAre(Lookalike{"6", Likeness::same_name_and_birth_date},
                            Lookalike{"5", Likeness::name_part_missing},
                            Lookalike{"4", Likeness::typing_error_in_name},
                            Lookalike{"3", Likeness::birth_date_differs}));
    EXPECT_THAT(known.like({"1", "Schmidt", "Anna", "1981-05-13"}), IsEmpty());
    EXPECT_THAT(among({}).like({"1", "Schmidt", "Anna", "1981-05-13"}), IsEmpty());
}

// The groups in which people are compared lose no pair: everyone compared with everyone finds the same.
TEST(Duplicates, GroupsLoseNoPair) {
    std::mt19937 random(5);
    const std::vector<std::string> names = {"Kaya",      "Kaja",     "Anna",   "Ana",
                                            "Al Hassan", "Alhassan", "Hassan", "Nguyen Anna"};
    struct Made {
        std::string number, family_name, given_names, born;
    };
    std::vector<Made> made;
    for (int i = 0; i < 200; ++i) {
        made.push_back(
            {std::to_string(1000 + i), names[random() % names.size()],
             names[random() % names.size()] + (random() % 3 == 0 ? " Omar" : fmt::format(" {}", i)),
             fmt::format("19{}1-0{}-13", 1 + random() % 8, 1 + random() % 3)});
    }
    std::vector<NamedPerson> people;
    for (const Made& m : made) people.push_back({m.number, m.family_name, m.given_names, m.born});
    std::vector<DuplicatePair> expected;
    for (std::size_t i = 0; i < people.size(); ++i) {
        for (std::size_t j = i + 1; j < people.size(); ++j) {
            const auto likes = among({people[i]}).like(people[j]);
            if (!likes.empty()) expected.push_back({made[i].number, made[j].number, likes[0].likeness});
        }
    }
    EXPECT_EQ(among(people).pairs(1'000'000), expected);
    EXPECT_GT(expected.size(), 20U);
}

}  // namespace
}  // namespace stimme::roll
