// `stimme roll check`: who in a register may vote, or stand for election, by the rules of a definition, and
// why the others may not. `stimme roll deadlines`: what is due when. Neither needs a server.
//
// Thread rule: one thread at a time.
#pragma once

#include <filesystem>

#include "client/cli/command.h"
#include "client/office/roll/import.h"
#include "core/election/definition.h"

namespace stimme::office {

struct RollCheckOptions {
    std::filesystem::path register_file;
    std::filesystem::path definition;
    FormatOptions format;
    bool candidacy = false;  // who may stand for election
};

// Errors: those of the definition and of the register; register-invalid when lines of it are wrong, which are
// then listed on the error stream.
Status roll_check(const RollCheckOptions& options, cli::Context& context);

// The deadlines of the definition as seen today. Errors: those of the definition.
Status roll_deadlines(const std::filesystem::path& definition, cli::Context& context);

}  // namespace stimme::office
