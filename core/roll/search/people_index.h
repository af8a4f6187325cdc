// Everyone of a register in memory, to be found by whatever someone at a desk types: parts of family name,
// given names, street, house number, postcode, city and register number, the day, month or year of birth
// (core/roll/search/search_query.h), in any order and any spelling (core/roll/search/fold.h).
//
// Each word of a query must be found in some field of the person; blanks, hyphens and apostrophes within a
// field don't count. In a word of at least 4 letters one typing error is forgiven: a letter too many, too few
// or wrong, or two neighbours swapped. Digits are taken as they are, since any number is one digit away from
// another one. People who are found without an error come first, the others after them, both in German order
// (core/roll/search/collation.h).
//
// Someone with a register block is found by name, number and birth date only: the index doesn't hold the
// address.
//
// How it works: each field refers to a text in the vocabulary of its column, so that a word is compared with
// each distinct text once, if at all. Then one pass over the people, who lie in German order, takes together
// what is known of their texts, and ends when enough are found. Memory: some 40 bytes a person and 30 a
// distinct text.
//
// Thread rule: an index doesn't change and is searched by any number of threads; a Builder belongs to one.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/roll/search/register_numbers.h"
#include "core/roll/search/search_query.h"
#include "core/roll/search/vocabulary.h"

namespace stimme::roll {

// One person as the index takes them; UTF-8, but other bytes do no harm.
struct Entry {
    std::string_view number;
    std::string_view family_name;
    std::string_view given_names;
    std::string_view birth_date;  // "1941-07-13"; by anything else the person isn't found
    std::string_view street;
    std::string_view house_number;
    std::string_view postcode;
    std::string_view city;
    std::string_view station = {};  // "" for none
    bool register_block = false;
};

// Whom a search may find.
struct SearchScope {
    std::string_view station = {};  // only who belongs there; "" finds everyone
    bool other_stations = false;    // also those of other stations, but nobody with a register block
    // Whether to tell of a person who was found, by number; none tells of all.
    std::function<bool(std::string_view)> keep = {};
};

struct SearchHit {
    std::string number;
    bool with_typing_error;  // found only by forgiving one

    bool operator==(const SearchHit&) const = default;
};

class PeopleIndex {
  public:
    class Builder;

    // At most `limit` people. A query without letters and digits finds nobody; of a long one, only the
    // beginning counts (read_query).
    std::vector<SearchHit> search(std::string_view query, const SearchScope& scope, std::size_t limit) const;

    std::size_t people() const { return numbers_.size(); }
    std::size_t memory() const;  // bytes

  private:
    class Search;
    enum Field { family, given, street, house, place, field_count };
    struct Column {
        Vocabulary texts;
        std::vector<std::uint32_t> text_of;  // by person, as all that follows
    };

    std::array<Column, field_count> columns_;
    std::vector<PackedDay> born_;
    RegisterNumbers numbers_;
    std::vector<std::string> stations_;
    std::vector<std::uint32_t> station_of_;
    std::vector<bool> blocked_;
};

// Takes people in any order, and keeps each distinct text once.
class PeopleIndex::Builder {
  public:
    Builder();
    ~Builder();
    Builder(Builder&&) noexcept;
    Builder& operator=(Builder&&) noexcept;

    // REQUIRES: fewer than 2^32 people, whose numbers are shorter than 4 GiB together.
    void add(const Entry& entry);
    PeopleIndex build() &&;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace stimme::roll
