#include "tests/bench/log_writer.h"

#include <fstream>
#include <stdexcept>

#include "tests/bench/measure.h"

namespace stimme::bench {

void write_quickly(const std::filesystem::path& path, ByteView content) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream out(path, std::ios::binary);
    out << as_text(content);
    if (!out.flush()) throw std::runtime_error("can't write " + path.string());
}

void LogWriter::append(std::string_view entry) {
    must(log::append_to_bundle(bundle_, as_bytes(entry)));
    tree_.append_entry(as_bytes(entry));
    if (tree_.size() % log::tile_width == 0) write_bundle();
}

void LogWriter::write_bundle() {
    const std::uint64_t last = tree_.size() - 1;
    const auto width = static_cast<unsigned>(last % log::tile_width + 1);
    write_quickly(folder_ / log::tile_path({log::TileId::Kind::entries, 0, last / log::tile_width, width}),
                  bundle_);
    bundle_.clear();
}

void LogWriter::finish() {
    if (!bundle_.empty()) write_bundle();
    for (const log::TileId& tile : log::tiles(tree_.size())) {
        if (tile.kind == log::TileId::Kind::entries) continue;
        write_quickly(folder_ / log::tile_path(tile), must(log::hash_tile(tree_, tile, tree_.size())));
    }
}

}  // namespace stimme::bench
