// `stimme tally show`: figures and seats, computed from the verified log.
//
// Thread rule: one thread at a time.
#pragma once

#include "client/cli/command.h"
#include "core/tally/result.h"

namespace stimme::office {

Status tally_show(client::cli::Context& context);

// {"contests": [{"contest", "groups": [{"members", "ballots", "totals"}], "paper": [...], "totals":
// {position: n}, "elected": [], "open_tie": {"between": [], "seats"}, "substitutes": []}], "result": whether
// the log has a result}. Errors: those of contest_totals.
Result<json::Object> tally_document(const election::ValidDefinition& definition,
                                    const tally::Figures& figures, bool has_result);

}  // namespace stimme::office
