// Copying a record from a source into a folder: exactly the files of one checkpoint (docs/record-format.md).
//
// The checkpoint is fetched first and written last, so a folder with a checkpoint is whole, and no folder
// mixes two. What the folder holds already is kept where it can't have changed, so a mirror that was stopped
// goes on where it was, and one that is repeated fetches only what is new. A folder's checkpoint is replaced
// only by one that continues it: a log that forked is told, and the folder keeps its evidence.
//
// Nothing is trusted or verified beyond that; core/verify does it on the finished folder.
//
// Thread rule: one mirror a folder at a time.
#pragma once

#include <functional>

#include "core/log/checkpoint.h"
#include "core/record/source.h"

namespace stimme::record {

struct MirrorReport {
    log::Checkpoint checkpoint;
    std::size_t fetched = 0;  // files
    std::size_t kept = 0;
    std::size_t removed = 0;  // files that this checkpoint doesn't need
};

// Told after each file: how many of how many are there (the total grows once polls-closed was read).
using MirrorProgress = std::function<void(std::size_t done, std::size_t total)>;

// Errors: those of the source, of read_unverified and ValidDefinition::parse_canonical; of the folder
// (write_file); record-older (conflict: the source's checkpoint covers less than the folder's), record-mixed
// (corrupt: files of the folder and of the source aren't of one log), log-forked (corrupt: the folder's
// checkpoint isn't the beginning of the source's).
Result<MirrorReport> mirror(Source& source, const std::filesystem::path& folder,
                            const MirrorProgress& progress = {});

}  // namespace stimme::record
