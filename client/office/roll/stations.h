// `stimme roll assign|unassign|stations|gaps`: which polling station everyone belongs to. Officials only.
//
// Thread rule: one thread at a time.
#pragma once

#include <filesystem>
#include <string>

#include "client/cli/command.h"

namespace stimme::office {

struct AssignOptions {
    std::filesystem::path file;  // CSV, one of the three kinds of core/roll/stations/assignment_file.h
    bool dry_run = false;
};
// Errors: those of the server; assignment-invalid lists every bad line.
Status roll_assign(const AssignOptions& options, cli::Context& context);

struct UnassignOptions {
    std::string part;  // "list", "streets", "areas"
    bool dry_run = false;
};
// Takes away what was brought of that kind.
Status roll_unassign(const UnassignOptions& options, cli::Context& context);

// What was brought, and how many vote at each station.
Status roll_stations(cli::Context& context);
// Who may vote and belongs to no station, by street; where sources contradict each other; what fits nobody.
Status roll_gaps(cli::Context& context);

// "the street directory", "the list of people", "the list of areas", "the definition".
std::string source_in_words(std::string_view source);

}  // namespace stimme::office
