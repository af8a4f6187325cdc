// The long part of a check, cut into units that are checked in any order, on any machine, once: ballots,
// passes and tested ballots. What each unit gave is a Part; a PartsFile keeps parts, so that an interrupted
// check goes on where it stopped, and the files of several machines together make the whole
// (docs/verification.md, "Large records").
//
// A file of parts is text: a first line that says which record it is about, then one JSON object a line for
// each unit. A last line that was cut off by a crash is dropped. Whoever merges it trusts the machine that
// wrote it.
//
// Thread rule: find() and add() may be called from any thread; everything else belongs to one.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "core/log/checkpoint.h"
#include "core/tally/accumulate.h"
#include "core/verify/report.h"

namespace stimme::verify {

struct Part {
    std::map<std::string, Findings> checks;  // by number; those without failures may be missing
    std::vector<tally::BaseSums> sums;       // of the ballots that were right
    // Why the unit couldn't be checked on this machine. Says nothing about the record, and is never kept.
    std::optional<Error> unchecked{};

    void fail(const std::string& check, Failure failure) { checks[check].add(std::move(failure)); }
};

struct Unit {
    std::string work;  // "ballots/nord/standard", "passes", ...
    std::uint64_t begin, end;
    auto operator<=>(const Unit&) const = default;
};

class PartsFile {
  public:
    // Continues the file, or creates it. Errors: those of write_file and read_file, parts-of-other-record
    // (conflict; it is about another checkpoint), parts-invalid (a line before the last is no part).
    static Result<PartsFile> open(const std::filesystem::path& path, const log::Checkpoint& checkpoint);
    // No file: for parts that are merged only.
    static PartsFile in_memory(const log::Checkpoint& checkpoint);

    PartsFile(PartsFile&& other) noexcept;
    PartsFile& operator=(PartsFile&& other) = delete;
    ~PartsFile();

    // Takes in what another file holds. Errors: as open, and file-missing.
    Status merge(const std::filesystem::path& path);

    std::optional<Part> find(const Unit& unit) const;
    // On the disk before it returns. A failure is kept for status().
    void add(const Unit& unit, const Part& part);
    // Errors: file-unwritable: from some unit on, nothing was kept.
    Status status() const;
    std::size_t size() const;

  private:
    explicit PartsFile(const log::Checkpoint& checkpoint);
    Result<std::uint64_t> read(const std::filesystem::path& path);

    std::string first_line_;
    std::unique_ptr<std::mutex> mutex_ = std::make_unique<std::mutex>();
    std::map<Unit, Part> parts_;
    std::filesystem::path path_;  // empty: none
    int file_ = -1;
    Status status_;
};

}  // namespace stimme::verify
