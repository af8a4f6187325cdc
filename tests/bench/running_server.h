// A server as a process of its own: what the benchmarks put under load.
//
// Thread rule: belongs to one thread; the ports may be read by any.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/bench/child.h"
#include "tests/bench/polls.h"

namespace stimme::bench {

class RunningServer {
  public:
    // Waits until it has written its ports into `port_file`.
    RunningServer(const std::vector<std::string>& command, std::filesystem::path port_file);

    std::uint16_t public_port() const { return public_; }
    std::uint16_t staff_port() const { return staff_; }

    const Child& child() const { return child_; }
    // Its processor time during `work`, in microseconds.
    template <class Work>
    double during(Work work) const {
        const double start = child_.microseconds();
        work();
        return child_.microseconds() - start;
    }

  private:
    const std::filesystem::path port_file_;
    Child child_;
    std::uint16_t public_ = 0, staff_ = 0;
};

// `stimme-server run` over the data of these polls. With the name of a `profile` it runs under callgrind.
std::vector<std::string> server_command(const Polls& polls, const std::filesystem::path& port_file,
                                        const std::string& profile = "", unsigned threads = 2);

// A ballot as its two requests.
struct Requests {
    std::string submit, cast;
};
std::vector<Requests> requests_of(const Polls& polls, const std::vector<ReadyBallot>& ballots);

}  // namespace stimme::bench
