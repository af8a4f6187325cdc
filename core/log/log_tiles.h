// Proofs from the tiles of a published log, for whoever doesn't hold the log. Only the tiles that a proof
// touches are fetched.
//
// Nothing here is believed: whoever asked for a proof verifies it against a signed root.
//
// Thread rule: a LogTiles belongs to one thread.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "core/base/result.h"
#include "core/log/merkle.h"
#include "core/log/tiles.h"

namespace stimme::log {

// Gets a file of the published record by its path: "checkpoint", "tile/0/000". Errors: not_found and whatever
// the way has.
using FetchFile = std::function<Result<Bytes>(const std::string& path)>;

// The content of a tile. A log may drop a partial tile once the full one exists; the beginning of that one is
// the same. Errors: those of FetchFile.
Result<Bytes> fetch_tile(const FetchFile& fetch, const TileId& tile);

// Errors of all: those of FetchFile; tile-missing (corrupt: the log doesn't show what its checkpoint covers);
// tile-length (corrupt).
class LogTiles {
  public:
    // Of a log whose published size is `size`.
    LogTiles(FetchFile fetch, std::uint64_t size) : fetch_(std::move(fetch)), size_(size) {}

    // REQUIRES: 0 < older <= size.
    Result<Proof> consistency_proof(std::uint64_t older);
    // REQUIRES: index < size.
    Result<Proof> inclusion_proof(std::uint64_t index);
    // The entries of a bundle, as they lie in the log. REQUIRES: index * 256 < size. Errors: those of
    // parse_bundle (corrupt).
    Result<std::vector<Bytes>> bundle(std::uint64_t index);

  private:
    Result<Bytes> promised(const TileId& tile);
    Result<Hash> tile_hash(unsigned level, std::uint64_t index);
    Result<Hash> node(unsigned height, std::uint64_t index);
    NodeHash nodes() {
        return [this](unsigned height, std::uint64_t index) { return node(height, index); };
    }

    FetchFile fetch_;
    std::uint64_t size_;
    std::map<std::pair<unsigned, std::uint64_t>, std::vector<Hash>> tiles_;
};

}  // namespace stimme::log
