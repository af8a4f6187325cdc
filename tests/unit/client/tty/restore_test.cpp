// A program that dies gives the terminal back: modes, cursor, the screen before.
#include "client/tty/restore.h"

#include <csignal>

#include <gtest/gtest.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

namespace stimme::tty {
namespace {

struct Died {
    int signal = 0;
    bool echo = false;
    std::string said;
};

// A child that takes a terminal's echo away and is then killed.
Died killed_by(int signal) {
    int master = -1;
    const pid_t child = ::forkpty(&master, nullptr, nullptr, nullptr);
    if (child == 0) {
        struct termios modes {};
        ::tcgetattr(STDIN_FILENO, &modes);
        restore_on_signals(modes, "<back>");
        modes.c_lflag &= ~static_cast<tcflag_t>(ECHO | ISIG);
        ::tcsetattr(STDIN_FILENO, TCSANOW, &modes);
        ::raise(SIGTSTP);  // stops nothing
        ::raise(signal);
        ::_exit(0);
    }
    Died died;
    int status = 0;
    // The master sees what the child wrote and the modes that it left.
    ::waitpid(child, &status, 0);
    died.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    struct termios left {};
    ::tcgetattr(master, &left);
    died.echo = (left.c_lflag & ECHO) != 0;
    char text[64];
    const ssize_t got = ::read(master, text, sizeof text);
    if (got > 0) died.said.assign(text, static_cast<std::size_t>(got));
    ::close(master);
    return died;
}

class Signals : public testing::TestWithParam<int> {};

TEST_P(Signals, GiveTheTerminalBackAndEndTheProgram) {
    const Died died = killed_by(GetParam());
    EXPECT_EQ(died.signal, GetParam());
    EXPECT_TRUE(died.echo);
    EXPECT_EQ(died.said, "<back>");
}

INSTANTIATE_TEST_SUITE_P(All, Signals, testing::Values(SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGABRT, SIGSEGV));

}  // namespace
}  // namespace stimme::tty
