// Chapter 7: tested ballots, computed again (docs/verification.md, section 7).
#include <fmt/format.h>

#include "core/ballot/opening.h"
#include "core/verify/run.h"

namespace stimme::verify {
namespace {

Status verify_opened(const Run& run, const std::vector<ballot::Layout>& layouts, const OpenedBallot& opened) {
    const election::Definition& definition = run.election();
    const ballot::Context context{run.keys->election, definition.stations[opened.station].id,
                                  definition.styles[opened.style].id, opened.t};
    // (4.7)
    return ballot::verify_opening(*run.key, layouts[opened.style], context, opened.opening,
                                  opened.tracking_code);
}

Status judge(const OpenedBallot& opened, Status same) {
    if (!opened.called_failed) return same;
    if (!same) return {};
    return corrupt("opening-right", "seed and selections do make the ballot that was submitted");
}

}  // namespace

void verify_openings(Run& run) {
    if (!run.state) return run.report.chapter_not_checkable("V7.", run.not_closed());
    const bool nothing_to_open = run.keys && run.keys->paper_only() && run.opened.empty();
    if (!run.key && !nothing_to_open)
        return run.report.chapter_not_checkable("V7.", "there is no election key");
    std::vector<ballot::Layout> layouts;
    for (const election::Style& style : run.election().styles) layouts.emplace_back(*run.definition, style);

    std::vector<Status> verdicts(run.opened.size());
    for_ranges(run.threads, run.opened.size(), 1, [&](unsigned, std::size_t i, auto, auto) {
        verdicts[i] = judge(run.opened[i], verify_opened(run, layouts, run.opened[i]));
        run.advance(1, run.opened.size(), "tested ballots");
    });
    for (std::size_t i = 0; i < verdicts.size(); ++i) {
        Check& check = run.report[run.opened[i].called_failed ? "V7.2" : "V7.1"];
        check.count();
        if (!verdicts[i]) check.fail(entry_place(run.opened[i].entry), verdicts[i].error());
    }
    for (const char* number : {"V7.1", "V7.2"}) {
        if (!run.order_right) run.report[number].not_checkable(run.not_closed());
        run.report[number].done();
    }
}

}  // namespace stimme::verify
