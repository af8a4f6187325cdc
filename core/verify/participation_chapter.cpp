// Chapter 8: ballots against participation and the desks' counts (docs/verification.md, section 8).
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "core/verify/run.h"

namespace stimme::verify {
namespace {

using Rows = std::vector<events::ParticipationRow>;

Status well_formed(const Run& run, const Rows& rows) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (!rows[i].station || run.definition->station(*rows[i].station) != nullptr) continue;
        return corrupt("station-unknown",
                       fmt::format("line {} names station \"{}\"; there is none of that name", i + 1,
                                   rows[i].station->str()));
    }
    return {};
}

Result<Rows> read_rows(const Run& run, ByteView file) {
    if (events::file_hash(file) != run.closing().participation) {
        return corrupt("file-differs", "polls-closed names another list");
    }
    STIMME_TRY(Rows rows, events::read_participation(as_text(file)));
    STIMME_CHECK(well_formed(run, rows));
    return rows;
}

void read_participation(Run& run) {
    Check& check = run.report["V8.1"];
    const auto file = run.record.read(record::participation_path);
    if (!file) return check.not_checkable("the list of participation can't be read");
    auto rows = read_rows(run, *file);
    if (!rows) return check.fail(record::participation_path, rows.error());
    check.count(rows->size());
    check.done();
    run.participation = *std::move(rows);
}

// Whether a leaf stood in the sealed roll, by its corrections and whether it has a row. Nothing: the row and
// the corrections contradict each other.
std::optional<bool> was_sealed(bool has_row, bool added, bool struck) {
    if (added && struck) return has_row;  // struck and put back, or added and struck again
    if (added) return has_row ? std::optional(false) : std::nullopt;
    if (struck) return has_row ? std::nullopt : std::optional(true);
    return has_row;
}

void verify_roll(Run& run) {
    Check& check = run.report["V8.2"];
    const auto& added = run.state->added_leaves();
    const auto& struck = run.state->struck_leaves();
    std::set<Hash> known;
    for (const auto& row : *run.participation) known.insert(row.leaf);
    std::set<Hash> all = known;
    all.insert(added.begin(), added.end());
    all.insert(struck.begin(), struck.end());

    std::vector<Hash> sealed;
    for (const Hash& leaf : all) {
        const auto was = was_sealed(known.contains(leaf), added.contains(leaf), struck.contains(leaf));
        if (!was) {
            check.fail(fmt::format("participation, row {}", to_hex(leaf)),
                       corrupt("correction-ignored", "the list contradicts a correction of the roll"));
        } else if (*was) {
            sealed.push_back(leaf);
        }
    }
    if (check.failed() == 0 && (sealed.size() != run.state->sealed().roll_count ||
                                events::roll_root(sealed) != run.state->sealed().roll_root)) {
        check.fail(
            record::participation_path,
            corrupt("roll-differs", fmt::format("its {} rows don't give the roll of {} voters in entry 0",
                                                known.size(), run.state->sealed().roll_count)));
    }
    check.count(known.size());
    check.done();
}

struct StationFigures {
    std::uint64_t cast = 0, rows = 0, checked_in = 0, voided = 0;
};

StationFigures figures_of(const Run& run, std::size_t station) {
    const StationId& id = run.election().stations[station].id;
    StationFigures figures;
    for (std::size_t style = 0; style < run.election().styles.size(); ++style) {
        figures.cast += run.state->cast_at(station, style);
    }
    for (const auto& row : *run.participation) figures.rows += row.station == id ? 1 : 0;
    for (const events::DeskCount& desk : run.state->closed_stations().at(id).desks) {
        figures.checked_in += desk.checked_in;
        figures.voided += desk.voided;
    }
    return figures;
}

// (7.2)
Status compare(const StationFigures& f) {
    if (f.cast > f.rows) {
        return corrupt("more-ballots-than-voters",
                       fmt::format("{} ballots, {} voters who took part", f.cast, f.rows));
    }
    if (f.rows + f.voided > f.checked_in) {
        return corrupt("more-voters-than-check-ins",
                       fmt::format("{} voters who took part, {} checked in and {} of these voided", f.rows,
                                   f.checked_in, f.voided));
    }
    return {};
}

void verify_stations(Run& run) {
    Check& check = run.report["V8.3"];
    for (std::size_t i = 0; i < run.election().stations.size(); ++i) {
        const std::string name = fmt::format("station {}", run.election().stations[i].id.str());
        const StationFigures figures = figures_of(run, i);
        check.count();
        if (const auto status = compare(figures); !status) check.fail(name, status.error());
        run.report.fact(name, fmt::format("{} ballots, {} voters who took part, {} checked in, {} voided",
                                          figures.cast, figures.rows, figures.checked_in, figures.voided));
    }
    check.done();
}

}  // namespace

void verify_participation(Run& run) {
    if (!run.closed()) return run.report.chapter_not_checkable("V8.", run.not_closed());
    read_participation(run);
    if (!run.participation) return;
    verify_roll(run);
    verify_stations(run);
}

}  // namespace stimme::verify
