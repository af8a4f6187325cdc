// `stimme roll statistics`: how many people there are and how many may vote, by nationality, age, sex,
// district, station and reason; for the office, or in the form for publication. Officials only.
//
// Thread rule: one thread at a time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "client/cli/command.h"
#include "core/roll/statistics/suppression.h"

namespace stimme::office {

struct StatisticsOptions {
    bool publish = false;
    std::uint64_t threshold = roll::default_threshold;  // of a publication
    std::string places = "station";                     // or "district": the other isn't published
    std::filesystem::path csv;                          // a file to write, too; empty: none
};
// Errors: those of the server and of write_file.
Status roll_statistics(const StatisticsOptions& options, cli::Context& context);

// RFC 4180 with semicolons, UTF-8: a header, the total, and each row of each table (roll::to_rows).
std::string csv_of(const roll::Statistics& statistics);

}  // namespace stimme::office
