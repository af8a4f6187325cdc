// Any bytes through the reader of resident registers, whole and in two pieces: the same people and the same
// problems.
#include "core/roll/register/register.h"

#include "tests/fuzz/target.h"

namespace stimme::fuzz {

FUZZ_TARGET(register) {
    std::size_t people = 0;
    const auto whole = roll::read_register(data, [&](roll::Person&&) { ++people; });
    std::size_t again = 0;
    roll::RegisterReader reader([&](roll::Person&&) { ++again; });
    reader.feed(data.first(data.size() / 2));
    reader.feed(data.subspan(data.size() / 2));
    const auto pieces = reader.finish();
    require(whole.ok() == pieces.ok(), "pieces don't matter");
    if (!whole) return;
    require(people == again && whole->problems == pieces->problems, "pieces don't matter to what is read");
    require(whole->problems.size() <= 1000, "problems are bounded");
}

}  // namespace stimme::fuzz
