#include "core/roll/search/duplicates.h"

#include <algorithm>
#include <array>
#include <functional>
#include <iterator>
#include <optional>
#include <tuple>

#include "core/roll/search/fold.h"
#include "core/roll/search/typing_errors.h"

namespace stimme::roll {
namespace {

using Key = std::uint64_t;

constexpr std::size_t min_mistyped = 4;  // letters of a part in which a typing error is seen

// The parts of a name, as views of a text that holds those of the family name and those of the given names,
// each followed by a blank, each of the two by a line break.
class Parts {
  public:
    static constexpr std::size_t max_parts = 12;  // of more, the first ones count

    explicit Parts(std::string_view text) {
        for (std::size_t end; (end = text.find_first_of(" \n")) != text.npos; text.remove_prefix(end + 1)) {
            if (text[end] == '\n') {
                if (families_ == none) families_ = count_;
            } else if (count_ < max_parts) {
                parts_[count_++] = text.substr(0, end);
            }
        }
    }

    static std::string text_of(std::string_view family_name, std::string_view given_names) {
        std::string result;
        for (const std::string_view name : {family_name, given_names}) {
            for (const std::string& part : name_parts(name)) result.append(part) += ' ';
            result += '\n';
        }
        return result;
    }

    std::span<const std::string_view> all() const { return {parts_.data(), count_}; }
    std::span<const std::string_view> family() const { return all().first(std::min(families_, count_)); }
    std::span<const std::string_view> given() const { return all().subspan(family().size()); }

  private:
    static constexpr std::size_t none = ~std::size_t{0};

    std::array<std::string_view, max_parts> parts_;
    std::size_t count_ = 0, families_ = none;
};

using PartList = std::span<const std::string_view>;

std::string joined(PartList parts) {
    std::string result;
    for (const std::string_view part : parts) result += part;
    return result;
}

Key hash(std::string_view text) {
    // Spread over all bits, since keys are added to each other.
    Key bits = std::hash<std::string_view>()(text);
    bits = (bits ^ (bits >> 31)) * 0x9E37'79B9'7F4A'7C15U;
    return bits ^ (bits >> 29);
}

// Keys don't depend on the order of parts.
Key key_of_parts(const Parts& parts) {
    Key result = 0;
    for (const std::string_view part : parts.all()) result += hash(part);
    return result;
}

Key key_of_joined(const Parts& parts) {
    return hash(joined(parts.family())) + hash(joined(parts.given()));
}

// One or two: "Al-Hassan" is also "Alhassan".
std::vector<Key> name_keys(const Parts& parts) {
    std::vector<Key> result{key_of_parts(parts)};
    if (!parts.family().empty() && !parts.given().empty() && parts.all().size() > 2) {
        result.push_back(key_of_joined(parts));
    }
    return result;
}

std::vector<Key> keys_without_a_part(const Parts& parts) {
    std::vector<Key> result;
    if (parts.all().size() < 2) return result;
    const Key all = key_of_parts(parts);
    for (const std::string_view part : parts.all()) result.push_back(all - hash(part));
    return result;
}

// The parts that only one of two names has.
struct Difference {
    std::vector<std::string_view> only_a, only_b;
};

Difference difference(const Parts& a, const Parts& b) {
    std::vector<std::string_view> of_a(a.all().begin(), a.all().end()), of_b(b.all().begin(), b.all().end());
    std::sort(of_a.begin(), of_a.end());
    std::sort(of_b.begin(), of_b.end());
    Difference result;
    std::set_difference(of_a.begin(), of_a.end(), of_b.begin(), of_b.end(),
                        std::back_inserter(result.only_a));
    std::set_difference(of_b.begin(), of_b.end(), of_a.begin(), of_a.end(),
                        std::back_inserter(result.only_b));
    return result;
}

bool is_mistyped(std::string_view a, std::string_view b) {
    return std::max(a.size(), b.size()) >= min_mistyped && differ_by_typing_error(a, b);
}

// How two names are alike, whatever the people's birth dates.
std::optional<Likeness> likeness_of_names(const Parts& a, const Parts& b) {
    const std::string family_a = joined(a.family()), given_a = joined(a.given());
    const std::string family_b = joined(b.family()), given_b = joined(b.given());
    if (family_a == family_b && given_a == given_b) return Likeness::same_name_and_birth_date;
    if (family_a == given_b && given_a == family_b) return Likeness::names_swapped;
    const auto [only_a, only_b] = difference(a, b);
    if (only_a.empty() && only_b.empty()) return Likeness::names_swapped;
    if (only_a.size() + only_b.size() == 1) {
        const bool enough_is_left = std::min(a.all().size(), b.all().size()) >= 2;
        return enough_is_left ? std::optional(Likeness::name_part_missing) : std::nullopt;
    }
    if (only_a.size() == 1 && only_b.size() == 1 && a.all().size() >= 2 &&
        is_mistyped(only_a[0], only_b[0])) {
        return Likeness::typing_error_in_name;
    }
    return std::nullopt;
}

// Year, month and day as 19410713.
unsigned digits_of(PackedDay day) {
    return year_of(day) * 10'000 + month_of(day) * 100 + day_of(day);
}

// Whether one of two different days is probably the other, written wrongly.
bool are_alike(PackedDay a, PackedDay b) {
    if (a == b || a == 0 || b == 0) return false;
    if (a == packed(year_of(b), day_of(b), month_of(b))) return true;
    int different = 0;
    for (unsigned x = digits_of(a), y = digits_of(b); x > 0 || y > 0; x /= 10, y /= 10) {
        if (x % 10 != y % 10) ++different;
    }
    return different == 1;
}

using Nationalities = std::span<const std::string>;

// Whether nothing that is known of both speaks against it.
bool may_be_one(Sex sex_a, Sex sex_b, Nationalities a, Nationalities b) {
    if (sex_a != sex_b && sex_a != Sex::unstated && sex_b != Sex::unstated) return false;
    return a.empty() || b.empty() || std::find_first_of(a.begin(), a.end(), b.begin(), b.end()) != a.end();
}

// Calls `visit` for each run of elements that are equal by `same`, as places from and to.
template <class Elements, class Same, class Visit>
void each_run(const Elements& elements, Same same, Visit visit) {
    for (std::size_t first = 0, end = 0; first < elements.size(); first = end) {
        while (end < elements.size() && same(elements[first], elements[end])) ++end;
        visit(first, end);
    }
}

bool same_key(const std::pair<Key, std::uint32_t>& a, const std::pair<Key, std::uint32_t>& b) {
    return a.first == b.first;
}

void sort_without_doubles(std::vector<DuplicatePair>& pairs) {
    const auto numbers = [](const DuplicatePair& pair) { return std::tie(pair.first, pair.second); };
    std::sort(pairs.begin(), pairs.end(),
              [&](const auto& a, const auto& b) { return numbers(a) < numbers(b); });
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
}

}  // namespace

std::string_view code_of(Likeness likeness) {
    constexpr std::array<std::string_view, 5> codes = {"same-name-and-birth-date", "names-swapped",
                                                       "name-part-missing", "typing-error-in-name",
                                                       "birth-date-differs"};
    return codes[static_cast<std::size_t>(likeness)];
}

// A person, ready to be compared with many.
struct Duplicates::Compared {
    std::string_view number;
    Parts name;
    PackedDay born;
    Sex sex;
    Nationalities nationalities;

    std::optional<Likeness> like(const Compared& other) const {
        const bool same_date = born == other.born;
        if (!same_date && !are_alike(born, other.born)) return std::nullopt;
        const auto names = likeness_of_names(name, other.name);
        if (!names || (!same_date && *names > Likeness::names_swapped)) return std::nullopt;
        const bool doubtful = !same_date || *names == Likeness::typing_error_in_name;
        if (doubtful && !may_be_one(sex, other.sex, nationalities, other.nationalities)) return std::nullopt;
        return same_date ? names : Likeness::birth_date_differs;
    }
};

std::string_view Duplicates::number_of(const Known& known) const {
    const std::string_view rest = std::string_view(texts_).substr(known.begin);
    return rest.substr(0, known.number_size);
}

Duplicates::Compared Duplicates::compared(const Known& known) const {
    const std::string_view names =
        std::string_view(texts_).substr(known.begin + known.number_size, known.names_size);
    return {number_of(known), Parts(names), known.born, known.sex, nationalities_[known.nationalities]};
}

std::vector<DuplicatePair> Duplicates::pairs(std::size_t most) const {
    std::vector<DuplicatePair> result;
    each_run(
        known_, [](const Known& a, const Known& b) { return a.born == b.born; },
        [&](std::size_t first, std::size_t end) {
            if (result.size() < most && known_[first].born != 0) add_pairs_of_a_day(first, end, result);
        });
    each_run(by_name_, same_key, [&](std::size_t first, std::size_t end) {
        if (result.size() < most)
            add_pairs_of_a_name(std::span(by_name_).subspan(first, end - first), result);
    });
    sort_without_doubles(result);
    result.resize(std::min(result.size(), most));
    return result;
}

void Duplicates::add_pairs_of_a_day(std::size_t first, std::size_t end,
                                    std::vector<DuplicatePair>& pairs) const {
    std::vector<Compared> people;
    std::vector<Keyed> keyed;
    for (std::size_t i = first; i < end; ++i) {
        people.push_back(compared(known_[i]));
        const auto place = static_cast<std::uint32_t>(i - first);
        for (const Key key : name_keys(people.back().name)) keyed.emplace_back(key, place);
        for (const Key key : keys_without_a_part(people.back().name)) keyed.emplace_back(key, place);
    }
    std::sort(keyed.begin(), keyed.end());
    std::vector<DuplicatePair> found;
    each_run(keyed, same_key, [&](std::size_t begin, std::size_t after) {
        for (std::size_t i = begin; i < after; ++i) {
            for (std::size_t j = i + 1; j < std::min(after, i + 1 + max_neighbours); ++j) {
                add_pair(people[keyed[i].second], people[keyed[j].second], found);
            }
        }
    });
    sort_without_doubles(found);
    pairs.insert(pairs.end(), found.begin(), found.end());
}

void Duplicates::add_pairs_of_a_name(std::span<const Keyed> bearers,
                                     std::vector<DuplicatePair>& pairs) const {
    if (bearers.size() < 2 || bearers.size() > max_namesakes) return;
    for (std::size_t i = 0; i < bearers.size(); ++i) {
        for (std::size_t j = i + 1; j < bearers.size(); ++j) {
            const Known &a = known_[bearers[i].second], &b = known_[bearers[j].second];
            if (are_alike(a.born, b.born)) add_pair(compared(a), compared(b), pairs);
        }
    }
}

void Duplicates::add_pair(const Compared& a, const Compared& b, std::vector<DuplicatePair>& pairs) const {
    if (a.number == b.number) return;
    if (const auto likeness = a.like(b)) {
        pairs.push_back({std::string(std::min(a.number, b.number)), std::string(std::max(a.number, b.number)),
                         *likeness});
    }
}

std::vector<Lookalike> Duplicates::like(const NamedPerson& person) const {
    const std::string names = Parts::text_of(person.family_name, person.given_names);
    const Compared wanted{person.number, Parts(names), packed(person.birth_date), person.sex,
                          person.nationalities};
    std::vector<Lookalike> result;
    if (wanted.name.all().empty() || wanted.born == 0) return result;
    const auto compare = [&](const Known& known) {
        const auto likeness = wanted.like(compared(known));
        if (likeness && number_of(known) != person.number) {
            result.push_back({std::string(number_of(known)), *likeness});
        }
    };
    const auto day = std::ranges::lower_bound(known_, wanted.born, {}, &Known::born);
    for (auto known = day; known != known_.end() && known->born == wanted.born; ++known) compare(*known);
    for (const Key key : name_keys(wanted.name)) {
        auto keyed = std::ranges::lower_bound(by_name_, key, {}, &Keyed::first);
        for (; keyed != by_name_.end() && keyed->first == key; ++keyed) {
            if (known_[keyed->second].born != wanted.born) compare(known_[keyed->second]);
        }
    }
    const auto order = [](const Lookalike& a, const Lookalike& b) {
        return std::tie(a.likeness, a.number) < std::tie(b.likeness, b.number);
    };
    std::sort(result.begin(), result.end(), order);
    result.erase(std::unique(result.begin(), result.end()), result.end());
    return result;
}

std::size_t Duplicates::memory() const {
    return known_.capacity() * sizeof(Known) + by_name_.capacity() * sizeof(Keyed) + texts_.capacity();
}

void Duplicates::Builder::add(const NamedPerson& person) {
    const std::string names = Parts::text_of(person.family_name, person.given_names);
    if (Parts(names).all().empty()) return;  // like nobody
    const auto [place, is_new] = nationalities_.try_emplace(
        {person.nationalities.begin(), person.nationalities.end()}, nationalities_.size());
    if (is_new) made_.nationalities_.push_back(place->first);
    made_.known_.push_back({packed(person.birth_date), static_cast<std::uint32_t>(made_.texts_.size()),
                            static_cast<std::uint32_t>(person.number.size()),
                            static_cast<std::uint32_t>(names.size()), place->second, person.sex});
    made_.texts_.append(person.number).append(names);
}

Duplicates Duplicates::Builder::build() && {
    auto& known = made_.known_;
    std::sort(known.begin(), known.end(), [&](const Known& a, const Known& b) {
        return a.born != b.born ? a.born < b.born : made_.number_of(a) < made_.number_of(b);
    });
    for (std::uint32_t i = 0; i < known.size(); ++i) {
        for (const Key key : name_keys(made_.compared(known[i]).name)) made_.by_name_.emplace_back(key, i);
    }
    std::sort(made_.by_name_.begin(), made_.by_name_.end());
    known.shrink_to_fit();
    made_.by_name_.shrink_to_fit();
    made_.texts_.shrink_to_fit();
    return std::move(made_);
}

}  // namespace stimme::roll
