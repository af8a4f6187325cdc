// Chapter 10: paper counts, lots, seats, result (docs/verification.md, section 10).
#include <fmt/format.h>

#include "core/tally/result.h"
#include "core/verify/run.h"

namespace stimme::verify {
namespace {

__extension__ using Wide = unsigned __int128;

Status possible(const election::Contest& contest, const events::PaperCount& count) {
    if (count.totals.size() != contest.positions()) {
        return corrupt("paper-count-length", fmt::format("{} totals; the contest has {}", count.totals.size(),
                                                         contest.positions()));
    }
    Wide votes = 0;
    for (std::size_t i = 0; i < count.totals.size(); ++i) {
        if (count.totals[i] > Wide{contest.max_value(i)} * count.ballots) {
            return corrupt("paper-count-impossible", fmt::format("more for \"{}\" than {} ballots can give",
                                                                 contest.position_name(i), count.ballots));
        }
        votes += Wide{contest.weight(i)} * count.totals[i];
    }
    if (votes <= Wide{contest.votes_per_voter} * count.ballots) return {};
    return corrupt("paper-count-impossible",
                   fmt::format("more votes than {} ballots can give", count.ballots));
}

Status verify_paper_count(const Run& run, const events::PaperCount& count) {
    for (const election::District& district : run.election().districts) {
        if (district.id == count.district) {
            return possible(run.election().contests[*run.definition->contest_index(count.contest)], count);
        }
    }
    return not_found("district-unknown", fmt::format("there is no district \"{}\"", count.district.str()));
}

void verify_paper(Run& run) {
    Check& check = run.report["V10.1"];
    for (const auto& [index, count] : run.state->paper_counts()) {
        check.count();
        if (const auto status = verify_paper_count(run, count); !status) {
            check.fail(entry_place(index), status.error());
        }
    }
    for (const DrawnLot& lot : run.lots) {
        for (const auto& [index, count] : lot.paper) {
            if (run.state->paper_counts().contains(index)) continue;
            if (const auto status = verify_paper_count(run, count); !status) {
                check.fail(entry_place(index), status.error());
            }
        }
    }
    check.done();
}

void verify_lots(Run& run) {
    Check& check = run.report["V10.2"];
    const auto& lots = run.state->lots();
    for (std::size_t i = 0; i < lots.size(); ++i) {
        const std::vector<events::LotDrawn> earlier(lots.begin(),
                                                    lots.begin() + static_cast<std::ptrdiff_t>(i));
        const tally::Figures figures{*run.totals, run.lots[i].paper, earlier};
        check.count();
        const auto status = tally::check_lot(*run.definition, figures, lots[i]);
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
    const tally::Figures figures{*run.totals, run.state->paper_counts(), run.state->lots()};
    for (std::size_t i = 0; i < result->contests.size(); ++i) verify_contest(run, figures, i);
    totals.done();
    run.report["V10.4"].done();
}

bool counted_since_result(const Run& run) {
    const auto& paper = run.state->paper_counts();
    return !paper.empty() && paper.rbegin()->first > run.state->result_index();
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
    verify_paper(run);
    verify_certified(run);
    if (!run.totals) return run.report.chapter_not_checkable("V10.", "there are no verified totals");
    if (run.report["V10.1"].verdict() != Verdict::passed) return;
    verify_lots(run);
    const bool certified = run.state->phase() == election::Phase::certified;
    if (!run.state->result()) return run.report.chapter_not_checkable("V10.", "there is no result yet");
    if (!certified && counted_since_result(run)) {
        return run.report.chapter_not_checkable("V10.", "paper ballots were counted after the result");
    }
    verify_standing_result(run);
}

}  // namespace stimme::verify
