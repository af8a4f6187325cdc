// Any bytes through the reader of resident registers, whole and in two pieces: the same people and problems.
#include "core/roll/register.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace stimme;
    const ByteView bytes(data, size);
    std::size_t people = 0;
    const auto whole = roll::read_register(bytes, [&](roll::Person&&) { ++people; });
    std::size_t again = 0;
    roll::RegisterReader reader([&](roll::Person&&) { ++again; });
    reader.feed(bytes.first(size / 2));
    reader.feed(bytes.subspan(size / 2));
    const auto pieces = reader.finish();
    if (whole.ok() != pieces.ok() || (whole && (people != again || whole->problems != pieces->problems)))
        std::abort();
    return 0;
}
