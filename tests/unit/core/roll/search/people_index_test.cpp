// Finding people by whatever is typed: core/roll/search/people_index.h.
#include "core/roll/search/people_index.h"

#include <algorithm>
#include <array>
#include <random>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gmock/gmock.h>

#include "core/roll/search/collation.h"
#include "core/roll/search/fold.h"

namespace stimme::roll {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

Entry person(std::string_view number, std::string_view family_name, std::string_view given_names) {
    return {.number = number,
            .family_name = family_name,
            .given_names = given_names,
            .birth_date = "1941-07-13",
            .street = "Große Diesdorfer Straße",
            .house_number = "114a",
            .postcode = "39104",
            .city = "Magdeburg",
            .station = "s1"};
}

PeopleIndex index_of(const std::vector<Entry>& people) {
    PeopleIndex::Builder builder;
    for (const Entry& entry : people) builder.add(entry);
    return std::move(builder).build();
}

// Numbers of who is found, those with a typing error in brackets.
std::vector<std::string> found(const PeopleIndex& index, std::string_view query,
                               const SearchScope& scope = {}, std::size_t limit = 1'000'000) {
    std::vector<std::string> result;
    for (const SearchHit& hit : index.search(query, scope, limit)) {
        result.push_back(hit.with_typing_error ? "(" + hit.number + ")" : hit.number);
    }
    return result;
}

std::vector<std::string> found(const Entry& entry, std::string_view query) {
    return found(index_of({entry}), query);
}

TEST(PeopleIndex, EveryFieldIsFoundByItsParts) {
    const Entry someone = person("A10000042", "Kowalczyk", "Thu Hương");
    for (const std::string_view query :
         {"kowal",    "walczyk", "owalc", "thu", "huong",      "thuhuong", "Thu Hương",
          "10000042", "0004",    "a1000", "A1",  "diesdorfer", "Große",    "Str.",
          "114a",     "114",     "39104", "391", "magdeburg",  "k",        "1"}) {
        EXPECT_THAT(found(someone, query), ElementsAre("A10000042")) << query;
    }
}

TEST(PeopleIndex, TheBirthDateIsFoundInEachWayOfWriting) {
    const Entry someone = person("5", "Kaya", "Ali");
    for (const std::string_view query : {"13.07.1941", "13.7.1941", "1941-07-13", "1941", "07.1941", "7.1941",
                                         "1941-07", "13.07.", "13.7", "13.07.19", "13.7.194"}) {
        EXPECT_THAT(found(someone, query), ElementsAre("5")) << query;
    }
    for (const std::string_view query :
         {"14.07.1941", "13.08.1941", "13.07.1942", "1942", "08.1941", "1941-08", "12.7", "13.07.18",
          "1940-07-13", "0.7.1941", "13.13.1941"}) {
        EXPECT_THAT(found(someone, query), IsEmpty()) << query;
    }
}

TEST(PeopleIndex, WithoutADayOfTheCalendarNoDateIsFound) {
    Entry someone = person("5", "Kaya", "Ali");
    someone.birth_date = "1941-02-30";
    EXPECT_THAT(found(someone, "1941"), IsEmpty());
    EXPECT_THAT(found(someone, "30.02.1941"), IsEmpty());
    EXPECT_THAT(found(someone, "kaya"), ElementsAre("5"));
}

TEST(PeopleIndex, WordsMayStandInAnyOrderAndEachMustBeFound) {
    const Entry someone = person("5", "Al-Hassan", "Omar");
    for (const std::string_view query :
         {"Omar Al-Hassan", "al-hassan omar", "Al-Hassan, Omar", "hassan 1941 om",
          "magdeburg omar 13.07.1941", "114a diesdorfer hassan 5", " omar  ", "al hassan", "alhassan"}) {
        EXPECT_THAT(found(someone, query), ElementsAre("5")) << query;
    }
    EXPECT_THAT(found(someone, "omar zimmermann"), IsEmpty());
    EXPECT_THAT(found(someone, "omar 1942"), IsEmpty());
}

TEST(PeopleIndex, SpellingsMeet) {
    const PeopleIndex index = index_of({person("1", "Müller", "Jörg"), person("2", "Mueller", "Joerg"),
                                        person("3", "Muller", "Jorg"), person("4", "Đukić", "Þór"),
                                        person("5", "Петрова", "Олена"), person("6", "O'Brien", "Samuel")});
    for (const std::string_view query :
         {"Müller", "mueller", "MULLER", "Jörg", "joerg", "Mu\u0308ller Jorg"}) {
        EXPECT_THAT(found(index, query, {}, 3), testing::UnorderedElementsAre("1", "2", "3")) << query;
    }
    EXPECT_THAT(found(index, "djukic"), ElementsAre("4"));
    EXPECT_THAT(found(index, "Thor Dukic"), ElementsAre("4"));
    EXPECT_THAT(found(index, "petrova olena"), ElementsAre("5"));
    EXPECT_THAT(found(index, "obrien el"), ElementsAre("6"));
}

TEST(PeopleIndex, EachKindOfTypingErrorIsForgiven) {
    const Entry someone = person("5", "Kowalczyk", "Omar");
    for (const std::string_view query : {"kowalczzyk", "kowlczyk", "kowalszyk", "kowaclzyk", "xkowalczyk",
                                         "okwalczyk", "walcxyk", "omra", "omaar", "omer"}) {
        EXPECT_THAT(found(someone, query), ElementsAre("(5)")) << query;
    }
    EXPECT_THAT(found(someone, "kowlczyk omra"), ElementsAre("(5)"));
}

TEST(PeopleIndex, TwoErrorsInOneWordAreTooMany) {
    const Entry someone = person("5", "Kowalczyk", "Omar");
    for (const std::string_view query : {"kowlcyk", "kxwalxzyk", "kolwaczyk", "omxxr", "kwoalzcyk"}) {
        EXPECT_THAT(found(someone, query), IsEmpty()) << query;
    }
}

TEST(PeopleIndex, ShortWordsAndDigitsAreTakenAsTheyAre) {
    const Entry someone = person("10000042", "Kim", "Omar");
    EXPECT_THAT(found(someone, "kin"), IsEmpty());
    EXPECT_THAT(found(someone, "10000043"), IsEmpty());
    EXPECT_THAT(found(someone, "39105"), IsEmpty());
    EXPECT_THAT(found(someone, "114b"), IsEmpty());
}

TEST(PeopleIndex, ExactHitsComeFirstAndBothKindsInGermanOrder) {
    const PeopleIndex index =
        index_of({person("1", "Mayer", "Zoe"), person("2", "Mayer", "Änne"), person("3", "Maier", "Bernd"),
                  person("4", "Meyer", "Anna"), person("5", "Mayer", "Anna"), person("0", "Mayer", "Anna")});
    EXPECT_THAT(found(index, "mayer"), ElementsAre("2", "0", "5", "1", "(3)", "(4)"));
    EXPECT_THAT(found(index, "mayer", {}, 5), ElementsAre("2", "0", "5", "1", "(3)"));
    EXPECT_THAT(found(index, "mayer", {}, 2), ElementsAre("2", "0"));
    EXPECT_THAT(found(index, "mayxer", {}, 2), ElementsAre("(2)", "(0)"));
    EXPECT_THAT(found(index, "mayer", {}, 0), IsEmpty());
}

TEST(PeopleIndex, PartsOfNumbersAreFoundHoweverFrequentTheyAre) {
    std::vector<std::string> numbers;
    for (int i = 0; i < 5000; ++i) numbers.push_back(std::to_string(70'000 + i));
    std::vector<Entry> people;
    for (const std::string& number : numbers) people.push_back(person(number, "Kaya", "Ali"));
    const PeopleIndex index = index_of(people);
    EXPECT_THAT(found(index, "70"), SizeIs(1080));
    EXPECT_THAT(found(index, "7 4999"), ElementsAre("74999"));
    EXPECT_THAT(found(index, "7 kaya", {}, 2), ElementsAre("70000", "70001"));
    EXPECT_THAT(found(index, "7 kaja", {}, 2), ElementsAre("(70000)", "(70001)"));
    EXPECT_THAT(found(index, "7 zimmermann"), IsEmpty());
}

class PeopleOfStations : public testing::Test {
  protected:
    static Entry at(std::string_view number, std::string_view station, bool register_block) {
        Entry entry = person(number, "Kaya", number);
        entry.station = station;
        entry.register_block = register_block;
        return entry;
    }

    PeopleIndex index_ =
        index_of({at("1", "s1", false), at("2", "s1", true), at("3", "s2", false), at("4", "s2", true)});
};

TEST_F(PeopleOfStations, WithoutAStationEveryoneIsFound) {
    EXPECT_THAT(found(index_, "kaya"), ElementsAre("1", "2", "3", "4"));
}

TEST_F(PeopleOfStations, AStationFindsItsOwn) {
    EXPECT_THAT(found(index_, "kaya", {.station = "s1"}), ElementsAre("1", "2"));
    EXPECT_THAT(found(index_, "kaya", {.station = "s3"}), IsEmpty());
}

TEST_F(PeopleOfStations, OfOtherStationsNobodyWithARegisterBlockIsFound) {
    EXPECT_THAT(found(index_, "kaya", {.station = "s1", .other_stations = true}), ElementsAre("1", "2", "3"));
    EXPECT_THAT(found(index_, "kaya", {.station = "s3", .other_stations = true}), ElementsAre("1", "3"));
}

TEST_F(PeopleOfStations, WhoIsNotKeptDoesNotCountForTheLimit) {
    const SearchScope scope{.keep = [](std::string_view number) { return number > "2"; }};
    EXPECT_THAT(found(index_, "kaya", scope, 2), ElementsAre("3", "4"));
}

TEST_F(PeopleOfStations, BehindARegisterBlockThereIsNoAddress) {
    for (const std::string_view query : {"diesdorfer", "114a", "39104", "magdeburg", "magdebrug"}) {
        EXPECT_THAT(found(index_, query, {.station = "s1"}), SizeIs(1)) << query;
        EXPECT_THAT(found(index_, query), SizeIs(2)) << query;
    }
    EXPECT_THAT(found(index_, "kaya 13.07.1941 2"), ElementsAre("2"));
}

TEST(PeopleIndex, AQueryWithoutLettersAndDigitsFindsNobody) {
    const Entry someone = person("5", "Kaya", "Ali");
    for (const std::string_view query : {"", "   ", ",;", "-", "- ' .", "\xFF\xFE", "..", "\u00a0"}) {
        EXPECT_THAT(found(someone, query), IsEmpty()) << query;
    }
    EXPECT_THAT(found(index_of({}), "kaya"), IsEmpty());
}

TEST(PeopleIndex, OnlyTheBeginningOfALongQueryCounts) {
    const Entry someone = person("5", std::string_view("Kaya"), "Ali");
    std::string words;
    for (std::size_t i = 0; i < Vocabulary::max_words; ++i) words += "kaya ";
    EXPECT_THAT(found(someone, words + "zimmermann"), ElementsAre("5"));
    EXPECT_THAT(found(someone, std::string(10'000, ' ') + "zimmermann"), IsEmpty());
    EXPECT_THAT(found(someone, "kaya" + std::string(10'000, ' ') + "zimmermann"), ElementsAre("5"));
    EXPECT_THAT(found(someone, std::string(10'000, 'a')), IsEmpty());
    EXPECT_THAT(found(person("5", std::string(100, 'a'), ""), std::string(10'000, 'a')), ElementsAre("5"));
}

TEST(PeopleIndex, AnyBytesAreTaken) {
    std::mt19937 random(7);
    const auto bytes = [&](std::size_t most) {
        std::string result(random() % (most + 1), '\0');
        for (char& c : result) c = static_cast<char>(random());
        return result;
    };
    PeopleIndex::Builder builder;
    for (int i = 0; i < 300; ++i) {
        std::array<std::string, 8> f;
        for (std::string& field : f) field = bytes(12);
        builder.add({f[0], f[1], f[2], f[3], f[4], f[5], f[6], f[7], f[0], i % 7 == 0});
    }
    const PeopleIndex index = std::move(builder).build();
    for (int i = 0; i < 2000; ++i) EXPECT_LE(index.search(bytes(40), {}, 9).size(), 9U);
}

// The same search, said as plainly as possible.
class Reference {
  public:
    explicit Reference(std::vector<Entry> people) {
        std::sort(people.begin(), people.end(),
                  [](const Entry& a, const Entry& b) { return key(a) < key(b); });
        for (const Entry& entry : people) people_.push_back({entry, forms(entry)});
    }

    std::vector<std::string> found(const std::vector<std::string>& words, std::size_t limit) const {
        std::vector<std::string> exact, nearly;
        for (const Known& known : people_) {
            int errors = 0;
            for (const std::string& word : words) errors = std::max(errors, errors_in(word, known));
            if (errors == 0) exact.emplace_back(known.entry.number);
            if (errors == 1) nearly.push_back(fmt::format("({})", known.entry.number));
        }
        exact.insert(exact.end(), nearly.begin(), nearly.end());
        exact.resize(std::min(limit, exact.size()));
        return exact;
    }

  private:
    struct Known {
        Entry entry;
        std::vector<std::string> forms;  // of all fields
    };

    static std::string key(const Entry& e) { return german_key(e.family_name, e.given_names, e.number); }

    static std::vector<std::string> forms(const Entry& e) {
        std::vector<std::string_view> fields{e.family_name, e.given_names};
        if (!e.register_block) fields.insert(fields.end(), {e.street, e.house_number, e.postcode, e.city});
        std::vector<std::string> result;
        for (const std::string_view field : fields) {
            for (std::string& form : forms_of(field)) result.push_back(std::move(form));
        }
        return result;
    }

    // 0, 1, or 2 for more.
    static int errors_in(const std::string& word, const Known& known) {
        const auto d = known.entry.birth_date, number = known.entry.number;
        const std::string german = fmt::format("{}.{}.{}", d.substr(8), d.substr(5, 2), d.substr(0, 4));
        if (word == german || word == d.substr(0, 4) || number.find(word) != number.npos) return 0;
        int best = 2;
        for (const std::string& part : forms_of(word)) {
            for (const std::string& whole : known.forms) best = std::min(best, errors(part, whole));
        }
        return best;
    }

    static int errors(const std::string& word, const std::string& text) {
        if (text.find(word) != text.npos) return 0;
        const auto is_letter = [](char c) { return c >= 'a'; };
        if (word.size() < 4 || !std::all_of(word.begin(), word.end(), is_letter)) return 2;
        return std::min(2, distance(word, text));
    }

    // The least number of errors (each pair of letters swapped once at most) between the word and some part
    // of the text, by the table of Sellers.
    static int distance(const std::string& word, const std::string& text) {
        std::vector<std::vector<int>> table(word.size() + 1, std::vector<int>(text.size() + 1, 0));
        for (std::size_t i = 1; i <= word.size(); ++i) {
            table[i][0] = static_cast<int>(i);
            for (std::size_t j = 1; j <= text.size(); ++j) {
                const int wrong = table[i - 1][j - 1] + (word[i - 1] == text[j - 1] ? 0 : 1);
                table[i][j] = std::min({wrong, table[i - 1][j] + 1, table[i][j - 1] + 1});
                if (i > 1 && j > 1 && word[i - 1] == text[j - 2] && word[i - 2] == text[j - 1]) {
                    table[i][j] = std::min(table[i][j], table[i - 2][j - 2] + 1);
                }
            }
        }
        return *std::min_element(table.back().begin(), table.back().end());
    }

    std::vector<Known> people_;
};

class RandomPeople : public testing::Test {
  protected:
    RandomPeople() {
        for (int i = 0; i < 1500; ++i) {
            texts_.push_back(
                {std::to_string(1'000'000 + random_() % 9'000'000) + std::to_string(i % 10), name(),
                 random_() % 3 == 0 ? name() + " " + name() : name(),
                 fmt::format("{}-{:02}-{:02}", 1950 + random_() % 50, 1 + random_() % 12, 1 + random_() % 28),
                 name() + "straße", std::to_string(1 + random_() % 99),
                 std::to_string(39'104 + random_() % 9), "Magdeburg"});
        }
        for (const auto& t : texts_)
            people_.push_back({t[0], t[1], t[2], t[3], t[4], t[5], t[6], t[7], "s1", random_() % 9 == 0});
    }

    std::string name() {
        static const std::vector<std::string> syllables = {"mü",  "le", "sa", "muel", "ha", "đu",
                                                           "kić", "an", "na", "ro",   "ße", "er",
                                                           "ło",  "d'", "oe", "j",    "ş",  "t"};
        std::string result;
        for (std::size_t i = 0; i < 2 + random_() % 3; ++i) result += syllables[random_() % syllables.size()];
        return result;
    }

    // A part of some field of someone, often with an error; never a blank in it.
    std::string word() {
        const auto& texts = texts_[random_() % texts_.size()];
        if (random_() % 6 == 0) return texts[3].substr(0, 4);
        if (random_() % 6 == 0) {
            return fmt::format("{}.{}.{}", texts[3].substr(8), texts[3].substr(5, 2), texts[3].substr(0, 4));
        }
        static const std::array<std::size_t, 8> fields = {0, 1, 1, 1, 2, 2, 4, 6};
        std::string word = fold(texts[fields[random_() % fields.size()]]);
        word = word.substr(random_() % 3, 2 + random_() % 8);
        for (std::size_t errors = random_() % 3; errors > 0 && word.size() > 1; --errors) spoil(word);
        return word.empty() ? "a" : word;
    }

    void spoil(std::string& word) {
        const std::size_t at = random_() % (word.size() - 1);
        const char letter = "aelmnorsu"[random_() % 9];
        switch (random_() % 4) {
            case 0:
                word.erase(at, 1);
                break;
            case 1:
                word.insert(at, 1, letter);
                break;
            case 2:
                word[at] = letter;
                break;
            default:
                std::swap(word[at], word[at + 1]);
        }
    }

    std::mt19937_64 random_{11};
    std::vector<std::array<std::string, 8>> texts_;
    std::vector<Entry> people_;
};

TEST_F(RandomPeople, AreFoundAsThePlainSearchFindsThem) {
    const PeopleIndex index = index_of(people_);
    const Reference reference(people_);
    std::size_t hits = 0;
    for (int i = 0; i < 200; ++i) {
        std::vector<std::string> words;
        for (std::size_t n = 1 + random_() % 3; n > 0; --n) words.push_back(word());
        const std::size_t limit = i % 2 == 0 ? 20 : 1'000'000;
        const auto expected = reference.found(words, limit);
        const std::string query = fmt::format("{}", fmt::join(words, " "));
        EXPECT_EQ(found(index, query, {}, limit), expected) << query;
        hits += expected.size();
    }
    EXPECT_GT(hits, 1000U);
}

}  // namespace
}  // namespace stimme::roll
