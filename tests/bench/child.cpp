#include "tests/bench/child.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <ctime>
#include <fstream>
#include <stdexcept>
#include <thread>

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "tests/bench/measure.h"

extern char** environ;  // NOLINT: POSIX

namespace stimme::bench {
namespace {

double microseconds_of(const timeval& time) {
    return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_usec);
}

// The most that the program has held in memory so far; 0 once it has ended.
double peak_megabytes(pid_t id) {
    std::ifstream status("/proc/" + std::to_string(id) + "/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1024;
    }
    return 0;
}

}  // namespace

Child::Child(const std::vector<std::string>& command) {
    std::vector<char*> words;
    for (const std::string& word : command) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0);
    const int failed = posix_spawn(&id_, words[0], &files, nullptr, words.data(), environ);
    posix_spawn_file_actions_destroy(&files);
    if (failed != 0) throw std::runtime_error("can't start " + command.front());
    if (clock_getcpuclockid(id_, &clock_) != 0) throw std::runtime_error("no clock of " + command.front());
}

Child::~Child() {
    if (id_ <= 0) return;
    kill(id_, SIGTERM);
    waitpid(id_, nullptr, 0);
}

double Child::microseconds() const {
    return read_clock(clock_);
}

// The kernel's own maximum begins with what this process held when it started the other, so it is asked for
// while that one runs.
Ended Child::wait() {
    int status = 0;
    rusage used{};
    double peak = 0;
    while (wait4(id_, &status, WNOHANG, &used) == 0) {
        peak = std::max(peak, peak_megabytes(id_));
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    id_ = 0;
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1,
            microseconds_of(used.ru_utime) + microseconds_of(used.ru_stime), peak};
}

std::filesystem::path beside(const std::string& name) {
    return std::filesystem::read_symlink("/proc/self/exe").parent_path() / name;
}

}  // namespace stimme::bench
