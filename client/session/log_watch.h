// The client's watch over the log: every checkpoint is verified with the log's key of the definition, and
// with what was seen before. A log that went back or forked is refused, whatever it says now
// (docs/protocol.md, section 6.1).
//
// Invariant: the file of the watch only ever moves forward, to checkpoints that continue the one before; it
// is on the disk before the view is used. The first checkpoint that is signed and yet doesn't continue it is
// kept beside it as evidence, in refused-checkpoint.
//
// Thread rule: belongs to one thread.
#pragma once

#include <filesystem>
#include <optional>

#include "core/election/definition.h"
#include "core/events/act.h"
#include "core/log/checkpoint.h"
#include "core/log/log_tiles.h"

namespace stimme::session {

// The keys that a definition gives a log.
log::LogVerifier log_verifier(const election::Definition& definition);
std::vector<log::WitnessVerifier> witness_verifiers(const election::Definition& definition);

class LogWatch {
  public:
    // `kept` is the file that remembers the newest checkpoint; it need not exist.
    LogWatch(log::FetchFile fetch, election::ValidDefinition definition, std::filesystem::path kept);

    // The newest checkpoint, verified and kept. A log that has published nothing yet is the empty tree, as
    // long as this watch has never seen more. Errors: those of open_checkpoint and verify_consistency, as
    // corrupt: log-went-back (smaller than before), log-forked, consistency-root; log-view-invalid (the kept
    // file); those of log::FetchFile. The quorum of witnesses is asked for where the verifier needs it, not
    // here: cosignatures come after the checkpoint.
    Result<events::LogView> advance();

    // The newest checkpoint that this watch has ever kept, as the log signed it, without cosignatures; empty
    // where there is none. Staff send it with every request, so that a server that was put back to an older
    // copy learns of it.
    std::string newest_known();

    // The text of the checkpoint that advance() verified; empty for the empty tree.
    const std::string& checkpoint() const { return checkpoint_; }

    // One entry of the log that advance() saw, proven to be in it. REQUIRES: index < the size of that view.
    // Errors: those of verify_inclusion, as corrupt.
    Result<Bytes> entry(std::uint64_t index);

    // That the log has exactly this entry at this place; looks at the newest checkpoint. Errors: those of
    // advance(), entry-not-in-log (corrupt).
    Status expect(std::uint64_t index, ByteView entry);

    // The first place from `from` on where the log has exactly this entry, proven; looks at the newest
    // checkpoint. Empty where the bundles of entries don't show it: that is no proof of anything. Errors:
    // those of advance() and entry().
    Result<std::optional<std::uint64_t>> find(std::uint64_t from, ByteView entry);

    // That a checkpoint which came another way, as in a receipt, is a state of the log that is watched,
    // whichever is newer. Errors: as advance().
    Status meet(const std::string& checkpoint);

  private:
    struct Kept {
        events::LogView view;
        std::string checkpoint;
    };
    Result<Kept> read_kept() const;
    Result<Kept> fetch_newest(const Kept& before) const;
    Result<Kept> open(const std::string& note) const;
    Status check_continues(const Kept& before, const Kept& now);
    Status check_proof(const Kept& before, const Kept& now);
    Status take(const Kept& before, const Kept& now);
    Error refused(Error error, const Kept& now) const;
    log::LogTiles& tiles();
    // That this entry stands there. REQUIRES: index < the size of the view.
    Status check_place(std::uint64_t index, ByteView entry);

    log::FetchFile fetch_;
    election::ValidDefinition definition_;
    std::filesystem::path path_;
    events::LogView view_;
    std::string checkpoint_;
    std::optional<log::LogTiles> tiles_;  // of view_
};

}  // namespace stimme::session
