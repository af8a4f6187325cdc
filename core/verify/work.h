// The long part of a check, on all cores: cut into units, each done by whichever thread is free, or taken
// from a file of parts when it was done before (parts.h). A shard of the units can be left to other machines.
//
// How work is cut depends on its length only, so that every machine cuts it alike.
//
// Thread rule: belongs to one thread; the caller's function runs in several threads at once, for different
// units.
#pragma once

#include <functional>
#include <initializer_list>
#include <string>
#include <vector>

#include "core/verify/parts.h"
#include "core/verify/report.h"

namespace stimme::verify {

// Shard `number` of `of`, from 1. The whole is 1 of 1.
struct Shard {
    unsigned number = 1;
    unsigned of = 1;
};

// How many of `items` make a unit, in whole batches of `batch`: some 256 units, and more of them only where
// there is more to do than that.
constexpr std::uint64_t unit_size(std::uint64_t items, std::uint64_t batch) {
    constexpr std::uint64_t units = 256;
    const std::uint64_t batches = (items + units * batch - 1) / (units * batch);
    return batch * (batches == 0 ? 1 : batches);
}

class Work {
  public:
    using CheckUnit = std::function<Part(std::uint64_t begin, std::uint64_t end)>;
    using Advance = std::function<void(std::uint64_t items, std::uint64_t total, std::string_view what)>;

    // `parts` (nullptr: nothing is kept) outlives this.
    Work(unsigned threads, Shard shard, PartsFile* parts, Advance advance)
        : threads_(threads), shard_(shard), parts_(parts), advance_(std::move(advance)) {}

    // Calls check for each unit of [0, items) that belongs to the shard and wasn't done before. Tells the
    // report what all units found about the checks of these numbers; where units are missing, these checks
    // aren't checkable. Returns the parts, or nothing when some are missing.
    // REQUIRES: unit > 0; check doesn't throw.
    std::optional<std::vector<Part>> run(const std::string& name, std::uint64_t items, std::uint64_t unit,
                                         const CheckUnit& check, Report& report,
                                         std::initializer_list<const char*> numbers);

  private:
    std::optional<Part> part_of(const Unit& unit, bool ours, const CheckUnit& check) const;

    const unsigned threads_;
    const Shard shard_;
    PartsFile* const parts_;
    const Advance advance_;
};

}  // namespace stimme::verify
