// What a desk keeps of the day for the station's written record: that it was opened here, who was there, what
// had been counted before, and how many voters took a person of trust along. It lies on the desk's disk, so
// that a program that is started again goes on where it was.
//
//     desk/opening.json     present, checked_in, voided, passes_used
//     desk/helped.json      count
//
// Thread rule: pure functions over the file system.
#pragma once

#include <filesystem>
#include <optional>

#include "client/desk/console/asks.h"

namespace stimme::desk::console {

struct OpeningRecord {
    std::vector<std::string> present;
    ZeroCounted counts;
};

// Nothing when the station wasn't opened here yet. Errors: opening-invalid (corrupt), those of read_file.
Result<std::optional<OpeningRecord>> read_opening(const std::filesystem::path& folder);
// Errors: file-exists (it was opened before), those of write_file.
Status write_opening(const std::filesystem::path& folder, const OpeningRecord& opening);

// How many voters took a person of trust along; 0 before the first. Errors: opening-invalid (corrupt), those
// of read_file.
Result<std::uint64_t> read_helped(const std::filesystem::path& folder);
// One more. Errors: those of read_helped and write_file.
Status note_helped(const std::filesystem::path& folder);

}  // namespace stimme::desk::console
