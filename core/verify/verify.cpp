#include "core/verify/verify.h"

#include "core/verify/run.h"

namespace stimme::verify {
namespace {

void verify_chapters(Run& run) {
    read_definition(run);
    read_log(run);
    verify_tree(run);
    if (run.definition) {
        verify_files(run);
        verify_checkpoint(run);
    }
    verify_passes(run);
    verify_ballots(run);
    verify_openings(run);
    verify_participation(run);
    verify_tally(run);
    verify_result(run);
    if (run.definition) verify_brought(run);
}

bool contradicted(const Report& report) {
    for (const char* number : {"V11.1", "V11.2", "V11.3", "V11.4"}) {
        if (report[number].verdict() == Verdict::failed) return true;
    }
    return false;
}

std::optional<ClosedElection> closed_election(const Run& run) {
    if (!run.closed() || !run.sums || !run.report.complete_up_to(8) || contradicted(run.report)) {
        return std::nullopt;
    }
    return ClosedElection{{*run.definition, *run.keys, run.closing_view()}, *run.sums};
}

}  // namespace

Outcome verify(const std::filesystem::path& folder, const Options& options) {
    Outcome outcome;
    const auto record = record::Record::open(folder);
    if (!record) {
        outcome.report["V1.4"].fail(record::checkpoint_path, record.error());
        return outcome;
    }
    outcome.checkpoint = record->checkpoint();
    Run run(*record, options, outcome.report);
    verify_chapters(run);
    if (run.keys) outcome.election = run.keys->election;
    outcome.closed = closed_election(run);
    return outcome;
}

}  // namespace stimme::verify
