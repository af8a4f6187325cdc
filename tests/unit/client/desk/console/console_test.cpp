// The desk at work on a scripted terminal: the screen never waits, whatever the server does.
#include "client/desk/console/console.h"

#include <atomic>
#include <condition_variable>
#include <mutex>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "client/tty/scripted_terminal.h"
#include "tests/unit/client/desk/console/desk_fixture.h"

namespace stimme::desk::console {
namespace {

using namespace sample;
using testing::HasSubstr;
using Cue = tty::ScriptedTerminal::Cue;

struct LinkOnOff final : session::Link {
    std::atomic<bool> on{true};
    bool up() const override { return on; }
};

// Answers at once, but a check-in only after `release`.
class SlowBackend final : public Backend {
  public:
    Answer answer(const Ask& ask) override {
        asked.push_back(ask.index());
        if (std::holds_alternative<Connect>(ask)) return Connected{station(), true, false};
        if (std::holds_alternative<FindVoters>(ask)) return VotersFound{{voter()}};
        if (const auto* check_in = std::get_if<CheckIn>(&ask)) {
            std::unique_lock lock(mutex_);
            released_.wait(lock, [this] { return open_; });
            return PassMade{check_in->voter, some_pass(), {}};
        }
        throw std::runtime_error("asked for something else");
    }
    Counts counts() const override { return {}; }
    void release() {
        const std::lock_guard lock(mutex_);
        open_ = true;
        released_.notify_all();
    }
    std::vector<std::size_t> asked;

  private:
    std::mutex mutex_;
    std::condition_variable released_;
    bool open_ = false;
};

// A terminal that does something when a text appears.
class Watching final : public tty::Terminal {
  public:
    Watching(tty::ScriptedTerminal& inner,
             std::vector<std::pair<std::string, std::function<void()>>> reactions)
        : inner_(inner), reactions_(std::move(reactions)) {}
    tty::Size size() const override { return inner_.size(); }
    void draw(const tty::Frame& frame) override {
        inner_.draw(frame);
        if (next_ < reactions_.size() && inner_.shown().find(reactions_[next_].first) != std::string::npos)
            reactions_[next_++].second();
    }
    tty::Event next(std::chrono::milliseconds longest) override { return inner_.next(longest); }

  private:
    tty::ScriptedTerminal& inner_;
    std::vector<std::pair<std::string, std::function<void()>>> reactions_;
    std::size_t next_ = 0;
};

struct ConsoleAtWork : testing::Test {
    LinkOnOff link;
    SlowBackend backend;
    FixedClock clock{eight_o_clock};

    Status run(tty::Terminal& terminal) {
        return run_console({terminal, backend, link, clock}, words::Language::english());
    }
};

TEST_F(ConsoleAtWork, NetworkGoneIsSaidWhileARequestWaits) {
    tty::ScriptedTerminal script({{"The next voter", tty::Scan{"10000008:00"}},
                                  {"May vote", tty::function_key(5)},
                                  {"The pass is printed", tty::named_key(tty::Key::Name::enter)},
                                  {"Done.", tty::function_key(10)},
                                  {"Leave the program?", tty::named_key(tty::Key::Name::enter)}});
    Watching terminal(script,
                      {{"being checked in", [&] { link.on = false; }}, {"There is no answer yet", [&] {
                                                                            link.on = true;
                                                                            backend.release();
                                                                        }}});
    ASSERT_TRUE(run(terminal)) << script.shown();
    EXPECT_EQ(script.left(), 0U);
    EXPECT_EQ(backend.asked, (std::vector<std::size_t>{0, 4, 5}));
    bool said = false;
    for (const std::string& frame : script.frames())
        said = said || frame.find("NO CONNECTION") != std::string::npos;
    EXPECT_TRUE(said);
}

TEST_F(ConsoleAtWork, WindowThatShrinksAndGrowsComesBackAndNoKeyActsMeanwhile) {
    tty::ScriptedTerminal terminal({{"The next voter", tty::Resized{{40, 10}}},
                                    {"too small", tty::function_key(9)},
                                    {"too small", tty::Scan{"10000008:00"}},
                                    {"too small", tty::Resized{{100, 30}}},
                                    {"The next voter", tty::function_key(10)},
                                    {"Leave the program?", tty::named_key(tty::Key::Name::enter)}});
    ASSERT_TRUE(run(terminal)) << terminal.shown();
    EXPECT_EQ(terminal.left(), 0U);
    EXPECT_EQ(backend.asked, (std::vector<std::size_t>{0}));
}

TEST_F(ConsoleAtWork, MistakeOfTheProgramIsToldAndNothingBreaks) {
    tty::ScriptedTerminal terminal(
        {{"The next voter", tty::function_key(9)},
         {"This was refused, or went wrong.", tty::named_key(tty::Key::Name::enter)},
         {"The next voter", tty::function_key(10)},
         {"Leave the program?", tty::named_key(tty::Key::Name::enter)}});
    ASSERT_TRUE(run(terminal)) << terminal.shown();
    EXPECT_EQ(terminal.left(), 0U);
}

TEST_F(ConsoleAtWork, TerminalThatIsGoneEndsIt) {
    tty::ScriptedTerminal terminal({});
    const Status status = run(terminal);
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, "terminal-gone");
}

}  // namespace
}  // namespace stimme::desk::console
