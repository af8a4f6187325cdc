// Counts over the roll and their form for publication: core/roll/statistics/statistics.h,
// core/roll/statistics/suppression.h.
#include "core/roll/statistics/statistics.h"

#include <random>

#include <gmock/gmock.h>

#include "core/roll/statistics/suppression.h"
#include "tests/unit/core/roll/people.h"

namespace stimme::roll {
namespace {

using testing::ElementsAre;

std::vector<std::string> for_reasons(const std::vector<Reason>& reasons) {
    std::vector<std::string> codes;
    for (const Reason reason : reasons) codes.emplace_back(code_of(reason));
    return codes;
}

// The rows of a topic in which somebody is, as "name all/eligible/not".
std::vector<std::string> rows_of(const Statistics& statistics, Topic topic) {
    std::vector<std::string> result;
    for (const auto& row : to_rows(statistics)) {
        if (row[0] == to_string(topic) && row[2] != "0")
            result.push_back(fmt::format("{} {}/{}/{}", row[1], row[2], row[3], row[4]));
    }
    return result;
}

TEST(Statistics, EveryoneIsInOneRowOfEachTable) {
    StatisticsCounter counter(on("2025-09-14"));
    Person person = resident();
    person.sex = Sex::female;
    person.district = "Buckau";
    counter.add(person, "s1", {});
    person.nationalities = {"DEU", "POL"};
    person.sex = Sex::diverse;
    counter.add(person, "s2", {});
    person.nationalities = {"DEU"};
    counter.add(person, "s2", for_reasons({Reason::nationality}));
    person.nationalities = {"TUR", "SYR"};
    person.district = "";
    counter.add(person, "", for_reasons({Reason::excluded, Reason::age}));
    const Statistics result = counter.statistics();
    EXPECT_EQ(result.total, Figures(2, 2));
    EXPECT_THAT(rows_of(result, Topic::nationality), ElementsAre("DEU 1/0/1", "POL 1/1/0", "TUR 2/1/1"));
    EXPECT_THAT(rows_of(result, Topic::age), ElementsAre("35-44 4/2/2"));
    EXPECT_THAT(rows_of(result, Topic::sex), ElementsAre("female 1/1/0", "diverse 3/1/2"));
    EXPECT_THAT(rows_of(result, Topic::district), ElementsAre(" 1/0/1", "Buckau 3/2/1"));
    EXPECT_THAT(rows_of(result, Topic::station), ElementsAre(" 1/0/1", "s1 1/1/0", "s2 2/1/1"));
    EXPECT_THAT(rows_of(result, Topic::reason),
                ElementsAre("nationality 1/0/1", "several 1/0/1", "eligible 2/2/0"));
}

TEST(Statistics, ReasonsOfTheOfficeAreCountedBesideThoseOfTheRules) {
    StatisticsCounter counter(on("2025-09-14"));
    counter.add(resident(), "s1", {"struck-off"});
    counter.add(resident(), "s1", {"struck-off"});
    counter.add(resident(), "s1", {"entry-undecided"});
    counter.add(resident(), "s1", {"age", "refused-by-ruling"});
    counter.add(resident(), "s1", {"age"});
    counter.add(resident(), "s1", {});
    EXPECT_THAT(rows_of(counter.statistics(), Topic::reason),
                ElementsAre("age 1/0/1", "entry-undecided 1/0/1", "struck-off 2/0/2", "several 1/0/1",
                            "eligible 1/1/0"));
}

Statistics again(const Statistics& statistics) {
    const json::Value document = to_json(statistics);
    json::Problems problems;
    json::Fields in(document, problems);
    Statistics result;
    read(in, result);
    in.finish();
    EXPECT_TRUE(problems.empty()) << problems.all().front().message;
    return result;
}

TEST(Statistics, TheyComeBackFromJsonWithWhatIsLeftOut) {
    StatisticsCounter counter(on("2025-09-14"));
    for (int i = 0; i < 7; ++i) counter.add(resident(), "s1", {});
    counter.add(resident(), "s2", {"age"});
    Statistics statistics = counter.statistics();
    EXPECT_EQ(again(statistics), statistics);
    statistics.tables.erase(statistics.tables.begin() + 3);
    const Statistics published = suppressed(statistics);
    EXPECT_EQ(again(published), published);
    EXPECT_NE(published, statistics);
}

std::string age_group(std::string_view born, std::string_view election_day) {
    StatisticsCounter counter(on(election_day));
    Person person = resident();
    person.born = on(born);
    counter.add(person, "", {});
    const std::string row = rows_of(counter.statistics(), Topic::age).at(0);
    return row.substr(0, row.find(' '));
}

TEST(Statistics, AgeGroupsChangeOnTheBirthday) {
    const auto group = [](std::string_view born) { return age_group(born, "2025-09-14"); };
    EXPECT_EQ(group("2009-09-15"), "0-15");
    EXPECT_EQ(group("2009-09-14"), "16-17");
    EXPECT_EQ(group("2007-09-15"), "16-17");
    EXPECT_EQ(group("2007-09-14"), "18-24");
    EXPECT_EQ(group("2000-09-14"), "25-34");
    EXPECT_EQ(group("1990-09-14"), "35-44");
    EXPECT_EQ(group("1980-09-14"), "45-59");
    EXPECT_EQ(group("1965-09-15"), "45-59");
    EXPECT_EQ(group("1965-09-14"), "60-69");
    EXPECT_EQ(group("1955-09-14"), "70+");
}

TEST(Statistics, LeapDaysCountAsForTheMinimumAge) {
    EXPECT_EQ(age_group("2008-02-29", "2026-02-28"), "16-17");
    EXPECT_EQ(age_group("2008-02-29", "2026-03-01"), "18-24");
    EXPECT_EQ(age_group("2006-02-28", "2024-02-29"), "18-24");
    EXPECT_EQ(age_group("2006-03-01", "2024-02-29"), "16-17");
}

// One table of (eligible, not eligible).
Statistics table_of(const std::vector<std::pair<std::uint64_t, std::uint64_t>>& rows) {
    Statistics result;
    std::uint64_t eligible = 0;
    std::uint64_t not_eligible = 0;
    StatisticsTable table{Topic::district, {}};
    for (const auto& [yes, no] : rows) {
        table.rows.push_back({std::string(1, static_cast<char>('a' + table.rows.size())), Figures(yes, no)});
        eligible += yes;
        not_eligible += no;
    }
    result.total = Figures(eligible, not_eligible);
    result.tables.push_back(std::move(table));
    return result;
}

TEST(Statistics, JsonHasNullForWhatIsLeftOut) {
    Statistics statistics = table_of({{7, 9}});
    statistics.tables[0].rows[0].figures.leave_out(Figure::eligible);
    EXPECT_EQ(json::canonical(to_json(statistics)),
              R"({"tables":{"district":[{"all":16,"eligible":null,"name":"a","not_eligible":9}]},)"
              R"("total":{"all":16,"eligible":7,"not_eligible":9}})");
    EXPECT_EQ(to_rows(statistics)[2], (std::vector<std::string>{"district", "a", "16", ".", "9"}));
}

TEST(Suppression, WhatIsLargeOrZeroIsPublished) {
    const Statistics statistics = table_of({{5, 0}, {0, 5}, {100, 6}, {0, 0}});
    EXPECT_EQ(suppressed(statistics), statistics);
    EXPECT_EQ(suppressed(table_of({{1, 1}, {2, 3}}), 1), table_of({{1, 1}, {2, 3}}));
}

TEST(Suppression, ASmallFigureTakesTheSmallestOthersWithIt) {
    const Statistics result = suppressed(table_of({{3, 20}, {70, 80}, {9, 30}, {40, 50}}));
    EXPECT_EQ(result.total, Figures(122, 180));
    EXPECT_THAT(rows_of(result, Topic::district),
                ElementsAre("a 23/./.", "b 150/70/80", "c 39/./.", "d 90/40/50"));
}

TEST(Suppression, ASmallDifferenceOfTheTotalsIsNotTold) {
    const Statistics result = suppressed(table_of({{50, 1}, {60, 2}}));
    EXPECT_EQ(to_rows(result)[1], (std::vector<std::string>{"total", "", ".", "110", "."}));
    EXPECT_THAT(rows_of(result, Topic::district), ElementsAre("a ./50/.", "b ./60/."));
}

TEST(Suppression, WhatIsLeftOutTogetherIsNotSmallEither) {
    const Statistics result = suppressed(table_of({{1, 50}, {1, 50}, {8, 50}, {30, 50}}));
    EXPECT_THAT(rows_of(result, Topic::district),
                ElementsAre("a 51/./.", "b 51/./.", "c 58/./.", "d 80/30/50"));
}

// An attacker who knows the sums of a table: which figures left out follow from those published?
class Attacker {
  public:
    Attacker(const Statistics& published, const StatisticsTable& table) {
        for (const StatisticsRow& row : table.rows) rows_.push_back(&row.figures);
        rows_.push_back(&published.total);
        for (std::size_t row = 0; row < rows_.size(); ++row)
            equations_.push_back({term(row, Figure::eligible, 1), term(row, Figure::not_eligible, 1),
                                  term(row, Figure::all, -1)});
        for (const Figure figure : all_figures) {
            equations_.emplace_back();
            for (std::size_t row = 0; row < rows_.size(); ++row)
                equations_.back().push_back(term(row, figure, row + 1 == rows_.size() ? -1 : 1));
        }
    }

    // The number of figures left out that have one value only. Gauss and Jordan: such a figure stands alone
    // in its equation in the end. Sums of this kind keep all coefficients at -1, 0 and 1.
    std::size_t derived() const {
        auto matrix = unknowns();
        std::size_t pivots = 0;
        for (std::size_t column = 0; column < 3 * rows_.size(); ++column) {
            const auto pivot =
                std::find_if(matrix.begin() + static_cast<std::ptrdiff_t>(pivots), matrix.end(),
                             [&](const auto& equation) { return equation[column] != 0; });
            if (pivot == matrix.end()) continue;
            std::swap(*pivot, matrix[pivots]);
            for (std::size_t i = 0; i < matrix.size(); ++i) {
                if (i != pivots) subtract(matrix[pivots], column, matrix[i]);
            }
            ++pivots;
        }
        return static_cast<std::size_t>(std::count_if(matrix.begin(), matrix.end(), stands_alone));
    }

  private:
    using Equation = std::vector<int>;  // the coefficients of all figures
    struct Term {
        std::size_t place;
        int coefficient;
    };

    Term term(std::size_t row, Figure figure, int coefficient) const {
        const bool known = (*rows_[row])[figure].has_value();
        return {3 * row + static_cast<std::size_t>(figure), known ? 0 : coefficient};
    }
    std::vector<Equation> unknowns() const {
        std::vector<Equation> result;
        for (const auto& terms : equations_) {
            result.emplace_back(3 * rows_.size(), 0);
            for (const Term& each : terms) result.back()[each.place] = each.coefficient;
        }
        return result;
    }
    static void subtract(const Equation& pivot, std::size_t column, Equation& from) {
        const int factor = from[column] * pivot[column];
        for (std::size_t i = 0; i < from.size(); ++i) from[i] -= factor * pivot[i];
    }
    static bool stands_alone(const Equation& equation) {
        return std::count_if(equation.begin(), equation.end(), [](int c) { return c != 0; }) == 1;
    }

    std::vector<const Figures*> rows_;  // the last is the total
    std::vector<std::vector<Term>> equations_;
};

// How many figures an attacker derives in all tables.
std::size_t derived(const Statistics& published) {
    std::size_t result = 0;
    for (const StatisticsTable& table : published.tables) result += Attacker(published, table).derived();
    return result;
}

void leave_out_small(Figures& row, std::uint64_t threshold) {
    const Figures full = row;
    for (const Figure figure : all_figures) {
        if (*full[figure] > 0 && *full[figure] < threshold) row.leave_out(figure);
    }
}

bool tells_small(const Figures& row, std::uint64_t threshold) {
    return std::any_of(all_figures.begin(), all_figures.end(), [&](Figure figure) {
        return row[figure] && *row[figure] > 0 && *row[figure] < threshold;
    });
}

bool tells_small(const Statistics& published, std::uint64_t threshold) {
    if (tells_small(published.total, threshold)) return true;
    for (const StatisticsTable& table : published.tables) {
        for (const StatisticsRow& row : table.rows) {
            if (tells_small(row.figures, threshold)) return true;
        }
    }
    return false;
}

TEST(Suppression, TheAttackerDerivesWhatOnlySmallFiguresLeaveOpen) {
    Statistics naive = table_of({{3, 20}, {70, 80}});
    leave_out_small(naive.tables[0].rows[0].figures, 5);
    EXPECT_EQ(derived(naive), 1U);
    naive.tables[0].rows[0].figures.leave_out(Figure::all);
    EXPECT_EQ(derived(naive), 2U);
    naive.tables[0].rows[1].figures.leave_out(Figure::eligible);
    EXPECT_EQ(derived(naive), 3U);
    naive.tables[0].rows[1].figures.leave_out(Figure::all);
    EXPECT_EQ(derived(naive), 0U);
}

// Whether what is left out of a column is small together, though the total tells its sum.
bool tells_small_sum(const Statistics& published, std::uint64_t threshold) {
    for (const Figure figure : all_figures) {
        if (!published.total[figure]) continue;
        std::uint64_t sum = *published.total[figure];
        for (const StatisticsRow& row : published.tables[0].rows) sum -= row.figures[figure].value_or(0);
        if (sum > 0 && sum < threshold) return true;
    }
    return false;
}

std::uint64_t random_count(std::mt19937& random) {
    constexpr std::array<unsigned, 4> bounds = {1, 6, 12, 300};
    return random() % bounds[random() % bounds.size()];
}

TEST(Suppression, NothingLeftOutCanBeDerivedFromAnyTable) {
    std::mt19937 random(20250914);
    for (int i = 0; i < 3000; ++i) {
        std::vector<std::pair<std::uint64_t, std::uint64_t>> rows(1 + random() % 9);
        const auto kind =
            random() % 3;  // all, only eligible or only not eligible in each row, or none of one
        for (auto& row : rows) {
            row = {random_count(random), random_count(random)};
            if (kind == 1) (random() % 2 == 0 ? row.first : row.second) = 0;
            if (kind == 2 && i % 2 == 0) row.second = 0;
        }
        const std::uint64_t threshold = 2 + random() % 9;
        const Statistics published = suppressed(table_of(rows), threshold);
        ASSERT_EQ(derived(published), 0U) << json::canonical(to_json(table_of(rows))) << " " << threshold;
        ASSERT_FALSE(tells_small(published, threshold)) << json::canonical(to_json(table_of(rows)));
        ASSERT_FALSE(tells_small_sum(published, threshold)) << json::canonical(to_json(table_of(rows)));
    }
}

TEST(Suppression, TheTablesOfACountedRollAreSafeTogetherWithTheirCommonTotal) {
    std::mt19937 random(1);
    for (const int people : {1, 4, 7, 40, 400}) {
        StatisticsCounter counter(on("2025-09-14"));
        for (int i = 0; i < people; ++i) {
            Person person = resident();
            person.sex = static_cast<Sex>(random() % 4);
            person.nationalities = {std::array{"TUR", "SYR", "POL", "VNM"}[random() % 4]};
            person.born = person.born + std::chrono::years(static_cast<int>(random() % 50) - 25);
            if (!person.born.ok()) person.born = on("1985-05-05");
            const bool may_vote = random() % 10 < 8;
            counter.add(person, std::array{"", "s1", "s2"}[random() % 3],
                        may_vote ? std::vector<std::string>()
                                 : for_reasons({static_cast<Reason>(random() % reason_count)}));
        }
        const Statistics published = suppressed(counter.statistics());
        EXPECT_EQ(derived(published), 0U) << people;
        EXPECT_FALSE(tells_small(published, default_threshold)) << people;
        EXPECT_EQ(published.tables.size(), topic_count);
    }
}

}  // namespace
}  // namespace stimme::roll
