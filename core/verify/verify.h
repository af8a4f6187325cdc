// Verifying a whole record, trusting nothing in it (docs/verification.md). What is known beforehand is at
// most what the caller brings: the election's fingerprint h_E from the official announcement, a receipt, a
// voter's code, an earlier checkpoint.
//
// Every check that the protocol demands has a number in checks.h, and is reported: passed, failed, or not
// checkable. A record of an election that still runs is verified as far as it goes.
//
// Thread rule: one call uses all cores by itself; calls are independent.
#pragma once

#include <filesystem>

#include "core/verify/options.h"

namespace stimme::verify {

// Never fails by itself: a folder that holds no record gives a report that says so.
Outcome verify(const std::filesystem::path& folder, const Options& options = {});

}  // namespace stimme::verify
