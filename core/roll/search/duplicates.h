// Probable duplicates in a register: one person under two spellings or two numbers. It only points them out;
// whether they are one is for people to find out.
//
// Two people are alike whose names are equal, folded (core/roll/search/fold.h), and whose birth dates are
// too. The names may also stand in another order, lack one part of at least three, or differ by one typing
// error in a part of at least 4 letters; or the names are equal and the birth dates have day and month
// swapped or one digit different. Twins aren't alike: their given names differ by more. For a typing error or
// another birth date, people whose sexes or nationalities are known and have nothing in common aren't taken
// for one.
//
// Of people whom chance makes alike there are many among the bearers of a frequent name, so birth dates that
// differ are told only for names that at most max_namesakes bear. Time is near linear: people are compared
// only with those who share the birth date and most of the name, or the name, and with at most max_neighbours
// of each such group. Memory: some 80 bytes a person.
//
// Thread rule: a Duplicates doesn't change and is read by any number of threads; a Builder belongs to one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/roll/register/person.h"
#include "core/roll/search/search_query.h"

namespace stimme::roll {

// Why two people are alike; where several reasons hold, the first of them.
enum class Likeness {
    same_name_and_birth_date,
    names_swapped,  // all parts are there, but in another order
    name_part_missing,
    typing_error_in_name,
    birth_date_differs,
};

// "same-name-and-birth-date", ...: stable, part of the API.
std::string_view code_of(Likeness likeness);

// One person as they are compared; UTF-8, but other bytes do no harm.
struct NamedPerson {
    std::string_view number;
    std::string_view family_name;
    std::string_view given_names;
    std::string_view birth_date;  // "1941-07-13"; with anything else the person is like nobody
    Sex sex = Sex::unstated;
    std::span<const std::string> nationalities = {};  // none: not known
};

struct DuplicatePair {
    std::string first, second;  // their numbers, the smaller one first
    Likeness likeness;

    bool operator==(const DuplicatePair&) const = default;
};

struct Lookalike {
    std::string number;
    Likeness likeness;

    bool operator==(const Lookalike&) const = default;
};

class Duplicates {
  public:
    class Builder;

    static constexpr std::size_t max_namesakes = 32;
    static constexpr std::size_t max_neighbours = 64;

    // The pairs, by their numbers; the search ends when it has found `most`.
    std::vector<DuplicatePair> pairs(std::size_t most) const;

    // Who this person probably is, by likeness, then number; not someone of the same number. Here names may
    // be as frequent as they are.
    std::vector<Lookalike> like(const NamedPerson& person) const;

    std::size_t memory() const;  // bytes

  private:
    struct Known {
        PackedDay born;
        std::uint32_t begin;  // in texts_: the number, then the names
        std::uint32_t number_size, names_size;
        std::uint32_t nationalities;
        Sex sex;
    };
    // What people share who may be alike: a name in any order of its parts, or a name without one part.
    using Key = std::uint64_t;
    using Keyed = std::pair<Key, std::uint32_t>;  // and the place of a person in known_
    struct Compared;

    std::string_view number_of(const Known& known) const;
    Compared compared(const Known& known) const;
    // Those of people born on one day, from that place on, or of the bearers of one name born on different
    // days.
    void add_pairs_of_a_day(std::size_t first, std::size_t end, std::vector<DuplicatePair>& pairs) const;
    void add_pairs_of_a_name(std::span<const Keyed> bearers, std::vector<DuplicatePair>& pairs) const;
    void add_pair(const Compared& a, const Compared& b, std::vector<DuplicatePair>& pairs) const;

    std::vector<Known> known_;    // by birth date, then number
    std::vector<Keyed> by_name_;  // each person under the keys of the whole name, by key
    std::string texts_;
    std::vector<std::vector<std::string>> nationalities_;
};

class Duplicates::Builder {
  public:
    // REQUIRES: the texts of all people are shorter than 4 GiB together.
    void add(const NamedPerson& person);
    Duplicates build() &&;

  private:
    Duplicates made_;
    std::map<std::vector<std::string>, std::uint32_t> nationalities_;
};

}  // namespace stimme::roll
