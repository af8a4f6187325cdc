// How long `stimme verify` takes for records of some sizes, and how much memory. Prints `name value unit`
// lines; see docs/performance.md. `--quick`: only the small ones; `--large`: also 100,000 ballots.
#include <fmt/format.h>

#include "tests/bench/child.h"
#include "tests/bench/measure.h"
#include "tests/bench/record_maker.h"
#include "tests/support/temporary_folder.h"

namespace stimme::bench {
namespace {

void verify(std::uint64_t ballots) {
    const test::TemporaryFolder folder;
    const double made = microseconds([&] { make_record(folder.path() / "record", {.ballots = ballots}); });
    Ended ended{};
    const double wall = microseconds([&] {
        ended = Child({beside("stimme"), "verify", folder.path() / "record"}).wait();
    });
    if (ended.status != 0) throw std::runtime_error("the record isn't complete and right");
    const std::string name = fmt::format("verify_{}", ballots);
    print(fmt::format("make_{}", ballots), made / static_cast<double>(ballots), "us/ballot");
    print(name, wall / 1e6, "s");
    print(name + "_cpu", ended.cpu / static_cast<double>(ballots), "us/ballot");
    print(name + "_speed", static_cast<double>(ballots) / wall * 1e6, "ballots/s");
    print(name + "_memory", ended.peak_megabytes, "MiB");
}

}  // namespace
}  // namespace stimme::bench

int main(int count, char** words) {
    using namespace stimme::bench;
    verify(100);
    verify(1000);
    if (!has_flag(count, words, "--quick")) verify(10'000);
    if (has_flag(count, words, "--large")) verify(100'000);
    return 0;
}
