// Chapter 6: the counted ballots, each with its proofs, on all cores (docs/verification.md, section 6). Files
// are mapped and read in pieces, so memory doesn't grow with the number of ballots.
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

// One file of ballots: what is wrong in each part of it, and the sums of what is right.
class BallotFile {
  public:
    // `sums` has one for each thread.
    BallotFile(Run& run, const record::BallotGroup& group, ByteView bytes, std::string path,
               std::vector<tally::GroupSums>& sums)
        : run_(run),
          group_(group),
          bytes_(bytes),
          path_(std::move(path)),
          sums_(sums),
          layout_(*run.definition, run.election().styles[group.style]),
          cast_(run.cast.at({group.district, group.style})) {}

    bool has_right_length() const { return bytes_.size() == layout_.size() * group_.ballots; }
    void verify();

  private:
    struct Part {
        std::vector<Failure> other_ballot, proof, secret;
    };

    ByteView body(std::uint64_t i) const { return bytes_.subspan(i * layout_.size(), layout_.size()); }
    std::string place(std::uint64_t i) const {
        return fmt::format("{}, ballot {} (entry {})", path_, i, cast_[i].entry);
    }
    ballot::Context context(const CastBallot& cast) const {
        return {run_.keys->election, run_.election().stations[cast.station].id, layout_.style(), cast.t};
    }
    void verify_part(unsigned thread, std::uint64_t begin, std::uint64_t end, Part& part);
    void judge(unsigned thread, std::uint64_t i, const Result<ballot::CheckedBallot>& checked, Part& part);
    void report(std::vector<Part>& parts);

    Run& run_;
    const record::BallotGroup& group_;
    ByteView bytes_;
    std::string path_;
    std::vector<tally::GroupSums>& sums_;
    ballot::Layout layout_;
    const std::vector<CastBallot>& cast_;
};

void BallotFile::judge(unsigned thread, std::uint64_t i, const Result<ballot::CheckedBallot>& checked,
                       Part& part) {
    if (!checked) {
        part.proof.push_back({place(i), checked.error().code, checked.error().message});
        return;
    }
    if (!ballot::cast_matches(checked->y(), cast_[i].x)) {
        part.secret.push_back(
            {place(i), "cast-secret-wrong", "x isn't the secret behind the ballot's last bytes"});
    }
    sums_[thread].add(*checked);
}

void BallotFile::verify_part(unsigned thread, std::uint64_t begin, std::uint64_t end, Part& part) {
    SystemRandom random;
    std::vector<ballot::SubmittedBallot> ballots;
    std::vector<std::uint64_t> numbers;
    for (std::uint64_t i = begin; i < end; ++i) {
        const ballot::Context own = context(cast_[i]);
        // (4.9)
        if (ballot::tracking_code(own, body(i)) == cast_[i].tracking_code) {
            ballots.push_back({own, body(i)});
            numbers.push_back(i);
        } else {
            part.other_ballot.push_back(
                {place(i), "tracking-code-differs", "the ballot has another tracking code than the log"});
        }
    }
    const auto checked = ballot::check_all(layout_, *run_.key, ballots, random);
    for (std::size_t i = 0; i < checked.size(); ++i) judge(thread, numbers[i], checked[i], part);
}

void BallotFile::report(std::vector<Part>& parts) {
    const auto tell = [&](const char* number, std::vector<Failure> Part::*failures) {
        Check& check = run_.report[number];
        check.count(group_.ballots);
        for (Part& part : parts) {
            for (Failure& failure : part.*failures) check.fail(std::move(failure));
        }
    };
    tell("V6.3", &Part::other_ballot);
    tell("V6.4", &Part::proof);
    tell("V6.5", &Part::secret);
}

void BallotFile::verify() {
    const std::uint64_t range = ballots_at_once(layout_.size());
    std::vector<Part> parts(range_count(group_.ballots, range));
    for_ranges(run_.threads, group_.ballots, range,
               [&](unsigned thread, std::size_t number, std::uint64_t begin, std::uint64_t end) {
                   verify_part(thread, begin, end, parts[number]);
                   run_.advance(end - begin, group_.ballots, path_);
               });
    report(parts);
}

// False when the file can't be read as its ballots.
bool verify_group(Run& run, const record::BallotGroup& group, const Hash& hash,
                  std::vector<tally::GroupSums>& sums) {
    Check& named = run.report["V6.2"];
    const std::string path = record::ballots_path(run.election().districts[group.district].id,
                                                  run.election().styles[group.style].id);
    const auto file = run.record.map(path);
    if (!file) {
        named.not_checkable(path + " can't be read");
        return false;
    }
    BallotFile ballots(run, group, file->bytes(), path, sums);
    if (!ballots.has_right_length()) {
        named.not_checkable(path + " has another length");
        return false;
    }
    named.count();
    if (file->bytes().size() >= record::max_file_bytes) {
        named.fail(path, corrupt("file-too-large", "a file of a record has less than 4 GiB"));
        return false;
    }
    if (events::file_hash(file->bytes()) != hash) {
        named.fail(path, corrupt("file-differs", "polls-closed names another file of ballots"));
    }
    ballots.verify();
    return true;
}

// The sums, when every ballot is in them.
void take_sums(Run& run, std::vector<tally::GroupSums> parts) {
    if (!run.report.chapter_passed("V6.")) return;
    for (std::size_t i = 1; i < parts.size(); ++i) parts[0].add(parts[i]);
    run.sums = std::move(parts[0]);
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
    std::vector<tally::GroupSums> sums(run.threads, tally::GroupSums(*run.definition));
    bool all_read = true;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        all_read = verify_group(run, groups[i], run.closing().ballots[i].hash, sums) && all_read;
    }
    for (const char* number : {"V6.2", "V6.3", "V6.4", "V6.5"}) {
        if (!all_read) run.report[number].not_checkable("a file of ballots can't be read");
        run.report[number].done();
    }
    take_sums(run, std::move(sums));
}

}  // namespace stimme::verify
