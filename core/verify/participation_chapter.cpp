// Chapter 8: ballots against participation and the desks' counts (docs/verification.md, section 8).
#include <map>
#include <set>

#include <fmt/format.h>

#include "core/verify/run.h"

namespace stimme::verify {
namespace {

Status check_station(const Run& run, const events::ParticipationRow& row, std::uint64_t line) {
    if (!row.station || run.definition->station(*row.station) != nullptr) return {};
    return corrupt("station-unknown", fmt::format("line {} names station \"{}\"; there is none of that name",
                                                  line, row.station->str()));
}

// How many rows it has, when each is well formed.
Result<std::uint64_t> count_rows(const Run& run, const record::MappedFile& file) {
    if (hash_of(file) != run.closing().participation) {
        return corrupt("file-differs", "polls-closed names another list");
    }
    std::uint64_t rows = 0;
    Status stations;
    events::ParticipationReader reader;
    STIMME_CHECK(each_piece(file, [&](std::string_view lines) {
        return reader.read(lines, [&](const events::ParticipationRow& row) {
            ++rows;
            if (stations) stations = check_station(run, row, rows);
        });
    }));
    STIMME_CHECK(stations);
    return rows;
}

void read_participation(Run& run) {
    Check& check = run.report["V8.1"];
    auto file = run.record.map(record::participation_path);
    if (!file) return check.not_checkable("the list of participation can't be read");
    const auto rows = count_rows(run, *file);
    if (!rows) return check.fail(record::participation_path, rows.error());
    check.count(*rows);
    check.done();
    run.participation = *std::move(file);
}

// Whether a leaf stood in the sealed roll, by its corrections and whether it has a row. Nothing: the row and
// the corrections contradict each other.
std::optional<bool> was_sealed(bool has_row, bool added, bool struck) {
    if (added && struck) return has_row;  // struck and put back, or added and struck again
    if (added) return has_row ? std::optional(false) : std::nullopt;
    if (struck) return has_row ? std::nullopt : std::optional(true);
    return has_row;
}

// The roll as it was sealed, made again from the list of participation and the corrections, leaf by leaf in
// their order.
class SealedRoll {
  public:
    SealedRoll(const Run& run, Check& check)
        : added_(run.state->added_leaves()), struck_(run.state->struck_leaves()), check_(check) {
        corrected_ = added_;
        corrected_.insert(struck_.begin(), struck_.end());
        next_ = corrected_.begin();
    }

    void row(const Hash& leaf) {
        for (; next_ != corrected_.end() && *next_ < leaf; ++next_) take(*next_, false);
        if (next_ != corrected_.end() && *next_ == leaf) ++next_;
        take(leaf, true);
    }
    log::RootBuilder finish() {
        for (; next_ != corrected_.end(); ++next_) take(*next_, false);
        return std::move(roll_);
    }

  private:
    void take(const Hash& leaf, bool has_row) {
        const auto was = was_sealed(has_row, added_.contains(leaf), struck_.contains(leaf));
        if (was && *was) roll_.append_entry(leaf);
        if (was) return;
        check_.fail(fmt::format("participation, row {}", to_hex(leaf)),
                    corrupt("correction-ignored", "the list contradicts a correction of the roll"));
    }

    const std::set<Hash>& added_;
    const std::set<Hash>& struck_;
    std::set<Hash> corrected_;
    std::set<Hash>::const_iterator next_;
    Check& check_;
    log::RootBuilder roll_;
};

void verify_roll(Run& run) {
    Check& check = run.report["V8.2"];
    SealedRoll sealed(run, check);
    std::uint64_t rows = 0;
    each_row(run, [&](const events::ParticipationRow& row) {
        sealed.row(row.leaf);
        ++rows;
    });
    const log::RootBuilder roll = sealed.finish();
    const auto& expected = run.state->sealed();
    if (check.failed() == 0 && (roll.size() != expected.roll_count || roll.root() != expected.roll_root)) {
        check.fail(
            record::participation_path,
            corrupt("roll-differs", fmt::format("its {} rows don't give the roll of {} voters in entry 0",
                                                rows, expected.roll_count)));
    }
    check.count(rows);
    check.done();
}

// Voters who took part at a station.
struct Came {
    std::uint64_t with_pass = 0, on_paper = 0;
};
using Rows = std::map<StationId, Came>;

struct StationFigures {
    Came came;
    std::uint64_t cast = 0, checked_in = 0, voided = 0, paper = 0;
};

StationFigures figures_of(const Run& run, const Rows& rows, std::size_t station) {
    const StationId& id = run.election().stations[station].id;
    StationFigures figures;
    if (const auto found = rows.find(id); found != rows.end()) figures.came = found->second;
    for (std::size_t style = 0; style < run.election().styles.size(); ++style) {
        figures.cast += run.state->cast_at(station, style);
    }
    for (const events::DeskCount& desk : run.state->closed_stations().at(id).desks) {
        figures.checked_in += desk.checked_in;
        figures.voided += desk.voided;
        figures.paper += desk.paper;
    }
    return figures;
}

// (7.2)
Status compare_passes(const StationFigures& f) {
    const std::uint64_t rows = f.came.with_pass;
    if (f.cast > rows) {
        return corrupt("more-ballots-than-voters",
                       fmt::format("{} ballots, {} voters who took part with a pass", f.cast, rows));
    }
    if (rows + f.voided > f.checked_in) {
        return corrupt(
            "more-voters-than-check-ins",
            fmt::format("{} voters who took part with a pass, {} checked in and {} of these voided", rows,
                        f.checked_in, f.voided));
    }
    return {};
}

// (7.3)
Status compare_paper(const StationFigures& f) {
    if (f.came.on_paper == f.paper) return {};
    return corrupt("paper-voters-differ",
                   fmt::format("{} voters who took part on paper, {} by the counts of the desks",
                               f.came.on_paper, f.paper));
}

void verify_stations(Run& run) {
    Check &passes = run.report["V8.3"], &paper = run.report["V8.4"];
    Rows rows;
    each_row(run, [&](const events::ParticipationRow& row) {
        if (!row.station) return;
        Came& came = rows[*row.station];
        ++(row.paper ? came.on_paper : came.with_pass);
    });
    for (std::size_t i = 0; i < run.election().stations.size(); ++i) {
        const std::string name = fmt::format("station {}", run.election().stations[i].id.str());
        const StationFigures figures = figures_of(run, rows, i);
        passes.count();
        paper.count();
        if (const auto status = compare_passes(figures); !status) passes.fail(name, status.error());
        if (const auto status = compare_paper(figures); !status) paper.fail(name, status.error());
        run.report.fact(name,
                        fmt::format("{} ballots, {} voters who took part with a pass, {} checked in, {} "
                                    "voided; {} voters who took part on paper",
                                    figures.cast, figures.came.with_pass, figures.checked_in, figures.voided,
                                    figures.came.on_paper));
    }
    passes.done();
    paper.done();
}

}  // namespace

void each_row(const Run& run, const std::function<void(const events::ParticipationRow&)>& take) {
    events::ParticipationReader reader;
    // V8.1 has read every row.
    static_cast<void>(
        each_piece(*run.participation, [&](std::string_view lines) { return reader.read(lines, take); }));
}

void verify_participation(Run& run) {
    if (!run.closed()) return run.report.chapter_not_checkable("V8.", run.not_closed());
    read_participation(run);
    if (!run.participation) return;
    verify_roll(run);
    verify_stations(run);
}

}  // namespace stimme::verify
