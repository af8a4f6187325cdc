#include "client/tty/curses_terminal.h"

#include <algorithm>
#include <clocale>
#include <cstdio>
#include <functional>
#include <string>
#include <utility>

#define NCURSES_WIDECHAR 1
#define NCURSES_NOMACROS 1
#include <fcntl.h>
#include <ncurses.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "client/tty/key_sorter.h"
#include "client/tty/restore.h"

namespace stimme::tty {
namespace {

using Clock = std::chrono::steady_clock;

enum Colours : short { alarm_colours = 1, done_colours, bar_colours };

Key named(Key::Name name) {
    return named_key(name);
}

Key key_of_code(wint_t code) {
    if (code >= KEY_F(1) && code <= KEY_F(12)) return function_key(code - KEY_F(0));
    switch (code) {
        case KEY_ENTER:
            return named(Key::Name::enter);
        case KEY_BACKSPACE:
        case KEY_DC:
            return named(Key::Name::backspace);
        case KEY_UP:
            return named(Key::Name::up);
        case KEY_DOWN:
            return named(Key::Name::down);
        case KEY_LEFT:
            return named(Key::Name::left);
        case KEY_RIGHT:
            return named(Key::Name::right);
        case KEY_PPAGE:
            return named(Key::Name::page_up);
        case KEY_NPAGE:
            return named(Key::Name::page_down);
        default:
            return named(Key::Name::other);
    }
}

Key key_of_letter(wint_t letter) {
    switch (letter) {
        case '\r':
        case '\n':
            return named(Key::Name::enter);
        case 0x1B:
            return named(Key::Name::escape);
        case 0x08:
        case 0x7F:
            return named(Key::Name::backspace);
        default:
            break;
    }
    if (letter < 0x20 || (letter >= 0x80 && letter < 0xA0)) return named(Key::Name::other);
    return letter_key(static_cast<char32_t>(letter));
}

attr_t attributes_of(Style style) {
    switch (style) {
        case Style::plain:
            return A_NORMAL;
        case Style::strong:
            return A_BOLD;
        case Style::faint:
            return A_DIM;
        case Style::bar:
            return has_colors() ? static_cast<attr_t>(COLOR_PAIR(bar_colours)) : A_REVERSE;
        case Style::alarm:
            return has_colors() ? (static_cast<attr_t>(COLOR_PAIR(alarm_colours)) | A_BOLD)
                                : (A_REVERSE | A_BOLD);
        case Style::done:
            return has_colors() ? (static_cast<attr_t>(COLOR_PAIR(done_colours)) | A_BOLD) : A_BOLD;
        case Style::chosen:
            return A_REVERSE;
        case Style::entered:
            return A_UNDERLINE;
    }
    return A_NORMAL;
}

void set_colours() {
    if (!has_colors()) return;
    start_color();
    use_default_colors();
    init_pair(alarm_colours, COLOR_WHITE, COLOR_RED);
    init_pair(done_colours, COLOR_GREEN, -1);
    init_pair(bar_colours, COLOR_WHITE, COLOR_BLUE);
}

// What the terminal is to be told when the program dies: normal letters, visible cursor, the screen before.
std::string farewell() {
    std::string text;
    for (const char* const name : {"sgr0", "rmkx", "cnorm", "rmcup"}) {
        const char* const sequence = ::tigetstr(name);
        if (sequence != nullptr && sequence != reinterpret_cast<const char*>(-1)) text += sequence;
    }
    return text;
}

// Ncurses works on one screen at a time; each of these makes its own the one that counts.
class CursesTerminal final : public Terminal {
  public:
    // `in`: where its keys come from. `given_back` is called when the screen is as it was before.
    CursesTerminal(SCREEN* screen, int in, std::function<void()> given_back)
        : screen_(screen), in_(in), given_back_(std::move(given_back)) {
        set_term(screen_);
        raw();
        noecho();
        nonl();
        keypad(stdscr, TRUE);
        nodelay(stdscr, TRUE);
        set_escdelay(25);
        set_colours();
    }
    ~CursesTerminal() override {
        set_term(screen_);
        endwin();  // no delscreen: with it ncurses 6.4 forgets the windows of the other screens, too
        given_back_();
    }
    CursesTerminal(const CursesTerminal&) = delete;
    CursesTerminal& operator=(const CursesTerminal&) = delete;

    Size size() const override {
        set_term(screen_);
        return {static_cast<std::size_t>(getmaxx(stdscr)), static_cast<std::size_t>(getmaxy(stdscr))};
    }

    void draw(const Frame& frame) override {
        set_term(screen_);
        erase();
        const Size now = size();
        for (std::size_t i = 0; i < std::min(frame.lines.size(), now.height); ++i)
            draw_line(frame.lines[i], static_cast<int>(i), now.width);
        curs_set(frame.cursor ? 1 : 0);
        if (frame.cursor)
            ::move(static_cast<int>(frame.cursor->line), static_cast<int>(frame.cursor->column));
        refresh();
    }

    Event next(std::chrono::milliseconds longest) override {
        set_term(screen_);
        const Clock::time_point end = Clock::now() + longest;
        for (;;) {
            if (!read_keys()) return Gone{};
            if (resized_ || has_another_size()) return take_size();
            if (auto event = sorter_.next(Clock::now())) return *std::move(event);
            const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now());
            if (left.count() <= 0) return Idle{};
            // Not beyond the moment when a burst is over.
            wait(std::min<std::chrono::milliseconds>(left, std::chrono::milliseconds(10)));
        }
    }

  private:
    static void draw_line(const Line& line, int at, std::size_t width) {
        ::move(at, 0);
        for (const Span& span : line) {
            attrset(static_cast<int>(attributes_of(span.style)));
            const std::string text = clipped(span.text, width);
            width -= width_of(text);
            addstr(text.c_str());
        }
        attrset(A_NORMAL);
    }

    void wait(std::chrono::milliseconds longest) {
        pollfd input{in_, POLLIN, 0};
        ::poll(&input, 1, static_cast<int>(longest.count()));
        hung_up_ = (input.revents & (POLLHUP | POLLERR | POLLNVAL)) != 0 && (input.revents & POLLIN) == 0;
    }

    // All that has come. False: the terminal is gone.
    bool read_keys() {
        wint_t code = 0;
        for (int kind = get_wch(&code); kind != ERR; kind = get_wch(&code)) {
            if (kind == KEY_CODE_YES && code == KEY_RESIZE) {
                resized_ = true;
            } else {
                sorter_.press(kind == KEY_CODE_YES ? key_of_code(code) : key_of_letter(code), Clock::now());
            }
        }
        return !hung_up_;
    }

    // A terminal that isn't this program's own sends no signal when its size changes.
    bool has_another_size() const {
        winsize now{};
        if (::ioctl(in_, TIOCGWINSZ, &now) != 0 || now.ws_row == 0 || now.ws_col == 0) return false;
        if (!is_term_resized(now.ws_row, now.ws_col)) return false;
        resizeterm(now.ws_row, now.ws_col);
        return true;
    }

    Event take_size() {
        resized_ = false;
        clear();  // whatever the terminal did with the old frame
        return Resized{size()};
    }

    SCREEN* const screen_;
    const int in_;
    const std::function<void()> given_back_;
    KeySorter sorter_;
    bool resized_ = false;
    bool hung_up_ = false;
};

// Names in all scripts, whatever language the machine speaks.
void speak_utf8() {
    if (std::setlocale(LC_CTYPE, "C.UTF-8") == nullptr) std::setlocale(LC_CTYPE, "");
}

Error unknown_kind() {
    return invalid("terminal-unknown",
                   "the terminal named in TERM can't show a full screen; linux and xterm can");
}

}  // namespace

Result<std::unique_ptr<Terminal>> open_terminal() {
    struct termios modes {};
    if (::isatty(STDOUT_FILENO) != 1 || ::tcgetattr(STDIN_FILENO, &modes) != 0)
        return invalid("terminal-missing", "this is a full-screen program: run it in a terminal");
    speak_utf8();
    SCREEN* const screen = newterm(nullptr, stdout, stdin);
    if (screen == nullptr) return unknown_kind();
    auto terminal = std::make_unique<CursesTerminal>(screen, STDIN_FILENO, restored);
    restore_on_signals(modes, farewell());
    return std::unique_ptr<Terminal>(std::move(terminal));
}

Result<std::unique_ptr<Terminal>> open_terminal_at(const std::filesystem::path& path, const std::string& kind,
                                                   std::function<void()> given_back) {
    const int descriptor = ::open(path.c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC);
    FILE* const file = descriptor < 0 ? nullptr : ::fdopen(descriptor, "r+");
    if (file == nullptr || ::isatty(descriptor) != 1) {
        if (file != nullptr) std::fclose(file);
        return unavailable("terminal-missing", path.string() + " is no terminal of this user");
    }
    speak_utf8();
    SCREEN* const screen = newterm(kind.c_str(), file, file);
    if (screen == nullptr) {
        std::fclose(file);
        return unknown_kind();
    }
    return std::unique_ptr<Terminal>(
        std::make_unique<CursesTerminal>(screen, descriptor, [file, given_back = std::move(given_back)] {
            std::fclose(file);
            given_back();
        }));
}

}  // namespace stimme::tty
