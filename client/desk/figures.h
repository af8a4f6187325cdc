// What is counted at a desk, and what a station is compared by before it is signed.
//
// Thread rule: values.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/result.h"
#include "core/events/entry.h"
#include "core/wire/desk.h"
#include "core/wire/office.h"

namespace stimme::desk {

// What this desk was answered; each figure only grows.
struct Counts {
    std::uint64_t checked_in = 0;
    std::uint64_t voided = 0;
    std::uint64_t moved = 0;
    std::uint64_t paper = 0;      // voters who were entered as voting on paper
    std::uint64_t withdrawn = 0;  // and of these taken out again
    bool operator==(const Counts&) const = default;
};

// What this station's part of the log says.
struct StationLog {
    std::uint64_t submitted = 0;
    std::uint64_t cast = 0;
    std::uint64_t tested = 0;
    std::uint64_t failed = 0;
    std::uint64_t expired = 0;
    std::uint64_t voided = 0;
};
// What a station may be compared by before it is signed.
struct ClosingView {
    events::StationClosed draft;  // what the server would log
    StationLog log;
    wire::StationRecord record;
    Counts own;                      // of this desk
    std::vector<Error> differences;  // of compare_counts, compare_with_log and compare_with_record
};

// Sums over the desks of a station.
struct Sums {
    std::uint64_t checked_in = 0, voided = 0, moved = 0, paper = 0;
    std::uint64_t people() const;  // with a pass
};
Sums sums_of(const events::StationClosed& draft);

}  // namespace stimme::desk
