// Any bytes through the readers of bundles and hash tiles, as many entries as the first byte says: what is
// accepted is written again byte for byte.
#include "core/log/tiles.h"
#include "tests/fuzz/target.h"

namespace stimme::fuzz {

FUZZ_TARGET(bundle) {
    if (data.empty()) return;
    const unsigned width = data[0] + 1u;
    const ByteView content = data.subspan(1);
    if (const auto entries = log::parse_bundle(content, width)) {
        require(entries->size() == width, "a bundle has as many entries as its tile is wide");
        Bytes again;
        for (const ByteView entry : *entries)
            require(log::append_to_bundle(again, entry).ok(), "an entry that was read can be written");
        require(again == to_bytes(content), "a bundle has one form");
    }
    if (const auto hashes = log::parse_hash_tile(content, width)) {
        require(hashes->size() * 32 == content.size(), "a hash tile is nothing but hashes");
    }
}

}  // namespace stimme::fuzz
