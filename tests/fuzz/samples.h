// One small election with its whole record, the same in every run: what fuzz targets start from, and what
// their seeds are made of.
//
// Thread rule: constant once made; share freely.
#pragma once

#include "tests/support/records.h"

namespace stimme::fuzz {

// A contest of 2 options with an explicitly invalid vote, 2 of 3 trustees, 1 of 2 witnesses; one ballot cast,
// one tested, one pass voided; counted and certified.
const test::TestRecord& sample_record();
const test::Election& sample_election();

}  // namespace stimme::fuzz
