// Chapter 6: the counted ballots, each with its proofs, on all cores (docs/verification.md, section 6). Files
// are mapped, read once in units, and let go, so memory doesn't grow with the number of ballots.
#include <algorithm>

#include <fmt/format.h>

#include "core/ballot/check.h"
#include "core/ballot/opening.h"
#include "core/ballot/tracking_code.h"
#include "core/verify/run.h"

namespace stimme::verify {
namespace {

// Ballots that are checked together: enough for a fast multiplication, few enough to share among cores.
std::uint64_t ballots_at_once(std::size_t size) {
    return std::clamp<std::uint64_t>((std::uint64_t{1} << 20) / size, 1, 128);
}

// The groups with ballots, as the log casts them, must be those of polls-closed.
bool verify_groups(Run& run, const std::vector<record::BallotGroup>& groups) {
    Check& check = run.report["V6.1"];
    const auto& listed = run.closing().ballots;
    const std::string place = entry_place(run.state->closing_size() - 1);
    std::vector<std::string> expected, found;
    for (const auto& group : groups) {
        expected.push_back(fmt::format("{}/{}: {}", run.election().districts[group.district].id.str(),
                                       run.election().styles[group.style].id.str(), group.ballots));
    }
    for (const auto& file : listed) {
        found.push_back(fmt::format("{}/{}: {}", file.district.str(), file.style.str(), file.count));
    }
    check.count(expected.size());
    check.done();
    if (expected == found) return true;
    check.fail(place, corrupt("ballot-groups-differ",
                              fmt::format("it names {}; the log casts {}", fmt::join(found, ", "),
                                          fmt::join(expected, ", "))));
    return false;
}

// One file of ballots, in units.
class BallotFile {
  public:
    BallotFile(Run& run, const record::BallotGroup& group, const record::MappedFile& file, std::string path)
        : run_(run),
          group_(group),
          file_(file),
          path_(std::move(path)),
          layout_(*run.definition, run.election().styles[group.style]),
          cast_(run.cast.at({group.district, group.style})) {}

    bool has_right_length() const { return file_.bytes().size() == layout_.size() * group_.ballots; }
    // What every unit found, or nothing when this shard hasn't all of them.
    std::optional<std::vector<Part>> verify();

  private:
    ByteView body(std::uint64_t i) const { return file_.bytes().subspan(i * layout_.size(), layout_.size()); }
    std::string place(std::uint64_t i, const CastBallot& cast) const {
        return fmt::format("{}, ballot {} (entry {})", path_, i, cast.entry);
    }
    ballot::Context context(const CastBallot& cast) const {
        return {run_.keys->election, run_.election().stations[cast.station].id, layout_.style(), cast.t};
    }
    Part verify_unit(std::uint64_t begin, std::uint64_t end) const;
    std::vector<Result<ballot::CheckedBallot>> check(
        const std::vector<ballot::SubmittedBallot>& ballots) const;
    void verify_batch(std::uint64_t begin, const std::vector<CastBallot>& cast, tally::GroupSums& sums,
                      Part& part) const;

    Run& run_;
    const record::BallotGroup& group_;
    const record::MappedFile& file_;
    std::string path_;
    ballot::Layout layout_;
    const Spill<CastBallot>& cast_;
};

std::vector<Result<ballot::CheckedBallot>> BallotFile::check(
    const std::vector<ballot::SubmittedBallot>& ballots) const {
    if (run_.options.reference) return ballot::check_each(layout_, *run_.key, ballots);
    SystemRandom random;
    return ballot::check_all(layout_, *run_.key, ballots, random);
}

// `cast` are the ballots from `begin` on.
void BallotFile::verify_batch(std::uint64_t begin, const std::vector<CastBallot>& cast,
                              tally::GroupSums& sums, Part& part) const {
    std::vector<ballot::SubmittedBallot> ballots;
    std::vector<std::size_t> numbers;
    for (std::size_t i = 0; i < cast.size(); ++i) {
        const ballot::Context own = context(cast[i]);
        // (4.9)
        if (ballot::tracking_code(own, body(begin + i)) == cast[i].tracking_code) {
            ballots.push_back({own, body(begin + i)});
            numbers.push_back(i);
        } else {
            part.fail("V6.3", {place(begin + i, cast[i]), "tracking-code-differs",
                               "the ballot has another tracking code than the log"});
        }
    }
    const auto checked = check(ballots);
    for (std::size_t b = 0; b < checked.size(); ++b) {
        const std::size_t i = numbers[b];
        const std::string where = place(begin + i, cast[i]);
        if (!checked[b]) {
            part.fail("V6.4", {where, checked[b].error().code, checked[b].error().message});
            continue;
        }
        if (!ballot::cast_matches(checked[b]->y(), cast[i].x)) {
            part.fail("V6.5",
                      {where, "cast-secret-wrong", "x isn't the secret behind the ballot's last bytes"});
        }
        sums.add(*checked[b]);
    }
}

Part BallotFile::verify_unit(std::uint64_t begin, std::uint64_t end) const {
    Part part;
    tally::GroupSums sums(*run_.definition);
    const std::uint64_t batch = ballots_at_once(layout_.size());
    for (std::uint64_t at = begin; at < end; at += batch) {
        const auto cast = cast_.read(at, std::min(end, at + batch));
        if (!cast) {
            part.unchecked = cast.error();
            break;
        }
        verify_batch(at, *cast, sums, part);
    }
    file_.release(begin * layout_.size(), end * layout_.size());
    part.sums = sums.parts();
    return part;
}

std::optional<std::vector<Part>> BallotFile::verify() {
    return run_.work.run(path_, group_.ballots, unit_size(group_.ballots, ballots_at_once(layout_.size())),
                         [&](std::uint64_t begin, std::uint64_t end) { return verify_unit(begin, end); },
                         run_.report, {"V6.3", "V6.4", "V6.5"});
}

void verify_hash(Run& run, const record::MappedFile& file, const std::string& path, const Hash& hash) {
    const auto check = [&](std::uint64_t, std::uint64_t) {
        Part part;
        if (hash_of(file) != hash)
            part.fail("V6.2", {path, "file-differs", "polls-closed names another file of ballots"});
        return part;
    };
    run.work.run(path + ", as a file", 1, 1, check, run.report, {"V6.2"});
}

// Adds what was right to `sums`. False when the file can't be read as its ballots.
bool verify_group(Run& run, const record::BallotGroup& group, const Hash& hash, tally::GroupSums& sums) {
    Check& named = run.report["V6.2"];
    const std::string path = record::ballots_path(run.election().districts[group.district].id,
                                                  run.election().styles[group.style].id);
    const auto file = run.record.map(path);
    if (!file) {
        named.not_checkable(path + " can't be read");
        return false;
    }
    BallotFile ballots(run, group, *file, path);
    if (!ballots.has_right_length()) {
        named.not_checkable(path + " has another length");
        return false;
    }
    verify_hash(run, *file, path, hash);
    const auto parts = ballots.verify();
    if (!parts) return true;
    for (const Part& part : *parts) {
        for (const tally::BaseSums& some : part.sums) {
            if (const Status added = sums.add(some); !added) run.report["V6.4"].fail(path, added.error());
        }
    }
    return true;
}

}  // namespace

void verify_ballots(Run& run) {
    if (!run.closed()) return run.report.chapter_not_checkable("V6.", run.not_closed());
    const auto groups = record::ballot_groups(*run.state);
    if (!verify_groups(run, groups)) return;
    if (!run.keys) return run.report.chapter_not_checkable("V6.", "there is no election key");
    if (!run.key && !groups.empty()) {
        return run.report["V6.4"].fail(
            record::checkpoint_path, corrupt("paper-only", "an election on paper has no ballots in its log"));
    }
    tally::GroupSums sums(*run.definition);
    bool all_read = true;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        all_read = verify_group(run, groups[i], run.closing().ballots[i].hash, sums) && all_read;
    }
    for (const char* number : {"V6.2", "V6.3", "V6.4", "V6.5"}) {
        if (!all_read) run.report[number].not_checkable("a file of ballots can't be read");
        run.report[number].done();
    }
    if (run.report.chapter_passed("V6.")) run.sums = std::move(sums);
}

}  // namespace stimme::verify
