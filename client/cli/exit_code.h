// Exit codes of `stimme`, the same for every command; part of the program's interface and told in its help.
//
// Thread rule: pure functions.
#pragma once

#include <string_view>

#include "core/base/result.h"

namespace stimme::cli {

enum class ExitCode {
    success = 0,
    refused = 1,      // it was right, but the state of things or the rules don't allow it
    usage = 2,        // wrong flags or wrong input
    unreachable = 3,  // network, server or disk: try again
    unverified = 4,   // something that was published or stored doesn't hold what it promises
    internal = 5,     // a mistake of the program
};

ExitCode exit_code_of(const Error& error);

// The table of exit codes, for help texts.
std::string_view exit_code_help();

}  // namespace stimme::cli
