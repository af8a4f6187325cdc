// One run of the verifier: what the chapters learn and hand on. Each chapter is a function in a file of its
// own, takes what earlier ones have established, and concludes its checks in the report
// (docs/verification.md).
//
// Thread rule: chapters run one after the other; within a chapter only const parts are shared.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/ballot/layout.h"
#include "core/events/state.h"
#include "core/record/record.h"
#include "core/tally/paper.h"
#include "core/verify/log_tree.h"
#include "core/verify/options.h"
#include "core/verify/parallel.h"
#include "core/verify/spill.h"
#include "core/verify/work.h"

namespace stimme::verify {

struct CastBallot {
    std::uint64_t entry;  // of its ballot-cast
    std::uint16_t station;
    events::PassNumber t;
    Hash tracking_code;
    ByteArray<32> x;
};

struct OpenedBallot {
    std::uint64_t entry;  // that opened it; the opening is read again from there
    std::uint16_t station, style;
};

struct DrawnLot {
    std::uint64_t entry;
    tally::PaperFigures paper;  // as they stood when it was drawn
};

struct Run {
    Run(const record::Record& of, const Options& with, Report& into)
        : record(of),
          options(with),
          report(into),
          threads(thread_count(with.threads)),
          work(threads, with.shard, with.parts,
               [this](auto items, auto total, auto what) { advance(items, total, what); }),
          tree(of) {}

    const record::Record& record;
    const Options& options;
    Report& report;
    const unsigned threads;
    Work work;

    // Chapter 2, first part.
    std::optional<election::ValidDefinition> definition;
    // Chapters 1 and 4, in one pass over the entries.
    const std::shared_ptr<FileMemory> tables = std::make_shared<FileMemory>();  // of the state
    LogTree tree;
    bool all_entries_read = false;
    std::optional<events::ElectionState> state;  // as far as the order of events was right
    bool order_right = false;                    // to the end of the log
    // By district and style index.
    std::map<std::pair<std::size_t, std::size_t>, Spill<CastBallot>> cast;
    Spill<OpenedBallot> opened;
    std::vector<DrawnLot> lots;
    std::optional<events::PollsClosed> listed_files;  // polls-closed, wherever it stands in the log
    // Chapter 3.
    std::optional<events::ElectionKeys> keys;
    std::optional<crypto::ElectionKey> key;  // absent in a paper-only election
    // Chapter 6, when every ballot was right.
    std::optional<tally::GroupSums> sums;
    // Chapter 9, when everything of it has passed: the totals as recomputed.
    std::optional<std::vector<events::GroupTotals>> totals;
    // Chapter 8.
    std::optional<record::MappedFile> participation;  // its rows are well formed

    // The order of events is known to the end, and the polls are closed.
    bool closed() const { return order_right && state->polls_closed().has_value(); }
    const events::PollsClosed& closing() const { return *state->polls_closed(); }
    events::LogView closing_view() const { return {state->closing_size(), tree.root(state->closing_size())}; }
    const election::Definition& election() const { return **definition; }
    // Why checks that need the closed polls can't be made.
    std::string not_closed() const;

    // So many more items of `what` are done; from any thread.
    void advance(std::uint64_t items, std::uint64_t total, std::string_view what);

  private:
    std::mutex progress_mutex_;
    std::string doing_;
    std::uint64_t done_ = 0;
};

// Calls take(row) for each row of the participation. REQUIRES: run.participation.
void each_row(const Run& run, const std::function<void(const events::ParticipationRow&)>& take);

void read_definition(Run& run);     // V2.1
void read_log(Run& run);            // the entries: V2.2, V4, and what later chapters need
void verify_files(Run& run);        // V1.1
void verify_newest_tile(Run& run);  // V1.3, of the leaves, while they stream by
void verify_tree(Run& run);         // V1.2, V1.3
void verify_checkpoint(Run& run);   // V1.4, V1.5
void verify_sealing(Run& run, const events::ElectionSealed& sealed);  // V3.1 to V3.5
void verify_passes(Run& run);                                         // V5
void verify_ballots(Run& run);                                        // V6
void verify_openings(Run& run);                                       // V7
void verify_participation(Run& run);                                  // V8
void verify_tally(Run& run);                                          // V9
void verify_result(Run& run);                                         // V10
void verify_brought(Run& run);                                        // V11

// The hash of a mapped file, and Status read(lines) for pieces of whole lines; neither holds more than a
// piece in memory.
Hash hash_of(const record::MappedFile& file);
Status each_piece(const record::MappedFile& file, const std::function<Status(std::string_view lines)>& read);

// `entry 17`.
std::string entry_place(std::uint64_t index);

}  // namespace stimme::verify
