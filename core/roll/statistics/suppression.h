// Statistics for publication: small figures, which could tell about a single person, are left out, and so are
// as many others as it takes that nobody can compute them from what is published.
//
// What can be computed follows from the sums of a table: its columns add up to the total, and in each row
// `all` is `eligible` and `not_eligible` together. Seen as a graph, rows (the total is one of them) and
// columns are points and each figure is a line between its row and its column. A figure that is left out
// can't be computed exactly when it lies on a circle of figures left out. So for each of them the cheapest
// such circle is closed, by the sum of the figures that it needs. Figures of 0 are published, and never left
// out for the sake of others. What is left out of a column makes at least the threshold together, since its
// sum can be computed. The total stays, unless one of its three figures is small itself.
//
// Each table is protected by itself. Where rows of one table are parts of another's, as districts are of
// stations when stations are assigned by district, the two must not be published together; nor must figures
// of one roll be published twice, with another threshold, or again after a few people changed.
//
// Thread rule: pure functions.
#pragma once

#include <cstdint>

#include "core/roll/statistics/statistics.h"

namespace stimme::roll {

constexpr std::uint64_t default_threshold = 5;
// What may be asked for in a publication: a lower one would tell of single people and of pairs.
constexpr std::uint64_t least_threshold = 3;
constexpr std::uint64_t most_threshold = 1000;

// Leaves out all figures from 1 to below the threshold and what protects them. REQUIRES: nothing is left out
// yet, and the rows of each table add up to the total.
Statistics suppressed(const Statistics& statistics, std::uint64_t threshold = default_threshold);

}  // namespace stimme::roll
