// The program in-process, and a published log that a test can change behind its readers' back.
#pragma once

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "client/cli/command.h"
#include "client/office/commands.h"
#include "client/trustee/commands.h"
#include "core/base/clock.h"
#include "core/base/file.h"
#include "core/events/act.h"
#include "core/log/checkpoint.h"
#include "core/log/log_tiles.h"
#include "tests/support/elections.h"
#include "tests/support/files.h"
#include "tests/support/must.h"
#include "tests/support/temporary_folder.h"

namespace stimme::test {

struct Ran {
    int code;
    std::string out;
    std::string err;
};

// `stimme` with these words.
inline Ran stimme(const std::vector<std::string>& words, bool terminal = false) {
    cli::Program program("stimme", "test");
    office::add_commands(program.root());
    trustee::add_commands(program.root());
    std::istringstream in;
    std::ostringstream out, err;
    const SystemClock clock;
    SeededRandom random(1);
    const int code = program.run(words, {in, out, err, terminal, clock, random});
    return {code, out.str(), err.str()};
}

// A log with its newest checkpoint and tiles, over entries "<name> 0", "<name> 1", …
class FakeLog {
  public:
    FakeLog(const Election& election, std::uint64_t size, std::string name = "entry")
        : election_(election), name_(std::move(name)) {
        grow(size);
    }

    void grow(std::uint64_t size) {
        while (tree_.size() < size) {
            entries_.push_back(name_ + " " + std::to_string(tree_.size()));
            tree_.append_entry(as_bytes(entries_.back()));
        }
    }
    // An entry in the middle said something else: the tree forks there.
    void append(const std::string& entry) {
        entries_.push_back(entry);
        tree_.append_entry(as_bytes(entry));
    }

    events::LogView view() const { return {tree_.size(), tree_.root()}; }
    std::string checkpoint() const {
        return log::sign_checkpoint({election_.definition->log.origin, tree_.size(), tree_.root()},
                                    election_.log_key)
            .text;
    }
    std::string& entry(std::uint64_t index) { return entries_[index]; }
    // Paths that the server no longer has.
    std::vector<std::string> gone;

    Result<Bytes> fetch(const std::string& path) const {
        if (std::find(gone.begin(), gone.end(), path) != gone.end()) return not_found("file-missing", path);
        if (path == "checkpoint") {
            if (tree_.size() == 0) return not_found("file-missing", path);
            return to_bytes(as_bytes(checkpoint()));
        }
        STIMME_TRY(const log::TileId tile, log::parse_tile_path(path));
        if (tile.kind == log::TileId::Kind::entries) return bundle(tile);
        return log::hash_tile(tree_, tile, tree_.size());
    }
    log::FetchFile files() const {
        return [this](const std::string& path) { return fetch(path); };
    }

  private:
    Result<Bytes> bundle(const log::TileId& tile) const {
        if (!log::tile_exists(tile, tree_.size())) return not_found("tile-missing", "");
        Bytes content;
        for (std::uint64_t i = 0; i < tile.width; ++i)
            STIMME_CHECK(log::append_to_bundle(content, as_bytes(entries_[tile.index * 256 + i])));
        return content;
    }

    const Election& election_;
    std::string name_;
    std::vector<std::string> entries_;
    log::Tree tree_;
};

// The code of a failure, or nothing.

}  // namespace stimme::test
