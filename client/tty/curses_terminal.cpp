#include "client/tty/curses_terminal.h"

#include <algorithm>
#include <clocale>
#include <cstdio>
#include <string>

#define NCURSES_WIDECHAR 1
#define NCURSES_NOMACROS 1
#include <ncurses.h>
#include <poll.h>
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

class CursesTerminal final : public Terminal {
  public:
    explicit CursesTerminal(SCREEN* screen) : screen_(screen) {
        raw();
        noecho();
        nonl();
        keypad(stdscr, TRUE);
        nodelay(stdscr, TRUE);
        set_escdelay(25);
        set_colours();
    }
    ~CursesTerminal() override {
        endwin();
        delscreen(screen_);
        restored();
    }
    CursesTerminal(const CursesTerminal&) = delete;
    CursesTerminal& operator=(const CursesTerminal&) = delete;

    Size size() const override {
        return {static_cast<std::size_t>(getmaxx(stdscr)), static_cast<std::size_t>(getmaxy(stdscr))};
    }

    void draw(const Frame& frame) override {
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
        const Clock::time_point end = Clock::now() + longest;
        for (;;) {
            if (!read_keys()) return Gone{};
            if (resized_) return take_size();
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
        pollfd input{STDIN_FILENO, POLLIN, 0};
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

    Event take_size() {
        resized_ = false;
        clear();  // whatever the terminal did with the old frame
        return Resized{size()};
    }

    SCREEN* const screen_;
    KeySorter sorter_;
    bool resized_ = false;
    bool hung_up_ = false;
};

}  // namespace

Result<std::unique_ptr<Terminal>> open_terminal() {
    struct termios modes {};
    if (::isatty(STDOUT_FILENO) != 1 || ::tcgetattr(STDIN_FILENO, &modes) != 0)
        return invalid("terminal-missing", "this is a full-screen program: run it in a terminal");
    // Names in all scripts, whatever language the machine speaks.
    if (std::setlocale(LC_CTYPE, "C.UTF-8") == nullptr) std::setlocale(LC_CTYPE, "");
    SCREEN* const screen = newterm(nullptr, stdout, stdin);
    if (screen == nullptr)
        return invalid("terminal-unknown",
                       "the terminal named in TERM can't show a full screen; linux and xterm can");
    auto terminal = std::make_unique<CursesTerminal>(screen);
    restore_on_signals(modes, farewell());
    return std::unique_ptr<Terminal>(std::move(terminal));
}

}  // namespace stimme::tty
