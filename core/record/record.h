// Reading a record: a folder that somebody else made, so nothing in it is believed here. This says only what
// the files hold; whether it is right is for core/verify (docs/record-format.md).
//
// Thread rule: constant after open; share freely. The folder must not change meanwhile.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/log/checkpoint.h"
#include "core/log/tiles.h"
#include "core/record/layout.h"
#include "core/record/mapped_file.h"

namespace stimme::record {

// What is wrong with a file of the folder.
struct FileProblem {
    std::string path;
    Error error;
};

class Record {
  public:
    // Reads the checkpoint; no signature is verified. Errors: those of read_file, parse_note and
    // parse_checkpoint_body, record-too-large (more than max_entries).
    static Result<Record> open(std::filesystem::path folder);
    // The same for a folder that has no checkpoint yet: a mirror writes it last. Errors: as open.
    static Result<Record> unfinished(std::filesystem::path folder, std::string_view checkpoint);

    const std::filesystem::path& folder() const { return folder_; }
    const std::string& checkpoint_text() const { return checkpoint_text_; }
    const log::Checkpoint& checkpoint() const { return checkpoint_; }

    // Whole files, by their path in the record. Errors: those of read_file and MappedFile::open.
    Result<Bytes> read(const std::string& path) const;
    Result<MappedFile> map(const std::string& path) const;

    // The entries of bundle `number`: from entry 256·number on, as far as the checkpoint covers them.
    // REQUIRES: there is such an entry. Errors: those of read_file and parse_bundle, with the bundle's path.
    struct Bundle {
        Bytes content;
        std::vector<ByteView> entries;  // into content
    };
    Result<Bundle> bundle(std::uint64_t number) const;

    using ReadEntry = std::function<Status(std::uint64_t index, ByteView entry)>;
    // Calls `read` for each entry that the checkpoint covers, in order, and holds one bundle at a time. Stops
    // at the first error, also of `read`. Errors: those of bundle().
    Status each_entry(const ReadEntry& read) const;

    // The files that are missing, or of another length, or in the folder although nothing needs them
    // (record-file-missing, record-file-length, record-file-extra), sorted by path.
    std::vector<FileProblem> compare_files(std::span<const NeededFile> needed) const;

  private:
    Record(std::filesystem::path folder, std::string text, log::Checkpoint checkpoint)
        : folder_(std::move(folder)), checkpoint_text_(std::move(text)), checkpoint_(std::move(checkpoint)) {}

    std::filesystem::path folder_;
    std::string checkpoint_text_;
    log::Checkpoint checkpoint_;
};

// What a signed note says as a checkpoint, before its signatures are verified. Errors: as Record::open.
Result<log::Checkpoint> read_unverified(std::string_view note);

// The entry when it is polls-closed; cheap for all others.
std::optional<events::PollsClosed> as_polls_closed(ByteView entry);

}  // namespace stimme::record
