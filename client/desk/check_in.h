// How passes come out: beside no person.
//
// Thread rule: one thread.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "client/cli/output.h"
#include "client/desk/desk.h"

namespace stimme::desk {

struct Summary {
    std::uint64_t passes = 0;
    std::uint64_t refused = 0;
};

// Writes passes to the output, a line each (with --json an object each), and refusals to the error stream,
// with voter and reason; counts both into `summary`. Both must outlive the printer.
Desk::Tell batch_printer(cli::Output& out, Summary& summary);

// One voter number a line; blank lines are skipped. Errors: voter-number-invalid, naming the line.
Result<std::vector<std::string>> read_numbers(std::istream& in);
// All of them. Errors: those of read_numbers and Desk::check_in.
Status check_in_all(std::istream& in, Desk& desk, cli::Output& out);

}  // namespace stimme::desk
