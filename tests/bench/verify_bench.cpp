// How long `stimme verify` takes for records of some sizes, by one thread and by two, and how much memory.
// Prints `name value unit` lines; see docs/performance.md. `--quick`: only the small ones; `--large`: also
// 100,000 ballots; `--million`: also 1,000,000, which takes half an hour and 11 GiB of disk.
#include <fmt/format.h>

#include "tests/bench/child.h"
#include "tests/bench/measure.h"
#include "tests/bench/record_maker.h"
#include "tests/support/temporary_folder.h"

namespace stimme::bench {
namespace {

struct Cost {
    double wall;  // seconds
    Ended ended;
};

Cost verify(const std::filesystem::path& record, unsigned threads) {
    Cost cost{};
    cost.wall =
        microseconds([&] {
            cost.ended =
                Child({beside("stimme"), "verify", record, "--threads", std::to_string(threads)}).wait();
        }) /
        1e6;
    if (cost.ended.status != 0) throw std::runtime_error("the record isn't complete and right");
    return cost;
}

// Seconds that one thread takes.
double verify(std::uint64_t ballots) {
    const test::TemporaryFolder folder;
    const double made = microseconds([&] { make_record(folder.path() / "record", {.ballots = ballots}); });
    const std::string name = fmt::format("verify_{}", ballots);
    const auto per_ballot = static_cast<double>(ballots);
    print(fmt::format("make_{}", ballots), made / per_ballot, "us/ballot");
    const Cost one = verify(folder.path() / "record", 1), two = verify(folder.path() / "record", 2);
    print(name, one.wall, "s");
    print(name + "_two_threads", two.wall, "s");
    print(name + "_two_over_one", two.wall / one.wall, "ratio");
    print(name + "_cpu", one.ended.cpu / per_ballot, "us/ballot");
    print(name + "_speed", per_ballot / two.wall, "ballots/s");
    print(name + "_memory", one.ended.peak_megabytes, "MiB");
    print(name + "_memory_two_threads", two.ended.peak_megabytes, "MiB");
    return one.wall;
}

}  // namespace
}  // namespace stimme::bench

int main(int count, char** words) {
    using namespace stimme::bench;
    const auto wanted = [&](const char* flag) { return has_flag(count, words, flag); };
    verify(100);
    verify(1000);
    if (!wanted("--quick")) verify(10'000);
    if (!wanted("--large") && !wanted("--million")) return 0;
    const double large = verify(100'000);
    if (wanted("--million")) print("verify_million_over_100000", verify(1'000'000) / large, "ratio");
    return 0;
}
