// The numbers of people that stood in a register so far, each with its line: 28 bytes a number.
//
// Thread rule: one thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string_view>
#include <vector>

namespace stimme::roll {

class SeenNumbers {
  public:
    // Where the number stood first, if it did; else it stands in that line from now on. REQUIRES:
    // is_person_number(number).
    std::optional<std::uint32_t> note(std::string_view number, std::uint32_t line);

    bool contains(std::string_view number) const;

  private:
    using Number = std::array<char, 16>;  // padded with zero bytes
    struct Seen {
        Number number;
        std::uint32_t line;
    };

    static Number padded(std::string_view number);
    // The slot that has it, or the free one where it belongs.
    std::size_t slot_of(const Number& number) const;
    void grow();

    std::deque<Seen> seen_;
    // Open addressing: places in seen_, from 1; 0 is free. A power of two, never more than half full.
    std::vector<std::uint32_t> slots_ = std::vector<std::uint32_t>(1024);
};

}  // namespace stimme::roll
