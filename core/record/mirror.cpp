#include "core/record/mirror.h"

#include <algorithm>
#include <fstream>

#include <fmt/format.h>

#include "core/base/file.h"
#include "core/events/files.h"
#include "core/log/log_tiles.h"
#include "core/record/record.h"

namespace stimme::record {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t part_bytes = std::size_t{4} << 20;

std::uint64_t size_of(const fs::path& path) {
    std::error_code error;
    const auto size = fs::file_size(path, error);
    return error ? 0 : size;
}

Error unwritable(const fs::path& path) {
    return unavailable("file-unwritable", fmt::format("cannot write {}", path.string()));
}

Status append_to(const fs::path& path, ByteView piece) {
    std::ofstream file(path, std::ios::binary | std::ios::app);
    file.write(reinterpret_cast<const char*>(piece.data()), static_cast<std::streamsize>(piece.size()));
    file.close();
    return file ? Status() : unwritable(path);
}

bool has_hash(const fs::path& path, const Hash& hash) {
    const auto file = MappedFile::open(path);
    return file && events::file_hash(file->bytes()) == hash;
}

bool is_whole(const log::TileId& tile, ByteView content) {
    if (tile.kind == log::TileId::Kind::hashes) return content.size() == std::size_t{tile.width} * 32;
    return log::parse_bundle(content, tile.width).ok();
}

class Mirror {
  public:
    Mirror(Source& source, const fs::path& folder, const MirrorProgress& progress)
        : source_(source), folder_(folder), progress_(progress) {}

    Result<MirrorReport> run();

  private:
    Status tile(const log::TileId& tile);
    // Reads all entries: whether they continue `before`, and polls-closed.
    Status read_log(const Record& record, const std::optional<log::Checkpoint>& before);
    Status small_file(const std::string& path, const Hash& hash);
    Status ballots(const events::BallotFile& file, std::uint64_t size);
    Status download(const std::string& path, const fs::path& part, std::uint64_t size);
    Status closing_files(const election::ValidDefinition& definition);
    Status remove_others(const election::ValidDefinition& definition);
    void done(std::size_t& counter);

    Source& source_;
    const fs::path& folder_;
    const MirrorProgress& progress_;
    MirrorReport report_;
    std::optional<events::PollsClosed> closed_;
    std::size_t total_ = 0;
    bool kept_tiles_ = false;
};

void Mirror::done(std::size_t& counter) {
    ++counter;
    if (progress_) progress_(report_.fetched + report_.kept, total_);
}

Status Mirror::tile(const log::TileId& tile) {
    const fs::path path = folder_ / log::tile_path(tile);
    const auto there = read_file(path);
    if (there && is_whole(tile, *there)) {
        kept_tiles_ = true;
        done(report_.kept);
        return {};
    }
    STIMME_TRY(const Bytes content,
               log::fetch_tile([&](const std::string& p) { return source_.fetch(p); }, tile));
    STIMME_CHECK(write_file(path, content));
    done(report_.fetched);
    return {};
}

Status Mirror::read_log(const Record& record, const std::optional<log::Checkpoint>& before) {
    log::RootBuilder tree;
    std::optional<Hash> earlier = before && before->size == 0 ? std::optional(tree.root()) : std::nullopt;
    STIMME_CHECK(record.each_entry([&](std::uint64_t, ByteView entry) -> Status {
        tree.append_entry(entry);
        if (before && tree.size() == before->size) earlier = tree.root();
        if (!closed_) closed_ = as_polls_closed(entry);
        return {};
    }));
    if (kept_tiles_ && tree.root() != record.checkpoint().root) {
        return corrupt("record-mixed",
                       fmt::format("{} holds files of another log than the one served; keep it as evidence "
                                   "and mirror into an empty folder",
                                   folder_.string()));
    }
    if (before && earlier != before->root) {
        return corrupt("log-forked",
                       fmt::format("the log served doesn't continue the one in {}: both checkpoints are "
                                   "signed, so keep the folder as evidence",
                                   folder_.string()));
    }
    return {};
}

Status Mirror::small_file(const std::string& path, const Hash& hash) {
    if (has_hash(folder_ / path, hash)) {
        done(report_.kept);
        return {};
    }
    STIMME_TRY(const Bytes content, source_.fetch(path));
    STIMME_CHECK(write_file(folder_ / path, content));
    done(report_.fetched);
    return {};
}

// Goes on where `part` ends, until it has `size` bytes or the source has no more.
Status Mirror::download(const std::string& path, const fs::path& part, std::uint64_t size) {
    for (std::uint64_t at = size_of(part); at < size; at = size_of(part)) {
        const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(part_bytes, size - at));
        STIMME_TRY(const Bytes piece, source_.fetch_part(path, at, wanted));
        STIMME_CHECK(append_to(part, piece));
        if (piece.empty()) return {};
    }
    return {};
}

Status Mirror::ballots(const events::BallotFile& file, std::uint64_t size) {
    const std::string path = ballots_path(file.district, file.style);
    const fs::path whole = folder_ / path, part = whole.string() + ".part";
    if (has_hash(whole, file.hash)) {
        done(report_.kept);
        return {};
    }
    std::error_code error;
    fs::create_directories(part.parent_path(), error);
    const bool resumed = size_of(part) != 0;
    STIMME_CHECK(download(path, part, size));
    if (resumed && !has_hash(part, file.hash)) {
        fs::remove(part, error);
        STIMME_CHECK(download(path, part, size));
    }
    fs::rename(part, whole, error);
    if (error) return unwritable(whole);
    done(report_.fetched);
    return {};
}

Status Mirror::closing_files(const election::ValidDefinition& definition) {
    STIMME_CHECK(small_file(tags_path, closed_->tags));
    STIMME_CHECK(small_file(participation_path, closed_->participation));
    for (const events::BallotFile& file : closed_->ballots) {
        if (const auto size = ballots_size(definition, file)) STIMME_CHECK(ballots(file, *size));
    }
    return {};
}

Status Mirror::remove_others(const election::ValidDefinition& definition) {
    STIMME_TRY(const Record record, Record::open(folder_));
    const auto needed = needed_files(record.checkpoint().size, definition, closed_ ? &*closed_ : nullptr);
    for (const FileProblem& problem : record.compare_files(needed)) {
        std::error_code error;
        if (problem.error.code != "record-file-extra") continue;
        if (!fs::remove(folder_ / problem.path, error)) return unwritable(folder_ / problem.path);
        ++report_.removed;
    }
    return {};
}

Result<MirrorReport> Mirror::run() {
    STIMME_TRY(const Bytes note, source_.fetch(checkpoint_path));
    STIMME_TRY(report_.checkpoint, read_unverified(as_text(note)));
    std::optional<log::Checkpoint> before;
    if (fs::exists(folder_ / checkpoint_path)) {
        STIMME_TRY(const Record old, Record::open(folder_));
        before = old.checkpoint();
    }
    if (before && before->size > report_.checkpoint.size) {
        return conflict("record-older", fmt::format("the folder holds {} entries and the source serves {}",
                                                    before->size, report_.checkpoint.size));
    }
    const auto tiles = log::tiles(report_.checkpoint.size);
    total_ = tiles.size() + 2;
    STIMME_TRY(const Bytes text, source_.fetch(definition_path));
    STIMME_TRY(const auto definition, election::ValidDefinition::parse_canonical(as_text(text)));
    for (const log::TileId& id : tiles) STIMME_CHECK(tile(id));
    STIMME_TRY(const Record unfinished, Record::unfinished(folder_, as_text(note)));
    STIMME_CHECK(read_log(unfinished, before));
    STIMME_CHECK(write_file(folder_ / definition_path, text));
    done(report_.fetched);
    if (closed_) {
        total_ += 2 + closed_->ballots.size();
        STIMME_CHECK(closing_files(definition));
    }
    STIMME_CHECK(write_file(folder_ / checkpoint_path, note));
    done(report_.fetched);
    STIMME_CHECK(remove_others(definition));
    return report_;
}

}  // namespace

Result<MirrorReport> mirror(Source& source, const fs::path& folder, const MirrorProgress& progress) {
    return Mirror(source, folder, progress).run();
}

}  // namespace stimme::record
