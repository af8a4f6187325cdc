// Any text through the reader of tile paths: a path names a tile in exactly one way.
#include "core/log/tiles.h"
#include "tests/fuzz/target.h"

namespace stimme::fuzz {

FUZZ_TARGET(tile_path) {
    const std::string_view text = as_text(data);
    const auto tile = log::parse_tile_path(text);
    if (!tile) return;
    require(log::tile_path(*tile) == text, "a tile has one path");
    static_cast<void>(log::tile_exists(*tile, 0));
    static_cast<void>(log::tile_exists(*tile, ~std::uint64_t{0}));
}

}  // namespace stimme::fuzz
