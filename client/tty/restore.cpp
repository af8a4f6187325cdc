#include "client/tty/restore.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>

#include <unistd.h>

namespace stimme::tty {
namespace {

constexpr std::array deadly = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL};
constexpr std::array stopping = {SIGTSTP, SIGTTIN, SIGTTOU};

// Set before `armed`, and never changed after.
struct termios before_us;
std::array<char, 255> last_words;
std::size_t last_words_size = 0;
std::atomic<bool> armed{false};

extern "C" void give_back_and_die(int signal) {
    if (armed.exchange(false)) {
        // There is nobody to tell when this fails.
        if (::write(STDOUT_FILENO, last_words.data(), last_words_size) < 0) last_words_size = 0;
        ::tcsetattr(STDIN_FILENO, TCSANOW, &before_us);
    }
    ::signal(signal, SIG_DFL);
    ::raise(signal);
}

}  // namespace

void restore_on_signals(const struct termios& modes, const std::string& farewell) {
    before_us = modes;
    last_words_size = std::min(farewell.size(), last_words.size());
    std::copy_n(farewell.begin(), last_words_size, last_words.begin());
    armed = true;
    struct sigaction action {};
    action.sa_handler = give_back_and_die;
    for (const int signal : deadly) ::sigaction(signal, &action, nullptr);
    for (const int signal : stopping) ::signal(signal, SIG_IGN);
}

void restored() {
    armed = false;
    for (const int signal : deadly) ::signal(signal, SIG_DFL);
    for (const int signal : stopping) ::signal(signal, SIG_DFL);
}

}  // namespace stimme::tty
