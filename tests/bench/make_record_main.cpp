// `make_record FOLDER BALLOTS [OPTIONS VOTES]`: writes an honest record with so many ballots, of 15 options
// and 3 votes where nothing else is said.
#include <cstdlib>
#include <exception>
#include <thread>

#include "tests/bench/measure.h"
#include "tests/bench/record_maker.h"

int main(int count, char** words) try {
    using namespace stimme::bench;
    if (count != 3 && count != 5) return 2;
    RecordPlan plan;
    plan.ballots = std::strtoull(words[2], nullptr, 10);
    if (count == 5) {
        plan.options = static_cast<unsigned>(std::strtoul(words[3], nullptr, 10));
        plan.votes = static_cast<unsigned>(std::strtoul(words[4], nullptr, 10));
    }
    plan.threads = std::max(1U, std::thread::hardware_concurrency());
    print("record_made", microseconds([&] { make_record(words[1], plan); }) / 1e6, "s");
    return 0;
} catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
}
