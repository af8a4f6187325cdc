#include "client/booth/choices.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include <fmt/format.h>

#include "core/ballot/marks.h"
#include "core/base/ascii.h"
#include "core/crypto/secret.h"

namespace stimme::booth {
namespace {

using Values = std::vector<std::uint16_t>;

std::optional<std::size_t> position_by_id(const election::Contest& contest, std::string_view word) {
    for (std::size_t i = 0; i < contest.positions(); ++i) {
        if (contest.position_name(i) == word) return i;
    }
    return std::nullopt;
}

std::optional<std::size_t> position_by_number(const election::Contest& contest, std::string_view word) {
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (error != std::errc() || end != word.data() + word.size()) return std::nullopt;
    if (number == 0 || number > contest.positions()) return std::nullopt;
    return number - 1;
}

bool has_list(const election::Contest& contest, std::string_view word) {
    return std::any_of(contest.lists.begin(), contest.lists.end(),
                       [&](const auto& list) { return list.id == word; });
}

// The option by which one votes for a list as a whole.
std::optional<std::size_t> whole_list(const election::Contest& contest, std::string_view list) {
    for (std::size_t i = 0; i < contest.options.size(); ++i) {
        if (contest.options[i].whole_list && contest.options[i].list == list) return i;
    }
    return std::nullopt;
}

void give(Values& values, std::size_t position) {
    if (values[position] < 65535) ++values[position];
}

Error unknown(const election::Contest& contest, std::string_view word) {
    return invalid("choice-unknown",
                   fmt::format("\"{}\" isn't on the ballot of \"{}\": choose numbers from 1 to {}, or ids",
                               word, contest.id.str(), contest.positions()));
}

const ballot::ContestLayout* contest_named(const ballot::Layout& layout, std::string_view name) {
    if (name.empty() && layout.contests().size() == 1) return &layout.contests().front();
    for (const auto& contest : layout.contests()) {
        if (layout.contest(contest).id.str() == name) return &contest;
    }
    return nullptr;
}

Error contest_error(std::string_view name) {
    if (name.empty())
        return invalid("contest-missing",
                       "this ballot has several contests: name each one, as in \"board:k01,k02;mayor:m3\"");
    return invalid("contest-unknown", fmt::format("there is no contest \"{}\" on this ballot", name));
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

ContestWords split_contest(std::string_view text) {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) return {"", words_of(text)};
    return {lower(trimmed(text.substr(0, colon))), words_of(text.substr(colon + 1))};
}

events::Selections nothing(const ballot::Layout& layout) {
    events::Selections selections;
    for (const auto& contest : layout.contests()) selections.emplace_back(contest.positions);
    return selections;
}

template <class Position>
Result<events::Selections> everywhere(const ballot::Layout& layout, std::string_view what,
                                      Position position) {
    events::Selections selections = nothing(layout);
    for (std::size_t i = 0; i < selections.size(); ++i) {
        const election::Contest& contest = layout.contest(layout.contests()[i]);
        const std::optional<std::size_t> place = position(contest);
        if (!place)
            return invalid("not-offered",
                           fmt::format("contest \"{}\" offers no {} vote", contest.id.str(), what));
        selections[i][*place] = 1;
    }
    return selections;
}

}  // namespace

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    constexpr std::string_view separators = ", \t\r";
    for (auto begin = text.find_first_not_of(separators); begin != std::string_view::npos;) {
        const auto end = std::min(text.find_first_of(separators, begin), text.size());
        words.emplace_back(text.substr(begin, end - begin));
        begin = text.find_first_not_of(separators, end);
    }
    return words;
}

Result<Values> read_choices(const ballot::Layout& layout, const ballot::ContestLayout& place,
                            const std::vector<std::string>& words) {
    const election::Contest& contest = layout.contest(place);
    Values values(place.positions);
    std::vector<bool> struck(place.positions);
    std::vector<std::string> lists;
    for (const std::string& typed : words) {
        const std::string word = lower(typed);
        if (contest.list_vote && word.starts_with('-')) {
            const auto position = position_by_id(contest, std::string_view(word).substr(1));
            if (!position || *position >= contest.options.size()) return unknown(contest, typed);
            struck[*position] = true;
            continue;
        }
        auto position = position_by_id(contest, word);
        if (!position) position = whole_list(contest, word);
        if (!position && contest.list_vote && has_list(contest, word)) {
            lists.push_back(word);
            continue;
        }
        if (!position) position = position_by_number(contest, word);
        if (!position) return unknown(contest, typed);
        give(values, *position);
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (struck[i] && values[i] > 0)
            return invalid("choice-struck",
                           fmt::format("{} is both chosen and struck", contest.position_name(i)));
    }
    for (const std::string& list : lists) ballot::give_rest_to_list(contest, list, struck, values);
    return values;
}

Result<events::Selections> read_ballot(const ballot::Layout& layout,
                                       const std::vector<ContestWords>& contests) {
    events::Selections selections = nothing(layout);
    std::vector<bool> named(selections.size());
    for (const ContestWords& contest : contests) {
        const ballot::ContestLayout* const place = contest_named(layout, contest.contest);
        if (place == nullptr) return contest_error(contest.contest);
        const auto i = static_cast<std::size_t>(place - layout.contests().data());
        if (named[i])
            return invalid("contest-repeated",
                           fmt::format("contest \"{}\" is named twice", layout.contest(*place).id.str()));
        named[i] = true;
        STIMME_TRY(selections[i], read_choices(layout, *place, contest.words));
    }
    return selections;
}

std::vector<ContestWords> contests_of(std::string_view text) {
    std::vector<ContestWords> contests;
    while (!text.empty()) {
        const auto end = std::min(text.find(';'), text.size());
        if (!trimmed(text.substr(0, end)).empty()) contests.push_back(split_contest(text.substr(0, end)));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return contests;
}

Result<events::Selections> invalid_ballot(const ballot::Layout& layout) {
    return everywhere(layout, "explicitly invalid", [](const auto& c) { return c.invalid_position(); });
}

Result<events::Selections> blank_ballot(const ballot::Layout& layout) {
    return everywhere(layout, "blank", [](const auto& c) { return c.blank_position(); });
}

Wish::~Wish() {
    for (ContestWords& contest : contests) {
        for (std::string& word : contest.words) wipe(word);
    }
}

Result<ballot::ValidSelections> resolve(const ballot::Layout& layout, const Wish& wish) {
    auto selections = wish.kind == Wish::Kind::invalid ? invalid_ballot(layout)
                      : wish.kind == Wish::Kind::blank ? blank_ballot(layout)
                                                       : read_ballot(layout, wish.contests);
    if (!selections) return std::move(selections).error();
    return ballot::ValidSelections::check(layout, *std::move(selections));
}

void wipe(std::string& text) {
    crypto::wipe(text.data(), text.size());
    text.clear();
}

}  // namespace stimme::booth
