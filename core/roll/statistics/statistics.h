// How many people there are and how many of them may vote, by what statistics of an election are asked for.
//
// Each table has everyone in exactly one of its rows, so that its columns add up to the total; in each row,
// `all` is `eligible` and `not_eligible` together. Someone of several nationalities is counted under the
// first of them in the register that isn't German. The reasons are those for which people may not vote, by
// the rules or by what the office decided: who has several is in the row "several", who may vote in the row
// "eligible".
//
// Thread rule: values; a StatisticsCounter belongs to one thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json_fields.h"
#include "core/roll/register/person.h"

namespace stimme::roll {

enum class Topic { nationality, age, sex, district, station, reason };
constexpr std::size_t topic_count = 6;
// "nationality", ...
std::string_view to_string(Topic topic);

enum class Figure { all, eligible, not_eligible };
inline constexpr std::array all_figures = {Figure::all, Figure::eligible, Figure::not_eligible};
constexpr std::size_t figure_count = 3;

// The three figures of one row; one that is left out is nothing.
class Figures {
  public:
    Figures() = default;
    Figures(std::uint64_t eligible, std::uint64_t not_eligible)
        : values_{eligible + not_eligible, eligible, not_eligible} {}
    // As they are, perhaps with some left out.
    explicit Figures(std::array<std::optional<std::uint64_t>, figure_count> values) : values_(values) {}

    const std::optional<std::uint64_t>& operator[](Figure figure) const {
        return values_[static_cast<std::size_t>(figure)];
    }
    void leave_out(Figure figure) { values_[static_cast<std::size_t>(figure)].reset(); }

    bool operator==(const Figures&) const = default;

  private:
    std::array<std::optional<std::uint64_t>, figure_count> values_{0U, 0U, 0U};
};

struct StatisticsRow {
    std::string name;  // "" for people of whom the register, or the assignment, tells nothing
    Figures figures;

    bool operator==(const StatisticsRow&) const = default;
};

struct StatisticsTable {
    Topic topic;
    // Age, sex and the reasons of the rules: all that can be; else those that occur, by name.
    std::vector<StatisticsRow> rows;

    bool operator==(const StatisticsTable&) const = default;
};

struct Statistics {
    Figures total;
    std::vector<StatisticsTable> tables;  // in the order of Topic; one may be left out

    bool operator==(const Statistics&) const = default;
};

// {"tables": {"age": [{"all": 12, "eligible": 5, "name": "16-17", "not_eligible": 7}, ...], ...},
//  "total": {"all": n, "eligible": n, "not_eligible": n}}; null for what is left out.
json::Value to_json(const Statistics& statistics);
void read(json::Fields& in, Statistics& statistics);

// The same as lines of a table: a header, the total, and the rows of all tables, each with topic, name and
// the three figures; "." for what is left out, as official statistics have it.
std::vector<std::vector<std::string>> to_rows(const Statistics& statistics);

class StatisticsCounter {
  public:
    explicit StatisticsCounter(Day election_day);

    // `station`: "" for none. `reasons`: codes of those against, none for who may vote; those that aren't of
    // the rules (code_of) are the office's.
    void add(const Person& person, std::string_view station, const std::vector<std::string>& reasons);

    Statistics statistics() const;

  private:
    struct Counts {
        std::uint64_t eligible = 0;
        std::uint64_t not_eligible = 0;

        void add(bool may_vote) { ++(may_vote ? eligible : not_eligible); }
    };
    // With a fixed set of rows.
    using Places = std::vector<Counts>;
    using Names = std::map<std::string, Counts, std::less<>>;

    static void count(Names& names, std::string_view name, bool may_vote);
    void count_reasons(const std::vector<std::string>& reasons);
    std::vector<StatisticsRow> reason_rows() const;

    std::array<Day, 7> born_until_;  // the last day of birth for each age group but the youngest
    Counts total_;
    Names nationalities_, districts_, stations_, office_reasons_;
    Places ages_, sexes_, reasons_;
    Counts several_reasons_;
};

}  // namespace stimme::roll
