// People of a large city for benchmarks: names of ten languages, some borne by thousands and most by few,
// streets, and days of birth, of which many are 1 January. The same seed gives the same people.
//
// Thread rule: a PeopleMaker belongs to one thread.
#pragma once

#include <cstdint>
#include <random>
#include <string>

namespace stimme::bench {

struct MadePerson {
    std::string number, family_name, given_names, birth_date, street, house_number, postcode, city, station;
    bool register_block = false;
};

class PeopleMaker {
  public:
    explicit PeopleMaker(std::uint64_t seed) : random_(seed) {}

    // The next one; numbers count up from 10000000.
    MadePerson next();

  private:
    std::size_t below(std::size_t count);   // each equally often
    std::size_t skewed(std::size_t count);  // the first ones far more often
    std::string birth_date();
    std::string street();
    std::string house_number();

    std::mt19937_64 random_;
    std::size_t made_ = 0;
};

}  // namespace stimme::bench
