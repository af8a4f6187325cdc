// What a voter types, as selections: numbers in the official order or ids, each as often as votes are to be
// given ("3, k05, 3"), "invalid" or "blank". A list stands for its option, or where the contest has
// list_vote, for one vote for each of its people, in order and again from the top, until the votes that are
// left are used;
// "-k05" strikes somebody, who is passed over then.
//
// Whether the selections are allowed is for ballot::ValidSelections.
//
// Thread rule: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/ballot/selections.h"
#include "core/events/values.h"

namespace stimme::booth {

// Words of one contest. An id counts before a number, and an option before a list.
// Errors: choice-unknown, naming the word and what would be right; choice-struck (chosen and struck).
Result<std::vector<std::uint16_t>> read_choices(const ballot::Layout& layout,
                                                const ballot::ContestLayout& contest,
                                                const std::vector<std::string>& words);

// The words of one contest.
struct ContestWords {
    std::string contest;  // "" on a ballot with one contest
    std::vector<std::string> words;
};

// "k01,k02" for a ballot with one contest, "board:k01,k02;mayor:m3" for any.
std::vector<ContestWords> contests_of(std::string_view text);

// A contest that isn't named stays empty.
// Errors: choice-unknown, contest-unknown, contest-repeated, contest-missing (several contests, none named).
Result<events::Selections> read_ballot(const ballot::Layout& layout,
                                       const std::vector<ContestWords>& contests);

// The explicitly invalid or the blank vote in every contest. Errors: not-offered, naming the contest.
Result<events::Selections> invalid_ballot(const ballot::Layout& layout);
Result<events::Selections> blank_ballot(const ballot::Layout& layout);

// What somebody wants on the ballot before it is known which ballot it is. Wiped when it dies.
struct Wish {
    enum class Kind { choices, invalid, blank };

    Kind kind = Kind::choices;
    std::vector<ContestWords> contests;

    Wish() = default;
    Wish(Wish&&) = default;
    Wish& operator=(Wish&&) = default;
    ~Wish();
};

// As valid selections. Errors: those of the functions above and of ValidSelections::check.
Result<ballot::ValidSelections> resolve(const ballot::Layout& layout, const Wish& wish);

// Words between commas and blanks.
std::vector<std::string> words_of(std::string_view text);

void wipe(std::string& text);

}  // namespace stimme::booth
