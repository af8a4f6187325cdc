// What the disk costs alone: the rows of a server's run, written again into a fresh database with the same
// schema, in the same transactions; and one durable commit by itself.
//
// Thread rule: belongs to one thread.
#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <memory>
#include <vector>

#include "server/store/database.h"

namespace stimme::bench {

struct Commits {
    double cpu = 0;  // microseconds of the writing thread
    std::size_t ballots = 0;
    std::size_t commits = 0;
};

class Rewriter {
  public:
    // Reads `source`, the ballots.db of a server that may be running, and writes a copy into `folder`.
    Rewriter(std::filesystem::path source, const std::filesystem::path& folder);

    // Writes the entries that the server has added since the last call, with the rows of their ballots, in
    // its own group commits. REQUIRES: each submitted ballot was cast, or is the first call, which isn't
    // counted.
    Commits follow();

  private:
    std::filesystem::path source_;
    std::unique_ptr<store::Database> copy_;
    store::Connection writer_;
    std::uint64_t written_ = 0;  // entries
};

// Durable commits of one small row each, in a database by itself.
class SingleCommits {
  public:
    explicit SingleCommits(const std::filesystem::path& folder);

    // Milliseconds that each took: one after the other, with a pause in between, while `go_on`.
    std::vector<double> during(const std::atomic<bool>& go_on);

  private:
    static constexpr std::chrono::milliseconds pause{5};

    std::unique_ptr<store::Database> database_;
    store::Connection writer_;
};

}  // namespace stimme::bench
