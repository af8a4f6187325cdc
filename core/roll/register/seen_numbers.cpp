#include "core/roll/register/seen_numbers.h"

#include <algorithm>
#include <cstring>
#include <functional>

namespace stimme::roll {

SeenNumbers::Number SeenNumbers::padded(std::string_view number) {
    Number result{};
    std::memcpy(result.data(), number.data(), std::min(number.size(), result.size()));
    return result;
}

std::size_t SeenNumbers::slot_of(const Number& number) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot = std::hash<std::string_view>()({number.data(), number.size()}) & mask;
    while (slots_[slot] != 0 && seen_[slots_[slot] - 1].number != number) slot = (slot + 1) & mask;
    return slot;
}

void SeenNumbers::grow() {
    slots_.assign(slots_.size() * 2, 0);
    for (std::uint32_t place = 0; place < seen_.size(); ++place)
        slots_[slot_of(seen_[place].number)] = place + 1;
}

std::optional<std::uint32_t> SeenNumbers::note(std::string_view number, std::uint32_t line) {
    const Number wanted = padded(number);
    const std::size_t slot = slot_of(wanted);
    if (slots_[slot] != 0) return seen_[slots_[slot] - 1].line;
    seen_.push_back({wanted, line});
    slots_[slot] = static_cast<std::uint32_t>(seen_.size());
    if (seen_.size() * 2 > slots_.size()) grow();
    return std::nullopt;
}

bool SeenNumbers::contains(std::string_view number) const {
    return slots_[slot_of(padded(number))] != 0;
}

}  // namespace stimme::roll
