#include "core/roll/search/collation.h"

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <memory>

#include <unicode/coll.h>
#include <unicode/ucol.h>
#include <unicode/unistr.h>

namespace stimme::roll {
namespace {

const icu::Collator& collator() {
    static const std::unique_ptr<icu::Collator> made = [] {
        UErrorCode error = U_ZERO_ERROR;
        std::unique_ptr<icu::Collator> result(
            icu::Collator::createInstance(icu::Locale("de@collation=phonebook"), error));
        assert(U_SUCCESS(error));
        return result;
    }();
    return *made;
}

std::uint8_t* bytes_of(std::string& text) {
    return reinterpret_cast<std::uint8_t*>(text.data());
}

const std::uint8_t* bytes_of(const std::string& text) {
    return reinterpret_cast<const std::uint8_t*>(text.data());
}

}  // namespace

std::string german_key(std::string_view text) {
    const auto unicode = icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
    std::string key(64, '\0');
    auto size = collator().getSortKey(unicode, bytes_of(key), static_cast<std::int32_t>(key.size()));
    if (static_cast<std::size_t>(size) > key.size()) {
        key.resize(static_cast<std::size_t>(size));
        size = collator().getSortKey(unicode, bytes_of(key), size);
    }
    key.resize(static_cast<std::size_t>(std::max(size, 1)) - 1);  // without the zero at its end
    return key;
}

std::string german_key(std::string_view family_name, std::string_view given_names, std::string_view number) {
    const std::string family = german_key(family_name), given = german_key(given_names);
    std::string key(family.size() + given.size() + 2, '\0');
    // With their zeros, which a std::string has behind its end.
    const std::int32_t size = ucol_mergeSortkeys(
        bytes_of(family), static_cast<std::int32_t>(family.size() + 1), bytes_of(given),
        static_cast<std::int32_t>(given.size() + 1), bytes_of(key), static_cast<std::int32_t>(key.size()));
    key.resize(static_cast<std::size_t>(size));  // with the zero: it separates the number
    return key.append(number);
}

std::string_view base_of(std::string_view key) {
    constexpr char level_separator = '\x01';  // between the levels of a sort key, by ICU's definition
    return key.substr(0, key.find(level_separator));
}

}  // namespace stimme::roll
