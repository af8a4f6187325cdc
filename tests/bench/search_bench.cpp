// Finding people (core/roll/search/people_index.h) and probable duplicates (core/roll/search/duplicates.h)
// among a million: processor time of one thread. Prints `name value unit` lines; search_p50 and search_p99
// are over queries of all classes, and then each class has its own.
//
// `--people N`: among so many. `--quick`: among 100,000, and fewer queries.
#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "core/roll/search/duplicates.h"
#include "core/roll/search/fold.h"
#include "core/roll/search/people_index.h"
#include "tests/bench/measure.h"
#include "tests/bench/people_maker.h"

namespace stimme::bench {
namespace {

constexpr std::uint64_t seed = 20260914;
constexpr std::size_t shown = 50;  // people a screen shows

roll::Entry entry_of(const MadePerson& person) {
    return {person.number,  person.family_name,   person.given_names, person.birth_date,
            person.street,  person.house_number,  person.postcode,    person.city,
            person.station, person.register_block};
}

roll::NamedPerson named(const MadePerson& person) {
    return {person.number, person.family_name, person.given_names, person.birth_date};
}

// Queries as people at a desk type them, about people who are there.
class Queries {
  public:
    explicit Queries(std::vector<MadePerson> known) : known_(std::move(known)) {}

    // One of each class, by the name of the class.
    std::map<std::string, std::string> next() {
        const MadePerson& person = known_[random_() % known_.size()];
        const std::string family = roll::fold(person.family_name), given = roll::fold(person.given_names);
        return {{"name", person.family_name},
                {"beginning", family.substr(0, 3 + random_() % 3)},
                {"middle", family.substr(std::min<std::size_t>(2, family.size() / 2), 4)},
                {"two_names", person.given_names + " " + person.family_name},
                {"typing_error", mistyped(family)},
                {"typing_error_in_4", mistyped(given.substr(0, 4))},
                {"two_typing_errors", mistyped(family) + " " + mistyped(given)},
                {"no_hit", mistyped(mistyped(mistyped(family))) + "xq"},
                {"two_names_no_hit", family.substr(0, 4) + " " + known_[random_() % known_.size()].number},
                {"birth_date", german(person.birth_date)},
                {"name_and_year", family.substr(0, 4) + " " + person.birth_date.substr(0, 4)},
                {"number", person.number},
                {"part_of_number", person.number.substr(2)},
                {"address", person.street + " " + person.house_number},
                {"name_and_birth_date",
                 person.family_name + ", " + person.given_names + " " + german(person.birth_date)},
                {"letter", family.substr(0, 1)},
                {"two_letters", family.substr(0, 1) + " " + given.substr(0, 2)}};
    }

  private:
    std::string mistyped(std::string word) {
        if (word.empty()) return word;
        const std::size_t at = random_() % word.size();
        const char letter = static_cast<char>('a' + random_() % 26);
        switch (random_() % 4) {
            case 0:
                return word.erase(at, 1);
            case 1:
                return word.insert(at, 1, letter);
            case 2:
                word[at] = letter;
                return word;
            default:
                if (at > 0) std::swap(word[at - 1], word[at]);
                return word;
        }
    }

    static std::string german(const std::string& iso) {
        return iso.substr(8) + "." + iso.substr(5, 2) + "." + iso.substr(0, 4);
    }

    const std::vector<MadePerson> known_;
    std::mt19937_64 random_{seed};
};

void search(std::size_t people, std::size_t rounds) {
    std::vector<MadePerson> known;
    roll::PeopleIndex::Builder builder;
    PeopleMaker maker(seed);
    double building = 0;
    for (std::size_t i = 0; i < people; ++i) {
        MadePerson person = maker.next();
        building += thread_microseconds([&] { builder.add(entry_of(person)); });
        if (i % 997 == 0) known.push_back(std::move(person));
    }
    const auto start = read_clock(CLOCK_THREAD_CPUTIME_ID);
    const roll::PeopleIndex index = std::move(builder).build();
    building += read_clock(CLOCK_THREAD_CPUTIME_ID) - start;
    print("search_build", building / 1e6, "s");
    print("search_memory", static_cast<double>(index.memory()) / static_cast<double>(people), "B/person");

    Queries queries(std::move(known));
    std::map<std::string, std::vector<double>> classes;
    std::vector<double> all;
    for (std::size_t i = 0; i < rounds; ++i) {
        for (const auto& [name, query] : queries.next()) {
            const double time = thread_microseconds([&] { (void)index.search(query, {}, shown); }) / 1e3;
            classes[name].push_back(time);
            all.push_back(time);
        }
    }
    print("search_p50", quantile(all, 0.5), "ms");
    print("search_p99", quantile(all, 0.99), "ms");
    for (const auto& [name, times] : classes) {
        print("search_" + name + "_p50", quantile(times, 0.5), "ms");
        print("search_" + name + "_p99", quantile(times, 0.99), "ms");
    }
}

void find_duplicates(std::size_t people) {
    roll::Duplicates::Builder builder;
    PeopleMaker maker(seed);
    double building = 0;
    std::vector<MadePerson> known;
    for (std::size_t i = 0; i < people; ++i) {
        MadePerson person = maker.next();
        building += thread_microseconds([&] { builder.add(named(person)); });
        if (i % 997 == 0) known.push_back(std::move(person));
    }
    const auto start = read_clock(CLOCK_THREAD_CPUTIME_ID);
    const roll::Duplicates all = std::move(builder).build();
    building += read_clock(CLOCK_THREAD_CPUTIME_ID) - start;
    print("duplicates_build", building / 1e6, "s");
    print("duplicates_memory", static_cast<double>(all.memory()) / static_cast<double>(people), "B/person");

    std::size_t pairs = 0;
    print("duplicates_pairs", thread_microseconds([&] { pairs = all.pairs(people).size(); }) / 1e6, "s");
    print("duplicates_found", static_cast<double>(pairs), "pairs");
    std::vector<double> times;
    for (const MadePerson& person : known) {
        times.push_back(thread_microseconds([&] { (void)all.like(named(person)); }) / 1e3);
    }
    print("duplicates_of_one_p99", quantile(times, 0.99), "ms");
}

}  // namespace
}  // namespace stimme::bench

int main(int count, char** words) {
    using namespace stimme::bench;
    CLI::App app("Measures the search for people and for probable duplicates.");
    app.allow_extras();  // those of the other benchmarks
    bool quick = false;
    std::size_t people = 0;
    app.add_flag("--quick", quick);
    app.add_option("--people", people, "how many; 1,000,000 unless told");
    CLI11_PARSE(app, count, words);
    if (people == 0) people = quick ? 100'000 : 1'000'000;
    search(people, quick ? 60 : 200);
    find_duplicates(people);
    return 0;
}
