// Chapter 10: paper counts, lots, seats, result (docs/verification.md, section 10).
#include <fmt/format.h>

#include "core/tally/audit.h"
#include "core/tally/lot_numbers.h"
#include "core/verify/run.h"

namespace stimme::verify {
namespace {

// Each was checked where it stands in the log (chapter 4); what couldn't be read there isn't known.
void verify_counts(Run& run) {
    for (const char* number : {"V10.1", "V10.6"}) {
        if (!run.order_right) run.report[number].not_checkable("the log can't be followed to its end");
        run.report[number].done();
    }
}

void verify_lots(Run& run) {
    Check& check = run.report["V10.2"];
    const auto& lots = run.state->count().lots();
    for (std::size_t i = 0; i < lots.size(); ++i) {
        const std::vector<events::LotDrawn> earlier(lots.begin(),
                                                    lots.begin() + static_cast<std::ptrdiff_t>(i));
        const tally::Figures figures{*run.totals, run.lots[i].paper, earlier};
        check.count();
        const auto& round = run.state->count().lot_rounds()[i];
        const auto status = tally::check_lot(*run.definition, run.state->sealed().election, figures,
                                             round ? &*round : nullptr, lots[i]);
        if (!status) check.fail(entry_place(run.lots[i].entry), status.error());
    }
    check.done();
}

std::string names(const std::vector<OptionId>& options) {
    std::string text;
    for (const OptionId& option : options) text += (text.empty() ? "" : ", ") + option.str();
    return text.empty() ? "nobody" : text;
}

// One contest of the result that stands.
void verify_contest(Run& run, const tally::Figures& figures, std::size_t index) {
    Check& totals = run.report["V10.3"];
    Check& seats = run.report["V10.4"];
    const election::Contest& contest = run.election().contests[index];
    const events::ContestResult& found = run.state->result()->contests[index];
    const std::string place = fmt::format("result, contest {}", contest.id.str());
    totals.count();
    const auto expected = tally::contest_totals(*run.definition, index, figures);
    if (!expected) return totals.fail(place, expected.error());
    if (found.contest != contest.id || found.totals != *expected) {
        totals.fail(place, corrupt("result-totals-differ",
                                   fmt::format("the totals are {}", fmt::join(*expected, ", "))));
    }
    const tally::Seats due = *tally::contest_seats(*run.definition, index, figures);
    seats.count();
    if (due.open_tie) {
        seats.fail(place, conflict("tie-open", fmt::format("a lot must decide between {}",
                                                           names(due.open_tie->between))));
    } else if (found.elected != due.elected) {
        seats.fail(place, corrupt("seats-differ", fmt::format("elected are {}", names(due.elected))));
    }
}

void verify_standing_result(Run& run) {
    Check& totals = run.report["V10.3"];
    const auto& result = run.state->result();
    if (result->contests.size() != run.election().contests.size()) {
        return totals.fail(entry_place(run.state->result_index()),
                           corrupt("result-contests-differ", "it must name every contest, in order"));
    }
    const auto& count = run.state->count();
    const tally::Figures figures{*run.totals, tally::paper_figures(*run.definition, count), count.lots()};
    for (std::size_t i = 0; i < result->contests.size(); ++i) verify_contest(run, figures, i);
    totals.done();
    run.report["V10.4"].done();
}

// REQUIRES: the totals and the counts are right.
void verify_audits(Run& run) {
    Check& check = run.report["V10.7"];
    if (!tally::audits_outcomes(*run.definition)) return check.done();
    if (run.state->phase() != election::Phase::certified)
        return check.not_checkable("it isn't certified yet");
    check.count(run.election().contests.size());
    check.done();
    const auto status = tally::check_audits(*run.state);
    if (!status) check.fail("certification", status.error());
}

void verify_certified(Run& run) {
    Check& check = run.report["V10.5"];
    if (run.state->phase() != election::Phase::certified)
        return check.not_checkable("it isn't certified yet");
    check.count();
    check.done();
}

}  // namespace

void verify_result(Run& run) {
    if (!run.closed()) return run.report.chapter_not_checkable("V10.", run.not_closed());
    verify_counts(run);
    verify_certified(run);
    if (!run.totals) return run.report.chapter_not_checkable("V10.", "there are no verified totals");
    if (run.report["V10.1"].verdict() != Verdict::passed) return;
    verify_lots(run);
    if (run.report["V10.6"].verdict() == Verdict::passed) verify_audits(run);
    const bool certified = run.state->phase() == election::Phase::certified;
    if (!run.state->result()) return run.report.chapter_not_checkable("V10.", "there is no result yet");
    if (!certified && run.state->result_outdated()) {
        return run.report.chapter_not_checkable(
            "V10.", "paper ballots were counted or a lot was drawn after the result");
    }
    verify_standing_result(run);
}

}  // namespace stimme::verify
