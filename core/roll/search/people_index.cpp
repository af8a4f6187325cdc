#include "core/roll/search/people_index.h"

#include <algorithm>
#include <bit>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "core/roll/search/collation.h"

namespace stimme::roll {
namespace {

using Mask = Vocabulary::Mask;

// Distinct texts, numbered as they come.
class Texts {
  public:
    std::uint32_t number_of(std::string_view text) {
        if (const auto found = numbers_.find(text); found != numbers_.end()) return found->second;
        const auto number = static_cast<std::uint32_t>(numbers_.size());
        numbers_.emplace(text, number);
        return number;
    }

    // By number. Valid while no text is added.
    std::vector<std::string_view> all() const {
        std::vector<std::string_view> result(numbers_.size());
        for (const auto& [text, number] : numbers_) result[number] = text;
        return result;
    }

  private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };
    std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> numbers_;
};

// Distinct names in German order.
struct RankedNames {
    std::vector<std::string_view> names;  // in order
    std::vector<std::uint32_t> rank_of;   // by the number a name had before
    std::vector<std::uint32_t> base_of;   // by rank: equal for names that differ only in case and marks
};

RankedNames ranked(const Texts& texts) {
    const auto names = texts.all();
    std::vector<std::pair<std::string, std::uint32_t>> keys;
    for (std::uint32_t i = 0; i < names.size(); ++i) keys.emplace_back(german_key(names[i]), i);
    std::sort(keys.begin(), keys.end());
    RankedNames result{{}, std::vector<std::uint32_t>(names.size()), {}};
    for (std::uint32_t rank = 0; rank < keys.size(); ++rank) {
        const auto& [key, number] = keys[rank];
        result.names.push_back(names[number]);
        result.rank_of[number] = rank;
        const bool same = rank > 0 && base_of(key) == base_of(keys[rank - 1].first);
        result.base_of.push_back(same ? result.base_of.back() : rank);
    }
    return result;
}

Vocabulary vocabulary_of(const std::vector<std::string_view>& texts) {
    Vocabulary result;
    for (const std::string_view text : texts) result.add(text);
    result.shrink();
    return result;
}

// Where a person stands: by the ranks of the names, as german_key has it.
struct Standing {
    std::uint32_t family_base, given_base, family, given;
    std::uint32_t person;

    auto names() const { return std::tie(family_base, given_base, family, given); }
};

}  // namespace

struct PeopleIndex::Builder::State {
    struct BuildColumn {
        Texts texts;
        std::vector<std::uint32_t> text_of;

        void add(std::string_view text) { text_of.push_back(texts.number_of(text)); }
        // Frees the column and gives its values in the order of people.
        std::vector<std::uint32_t> taken(const std::vector<std::uint32_t>& order) {
            return in_order(std::exchange(text_of, {}), order);
        }
    };

    template <class Value>
    static std::vector<Value> in_order(const std::vector<Value>& values,
                                       const std::vector<std::uint32_t>& order) {
        std::vector<Value> result;
        result.reserve(values.size());
        for (const std::uint32_t person : order) result.push_back(values[person]);
        return result;
    }

    // Puts the texts of a column of names in German order.
    static RankedNames rank(BuildColumn& column) {
        RankedNames result = ranked(column.texts);
        for (std::uint32_t& text : column.text_of) text = result.rank_of[text];
        return result;
    }

    // The people in German order. REQUIRES: both columns of names are ranked.
    std::vector<std::uint32_t> german_order(const RankedNames& families, const RankedNames& givens) const {
        std::vector<Standing> standings;
        standings.reserve(born.size());
        for (std::uint32_t i = 0; i < born.size(); ++i) {
            const std::uint32_t f = columns[family].text_of[i], g = columns[given].text_of[i];
            standings.push_back({families.base_of[f], givens.base_of[g], f, g, i});
        }
        std::sort(standings.begin(), standings.end(), [&](const Standing& a, const Standing& b) {
            return a.names() != b.names() ? a.names() < b.names() : numbers[a.person] < numbers[b.person];
        });
        std::vector<std::uint32_t> result;
        result.reserve(standings.size());
        for (const Standing& standing : standings) result.push_back(standing.person);
        return result;
    }

    std::array<BuildColumn, field_count> columns;
    BuildColumn stations;
    std::vector<PackedDay> born;
    RegisterNumbers numbers;
    std::vector<bool> blocked;
};

PeopleIndex::Builder::Builder() : state_(std::make_unique<State>()) {}
PeopleIndex::Builder::~Builder() = default;
PeopleIndex::Builder::Builder(Builder&&) noexcept = default;
PeopleIndex::Builder& PeopleIndex::Builder::operator=(Builder&&) noexcept = default;

void PeopleIndex::Builder::add(const Entry& entry) {
    const bool hidden = entry.register_block;
    state_->columns[family].add(entry.family_name);
    state_->columns[given].add(entry.given_names);
    state_->columns[street].add(hidden ? "" : entry.street);
    state_->columns[house].add(hidden ? "" : entry.house_number);
    state_->columns[place].add(hidden ? "" : std::string(entry.postcode).append(" ").append(entry.city));
    state_->stations.add(entry.station);
    state_->born.push_back(packed(entry.birth_date));
    state_->numbers.add(entry.number);
    state_->blocked.push_back(hidden);
}

PeopleIndex PeopleIndex::Builder::build() && {
    const RankedNames families = State::rank(state_->columns[family]);
    const RankedNames givens = State::rank(state_->columns[given]);
    const std::vector<std::uint32_t> order = state_->german_order(families, givens);

    PeopleIndex index;
    for (std::size_t i = 0; i < field_count; ++i) {
        State::BuildColumn& column = state_->columns[i];
        index.columns_[i].texts = vocabulary_of(i == family  ? families.names
                                                : i == given ? givens.names
                                                             : column.texts.all());
        index.columns_[i].text_of = column.taken(order);
    }
    for (const std::string_view station : state_->stations.texts.all()) index.stations_.emplace_back(station);
    index.station_of_ = state_->stations.taken(order);
    index.born_ = State::in_order(state_->born, order);
    index.blocked_ = State::in_order(state_->blocked, order);
    for (const std::uint32_t person : order) index.numbers_.add(state_->numbers[person]);
    index.numbers_.shrink();
    state_.reset();
    return index;
}

// One query on its way over the people.
class PeopleIndex::Search {
  public:
    Search(const PeopleIndex& index, std::string_view query, const SearchScope& scope, std::size_t limit)
        : index_(index), words_(read_query(query)), scope_(scope), limit_(limit) {
        const auto own = std::find(index.stations_.begin(), index.stations_.end(), scope.station);
        own_station_ = static_cast<std::uint32_t>(own - index.stations_.begin());
    }

    std::vector<SearchHit> run() {
        if (words_.empty() || limit_ == 0 || !look_up_words()) return {};
        for (std::size_t first = 0; first < index_.people() && !is_enough(); first += block) {
            read_block(first, std::min(block, index_.people() - first));
        }
        return hits();
    }

  private:
    // The people whose number holds one word.
    struct NumberHits {
        Mask bits;
        std::vector<std::uint32_t> people;
        std::size_t next = 0;  // the first one that wasn't reached
    };

    static constexpr std::size_t block = 1024;  // people, whose masks stay in the cache

    // Looks all words up; false when one of them can't be found anywhere.
    bool look_up_words() {
        for (std::size_t i = 0; i < field_count; ++i) marks_[i] = index_.columns_[i].texts.marks();
        Mask any = 0;
        for (std::size_t i = 0; i < words_.size(); ++i) {
            const Mask bits = Vocabulary::bits_of(i, Match::exact);
            const bool in_numbers = look_up_number(words_[i].number, bits);
            if (in_numbers || words_[i].days) any = static_cast<Mask>(any | bits);
            for (std::size_t field = 0; field < field_count; ++field) {
                index_.columns_[field].texts.search(words_[i].folded, i, marks_[field]);
            }
        }
        for (const Vocabulary::Marks& marks : marks_) any = static_cast<Mask>(any | marks.any);
        exact_possible_ = (any & all_exact()) == all_exact();
        return (any & all_nearly()) == all_nearly();
    }

    // Whether it is a part of some number. Numbers with a part that is rare are all known then; for a
    // frequent one, each person who is a candidate is looked at.
    bool look_up_number(std::string_view part, Mask bits) {
        constexpr std::size_t rare = 4096;
        if (part.empty() || !index_.numbers_.may_hold(part)) return false;
        NumberHits hits{bits, index_.numbers_.find(part, rare)};
        if (hits.people.empty()) return false;
        numbered_ = static_cast<Mask>(numbered_ | bits);
        if (hits.people.size() == rare) {
            in_numbers_ = static_cast<Mask>(in_numbers_ | bits);
        } else {
            number_hits_.push_back(std::move(hits));
        }
        return true;
    }

    void read_block(std::size_t first, std::size_t count) {
        std::fill_n(masks_.begin(), count, in_numbers_);
        for (std::size_t i = 0; i < words_.size(); ++i) {
            if (words_[i].days) add_days(*words_[i].days, Vocabulary::bits_of(i, Match::exact), first, count);
        }
        for (NumberHits& hits : number_hits_) add_numbers(hits, first, first + count);
        if (!can_be_completed(count)) return;
        for (std::size_t i = 0; i < field_count; ++i) {
            if (marks_[i].any == 0) continue;
            add_column(index_.columns_[i].text_of.data() + first, count, marks_[i].masks);
        }
        collect(first, count);
    }

    // Whether someone in the block has all that no field can add, such as the date: in most blocks, nobody.
    bool can_be_completed(std::size_t count) const {
        Mask fields = 0;
        for (const Vocabulary::Marks& marks : marks_) fields = static_cast<Mask>(fields | marks.any);
        const auto missing = static_cast<Mask>(all_nearly() & ~fields);
        return std::any_of(masks_.begin(), masks_.begin() + count,
                           [&](Mask mask) { return (mask & missing) == missing; });
    }

    void add_column(const std::uint32_t* texts, std::size_t count, const std::vector<Mask>& masks) {
        for (std::size_t i = 0; i < count; ++i) masks_[i] = static_cast<Mask>(masks_[i] | masks[texts[i]]);
    }

    void add_days(const DayPattern& days, Mask bits, std::size_t first, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            if (days.matches(index_.born_[first + i])) masks_[i] = static_cast<Mask>(masks_[i] | bits);
        }
    }

    void add_numbers(NumberHits& hits, std::size_t first, std::size_t end) {
        for (; hits.next < hits.people.size() && hits.people[hits.next] < end; ++hits.next) {
            Mask& mask = masks_[hits.people[hits.next] - first];
            mask = static_cast<Mask>(mask | hits.bits);
        }
    }

    // A mask says at least what is so: open words, and those to be looked for in the number, count as found.
    void collect(std::size_t first, std::size_t count) {
        const Mask nearly = all_nearly();
        for (std::size_t i = 0; i < count && !is_enough(); ++i) {
            if ((masks_[i] & nearly) != nearly) continue;
            const bool exact = (masks_[i] & all_exact()) == all_exact();
            if (!exact && with_error_.size() == limit_) continue;
            const Mask mask = settled(first + i);
            if ((mask & nearly) == nearly) add_hit(first + i, (mask & all_exact()) == all_exact());
        }
    }

    // The mask of a person, with nothing left open.
    Mask settled(std::size_t person) {
        Mask mask = 0;
        for (std::size_t i = 0; i < field_count; ++i) {
            const std::size_t text = index_.columns_[i].text_of[person];
            const Mask& known = marks_[i].masks[text];
            // Only what is found with an error can be open.
            if ((known >> Vocabulary::max_words) != (known & all_exact())) settle(i, text);
            mask = static_cast<Mask>(mask | known);
        }
        for (std::size_t i = 0; i < words_.size(); ++i) {
            const Mask bits = Vocabulary::bits_of(i, Match::exact);
            if ((mask & bits) != bits && is_date_or_number(words_[i], bits, person)) {
                mask = static_cast<Mask>(mask | bits);
            }
        }
        return mask;
    }

    void settle(std::size_t field, std::size_t text) {
        for (unsigned open = marks_[field].open[text]; open != 0; open &= open - 1) {
            const auto word = static_cast<std::size_t>(std::countr_zero(open));
            index_.columns_[field].texts.settle(words_[word].folded, word, text, marks_[field]);
        }
    }

    bool is_date_or_number(const QueryWord& word, Mask bits, std::size_t person) const {
        if (word.days && word.days->matches(index_.born_[person])) return true;
        return (bits & numbered_) != 0 && index_.numbers_.holds(person, word.number);
    }

    void add_hit(std::size_t person, bool exact) {
        auto& people = exact ? exact_ : with_error_;
        if (people.size() < limit_ && is_told(person)) people.push_back(person);
    }

    bool is_told(std::size_t person) const {
        const bool in_scope = scope_.station.empty() || index_.station_of_[person] == own_station_ ||
                              (scope_.other_stations && !index_.blocked_[person]);
        return in_scope && (!scope_.keep || scope_.keep(index_.numbers_[person]));
    }

    Mask all_exact() const { return static_cast<Mask>((1U << words_.size()) - 1); }
    Mask all_nearly() const { return static_cast<Mask>(all_exact() << Vocabulary::max_words); }

    bool is_enough() const {
        return exact_.size() == limit_ || (!exact_possible_ && with_error_.size() == limit_);
    }

    std::vector<SearchHit> hits() const {
        std::vector<SearchHit> result;
        for (const std::size_t person : exact_) {
            result.push_back({std::string(index_.numbers_[person]), false});
        }
        for (std::size_t i = 0; i < with_error_.size() && result.size() < limit_; ++i) {
            result.push_back({std::string(index_.numbers_[with_error_[i]]), true});
        }
        return result;
    }

    const PeopleIndex& index_;
    const std::vector<QueryWord> words_;
    const SearchScope& scope_;
    const std::size_t limit_;
    std::uint32_t own_station_;
    bool exact_possible_ = true;  // each word is found somewhere without an error
    std::array<Vocabulary::Marks, field_count> marks_;
    std::vector<NumberHits> number_hits_;
    Mask numbered_ = 0;              // the bits of words that are parts of numbers
    Mask in_numbers_ = 0;            // the bits of words that are looked for in the number of each candidate
    std::array<Mask, block> masks_;  // of the people of the block that is being read
    std::vector<std::size_t> exact_, with_error_;  // people, in German order
};

std::vector<SearchHit> PeopleIndex::search(std::string_view query, const SearchScope& scope,
                                           std::size_t limit) const {
    return Search(*this, query, scope, limit).run();
}

std::size_t PeopleIndex::memory() const {
    std::size_t bytes =
        numbers_.memory() + (born_.capacity() + station_of_.capacity()) * 4 + blocked_.capacity() / 8;
    for (const Column& column : columns_) bytes += column.texts.memory() + column.text_of.capacity() * 4;
    return bytes;
}

}  // namespace stimme::roll
