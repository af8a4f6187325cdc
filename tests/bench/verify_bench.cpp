// How long `stimme verify` takes for records of some sizes, by one thread and by two, and how much memory.
// Prints `name value unit` lines; see docs/performance.md. `--quick`: only the small ones; `--large`: also
// 100,000 ballots; `--million`: also 1,000,000, which takes half an hour and 11 GiB of disk.
#include <thread>

#include <fmt/format.h>

#include "core/crypto/multi_scalar.h"
#include "tests/bench/child.h"
#include "tests/bench/measure.h"
#include "tests/bench/record_maker.h"
#include "tests/support/temporary_folder.h"

namespace stimme::bench {
namespace {

constexpr std::uint64_t largest_alone = 100'000;  // verified by one thread, too

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

// What two threads of nothing but the arithmetic of a check take, over one that does the work of both: what
// this machine's second processor is worth.
double worth_of_two_threads() {
    SystemRandom random;
    std::vector<crypto::Term> terms;
    for (int i = 0; i < 4096; ++i) {
        terms.push_back({crypto::SecretScalar::random(random).reveal(),
                         crypto::multiply_generator(crypto::SecretScalar::random(random))});
    }
    const auto work = [&](int rounds) {
        for (int i = 0; i < rounds; ++i) crypto::multi_scalar_var(terms);
    };
    std::vector<double> ratios;
    for (int i = 0; i < 5; ++i) {
        const double two = microseconds([&] {
            std::thread other(work, 10);
            work(10);
            other.join();
        });
        ratios.push_back(two / microseconds([&] { work(20); }));
    }
    return median(ratios);
}

void tell(const std::string& name, double ballots, const Cost& cost) {
    print(name, cost.wall, "s");
    print(name + "_cpu", cost.ended.cpu / ballots, "us/ballot");
    print(name + "_speed", ballots / cost.wall, "ballots/s");
    print(name + "_memory", cost.ended.peak_megabytes, "MiB");
}

// Seconds that two threads take.
double verify(std::uint64_t ballots) {
    const test::TemporaryFolder folder;
    const std::filesystem::path record = folder.path() / "record";
    const double made = microseconds([&] { make_record(record, {.ballots = ballots}); });
    const std::string name = fmt::format("verify_{}", ballots);
    const auto count = static_cast<double>(ballots);
    print(fmt::format("make_{}", ballots), made / count, "us/ballot");
    const Cost two = verify(record, 2);
    tell(name + "_two_threads", count, two);
    if (ballots > largest_alone) return two.wall;
    const Cost one = verify(record, 1);
    tell(name, count, one);
    print(name + "_two_threads_over_one", two.wall / one.wall, "ratio");
    return two.wall;
}

}  // namespace
}  // namespace stimme::bench

int main(int count, char** words) {
    using namespace stimme::bench;
    const auto wanted = [&](const char* flag) { return has_flag(count, words, flag); };
    print("arithmetic_two_threads_over_one", worth_of_two_threads(), "ratio");
    verify(100);
    verify(1000);
    if (!wanted("--quick")) verify(10'000);
    if (!wanted("--large") && !wanted("--million")) return 0;
    const double large = verify(100'000);
    if (wanted("--million")) print("verify_1000000_over_100000", verify(1'000'000) / large, "ratio");
    return 0;
}
