#include "client/cli/exit_code.h"

namespace stimme::cli {

ExitCode exit_code_of(const Error& error) {
    if (error.code == "file-missing") return ExitCode::usage;  // of this machine: the wrong name was given
    switch (error.kind) {
        case ErrorKind::invalid:
            return ExitCode::usage;
        case ErrorKind::not_found:
        case ErrorKind::conflict:
        case ErrorKind::forbidden:
            return ExitCode::refused;
        case ErrorKind::unavailable:
            return ExitCode::unreachable;
        case ErrorKind::corrupt:
            return ExitCode::unverified;
        case ErrorKind::internal:
            return ExitCode::internal;
    }
    return ExitCode::internal;
}

std::string_view exit_code_help() {
    return "Exit codes:\n"
           "  0  done\n"
           "  1  refused: the state of the election or the rules don't allow it\n"
           "  2  wrong usage or wrong input\n"
           "  3  not reachable: network, server or disk; try again\n"
           "  4  verification failed: what was published or stored doesn't hold what it promises\n"
           "  5  a mistake of this program";
}

}  // namespace stimme::cli
