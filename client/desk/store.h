// What a desk keeps on its own disk: requests that the server hasn't answered yet, and its own counts, with
// which it later checks the server's.
//
// Invariants: a request is on the disk before it is sent, word for word with its secret, so that it can be
// repeated after a crash. When it is settled, it is counted once and its file is overwritten and deleted:
// nothing that is left joins a voter with a pass.
//
//     desk/counts.json      what was answered (Counts), and which files it covers
//     desk/pending-*.json   requests under way (0600)
//
// Thread rule: one thread, one program at a time (FolderLock).
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "client/desk/figures.h"
#include "core/base/random.h"
#include "core/base/result.h"
#include "core/pass/issue.h"

namespace stimme::desk {

struct PendingCheckIn {
    std::string key;  // idempotency key; names the request here
    std::string voter;
    pass::PassRequest request;
    bool card_taken = false;  // their polling card
};

// Another act of the desk, word for word.
struct PendingAct {
    enum class Kind { give_back, move, paper };
    std::string key;
    Kind kind;
    std::string body;  // the whole request
};

class DeskStore {
  public:
    // Reads what is there, and clears away what was settled. Errors: desk-store-invalid (corrupt), those of
    // read_file.
    static Result<DeskStore> open(const std::filesystem::path& folder, Random& random);

    const Counts& counts() const { return counts_; }
    const std::vector<PendingCheckIn>& check_ins() const { return check_ins_; }
    const std::vector<PendingAct>& acts() const { return acts_; }
    bool waits() const { return !check_ins_.empty() || !acts_.empty(); }

    // Errors: those of write_file.
    Status remember(std::vector<PendingCheckIn> check_ins);
    Status remember(PendingAct request);

    // These requests are over, and these are the counts now. Errors: those of write_file.
    Status settle(const std::set<std::string>& keys, const Counts& counts);

  private:
    DeskStore(std::filesystem::path folder, Random& random) : folder_(std::move(folder)), random_(&random) {}

    Status read_counts(std::set<std::string>& settled);
    Status read_pending(const std::set<std::string>& settled);
    Status read_file_of_requests(const std::filesystem::path& path);
    // A new file with these requests.
    Status write_requests(const std::vector<const PendingCheckIn*>& check_ins,
                          const std::vector<const PendingAct*>& acts);
    Status write_counts();
    void erase_files();

    std::filesystem::path folder_;
    Random* random_;
    Counts counts_;
    std::vector<PendingCheckIn> check_ins_;
    std::vector<PendingAct> acts_;
    std::set<std::string> files_;  // in which they lie
};

}  // namespace stimme::desk
