#include "core/record/record.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "core/base/file.h"

namespace stimme::record {
namespace {

namespace fs = std::filesystem;

struct Found {
    bool regular;
    std::uint64_t size;
};

// Everything in the folder but its subfolders, by path from its root.
std::map<std::string, Found> list_files(const fs::path& folder) {
    std::map<std::string, Found> found;
    std::error_code error;
    for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
        const bool link = at->is_symlink(error);
        if (!link && at->is_directory(error)) continue;
        const bool regular = !link && at->is_regular_file(error);
        found[at->path().lexically_relative(folder).generic_string()] = {regular,
                                                                         regular ? at->file_size(error) : 0};
    }
    return found;
}

std::optional<Error> compare(const NeededFile& needed, const Found* found) {
    if (found == nullptr || !found->regular) {
        return not_found("record-file-missing", "the checkpoint needs this file and it isn't there");
    }
    if (!needed.size || *needed.size == found->size) return std::nullopt;
    return corrupt("record-file-length",
                   fmt::format("it has {} bytes; {} are right", found->size, *needed.size));
}

}  // namespace

Result<log::Checkpoint> read_unverified(std::string_view note) {
    STIMME_TRY(const log::Note parsed, log::parse_note(note));
    STIMME_TRY(log::Checkpoint checkpoint, log::parse_checkpoint_body(parsed.text));
    if (checkpoint.size > max_entries) {
        return invalid("record-too-large",
                       fmt::format("the checkpoint covers {} entries; at most {} are read", checkpoint.size,
                                   max_entries));
    }
    return checkpoint;
}

Result<Record> Record::open(fs::path folder) {
    STIMME_TRY(const Bytes text, read_file(folder / checkpoint_path, log::max_note_size));
    return unfinished(std::move(folder), as_text(text));
}

Result<Record> Record::unfinished(fs::path folder, std::string_view checkpoint) {
    STIMME_TRY(log::Checkpoint parsed, read_unverified(checkpoint));
    return Record(std::move(folder), std::string(checkpoint), std::move(parsed));
}

Result<Bytes> Record::read(const std::string& path) const {
    return read_file(folder_ / path);
}

Result<MappedFile> Record::map(const std::string& path) const {
    return MappedFile::open(folder_ / path);
}

Result<Record::Bundle> Record::bundle(std::uint64_t number) const {
    const auto width = static_cast<unsigned>(
        std::min<std::uint64_t>(log::tile_width, checkpoint_.size - number * log::tile_width));
    const std::string path = log::tile_path({log::TileId::Kind::entries, 0, number, width});
    STIMME_TRY(Bytes content, read(path));
    auto entries = log::parse_bundle(content, width);
    if (!entries) return entries.error().at(path);
    return Bundle{std::move(content), *std::move(entries)};
}

Status Record::each_entry(const ReadEntry& read) const {
    std::uint64_t index = 0;
    for (std::uint64_t number = 0; index < checkpoint_.size; ++number) {
        STIMME_TRY(const Bundle bundle, this->bundle(number));
        for (const ByteView entry : bundle.entries) STIMME_CHECK(read(index++, entry));
    }
    return {};
}

std::vector<FileProblem> Record::compare_files(std::span<const NeededFile> needed) const {
    std::map<std::string, Found> found = list_files(folder_);
    std::vector<FileProblem> problems;
    for (const NeededFile& file : needed) {
        const auto at = found.find(file.path);
        if (auto error = compare(file, at == found.end() ? nullptr : &at->second)) {
            problems.push_back({file.path, *std::move(error)});
        }
        if (at != found.end()) found.erase(at);
    }
    for (const auto& extra : found) {
        problems.push_back({extra.first, corrupt("record-file-extra", "nothing in the record needs it")});
    }
    std::sort(problems.begin(), problems.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
    return problems;
}

std::optional<events::PollsClosed> as_polls_closed(ByteView entry) {
    const std::string_view text = as_text(entry);
    if (text.find("\"type\":\"polls-closed\"") == std::string_view::npos) return std::nullopt;
    auto decoded = events::decode(text);
    if (!decoded) return std::nullopt;
    auto* closed = std::get_if<events::PollsClosed>(&decoded->content);
    return closed == nullptr ? std::nullopt : std::optional(std::move(*closed));
}

}  // namespace stimme::record
