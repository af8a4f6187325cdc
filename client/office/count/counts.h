// What people count by hand: batches of paper ballots, their counts, hand counts of printed ballots. Two
// officials enter it, each for themselves; it is logged when they agree (docs/protocol.md, section 8.4).
//
// Thread rule: one thread at a time.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "client/cli/command.h"
#include "client/office/acts/act.h"

namespace stimme::office {

// Errors: contest-unknown.
Result<const election::Contest*> contest_named(const election::ValidDefinition& definition,
                                               const std::string& id);

// Of "NAME=VALUE".
struct Assigned {
    std::string name;   // before the first "="
    std::string value;  // behind it
};
// Nothing where one of the two is empty.
std::optional<Assigned> assigned(const std::string& text);

struct BatchesOptions {
    std::string contest, reason;
    std::vector<std::string> batches;  // "nord/nord1=12" of a station, "nord=40" by post
    std::vector<std::string> remarks;  // "nord/nord1=two took theirs along"
};
// How many paper ballots there are. Others of the same contest supersede them, with a reason. Errors:
// contest-unknown, batch-invalid (naming what is right), reason-missing, counts-differ (conflict: another
// official entered something else; both are shown), those of Official::sign.
Status enter_batches(const BatchesOptions& options, cli::Context& context);

struct CountOptions {
    std::string contest, group, reason, explanation;
    std::uint64_t ballots = 0;
    std::vector<std::string> totals;  // "k01=12", "invalid=3"; what is left out is 0
};
// What stands on the paper ballots of a group, and on the printed ones of a counted group. Errors:
// contest-unknown, option-unknown, total-invalid, reason-missing, counts-differ, those of Official::sign.
Status enter_paper_count(const CountOptions& options, cli::Context& context);
Status enter_hand_count(const CountOptions& options, cli::Context& context);

// Which paper ballots are counted together, and what is counted.
Status show_paper_groups(cli::Context& context);

}  // namespace stimme::office
