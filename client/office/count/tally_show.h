// `stimme tally show`: figures and seats, computed from the verified log.
//
// Thread rule: one thread at a time.
#pragma once

#include "client/cli/command.h"
#include "core/tally/result.h"

namespace stimme::office {

struct TallyShowOptions {
    bool steps = false;  // also the steps of the count
};
Status tally_show(const TallyShowOptions& options, cli::Context& context);

// The steps of a count as lines, tables indented below their words; and as [{"text", "table": [[]]}].
void show_steps(const std::vector<tally::Step>& steps, cli::Output& out);
json::Array steps_array(const std::vector<tally::Step>& steps);

// {"contests": [{"contest", "groups": [{"members", "ballots", "totals"}], "paper": [...], "totals":
// {position: n}, "elected": [], "open_tie": {"between": [], "seats"}, "substitutes": [], "empty", "lists":
// [{"list", "votes", "seats", "elected": [], "substitutes": []}], "personal_substitutes": {elected: name},
// "other_seats": {"delegated", "co_opted"}, "steps": [{"text", "table": [[]]}]}], "result": whether the log
// has a result}. Errors: those of contest_totals.
Result<json::Object> tally_document(const election::ValidDefinition& definition,
                                    const tally::Figures& figures, bool has_result);

}  // namespace stimme::office
