// A polling day on which the server is killed again and again, at random moments under load, and started
// again: everything that was acknowledged is there exactly once, and the election ends with a complete
// verification.
//
//     fault_kill [--rounds N] [--seed S]
#include <iostream>
#include <numeric>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "tests/fault/checks.h"
#include "tests/fault/load_driver.h"
#include "tests/fault/server_process.h"

namespace {

using namespace stimme;
using namespace stimme::test;
using Clock = std::chrono::steady_clock;

struct Options {
    unsigned rounds = 100;
    std::uint64_t seed = 1;
    unsigned longest_ms = 350;  // of load between two kills
};

class Day {
  public:
    explicit Day(const Options& options)
        : options_(options),
          voters_(std::min<std::size_t>(9000, 200 + options.rounds * std::size_t{20})),
          live_(live_definition(), {election::Phase::open, voters_, nullptr}),
          server_(*live_.server()),
          folder_(live_.server()->data() / live_.definition().id.str()),
          chance_(options.seed) {
        live_.server()->stop();
    }

    int run() {
        begin();
        for (unsigned round = 1; round <= options_.rounds && wrong_.empty(); ++round) kill_once(round);
        load_->stop();
        const Acknowledgements all = load_->acknowledged();
        collect(load_->failures());
        collect(asker_->ask(all, 20, 50));
        if (server_.stop() != 0) wrong_.push_back("the server didn't stop cleanly: " + server_.said());
        finish(all);
        return report(all);
    }

    std::string said() const { return server_.said(); }

  private:
    void collect(std::vector<std::string> found) {
        for (std::string& one : found) wrong_.push_back(std::move(one));
    }
    void start_server() {
        if (!server_.start()) throw std::runtime_error("the server doesn't start again: " + server_.said());
        starts_.push_back(server_.start_time().count());
    }
    void begin() {
        start_server();
        load_ = std::make_unique<LoadDriver>(live_, server_.url(),
                                             LoadOptions{voters_, 0.1, 0.25, true, options_.seed});
        asker_ = std::make_unique<Asker>(live_, server_.url());
        collect(asker_->watch());
        load_->start();
    }
    // Half of the kills come within the first moments after a start, where most is repeated.
    std::chrono::microseconds moment() {
        const unsigned longest = std::bernoulli_distribution(0.5)(chance_) ? 60 : options_.longest_ms;
        return std::chrono::microseconds(
            std::uniform_int_distribution<unsigned>(1000, longest * 1000)(chance_));
    }
    void kill_once(unsigned round) {
        std::this_thread::sleep_for(moment());
        server_.kill();
        if (round % 10 == 0) collect(check_files(folder_));
        start_server();
        collect(asker_->watch());
        collect(asker_->ask(load_->acknowledged(), 2, 1));
        collect(load_->failures());
        if (!wrong_.empty()) wrong_.push_back(fmt::format("found after kill {}", round));
    }
    void finish(const Acknowledgements& all) {
        collect(check_files(folder_));
        live_.server()->start();
        collect(check_everything(live_, all, asker_->seen()));
        live_.finish();
        if (!live_.verify().report.complete()) wrong_.push_back("the verification isn't complete");
    }
    int report(const Acknowledgements& all) {
        std::sort(starts_.begin(), starts_.end());
        const double seconds = std::chrono::duration<double>(Clock::now() - begun_).count();
        std::cout << fmt::format(
            "{} kills in {:.0f} s; {} check-ins, {} submissions, {} casts, {} tests, {} voids and {} acts acknowledged; "
            "start again: median {:.0f} ms, longest {:.0f} ms\n",
            starts_.size() - 1, seconds, all.check_ins.size(), all.submissions.size(), all.casts.size(),
            all.challenges.size(), all.voids.size(), all.acts.size(),
            static_cast<double>(starts_[starts_.size() / 2]) / 1000,
            static_cast<double>(starts_.back()) / 1000);
        for (const std::string& one : wrong_) std::cout << "WRONG: " << one << "\n";
        return wrong_.empty() && all.casts.size() > starts_.size() / 2 ? 0 : 1;
    }

    const Options options_;
    const std::size_t voters_;
    const Clock::time_point begun_ = Clock::now();
    LiveElection live_;
    ServerProcess server_;
    const std::filesystem::path folder_;
    std::mt19937_64 chance_;
    std::unique_ptr<LoadDriver> load_;
    std::unique_ptr<Asker> asker_;
    std::vector<std::int64_t> starts_;  // µs
    std::vector<std::string> wrong_;
};

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("kill a server under load and see that nothing is lost");
    Options options;
    app.add_option("--rounds", options.rounds, "kills");
    app.add_option("--seed", options.seed, "of the moments");
    app.add_option("--longest", options.longest_ms, "milliseconds of load between two kills");
    CLI11_PARSE(app, argc, argv);
    Day day(options);
    try {
        return day.run();
    } catch (const std::exception& failure) {
        // Its people would wait for ever for a server that doesn't come again.
        std::cout << "WRONG: " << failure.what() << "; the server: " << day.said() << std::endl;
        std::_Exit(1);
    }
}
