#include "core/roll/stations/assignment_file.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/roll/register/csv.h"
#include "core/roll/register/field_decoder.h"
#include "core/roll/register/register.h"
#include "core/roll/register/register_row.h"

namespace stimme::roll {
namespace {

using Stations = std::vector<election::Station>;
using Names = std::vector<std::string_view>;

// In the order in which kinds are looked for.
enum class Kind { streets, list, areas };
constexpr std::array kinds = {Kind::streets, Kind::list, Kind::areas};

// The columns that a file of that kind has.
const Names& columns_of(Kind kind) {
    static const std::array<Names, kinds.size()> columns = {
        Names{"Straße", "von", "bis", "Seite", "PLZ", "Wahlbezirk"},
        {"Personennummer", "Wahlbezirk"},
        {"Stadtteil", "Wahlbezirk"}};
    return columns[static_cast<std::size_t>(kind)];
}

// The places in columns_of(Kind::streets).
enum StreetColumn : std::size_t { street, from, to, side, postcode, station };

struct FileLine {
    std::size_t number;
    std::vector<std::string> values;  // in the order of columns_of(kind)
};

struct Table {
    Kind kind = Kind::streets;
    std::vector<FileLine> lines;
};

class ProblemList {
  public:
    void note(BadLine bad) {
        ++count_;
        if (problems_.size() < max_problems) problems_.push_back(std::move(bad));
    }
    Status status() {
        std::stable_sort(problems_.begin(), problems_.end(),
                         [](const BadLine& a, const BadLine& b) { return a.line < b.line; });
        return status_of("assignment-invalid", problems_, count_);
    }

  private:
    std::vector<BadLine> problems_;
    std::size_t count_ = 0;
};

Error no_kind(const std::vector<std::string>& header) {
    Names shown_names(header.begin(), header.end());
    std::vector<std::string> right;
    for (const Kind kind : kinds) right.push_back(fmt::format("{}", fmt::join(columns_of(kind), ";")));
    return invalid(
        "assignment-header-invalid",
        fmt::format("line 1: \"{}\": right is a header with the columns {}",
                    shown(fmt::format("{}", fmt::join(shown_names, ";"))), fmt::join(right, ", or ")));
}

// Splits a file into lines of the columns of its kind.
class TableReader {
  public:
    explicit TableReader(ProblemList& problems)
        : problems_(problems),
          csv_([this](std::size_t line, std::vector<std::string>& fields) { take(line, fields); },
               [this](std::size_t line, std::string_view message) { refuse(line, message); }) {}

    Result<Table> read(ByteView content) {
        csv_.feed(content);
        csv_.finish();
        if (failed_) return *std::move(failed_);
        if (header_.empty())
            return invalid("assignment-empty",
                           "the file is empty; right is a first line with the names of the columns");
        return std::move(table_);
    }

  private:
    void take(std::size_t line, std::vector<std::string>& fields) {
        if (failed_) return;
        if (header_.empty()) return take_header(line, fields);
        if (fields.size() != header_.size()) {
            problems_.note(
                {line, "", "",
                 fmt::format("{} fields; right is {}, as in the header", fields.size(), header_.size())});
            return;
        }
        if (!decode(line, fields)) return;
        FileLine result{line, {}};
        for (const std::size_t place : places_) result.values.push_back(std::move(fields[place]));
        table_.lines.push_back(std::move(result));
    }

    void refuse(std::size_t line, std::string_view message) {
        if (!header_.empty()) return problems_.note({line, "", "", std::string(message)});
        if (!failed_)
            failed_ = invalid("assignment-header-invalid", fmt::format("line {}: {}", line, message));
    }

    void take_header(std::size_t line, std::vector<std::string>& header) {
        if (looks_like_utf16(header)) {
            failed_ = invalid("assignment-encoding", "the file is in UTF-16; right is UTF-8 or Windows-1252");
            return;
        }
        if (csv_.byte_order_mark()) decoder_.tell(Encoding::utf8);
        header_ = header;
        if (decode(line, header)) header_ = header;
        for (const Kind kind : kinds) {
            if (find_columns(kind)) return;
        }
        if (!failed_) failed_ = no_kind(header_);
    }

    // Whether it is of that kind, or can't be told because a column stands twice.
    bool find_columns(Kind kind) {
        places_.clear();
        for (const std::string_view name : columns_of(kind)) {
            const auto found = std::find(header_.begin(), header_.end(), name);
            if (found == header_.end()) return false;
            places_.push_back(static_cast<std::size_t>(found - header_.begin()));
            if (std::find(found + 1, header_.end(), name) != header_.end())
                failed_ = invalid("assignment-header-invalid",
                                  fmt::format("line 1: the column \"{}\" stands twice", name));
        }
        table_.kind = kind;
        return true;
    }

    bool decode(std::size_t line, std::vector<std::string>& fields) {
        bool good = true;
        decoder_.decode(fields, [&](std::size_t place, const std::string& value, std::string message) {
            good = false;
            problems_.note({line, shown(header_[place]), shown(value), std::move(message)});
        });
        return good;
    }

    ProblemList& problems_;
    std::optional<Error> failed_;
    std::vector<std::string> header_;
    std::vector<std::size_t> places_;  // of the columns of its kind
    FieldDecoder decoder_;
    Table table_;
    CsvReader csv_;
};

// The values of one line, each read as what its column holds.
class LineReader {
  public:
    LineReader(Kind kind, const FileLine& line, const Stations& stations, ProblemList& problems)
        : kind_(kind), line_(line), stations_(stations), problems_(problems) {}

    // Whether nothing was wrong so far.
    bool good() const { return good_; }

    std::string text(std::size_t column) {
        const std::string& value = line_.values[column];
        if (value.empty() || value.size() > max_text || has_control(value))
            wrong(column, "right is a name of at most 200 bytes without control characters");
        return value;
    }

    std::string person_number() {
        const std::string& value = line_.values[0];
        if (!is_person_number(value)) wrong(0, "right is 1 to 16 of 0-9, A-Z and hyphen");
        return value;
    }

    std::string station(std::size_t column) {
        const std::string& value = line_.values[column];
        Names ids;
        for (const election::Station& each : stations_) ids.push_back(each.id.str());
        if (std::find(ids.begin(), ids.end(), value) == ids.end())
            wrong(column, fmt::format("right is a polling station: {}", fmt::join(ids, ", ")));
        return value;
    }

    StreetRule street_rule() {
        StreetRule rule;
        rule.street = text(StreetColumn::street);
        if (good_ && street_key(rule.street).empty())
            wrong(StreetColumn::street, "right is a name with letters or digits");
        rule.from = house_number(StreetColumn::from);
        rule.to = house_number(StreetColumn::to);
        if (rule.from && rule.to && *rule.to < *rule.from && !same_number(rule))
            wrong(StreetColumn::to, fmt::format("right is {} or more, as in \"von\"", to_string(*rule.from)));
        rule.side = side();
        rule.postcode = postcode();
        rule.station = station(StreetColumn::station);
        if (good_ && !overlap(rule, rule))
            wrong(StreetColumn::side, "right is a side that has numbers in this range");
        return rule;
    }

  private:
    // 12a to 12: from 12a to the last letter.
    static bool same_number(const StreetRule& rule) {
        return rule.to->letter == 0 && rule.to->number == rule.from->number;
    }

    std::optional<HouseNumber> house_number(std::size_t column) {
        const std::string& value = line_.values[column];
        if (value.empty()) return std::nullopt;
        const auto number = parse_house_number(value);
        if (!number) wrong(column, "right is a house number such as 12 or 12a, or nothing");
        return number;
    }

    Side side() {
        const auto result = side_named(line_.values[StreetColumn::side]);
        if (!result) wrong(StreetColumn::side, "right is alle, gerade, ungerade or nothing");
        return result.value_or(Side::all);
    }

    std::string postcode() {
        const std::string& value = line_.values[StreetColumn::postcode];
        if (!value.empty() && !is_postcode(value))
            wrong(StreetColumn::postcode, "right is five digits or nothing");
        return value;
    }

    void wrong(std::size_t column, std::string message) {
        good_ = false;
        problems_.note({line_.number, std::string(columns_of(kind_)[column]), shown(line_.values[column]),
                        std::move(message)});
    }

    Kind kind_;
    const FileLine& line_;
    const Stations& stations_;
    ProblemList& problems_;
    bool good_ = true;
};

StreetDirectory read_streets(const Table& table, const Stations& stations, ProblemList& problems) {
    std::vector<StreetRule> rules;
    std::vector<std::size_t> lines;  // of the rules
    for (const FileLine& line : table.lines) {
        LineReader in(table.kind, line, stations, problems);
        StreetRule rule = in.street_rule();
        if (!in.good()) continue;
        rules.push_back(std::move(rule));
        lines.push_back(line.number);
    }
    StreetDirectory result(std::move(rules));
    for (const auto& conflict : result.conflicts()) {
        const StreetRule& earlier = result.rules()[conflict.earlier];
        problems.note({lines[conflict.later], "Wahlbezirk", result.rules()[conflict.later].station,
                       fmt::format("right is one polling station for each address; line {} has \"{}\" for {} "
                                   "({})",
                                   lines[conflict.earlier], earlier.station, shown(earlier.street),
                                   range_of(earlier))});
    }
    return result;
}

// Of lists and areas: a name and a station in each line.
StationsByName read_by_name(const Table& table, const Stations& stations, ProblemList& problems) {
    StationsByName result;
    std::map<std::string, std::size_t> lines;  // where each name stands first
    for (const FileLine& line : table.lines) {
        LineReader in(table.kind, line, stations, problems);
        const std::string name = table.kind == Kind::list ? in.person_number() : in.text(0);
        const std::string station = in.station(1);
        if (!in.good()) continue;
        const auto [at, fresh] = result.emplace(name, station);
        const std::size_t first = lines.emplace(name, line.number).first->second;
        if (!fresh && at->second != station)
            problems.note({line.number, "Wahlbezirk", station,
                           fmt::format("right is one polling station for \"{}\"; line {} has \"{}\"",
                                       shown(name), first, at->second)});
    }
    return result;
}

AssignmentPart read_part(const Table& table, const Stations& stations, ProblemList& problems) {
    switch (table.kind) {
        case Kind::streets:
            return read_streets(table, stations, problems);
        case Kind::list:
            return PersonList{read_by_name(table, stations, problems)};
        case Kind::areas:
            return AreaList{read_by_name(table, stations, problems)};
    }
    return AreaList{};
}

}  // namespace

Result<AssignmentPart> read_assignment(ByteView csv, const Stations& stations) {
    ProblemList problems;
    STIMME_TRY(const Table table, TableReader(problems).read(csv));
    AssignmentPart part = read_part(table, stations, problems);
    STIMME_CHECK(problems.status());
    return part;
}

}  // namespace stimme::roll
