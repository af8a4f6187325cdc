// One row of the resident register (Melderegister), checked column by column. It exists only while a register
// is read: what the roll keeps of it is decided where the roll is made.
//
// Thread rule: values.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace stimme::roll {

using Day = std::chrono::year_month_day;  // a day of the calendar, valid

enum class Sex { female, male, diverse, unstated };

enum class Dwelling {
    only,       // E: the only dwelling, so it is the main residence
    main,       // H: main residence beside others
    secondary,  // N: the main residence is elsewhere
};

// An application to be on the roll.
struct Application {
    std::optional<Day> received_on;  // nothing: the office has noted it as in time
    bool operator==(const Application&) const = default;
};

struct Person {
    std::string number;  // 1 to 16 of 0-9, A-Z and hyphen; unique in a register
    std::string family_name;
    std::string given_names;
    Day born;
    Sex sex = Sex::unstated;
    std::vector<std::string>
        nationalities;  // ISO 3166-1 alpha-3 and the codes of ICAO 9303; XXA is stateless
    std::optional<Day> naturalised_on;
    std::optional<Day> main_residence_since;  // there unless the dwelling is secondary
    std::optional<Day> in_germany_since;
    std::string street;
    std::string house_number;
    std::string postcode;
    std::string city;
    std::string district;
    Dwelling dwelling = Dwelling::only;
    bool register_block = false;  // Auskunftssperre: the address must not be told or printed
    bool excluded = false;        // Wahlausschluss: from voting
    std::optional<Application> application;
    std::optional<Day> moved_or_died_on;
    bool resettler = false;
    std::string residence_status;  // as the office writes it; "" is none, or not told

    bool operator==(const Person&) const = default;
};

}  // namespace stimme::roll
