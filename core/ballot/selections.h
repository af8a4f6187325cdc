// What a voter chose, checked: an integer for each position of each contest of the style, in range, and with
// a weighted sum of 1 to L in each contest (docs/protocol.md, section 4.2). Only such selections can be
// encrypted. They are secret: move-only and wiped.
//
// Thread rule: values; they belong to one owner.
#pragma once

#include "core/ballot/layout.h"
#include "core/base/result.h"
#include "core/events/values.h"

namespace stimme::ballot {

class ValidSelections {
  public:
    // Errors, naming contest and option: selections-shape (not one value for each position of each contest),
    // too-many-for-option (beyond the position's range), invalid-with-votes and blank-with-votes (beside
    // anything else that counts), too-many-votes (more than L), nothing-selected.
    static Result<ValidSelections> check(const Layout& layout, events::Selections selections);

    ValidSelections(ValidSelections&&) noexcept = default;
    ValidSelections& operator=(ValidSelections&& other) noexcept;
    ~ValidSelections();

    const events::Selections& reveal() const { return selections_; }

  private:
    explicit ValidSelections(events::Selections selections) : selections_(std::move(selections)) {}
    void wipe();

    events::Selections selections_;
};

}  // namespace stimme::ballot
