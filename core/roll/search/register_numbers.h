// The register numbers of all people in one piece of memory, to be searched for parts of them.
//
// Thread rule: searched by any number of threads when nobody adds.
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace stimme::roll {

class RegisterNumbers {
  public:
    // Adds the next one. REQUIRES: all together are shorter than 4 GiB.
    void add(std::string_view number);
    void shrink();  // gives unused memory back
    std::string_view operator[](std::size_t place) const {
        return {text_.data() + begins_[place], begins_[place + 1] - begins_[place] - 1};
    }
    std::size_t size() const { return begins_.size() - 1; }
    std::size_t memory() const;  // bytes

    // Whether all its characters occur in numbers at all.
    bool may_hold(std::string_view part) const;
    // The places of the numbers that hold that part, in ascending order; stops after `most` of them.
    // REQUIRES: part is of 0-9, A-Z and hyphens, and not empty.
    std::vector<std::uint32_t> find(std::string_view part, std::size_t most) const;
    // Whether one number does.
    bool holds(std::size_t place, std::string_view part) const;

  private:
    std::string text_;  // the numbers, a line break after each
    std::vector<std::uint32_t> begins_{0};
    std::bitset<256> characters_;
};

}  // namespace stimme::roll
