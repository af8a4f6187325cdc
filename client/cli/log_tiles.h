// Proofs from the tiles of a published log: what a client needs to check a log that it doesn't hold. Fetches
// only the tiles that a proof touches.
//
// Nothing here is believed: a proof is verified against a signed root by whoever asked for it.
//
// Thread rule: belongs to one thread.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "core/base/result.h"
#include "core/log/merkle.h"
#include "core/log/tiles.h"

namespace stimme::client::cli {

// Gets a file of the published record by its path: "checkpoint", "tile/0/000". Errors: not_found and
// whatever the way has.
using FetchFile = std::function<Result<Bytes>(const std::string& path)>;

// Errors of all: those of FetchFile; tile-missing (corrupt: the log doesn't show what its checkpoint covers);
// tile-length (corrupt).
class LogTiles {
  public:
    // Of a log whose published size is `size`.
    LogTiles(FetchFile fetch, std::uint64_t size) : fetch_(std::move(fetch)), size_(size) {}

    // REQUIRES: 0 < older <= size.
    Result<log::Proof> consistency_proof(std::uint64_t older);
    // REQUIRES: index < size.
    Result<log::Proof> inclusion_proof(std::uint64_t index);
    // The entries of a bundle, as they lie in the log. REQUIRES: index * 256 < size. Errors: tile-length,
    // those of parse_bundle.
    Result<std::vector<Bytes>> bundle(std::uint64_t index);

  private:
    Result<Bytes> content(const log::TileId& tile);
    Result<Bytes> promised(const log::TileId& tile);
    Result<Hash> tile_hash(unsigned level, std::uint64_t index);
    Result<Hash> node(unsigned height, std::uint64_t index);
    Result<Hash> range_root(std::uint64_t begin, std::uint64_t end);
    Status subproof(std::uint64_t older, std::uint64_t begin, std::uint64_t end, bool complete,
                    log::Proof& proof);
    Status path(std::uint64_t index, std::uint64_t begin, std::uint64_t end, log::Proof& proof);

    FetchFile fetch_;
    std::uint64_t size_;
    std::map<std::pair<unsigned, std::uint64_t>, std::vector<Hash>> tiles_;
};

}  // namespace stimme::client::cli
