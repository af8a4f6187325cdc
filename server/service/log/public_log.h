// The public log of one election: the entries in ballots.db, and in memory the Merkle tree over them and the
// state that they fold to (docs/protocol.md, section 6). Nothing gets into the log but through append(),
// which asks the fold; each group commit publishes one signed checkpoint.
//
// Invariants: tree and state hold what the transaction in progress holds, and after a failed commit what the
// database holds; published() covers only what is on the disk.
//
// Thread rule: submit(), published(), read() and the const members below them may be called from any thread;
// state(), root_at() and append() within an operation only.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>

#include "core/events/act.h"
#include "core/events/state.h"
#include "core/log/checkpoint.h"
#include "core/log/merkle.h"
#include "core/log/receipt.h"
#include "core/log/tiles.h"
#include "server/service/log/tile_cache.h"
#include "server/service/report.h"
#include "server/store/database.h"
#include "server/store/writer.h"

namespace stimme::service {

template <class T>
using Done = std::function<void(Result<T>)>;

// What the public sees now.
struct Published {
    log::Checkpoint checkpoint;
    std::string text;  // the signed note with the cosignatures there are
    election::Phase phase = election::Phase::draft;
};

class PublicLog {
  public:
    // Replays the log. Errors: log-damaged (an entry can't be read or doesn't follow from those before it, or
    // the tree isn't the one that was published), and those of the store.
    static Result<std::unique_ptr<PublicLog>> open(store::Database& database,
                                                   election::ValidDefinition definition, crypto::LogKey key,
                                                   Report report = {});
    ~PublicLog();

    // Runs `operation` on the writer's thread; `done` comes after the commit, on the same thread.
    template <class T>
    void submit(std::function<Result<T>(store::Connection&)> operation, Done<T> done) {
        const auto result = std::make_shared<std::optional<Result<T>>>();
        writer_->submit(
            [this, result, operation = std::move(operation)](store::Connection& connection) -> Status {
                const std::uint64_t before = state_->size();
                result->emplace(operation(connection));
                if ((*result)->ok()) return {};
                if (state_->size() == before) return (*result)->error();
                torn_ = true;  // before_commit refuses the batch
                return {};
            },
            [result, done = std::move(done)](Status status) {
                status ? done(std::move(**result)) : done(std::move(status).error());
            });
    }
    // Ends the writer after what was submitted.
    void stop() { writer_->stop(); }

    // Within an operation.
    const events::ElectionState& state() const { return *state_; }
    Hash root_at(std::uint64_t size) const { return tree_.root(size); }
    // Appends an entry whose signatures were verified. An operation that fails after an append undoes its
    // whole batch, so appends come last. Errors: those of ElectionState::check, entry-too-large, log-damaged.
    Result<std::uint64_t> append(store::Connection& connection, const events::Entry& entry);

    std::shared_ptr<const Published> published() const;
    const election::ValidDefinition& definition() const { return definition_; }
    store::Database& database() const { return database_; }

    // Calls `read(state, tree)` while nobody writes. They may be ahead of published().
    template <class Read>
    auto read(Read&& read) const {
        const std::shared_lock lock(mutex_);
        return read(std::as_const(*state_), std::as_const(tree_));
    }
    events::ElectionState snapshot() const;

    // Content of a tile of the published log, not null. Errors: tile-missing (not-found).
    Result<TileCache::Content> tile(const log::TileId& tile) const;
    // The receipt of an entry under the first checkpoint that covered it: always the same text.
    Result<std::string> receipt(std::uint64_t index) const;
    // The same from what the caller knows already. REQUIRES: the log had `size` entries when `entry`, its
    // entry `index`, was first published.
    Result<std::string> receipt(std::uint64_t index, ByteView entry, std::uint64_t size) const;
    // The checkpoint of that size with its cosignatures. Errors: checkpoint-unknown (not-found).
    Result<std::string> checkpoint_at(std::uint64_t size) const;

    // Adds a witness's signature line to the checkpoint of that size. Errors: checkpoint-unknown,
    // those of open_checkpoint, cosignature-unknown (no witness of the definition signed).
    void add_cosignature(std::uint64_t size, std::string line, Done<std::uint64_t> done);
    // Whether the checkpoint of that size has its quorum. Errors: witness-quorum (conflict).
    Status check_quorum(std::uint64_t size) const;

  private:
    Result<Bytes> read_tile(const log::TileId& tile) const;
    PublicLog(store::Database& database, election::ValidDefinition definition, crypto::LogKey key);

    Status load(store::Connection& connection);
    Status check_published(store::Connection& connection) const;
    Status before_commit(store::Connection& connection);
    void publish();
    log::SignedCheckpoint sign(std::uint64_t size) const;
    log::LogVerifier verifier() const;
    std::vector<log::WitnessVerifier> witnesses() const;

    store::Database& database_;
    const election::ValidDefinition definition_;
    const crypto::LogKey key_;

    mutable std::shared_mutex mutex_;  // writers of the next two hold it alone
    std::unique_ptr<events::ElectionState> state_;
    log::Tree tree_;

    // Of the writer's thread.
    std::uint64_t last_checkpoint_ = 0;
    bool torn_ = false;     // an operation failed after it had appended
    bool damaged_ = false;  // the log couldn't be loaded again

    mutable std::mutex published_mutex_;
    std::shared_ptr<const Published> published_;
    static constexpr std::size_t cached_tiles = std::size_t{64} << 20;  // bytes
    mutable TileCache tiles_{cached_tiles};
    mutable std::mutex signed_mutex_;
    mutable std::optional<log::SignedCheckpoint> signed_;  // the last that sign() made

    std::unique_ptr<store::Writer> writer_;  // last: its thread uses all of the above
};

}  // namespace stimme::service
