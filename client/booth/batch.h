// Many ballots at once: one JSON object a line, answered by one a line (docs of `stimme booth vote --batch`).
//
//     {"pass": "…", "choices": ["k01", "3"], "then": "cast", "receipt": "r1.txt"}
//     {"pass": "…", "choices": {"board": ["k01"], "mayor": ["blank"]}, "then": "challenge"}
//     {"pass": "…", "invalid": true, "then": "cast"}       or "blank": true
//
// Thread rule: values; run_batch belongs to one thread.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <optional>
#include <string_view>

#include "client/booth/choices.h"
#include "client/booth/visit.h"
#include "client/cli/output.h"

namespace stimme::booth {

enum class Then { cast, challenge };

struct BatchLine {
    pass::Pass pass;
    Wish wish;
    Then then;
    std::optional<std::filesystem::path> receipt;  // where it goes; otherwise it stands in the answer
};

// Errors: those of json::parse and parse_pass, batch-line-invalid.
Result<BatchLine> parse_batch_line(std::string_view text);

// One visit after the other; a failure is answered by {"line", "error"} and noted, and the next line's turn
// comes. Errors: batch-incomplete (some lines failed), those of a server that can't be reached, which ends
// it.
Status run_batch(std::istream& in, const Polling& polling, Random& random, Server& server,
                 const session::Patience& patience, const Visit::Watcher& watcher, cli::Output& out);

// A ballot as programs read it: tracking code, index, what was done, and what came of it.
Result<json::Object> finish_visit(Visit& visit, Then then,
                                  const std::optional<std::filesystem::path>& receipt);

}  // namespace stimme::booth
