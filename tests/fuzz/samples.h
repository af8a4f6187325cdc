// One small election with its record and a log: what fuzz targets start from, and what their seeds are made
// of.
//
// Thread rule: constant once made; share freely.
#pragma once

#include "tests/support/records.h"

namespace stimme::fuzz {

// A contest of 2 options with an explicitly invalid vote, 2 of 3 trustees, 1 of 2 witnesses; one ballot cast,
// one tested, one pass voided; counted and certified.
const test::TestRecord& sample_record();
const test::Election& sample_election();
// A log of entries that nobody signs, the same in every run (signatures of people are random): so its
// checkpoints and receipts among the seeds are those of any run.
const test::TestRecord& sample_log();

}  // namespace stimme::fuzz
