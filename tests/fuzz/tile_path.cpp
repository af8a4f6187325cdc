// Any text through the readers of tile paths and bundles: a path names a tile in exactly one way.
#include <cstdlib>

#include "core/log/tiles.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace stimme;
    const std::string_view text = as_text({data, size});
    if (const auto tile = log::parse_tile_path(text); tile && log::tile_path(*tile) != text) std::abort();
    static_cast<void>(log::parse_bundle({data, size}, 3));
    return 0;
}
