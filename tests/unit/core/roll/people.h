// A small language for people, rules and registers in the tests of roll.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/base/clock.h"
#include "core/base/json_fields.h"
#include "core/roll/register/register.h"
#include "core/roll/register/register_row.h"
#include "core/roll/rules/eligibility.h"

namespace stimme::roll {

inline Day on(std::string_view iso) {
    return *parse_date(iso);
}

// Rules of that JSON object, which must be free of problems.
inline election::EligibilityRules rules_of(std::string_view text) {
    const auto value = json::parse(text);
    json::Problems problems;
    json::Fields in(*value, problems);
    auto rules = election::read_eligibility_rules(in);
    if (!problems.empty()) throw std::runtime_error(problems.all().front().message);
    return rules;
}

// A Turkish citizen of 40 years who has lived here for ten, on the day 2025-09-14.
inline Person resident() {
    Person person;
    person.number = "10000000";
    person.family_name = "Yılmaz";
    person.born = on("1985-05-05");
    person.nationalities = {"TUR"};
    person.main_residence_since = on("2015-01-01");
    person.in_germany_since = on("2015-01-01");
    person.postcode = "39104";
    person.city = "Magdeburg";
    return person;
}

// The codes of a decision, with blanks between them; "" is eligible.
inline std::string codes(const Decision& decision) {
    std::vector<std::string_view> result;
    for (const Reason reason : decision.reasons()) result.push_back(code_of(reason));
    return fmt::format("{}", fmt::join(result, " "));
}

inline std::string header_line() {
    std::vector<std::string_view> names;
    for (std::size_t i = 0; i < static_cast<std::size_t>(first_optional); ++i)
        names.push_back(header_of(static_cast<Column>(i)));
    return fmt::format("{}\r\n", fmt::join(names, ";"));
}

// The fields of one line, all in order, changed by name and joined again.
class Line {
  public:
    explicit Line(std::string number = "10000000") {
        fields_ = {std::move(number),
                   "Yılmaz",
                   "Ayşe",
                   "06.08.1977",
                   "w",
                   "TUR",
                   "",
                   "21.01.1994",
                   "21.01.1994",
                   "Agnetenstraße",
                   "46",
                   "39118",
                   "Magdeburg",
                   "Buckau",
                   "E",
                   "",
                   "",
                   "",
                   ""};
    }
    Line& with(Column column, std::string value) {
        fields_[static_cast<std::size_t>(column)] = std::move(value);
        return *this;
    }
    std::string text() const { return fmt::format("{}\r\n", fmt::join(fields_, ";")); }

  private:
    std::vector<std::string> fields_;
};

inline Register loaded(const std::string& text) {
    auto result = load_register(as_bytes(text));
    if (!result) throw std::runtime_error(result.error().message);
    return *std::move(result);
}

inline std::string refusal(const std::string& text) {
    const auto result = load_register(as_bytes(text));
    return result ? "accepted" : result.error().code;
}

// Each problem of a register as one string.
inline std::vector<std::string> problems_of(const std::string& text) {
    std::vector<std::string> result;
    for (const BadLine& bad : loaded(text).reading.problems) result.push_back(to_string(bad));
    return result;
}

}  // namespace stimme::roll
