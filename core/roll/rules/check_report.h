// What `stimme roll check` prints: how many people a register holds, how many may vote, how often each reason
// occurs, and the reasons of everyone who may not.
//
// Thread rule: one thread at a time.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/roll/rules/eligibility.h"

namespace stimme::roll {

class CheckReport {
  public:
    void add(std::string_view number, Decision decision);

    std::size_t people() const { return people_; }
    std::size_t eligible() const { return people_ - refused_.size(); }
    std::size_t count(Reason reason) const { return counts_[static_cast<std::size_t>(reason)]; }

    // {"decisions": {number: [code, ...]}, "eligible": n, "people": n, "reasons": {code: n}} in RFC 8785
    // form: only people who may not vote, only reasons that occur. REQUIRES: no number was added twice.
    std::string json() const;

  private:
    std::size_t people_ = 0;
    std::array<std::size_t, reason_count> counts_{};
    std::vector<std::pair<std::string, Decision>> refused_;
};

}  // namespace stimme::roll
