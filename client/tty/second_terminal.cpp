#include "client/tty/second_terminal.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <string>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "client/tty/curses_terminal.h"

namespace stimme::tty {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds longest_answer{5};

// $0 is the folder of both pipes. None of these opens waits for anybody: where this program has died
// meanwhile, the last line ends at once.
constexpr const char* holder = R"sh(
exec 3<>"$0/held" 4<"$0/held" 3>&-
{ tty; echo "$TERM"; } 1<>"$0/window"
exec cat <&4 >/dev/null
)sh";

class Descriptor {
  public:
    explicit Descriptor(int number = -1) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&&) = delete;
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    int number() const { return number_; }
    explicit operator bool() const { return number_ >= 0; }

  private:
    int number_;
};

Error no_window(const std::string& why) {
    return unavailable("terminal-missing", "no window with other letters came: " + why);
}

// Two pipes with names, in a folder that only this user can enter; gone from the disk with this object.
class Pipes {
  public:
    Pipes() {
        std::string path = (std::filesystem::temp_directory_path() / "stimme-window-XXXXXX").string();
        if (::mkdtemp(path.data()) == nullptr) return;
        folder_ = path;
        if (::mkfifo((folder_ / "held").c_str(), 0600) != 0) return;
        if (::mkfifo((folder_ / "window").c_str(), 0600) != 0) return;
        made_ = true;
    }
    ~Pipes() {
        std::error_code ignored;
        if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
    }
    Pipes(const Pipes&) = delete;
    Pipes& operator=(const Pipes&) = delete;

    bool made() const { return made_; }
    const std::filesystem::path& folder() const { return folder_; }
    // Open for reading and writing, so that it waits for nobody.
    Descriptor open(const char* name) const {
        return Descriptor(::open((folder_ / name).c_str(), O_RDWR | O_CLOEXEC | O_NONBLOCK));
    }

  private:
    std::filesystem::path folder_;
    bool made_ = false;
};

// In the background of a shell that ends at once, so that this program has no child to look after; and
// silent, for its words would stand in the middle of the screen.
Status start(const std::filesystem::path& program, const std::filesystem::path& folder) {
    posix_spawn_file_actions_t silence;
    ::posix_spawn_file_actions_init(&silence);
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
        ::posix_spawn_file_actions_addopen(&silence, stream, "/dev/null", O_RDWR, 0);
    std::string shell = "/bin/sh", option = "-c", background = "\"$0\" \"$@\" &", name = program.string(),
                script = holder, place = folder.string();
    char* const words[] = {shell.data(),  option.data(), background.data(), name.data(), shell.data(),
                           option.data(), script.data(), place.data(),      nullptr};
    pid_t child = 0;
    const int failed = ::posix_spawn(&child, shell.c_str(), &silence, nullptr, words, environ);
    ::posix_spawn_file_actions_destroy(&silence);
    if (failed != 0) return no_window(std::strerror(failed));
    ::waitpid(child, nullptr, 0);
    return {};
}

// Device and kind of the terminal, a line each.
Result<std::pair<std::string, std::string>> wait_for_window(const Descriptor& pipe) {
    const auto end = Clock::now() + longest_answer;
    std::string told;
    while (std::count(told.begin(), told.end(), '\n') < 2) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now());
        pollfd input{pipe.number(), POLLIN, 0};
        if (left.count() <= 0 || ::poll(&input, 1, static_cast<int>(left.count())) <= 0)
            return no_window("its program showed none in time");
        char piece[256];
        const ssize_t count = ::read(pipe.number(), piece, sizeof piece);
        if (count > 0) told.append(piece, static_cast<std::size_t>(count));
    }
    const std::size_t first = told.find('\n');
    return std::pair(told.substr(0, first), told.substr(first + 1, told.find('\n', first + 1) - first - 1));
}

}  // namespace

Result<std::unique_ptr<Terminal>> open_second_terminal(const std::filesystem::path& program) {
    const Pipes pipes;
    if (!pipes.made()) return no_window(std::string("no pipe can be made: ") + std::strerror(errno));
    auto held = std::make_shared<Descriptor>(pipes.open("held"));
    const Descriptor window = pipes.open("window");
    if (!*held || !window) return no_window(std::string("no pipe can be opened: ") + std::strerror(errno));
    STIMME_CHECK(start(program, pipes.folder()));
    STIMME_TRY(const auto told, wait_for_window(window));
    return open_terminal_at(told.first, told.second, [held] {});
}

}  // namespace stimme::tty
