#include "core/roll/search/register_numbers.h"

#include <algorithm>
#include <cstring>

namespace stimme::roll {

void RegisterNumbers::add(std::string_view number) {
    for (const char c : number) characters_.set(static_cast<std::uint8_t>(c));
    text_.append(number) += '\n';
    begins_.push_back(static_cast<std::uint32_t>(text_.size()));
}

void RegisterNumbers::shrink() {
    text_.shrink_to_fit();
    begins_.shrink_to_fit();
}

std::size_t RegisterNumbers::memory() const {
    return text_.capacity() + begins_.capacity() * sizeof(begins_[0]);
}

bool RegisterNumbers::may_hold(std::string_view part) const {
    return std::all_of(part.begin(), part.end(),
                       [&](char c) { return characters_.test(static_cast<std::uint8_t>(c)); });
}

std::vector<std::uint32_t> RegisterNumbers::find(std::string_view part, std::size_t most) const {
    std::vector<std::uint32_t> result;
    auto next = begins_.begin();  // of the first number that wasn't looked at
    while (result.size() < most) {
        const std::string_view rest = std::string_view(text_).substr(*next);
        const void* found = memmem(rest.data(), rest.size(), part.data(), part.size());
        if (!found) break;
        const auto at = static_cast<std::size_t>(static_cast<const char*>(found) - text_.data());
        next = std::upper_bound(next, begins_.end(), at);
        result.push_back(static_cast<std::uint32_t>(next - begins_.begin()) - 1);
    }
    return result;
}

bool RegisterNumbers::holds(std::size_t place, std::string_view part) const {
    // Numbers are short, and this is faster there than find().
    const std::string_view number = (*this)[place];
    return std::search(number.begin(), number.end(), part.begin(), part.end()) != number.end();
}

}  // namespace stimme::roll
