// Desks, booths and officials who work at once against a server that may be killed at any moment: the
// programs' own code (desk::Desk, booth::Visit, Session) on kept connections, each person in a thread.
// Whatever was acknowledged is written down, so that it can be asked again.
//
//     LoadDriver load(live, server.url(), {.desks = 2, .booths = 3});
//     load.start();
//     ...
//     load.stop();             everybody finishes what they began
//     load.acknowledged()
//
// Invariant: nobody gives up a request before it is answered.
//
// Thread rule: belongs to one thread; its people have their own.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "tests/fault/recording.h"

namespace stimme::test {

struct LoadOptions {
    std::size_t voters = 100;  // at each station; those who gave their pass back come again
    double voiding = 0.1;      // of passes
    double testing = 0.25;     // of ballots
    bool acting = true;        // officials note an incident now and then
    std::uint64_t seed = 1;
};

class LoadDriver {
  public:
    LoadDriver(LiveElection& live, const std::string& url, LoadOptions options);
    ~LoadDriver();

    // REQUIRES: the server answers.
    void start();
    void stop();

    Acknowledgements acknowledged() const { return ledger_.all(); }
    // Requests that were answered up to now.
    std::uint64_t answered() const { return ledger_.count(); }
    // What must not have happened: an answer that contradicts another, a refusal that nobody can understand.
    std::vector<std::string> failures() const;

  private:
    class Desk;
    class Booth;
    class Official;

    std::optional<std::string> next_voter(const std::string& station);
    void give_back_voter(const std::string& station, const std::string& voter);
    void give_pass(const std::string& station, const pass::Pass& pass);
    std::optional<pass::Pass> take_pass(const std::string& station);
    void fail(const std::string& what);
    LiveElection& live_;
    Staff staff_;
    const LoadOptions options_;
    std::atomic<bool> stopping_ = false;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    Ledger ledger_;
    std::vector<std::string> failures_;
    std::map<std::string, std::deque<std::string>> voters_;
    std::map<std::string, std::deque<pass::Pass>> passes_;
    std::vector<std::thread> people_;
    std::vector<std::function<void()>> work_;
};

}  // namespace stimme::test
