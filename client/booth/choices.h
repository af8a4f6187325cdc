// What a voter types, as selections: numbers in the official order or ids, each as often as votes are to be
// given ("3, k05, 3"), "invalid" or "blank", or a list, which stands for one vote for each of its people, in
// order and again from the top, until the votes that are left are used.
//
// Whether the selections are allowed is for ballot::ValidSelections.
//
// Thread rule: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/ballot/layout.h"
#include "core/events/entry.h"

namespace stimme::booth {

// Words of one contest. An id counts before a number, and an option before a list.
// Errors: choice-unknown, naming the word and what would be right.
Result<std::vector<std::uint16_t>> read_choices(const ballot::Layout& layout,
                                                const ballot::ContestLayout& contest,
                                                const std::vector<std::string>& words);

// "k01,k02" on a ballot with one contest, "board:k01,k02;mayor:m3" on any.
// Errors: choice-unknown, contest-unknown, contest-repeated, contest-missing (several contests, none named).
Result<events::Selections> parse_choices(const ballot::Layout& layout, std::string_view text);

// The same for words that were split already; a contest without words stays empty.
struct ContestWords {
    std::string contest;  // "" on a ballot with one contest
    std::vector<std::string> words;
};
Result<events::Selections> read_ballot(const ballot::Layout& layout, const std::vector<ContestWords>& contests);

// The explicitly invalid or the blank vote in every contest. Errors: not-offered, naming the contest.
Result<events::Selections> invalid_ballot(const ballot::Layout& layout);
Result<events::Selections> blank_ballot(const ballot::Layout& layout);

// Words between commas and blanks.
std::vector<std::string> words_of(std::string_view text);

void wipe(events::Selections& selections);
void wipe(std::string& text);

}  // namespace stimme::booth
