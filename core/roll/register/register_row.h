// The columns of a resident register, and one line of it as a Person.
//
// Thread rule: values and pure functions.
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/roll/register/person.h"

namespace stimme::roll {

// In the order of the usual export; a file may have them in any order.
enum class Column {
    number,
    family_name,
    given_names,
    born,
    sex,
    nationalities,
    naturalised_on,
    main_residence_since,
    in_germany_since,
    street,
    house_number,
    postcode,
    city,
    district,
    dwelling,
    register_block,
    excluded,
    application,
    moved_or_died_on,
    // These may be missing where no rule of the election asks for them:
    resettler,
    residence_status,
};
constexpr std::size_t column_count = 21;
constexpr std::size_t max_text = 200;  // bytes of a field, and of what files beside the register name
constexpr Column first_optional = Column::resettler;

// As the header writes it: "Personennummer", ...
std::string_view header_of(Column column);
std::optional<Column> column_named(std::string_view header);

// 1 to 16 of 0-9, A-Z and hyphen.
bool is_person_number(std::string_view text);
// Five digits.
bool is_postcode(std::string_view text);

// Where each column stands in a line. Columns that nobody asks for are allowed and not read.
class Columns {
  public:
    // `names`: what this file calls a column, where that isn't header_of(column). Errors:
    // register-columns-missing, listing all that are missing and those that were left over;
    // register-column-twice.
    static Result<Columns> from_header(const std::vector<std::string>& header,
                                       const std::map<Column, std::string>& names = {});

    // All columns in the order of Column.
    static const Columns& all();

    // Number of fields that every line must have.
    std::size_t width() const { return width_; }
    bool has(Column column) const { return place(column).has_value(); }
    // The field of that column, or "" where the register lacks it. REQUIRES: fields.size() == width().
    const std::string& of(const std::vector<std::string>& fields, Column column) const;
    // Where it stands, from 0.
    const std::optional<std::size_t>& place(Column column) const {
        return places_[static_cast<std::size_t>(column)];
    }

  private:
    std::array<std::optional<std::size_t>, column_count> places_;
    std::size_t width_ = 0;
};

// What is wrong in a column: the value as it stands there, and what would be right.
using ColumnProblem = std::function<void(Column, const std::string& value, std::string message)>;

// The person of that line, whose fields are UTF-8; calls `problem` for each column that is wrong, and what it
// returns then is to be thrown away. The number is valid or empty. REQUIRES: fields.size() ==
// columns.width().
Person read_row(const Columns& columns, const std::vector<std::string>& fields, const ColumnProblem& problem);

// The fields of a person in the order of Column, with ISO dates: what read_row reads as the same person.
std::vector<std::string> fields_of(const Person& person);

// The same fields but the number, with a tab between each two; no field holds one.
std::string register_line(const Person& person);
// The person again. REQUIRES: the line is that of register_line.
Person person_of(std::string_view number, std::string_view line);

// {"Familienname": "Yılmaz", ...}: the columns that hold something.
json::Object to_json(const Person& person);
// Errors: person-invalid, naming each column that is wrong or unknown and what would be right.
Result<Person> person_from_json(const json::Value& document);

}  // namespace stimme::roll
