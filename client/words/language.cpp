#include "client/words/language.h"

#include <fmt/format.h>

#include "client/words/table.h"

namespace stimme::words {

std::optional<Language> Language::find(std::string_view tag) {
    for (const Language language : all()) {
        if (language.tag() == tag) return language;
    }
    return std::nullopt;
}

Result<Language> Language::parse(std::string_view tag) {
    if (const auto found = find(tag)) return *found;
    std::string tags;
    for (const Language language : all()) tags += (tags.empty() ? "" : ", ") + std::string(language.tag());
    return invalid("language-unknown",
                   fmt::format("there are no words in the language \"{}\"; there are {}", tag, tags));
}

std::vector<Language> Language::all() {
    std::vector<Language> result;
    for (std::size_t row = 0; row < table().size(); ++row) result.push_back(Language(row));
    return result;
}

Language Language::english() {
    return Language(0);
}

Language Language::german() {
    static const Language found = *find("de");
    return found;
}

std::string_view Language::tag() const {
    return table()[row_].tag;
}

std::string_view Language::name_in_itself() const {
    return table()[row_].name;
}

bool Language::right_to_left() const {
    return table()[row_].right_to_left;
}

std::string_view Language::signed_off_by() const {
    return table()[row_].signed_off_by;
}

}  // namespace stimme::words
