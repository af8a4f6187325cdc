#include "core/roll/register/register_row.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/base/ascii.h"
#include "core/base/clock.h"
#include "core/base/json_fields.h"
#include "core/election/eligibility_rules.h"
#include "core/roll/register/encoding.h"
#include "core/roll/register/nationality.h"

namespace stimme::roll {
namespace {

constexpr std::array<std::string_view, column_count> headers = {"Personennummer",
                                                                "Familienname",
                                                                "Vornamen",
                                                                "Geburtsdatum",
                                                                "Geschlecht",
                                                                "Staatsangehörigkeiten",
                                                                "Eingebürgert am",
                                                                "Hauptwohnung seit",
                                                                "In Deutschland seit",
                                                                "Straße",
                                                                "Hausnummer",
                                                                "PLZ",
                                                                "Ort",
                                                                "Stadtteil",
                                                                "Wohnungsstatus",
                                                                "Auskunftssperre",
                                                                "Wahlausschluss",
                                                                "Antrag",
                                                                "Verzogen oder verstorben am",
                                                                "Spätaussiedler",
                                                                "Aufenthaltsstatus"};
constexpr std::size_t max_number = 16;
constexpr std::size_t max_nationalities = 8;
constexpr int first_year = 1850;

// "07.03.1937" or "1937-03-07".
std::optional<Day> parse_day(std::string_view text) {
    std::string iso(text);
    if (text.size() == 10 && text[2] == '.' && text[5] == '.')
        iso = {text[6], text[7], text[8], text[9], '-', text[3], text[4], '-', text[0], text[1]};
    const auto day = parse_date(iso);
    if (!day || static_cast<int>(day->year()) < first_year) return std::nullopt;
    return *day;
}

bool is_number_character(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '-';
}

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts;
    while (true) {
        const std::size_t end = text.find(separator);
        parts.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

std::string without_line_breaks(std::string_view text) {
    std::string line;
    for (const char c : text) {
        if (c != '\r' && c != '\n') {
            line += c;
        } else if (!line.empty() && line.back() != ' ') {
            line += ' ';
        }
    }
    return line;
}

// The fields of one line, each read as what its column holds.
class Row {
  public:
    Row(const Columns& columns, const std::vector<std::string>& fields, const ColumnProblem& problem)
        : columns_(columns), fields_(fields), problem_(problem) {}

    std::string number() const {
        const std::string& value = field(Column::number);
        if (is_person_number(value)) return value;
        wrong(Column::number, "right is 1 to 16 of 0-9, A-Z and hyphen");
        return {};
    }

    // A line break within quotation marks is read as a blank.
    std::string text(Column column) const {
        std::string value = field(column);
        if (value.find_first_of("\r\n") != std::string::npos) value = without_line_breaks(value);
        if (value.size() > max_text) wrong(column, "right is at most 200 bytes of text");
        if (has_control(value)) wrong(column, "right is text without control characters");
        return value;
    }

    std::string required_text(Column column) const {
        if (field(column).empty()) wrong(column, "right is some text");
        return text(column);
    }

    std::string postcode() const {
        const std::string& value = field(Column::postcode);
        if (!is_postcode(value)) wrong(Column::postcode, "right is five digits");
        return value;
    }

    std::optional<Day> optional_day(Column column) const {
        if (field(column).empty()) return std::nullopt;
        return day(column);
    }

    Day day(Column column) const {
        const auto value = parse_day(field(column));
        if (value) return *value;
        wrong(column, "right is a day of the calendar since 1850, as dd.mm.yyyy or yyyy-mm-dd");
        return std::chrono::year(first_year) / std::chrono::January / 1;
    }

    bool mark(Column column) const {
        const std::string& value = field(column);
        if (!value.empty() && value != "X") wrong(column, "right is X or nothing");
        return value == "X";
    }

    // X, or the day on which it was received.
    std::optional<Application> application() const {
        const std::string& value = field(Column::application);
        if (value.empty()) return std::nullopt;
        if (value == "X") return Application{};
        const auto received_on = parse_day(value);
        if (!received_on)
            wrong(Column::application,
                  "right is X, the day on which it was received as dd.mm.yyyy or yyyy-mm-dd, or nothing");
        return Application{received_on};
    }

    std::string residence_status() const {
        const std::string value = text(Column::residence_status);
        if (value.size() > election::max_status_bytes)
            wrong(Column::residence_status,
                  fmt::format("right is at most {} bytes of text", election::max_status_bytes));
        return value;
    }

    // One of the choices; the first when it is none of them, which is a problem.
    template <class T>
    T one_of(Column column, std::initializer_list<std::pair<std::string_view, T>> choices,
             std::string_view right) const {
        for (const auto& [name, value] : choices) {
            if (field(column) == name) return value;
        }
        wrong(column, std::string(right));
        return choices.begin()->second;
    }

    std::vector<std::string> nationalities() const {
        std::vector<std::string> codes = split(field(Column::nationalities), '|');
        const bool known = codes.size() <= max_nationalities &&
                           std::all_of(codes.begin(), codes.end(),
                                       [](const std::string& code) { return is_nationality(code); });
        if (!known) {
            wrong(Column::nationalities,
                  "right is codes of three letters by ISO 3166 (DEU, TUR; XXA for stateless), several with | "
                  "between them");
        } else if (has_repeated(codes)) {
            wrong(Column::nationalities, "right is each nationality once");
        }
        return codes;
    }

    // Required unless the main residence is elsewhere.
    std::optional<Day> main_residence_since(Dwelling dwelling) const {
        if (dwelling == Dwelling::secondary) return optional_day(Column::main_residence_since);
        return day(Column::main_residence_since);
    }

    void check_names(const Person& person) const {
        if (person.family_name.empty() && person.given_names.empty())
            wrong(Column::family_name, "right is a family name, or given names where there is none");
    }

  private:
    static bool has_repeated(std::vector<std::string> codes) {
        std::sort(codes.begin(), codes.end());
        return std::adjacent_find(codes.begin(), codes.end()) != codes.end();
    }

    const std::string& field(Column column) const { return columns_.of(fields_, column); }
    void wrong(Column column, std::string message) const {
        problem_(column, field(column), std::move(message));
    }

    const Columns& columns_;
    const std::vector<std::string>& fields_;
    const ColumnProblem& problem_;
};

}  // namespace

bool is_person_number(std::string_view text) {
    return !text.empty() && text.size() <= max_number &&
           std::all_of(text.begin(), text.end(), is_number_character);
}

bool is_postcode(std::string_view text) {
    return text.size() == 5 && std::all_of(text.begin(), text.end(), is_digit);
}

std::string_view header_of(Column column) {
    return headers[static_cast<std::size_t>(column)];
}

std::optional<Column> column_named(std::string_view header) {
    const auto found = std::find(headers.begin(), headers.end(), header);
    if (found == headers.end()) return std::nullopt;
    return static_cast<Column>(found - headers.begin());
}

namespace {

// Names of the header that no column bears.
std::vector<std::string_view> left_over(const std::vector<std::string>& header,
                                        const std::array<std::string, column_count>& names) {
    std::vector<std::string_view> result;
    for (const std::string& name : header) {
        if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end())
            result.push_back(name);
    }
    return result;
}

Error columns_missing(const std::vector<std::string>& missing, const std::vector<std::string_view>& others) {
    std::string message = fmt::format(
        "columns are missing: \"{}\"; right is a first line that names them, or a mapping that says "
        "what they are called here",
        fmt::join(missing, "\", \""));
    if (!others.empty())
        message += fmt::format("; columns that were not asked for: \"{}\"", fmt::join(others, "\", \""));
    return invalid("register-columns-missing", std::move(message));
}

// "Straße", or "Anschrift" (Straße) where a mapping renames it.
std::string told(std::string_view column, const std::string& name) {
    return name == column ? name : fmt::format("{} ({})", name, column);
}

}  // namespace

Result<Columns> Columns::from_header(const std::vector<std::string>& header,
                                     const std::map<Column, std::string>& renamed) {
    std::array<std::string, column_count> names;
    std::copy(headers.begin(), headers.end(), names.begin());
    for (const auto& [column, name] : renamed) names[static_cast<std::size_t>(column)] = name;
    Columns columns;
    columns.width_ = header.size();
    std::vector<std::string> missing;
    for (std::size_t i = 0; i < column_count; ++i) {
        const auto found = std::find(header.begin(), header.end(), names[i]);
        if (found != header.end()) {
            columns.places_[i] = static_cast<std::size_t>(found - header.begin());
            if (std::find(found + 1, header.end(), names[i]) != header.end())
                return invalid("register-column-twice",
                               fmt::format("the column \"{}\" stands twice in the header", names[i]));
        } else if (static_cast<Column>(i) < first_optional) {
            missing.push_back(told(headers[i], names[i]));
        }
    }
    if (missing.empty()) return columns;
    return columns_missing(missing, left_over(header, names));
}

const Columns& Columns::all() {
    static const Columns columns = *from_header({headers.begin(), headers.end()});
    return columns;
}

const std::string& Columns::of(const std::vector<std::string>& fields, Column column) const {
    static const std::string nothing;
    const auto& at = place(column);
    return at ? fields[*at] : nothing;
}

Person read_row(const Columns& columns, const std::vector<std::string>& fields,
                const ColumnProblem& problem) {
    const Row row(columns, fields, problem);
    Person person;
    person.number = row.number();
    person.family_name = row.text(Column::family_name);
    person.given_names = row.text(Column::given_names);
    row.check_names(person);
    person.born = row.day(Column::born);
    person.sex = row.one_of<Sex>(Column::sex,
                                 {{"", Sex::unstated},
                                  {"w", Sex::female},
                                  {"m", Sex::male},
                                  {"d", Sex::diverse},
                                  {"x", Sex::unstated}},
                                 "right is w, m, d, x or nothing");
    person.nationalities = row.nationalities();
    person.naturalised_on = row.optional_day(Column::naturalised_on);
    person.dwelling = row.one_of<Dwelling>(
        Column::dwelling, {{"E", Dwelling::only}, {"H", Dwelling::main}, {"N", Dwelling::secondary}},
        "right is E (only dwelling), H (main residence) or N (secondary dwelling)");
    person.main_residence_since = row.main_residence_since(person.dwelling);
    person.in_germany_since = row.optional_day(Column::in_germany_since);
    person.street = row.text(Column::street);
    person.house_number = row.text(Column::house_number);
    person.postcode = row.postcode();
    person.city = row.required_text(Column::city);
    person.district = row.text(Column::district);
    person.register_block = row.mark(Column::register_block);
    person.excluded = row.mark(Column::excluded);
    person.application = row.application();
    person.moved_or_died_on = row.optional_day(Column::moved_or_died_on);
    person.resettler = row.mark(Column::resettler);
    person.residence_status = row.residence_status();
    return person;
}

namespace {

std::string text_of(const std::optional<Day>& day) {
    return day ? format_date(*day) : std::string();
}

// X where the day isn't known.
std::string text_of(const std::optional<Application>& application) {
    if (!application) return "";
    return application->received_on ? format_date(*application->received_on) : "X";
}

std::string_view mark_of(bool marked) {
    return marked ? "X" : "";
}

std::string_view code_of(Sex sex) {
    constexpr std::array<std::string_view, 4> codes = {"w", "m", "d", ""};
    return codes[static_cast<std::size_t>(sex)];
}

std::string_view code_of(Dwelling dwelling) {
    constexpr std::array<std::string_view, 3> codes = {"E", "H", "N"};
    return codes[static_cast<std::size_t>(dwelling)];
}

}  // namespace

namespace {

std::string joined(const std::vector<std::string>& codes) {
    std::string text;
    for (const std::string& code : codes) {
        if (!text.empty()) text += '|';
        text += code;
    }
    return text;
}

// Calls `take` with the text of each column but the number, in the order of Column.
template <class Take>
void each_field(const Person& person, Take take) {
    take(person.family_name);
    take(person.given_names);
    take(format_date(person.born));
    take(code_of(person.sex));
    take(joined(person.nationalities));
    take(text_of(person.naturalised_on));
    take(text_of(person.main_residence_since));
    take(text_of(person.in_germany_since));
    take(person.street);
    take(person.house_number);
    take(person.postcode);
    take(person.city);
    take(person.district);
    take(code_of(person.dwelling));
    take(mark_of(person.register_block));
    take(mark_of(person.excluded));
    take(text_of(person.application));
    take(text_of(person.moved_or_died_on));
    take(mark_of(person.resettler));
    take(person.residence_status);
}

}  // namespace

std::vector<std::string> fields_of(const Person& person) {
    std::vector<std::string> fields{person.number};
    fields.reserve(column_count);
    each_field(person, [&](std::string_view field) { fields.emplace_back(field); });
    return fields;
}

std::string register_line(const Person& person) {
    std::string line;
    each_field(person, [&](std::string_view field) {
        line += field;
        line += '\t';
    });
    line.pop_back();
    return line;
}

Person person_of(std::string_view number, std::string_view line) {
    std::vector<std::string> fields = split(line, '\t');
    fields.emplace(fields.begin(), number);
    fields.resize(column_count);
    return read_row(Columns::all(), fields,
                    [](Column, const std::string&, const std::string&) { assert(false); });
}

json::Object to_json(const Person& person) {
    const std::vector<std::string> fields = fields_of(person);
    json::Object out;
    for (std::size_t i = 0; i < column_count; ++i) {
        if (!fields[i].empty()) out.set(std::string(headers[i]), fields[i]);
    }
    return out;
}

Result<Person> person_from_json(const json::Value& document) {
    json::Problems problems;
    json::Fields in(document, problems);
    std::vector<std::string> fields(column_count);
    for (std::size_t i = 0; i < column_count; ++i) {
        if (in.has(headers[i])) fields[i] = in.text(headers[i], 2 * max_text);
    }
    in.finish();
    Person person = read_row(
        Columns::all(), fields, [&](Column column, const std::string& value, const std::string& message) {
            in.problem(header_of(column), fmt::format("\"{}\": {}", shown(value), message));
        });
    STIMME_CHECK(problems.status("person-invalid"));
    return person;
}

}  // namespace stimme::roll
