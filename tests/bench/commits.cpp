#include "tests/bench/commits.h"

#include <map>
#include <thread>

#include "core/base/random.h"
#include "server/store/ballots/ballot_store.h"
#include "tests/bench/measure.h"

namespace stimme::bench {
namespace {

using store::BallotRows;

struct Ballot {
    store::Submission submission;
    Bytes body;
};

// What a group commit of the server wrote.
struct Batch {
    std::uint64_t size;  // of the log after it
    Hash root;
    std::vector<std::string> entries;
};

class Run {
  public:
    Run(const std::filesystem::path& source, std::uint64_t first) {
        store::Connection connection(source, store::Access::read_only);
        const BallotRows rows(connection);
        read_batches(rows, first);
        must(rows.each_cast(DistrictId("city"), StyleId("standard"),
                            [&](const auto& submission, ByteView body) {
                                ballots_[submission.tracking_code] = {submission, to_bytes(body)};
                                return Status();
                            }));
    }

    const std::vector<Batch>& batches() const { return batches_; }

    // The rows of one entry.
    void write(BallotRows& rows, std::uint64_t index, const std::string& bytes, std::string_view key,
               const events::Entry& entry) const {
        if (const auto* submitted = std::get_if<events::BallotSubmitted>(&entry.content)) {
            const Ballot& ballot = ballots_.at(submitted->tracking_code);
            must(rows.note_once(key, ballot.submission.tracking_code, "s1"));
            must(rows.add_submission(ballot.submission, ballot.body));
        }
        if (const auto* cast = std::get_if<events::BallotCast>(&entry.content)) {
            must(rows.note_once(key, cast->tracking_code, "s1"));
            must(rows.end_submission(cast->tracking_code, store::SubmissionStatus::cast, index));
            must(rows.add_cast(DistrictId("city"), StyleId("standard"), cast->tracking_code));
        }
        must(rows.append_entry(index, bytes));
    }

  private:
    void read_batches(const BallotRows& rows, std::uint64_t first) {
        std::uint64_t from = first;
        for (const auto& [size, root] : must(rows.checkpoints())) {
            if (size <= first) continue;
            batches_.push_back({size, root, {}});
            must(rows.each_entry(from, size - from, [&](std::uint64_t, std::string_view bytes) {
                batches_.back().entries.emplace_back(bytes);
                return Status();
            }));
            from = size;
        }
    }

    std::vector<Batch> batches_;
    std::map<Hash, Ballot> ballots_;
};

std::unique_ptr<store::Database> fresh_database(const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    return must(store::Database::open(folder / "copy.db", store::ballots_schema()));
}

// Writes until the write-ahead log has once been copied and begins anew, as that of a running server has:
// from then on a commit doesn't make the file longer.
void fill_write_ahead_log(store::Connection& writer) {
    writer.execute("CREATE TABLE filler (bytes BLOB)");
    for (int i = 0; i < 3; ++i) writer.execute("INSERT INTO filler VALUES (randomblob(6000000))");
    writer.execute("DROP TABLE filler");
}

}  // namespace

Rewriter::Rewriter(std::filesystem::path source, const std::filesystem::path& folder)
    : source_(std::move(source)), copy_(fresh_database(folder)), writer_(copy_->connect_writer()) {
    follow();
}

Commits Rewriter::follow() {
    const Run run(source_, written_);
    SystemRandom random;
    BallotRows rows(writer_);
    Commits done;
    for (const Batch& batch : run.batches()) {
        std::vector<std::string> keys;
        std::vector<events::Entry> entries;
        for (const std::string& bytes : batch.entries) {
            keys.push_back("booth-11/" + to_hex(random.bytes<16>()));
            entries.push_back(must(events::decode(bytes)));
            done.ballots += std::holds_alternative<events::BallotCast>(entries.back().content);
        }
        done.cpu += thread_microseconds([&] {
            writer_.execute("BEGIN IMMEDIATE");
            for (std::size_t i = 0; i < entries.size(); ++i)
                run.write(rows, written_ + i, batch.entries[i], keys[i], entries[i]);
            must(rows.add_checkpoint(batch.size, batch.root));
            writer_.execute("COMMIT");
        });
        written_ = batch.size;
        ++done.commits;
    }
    return done;
}

SingleCommits::SingleCommits(const std::filesystem::path& folder)
    : database_(fresh_database(folder)), writer_(database_->connect_writer()) {
    fill_write_ahead_log(writer_);
}

std::vector<double> SingleCommits::during(const std::atomic<bool>& go_on) {
    BallotRows rows(writer_);
    SystemRandom random;
    std::vector<double> times;
    while (go_on) {
        const std::string key = to_hex(random.bytes<16>());
        times.push_back(microseconds([&] {
                            writer_.execute("BEGIN IMMEDIATE");
                            must(rows.note_once(key, random.bytes<32>(), "s1"));
                            writer_.execute("COMMIT");
                        }) /
                        1000);
        std::this_thread::sleep_for(pause);
    }
    return times;
}

}  // namespace stimme::bench
