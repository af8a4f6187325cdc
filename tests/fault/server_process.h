// stimme-server as a process of its own, over the data folder and with the certificates of a LiveServer,
// whose own server is stopped. It can be killed at any moment, and started again on the same ports.
//
//     ServerProcess server(*live.server());
//     server.start();
//     server.kill();
//
// The program is found beside the test's own (bin/).
//
// Thread rule: belongs to one thread.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include <sys/types.h>

#include "tests/support/live_server.h"

namespace stimme::test {

struct ServerStart {
    std::vector<std::string> environment;  // "NAME=value", added
    std::vector<std::string> arguments;    // after those that are always given
};

class ServerProcess {
  public:
    explicit ServerProcess(LiveServer& live);
    // Kills it.
    ~ServerProcess();
    ServerProcess(const ServerProcess&) = delete;
    ServerProcess& operator=(const ServerProcess&) = delete;

    // Waits until it takes connections. False: it ended before; said() tells why.
    bool start(const ServerStart& how = {});
    // From fork to ready, of the last start.
    std::chrono::microseconds start_time() const { return start_time_; }

    // As a power cut would, as far as a process can.
    void kill();
    // SIGTERM. Its exit status; -1 when a signal ended it.
    int stop();
    // Waits for its end, which something else causes; as stop().
    int wait();
    bool running() const;
    void signal(int number);

    // What it wrote to its error stream since the last start.
    std::string said() const;
    // Of the staff port.
    std::string url() const;
    std::string public_url() const;

  private:
    void launch(const ServerStart& how, int output);
    bool wait_until_ready(int input);

    LiveServer& live_;
    std::filesystem::path log_;
    int staff_port_;
    int public_port_;
    pid_t child_ = -1;
    std::chrono::microseconds start_time_{0};
};

}  // namespace stimme::test
