// Chapter 7: tested ballots, computed again (docs/verification.md, section 7).
#include <fmt/format.h>

#include "core/ballot/opening.h"
#include "core/verify/run.h"

namespace stimme::verify {
namespace {

// What the log opened: the submission, and whether the log says that the opening failed.
struct Opened {
    events::PassNumber t;
    Hash tracking_code;
    events::Opening opening;
    bool called_failed;
};

Result<Opened> read_opened(const Run& run, std::uint64_t index) {
    const Error changed = unavailable("record-changed", "the record changed while it was checked");
    STIMME_TRY(const auto bundle, run.record.bundle(index / log::tile_width));
    STIMME_TRY(const auto entry, events::decode(as_text(bundle.entries[index % log::tile_width])));
    if (const auto* c = std::get_if<events::BallotChallenged>(&entry.content)) {
        return Opened{c->t, c->tracking_code, c->opening, false};
    }
    const auto* c = std::get_if<events::ChallengeFailed>(&entry.content);
    if (c == nullptr || !std::holds_alternative<events::Opening>(c->cause)) return changed;
    return Opened{c->t, c->tracking_code, std::get<events::Opening>(c->cause), true};
}

Status judge(const Opened& opened, Status same) {
    if (!opened.called_failed) return same;
    if (!same) return {};
    return corrupt("opening-right", "seed and selections do make the ballot that was submitted");
}

// (4.7)
void verify_opened(const Run& run, const std::vector<ballot::Layout>& layouts, const OpenedBallot& where,
                   Part& part) {
    const auto opened = read_opened(run, where.entry);
    if (!opened) {
        part.unchecked = opened.error();
        return;
    }
    const election::Definition& definition = run.election();
    const ballot::Context context{run.keys->election, definition.stations[where.station].id,
                                  definition.styles[where.style].id, opened->t};
    const Status verdict = judge(*opened, ballot::verify_opening(*run.key, layouts[where.style], context,
                                                                 opened->opening, opened->tracking_code));
    if (verdict) return;
    part.fail(opened->called_failed ? "V7.2" : "V7.1",
              {entry_place(where.entry), verdict.error().code, verdict.error().message});
}

}  // namespace

void verify_openings(Run& run) {
    if (!run.state) return run.report.chapter_not_checkable("V7.", run.not_closed());
    const bool nothing_to_open = run.keys && run.keys->paper_only() && run.opened.size() == 0;
    if (!run.key && !nothing_to_open)
        return run.report.chapter_not_checkable("V7.", "there is no election key");
    std::vector<ballot::Layout> layouts;
    for (const election::Style& style : run.election().styles) layouts.emplace_back(*run.definition, style);

    const auto check_unit = [&](std::uint64_t begin, std::uint64_t end) {
        Part part;
        const auto opened = run.opened.read(begin, end);
        if (!opened) part.unchecked = opened.error();
        if (opened) {
            for (const OpenedBallot& one : *opened) verify_opened(run, layouts, one, part);
        }
        return part;
    };
    run.work.run("tested ballots", run.opened.size(), unit_size(run.opened.size(), 1), check_unit, run.report,
                 {"V7.1", "V7.2"});
    for (const char* number : {"V7.1", "V7.2"}) {
        if (!run.order_right) run.report[number].not_checkable(run.not_closed());
        run.report[number].done();
    }
}

}  // namespace stimme::verify
