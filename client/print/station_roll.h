// The roll of one polling station on paper, for the day on which its computers fail: who votes there, with an
// empty box for the mark that somebody voted, and at the end the totals and the signatures of the board of
// the station (Wahlvorstand). In German, as the official form is. Mode 0600.
//
// Thread rule: pure function over the file system.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <variant>

#include "client/print/paper.h"
#include "core/base/result.h"

namespace stimme::print {

// Who has a register block (Auskunftssperre) has no address here, only the mark.
struct RegisterBlock {};

enum class Standing {
    entered,
    admitted,    // after the roll was closed
    struck_off,  // stays readable, is crossed out and has no box
};

struct StationVoter {
    std::string number;  // in the voter roll
    PersonName name;
    std::optional<int> birth_year;
    std::variant<Address, RegisterBlock> address;
    std::string style;  // of the ballot
    Standing standing = Standing::entered;
    std::string note = {};  // beside what the standing says; may be empty
};

struct StationRoll {
    std::string authority;
    ElectionOnPaper election;
    PollingPlace station;
    Day dated;
};

// Rows in the order of `voters`. Errors: font-missing, those of write_file.
Result<Printed> print_station_roll(const std::filesystem::path& path, const StationRoll& roll,
                                   std::span<const StationVoter> voters);

}  // namespace stimme::print
