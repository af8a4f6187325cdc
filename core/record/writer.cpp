#include "core/record/writer.h"

#include "core/base/file.h"
#include "core/log/tiles.h"
#include "core/record/layout.h"

namespace stimme::record {
namespace {

Result<Bytes> bundle_of(const log::TileId& tile, const std::vector<std::string>& entries) {
    Bytes bundle;
    for (std::size_t i = 0; i < tile.width; ++i) {
        STIMME_CHECK(log::append_to_bundle(bundle, as_bytes(entries[tile.index * log::tile_width + i])));
    }
    return bundle;
}

}  // namespace

Status write_record(const std::filesystem::path& folder, const Content& content) {
    STIMME_CHECK(write_file(folder / definition_path, as_bytes(content.definition)));
    log::Tree tree;
    for (const std::string& entry : content.entries) tree.append_entry(as_bytes(entry));
    for (const log::TileId& tile : log::tiles(tree.size())) {
        const bool entries = tile.kind == log::TileId::Kind::entries;
        STIMME_TRY(const Bytes bytes,
                   entries ? bundle_of(tile, content.entries) : log::hash_tile(tree, tile, tree.size()));
        STIMME_CHECK(write_file(folder / log::tile_path(tile), bytes));
    }
    for (const auto& [path, bytes] : content.files) STIMME_CHECK(write_file(folder / path, bytes));
    return write_file(folder / checkpoint_path, as_bytes(content.checkpoint));
}

}  // namespace stimme::record
