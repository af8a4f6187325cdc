#include "tests/fault/server_process.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/free_port.h"

namespace stimme::test {
namespace {

constexpr int patience_ms = 60'000;  // a sanitizer on a busy machine

std::filesystem::path program() {
    return std::filesystem::read_symlink("/proc/self/exe").parent_path() / "stimme-server";
}

std::string url_of(int port) {
    return "https://127.0.0.1:" + std::to_string(port);
}

// As execve takes them.
std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> all;
    for (std::string& text : texts) all.push_back(text.data());
    all.push_back(nullptr);
    return all;
}

// `variables` ("NAME=value"), and those of this program that they don't name.
std::vector<std::string> with_inherited(std::vector<std::string> variables) {
    for (char** inherited = environ; *inherited != nullptr; ++inherited) {
        const std::string_view one(*inherited);
        const std::string_view name = one.substr(0, one.find('=') + 1);
        const auto names = [&](const std::string& variable) { return variable.starts_with(name); };
        if (std::none_of(variables.begin(), variables.end(), names)) variables.emplace_back(one);
    }
    return variables;
}

int exit_code(int status) {
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

ServerProcess::ServerProcess(LiveServer& live)
    : live_(live),
      log_(live.folder() / "server.log"),
      staff_port_(test::free_port()),
      public_port_(test::free_port()) {}

ServerProcess::~ServerProcess() {
    kill();
}

bool ServerProcess::start(const ServerStart& how) {
    const auto begin = std::chrono::steady_clock::now();
    std::array<int, 2> pipe{};
    if (::pipe2(pipe.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    launch(how, pipe[1]);
    ::close(pipe[1]);
    const bool ready = wait_until_ready(pipe[0]);
    ::close(pipe[0]);
    start_time_ =
        std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin);
    if (!ready) wait();
    return ready;
}

// Other threads are at work, so the child only makes calls that are safe after fork(): no allocation.
void ServerProcess::launch(const ServerStart& how, int output) {
    const std::string folder = live_.folder();
    std::vector<std::string> words = {program(),       "run",
                                      "--data",        live_.data(),
                                      "--staff-port",  std::to_string(staff_port_),
                                      "--public-port", std::to_string(public_port_),
                                      "--cert",        folder + "/server.pem",
                                      "--key",         folder + "/server.key",
                                      "--client-ca",   live_.ca()};
    words.insert(words.end(), how.arguments.begin(), how.arguments.end());
    std::vector<std::string> variables = with_inherited(how.environment);
    const std::vector<char*> arguments = pointers(words);
    const std::vector<char*> environment = pointers(variables);
    child_ = ::fork();
    if (child_ != 0) return;
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    const int log = ::open(log_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ::dup2(output, STDOUT_FILENO);
    ::dup2(log, STDERR_FILENO);
    ::execve(arguments[0], arguments.data(), environment.data());
    ::_exit(127);
}

// It tells its ports when they are open.
bool ServerProcess::wait_until_ready(int input) {
    std::string told;
    while (told.find("staff") == std::string::npos) {
        pollfd ready{input, POLLIN, 0};
        if (::poll(&ready, 1, patience_ms) <= 0) {
            kill();
            throw std::runtime_error("the server doesn't start: " + said());
        }
        std::array<char, 256> piece{};
        const ssize_t got = ::read(input, piece.data(), piece.size());
        if (got <= 0) return false;
        told.append(piece.data(), static_cast<std::size_t>(got));
    }
    return true;
}

void ServerProcess::signal(int number) {
    if (child_ > 0) ::kill(child_, number);
}

void ServerProcess::kill() {
    signal(SIGKILL);
    wait();
}

int ServerProcess::stop() {
    signal(SIGTERM);
    return wait();
}

int ServerProcess::wait() {
    int status = 0;
    if (child_ > 0) ::waitpid(child_, &status, 0);
    child_ = -1;
    return exit_code(status);
}

bool ServerProcess::running() const {
    siginfo_t info{};
    if (child_ <= 0) return false;
    ::waitid(P_PID, static_cast<id_t>(child_), &info, WEXITED | WNOHANG | WNOWAIT);
    return info.si_pid == 0;
}

std::string ServerProcess::said() const {
    std::ostringstream all;
    all << std::ifstream(log_).rdbuf();
    return all.str();
}

std::string ServerProcess::url() const {
    return url_of(staff_port_);
}

std::string ServerProcess::public_url() const {
    return url_of(public_port_);
}

}  // namespace stimme::test
