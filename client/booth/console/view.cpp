#include "client/booth/console/view.h"

#include <algorithm>

#include <fmt/format.h>

#include "client/booth/console/content.h"
#include "client/tty/bidi.h"

namespace stimme::booth::console {
namespace {

using Name = tty::Key::Name;

using tty::Style;
using words::Tongue;
using Lines = std::vector<tty::Line>;

constexpr std::size_t widest = 96;
constexpr std::size_t margin_columns = 2;

// Lines of one language: from the left or from the right.
class Page {
  public:
    Page(std::size_t width, bool right_to_left) : width_(width), right_to_left_(right_to_left) {}

    std::size_t columns() const { return std::min(width_, widest) - 2 * margin_columns; }

    void blank(Lines& lines) const { lines.emplace_back(); }

    void paragraph(Lines& lines, std::string_view text, Style style) const {
        for (const std::string& line : tty::wrapped(text, columns()))
            lines.push_back({{margin()}, {placed(line), style}});
    }

    // An item of the list, as wide as the page. `as_it_is`: set already, in the order in which it is seen.
    void item(Lines& lines, const std::vector<std::string>& texts, bool chosen, bool as_it_is) const {
        const std::size_t room = item_columns();
        for (const std::string& text : texts) {
            const bool turned = right_to_left_ && !as_it_is;
            const std::string shown = turned ? tty::visual(text, true) : text;
            const std::string fill(room - std::min(room, tty::width_of(shown)), ' ');
            const std::string row =
                turned ? fill + shown + (chosen ? " <" : "  ") : (chosen ? "> " : "  ") + shown + fill;
            lines.push_back({{margin()}, {row, chosen ? Style::chosen : Style::plain}});
        }
    }
    std::size_t item_columns() const { return columns() - 2; }

    void bar(Lines& lines, const std::string& left, const std::string& right, Style style) const {
        const std::size_t room = width_ - std::min(width_, tty::width_of(right));
        lines.push_back({{tty::padded(left, room) + right, style}});
    }
    // A sentence over the whole width.
    void banner(Lines& lines, std::string_view text) const {
        for (const std::string& line : tty::wrapped(text, width_ - 2)) {
            if (right_to_left_) {
                bar(lines, "", tty::visual(line, true) + " ", Style::alarm);
            } else {
                bar(lines, " " + line, "", Style::alarm);
            }
        }
    }

    std::string placed(const std::string& line) const {
        if (!right_to_left_) return line;
        const std::string shown = tty::visual(line, true);
        return std::string(columns() - std::min(columns(), tty::width_of(shown)), ' ') + shown;
    }

  private:
    std::string margin() const { return std::string(margin_columns, ' '); }

    const std::size_t width_;
    const bool right_to_left_;
};

// "  12  Adeyemi, Folasade      [ X ]": a name is never cut off, it takes as many lines as it needs.
std::vector<std::string> on_ballot(const Entry& entry, std::size_t columns) {
    const std::string head = entry.number.empty() ? "" : fmt::format("{:>3}  ", entry.number);
    const std::string tail = fmt::format(" [ {} ]", entry.box);
    const std::size_t room = columns - head.size() - tail.size();
    std::vector<std::string> lines;
    for (const std::string& part : tty::wrapped(entry.text, room)) {
        const bool first = lines.empty();
        lines.push_back((first ? head : std::string(head.size(), ' ')) + tty::padded(part, room) +
                        (first ? tail : ""));
    }
    return lines;
}

// The list's lines, and where the cursor's are.
struct Drawn {
    Lines lines;
    std::size_t first = 0;  // of the cursor's lines
    std::size_t end = 0;
};

Drawn draw_list(const Content& content, std::optional<std::size_t> cursor, const Page& page) {
    Drawn drawn;
    // Of the ballot all boxes stand below each other, near the names.
    constexpr std::size_t ballot_columns = 60;
    const std::size_t columns = std::min(page.item_columns(), ballot_columns);
    for (const Entry& entry : content.list) {
        const bool chosen = entry.item && entry.item == cursor;
        if (chosen) drawn.first = drawn.lines.size();
        auto lines =
            entry.box.empty() ? tty::wrapped(entry.text, page.item_columns()) : on_ballot(entry, columns);
        if (entry.turned) {
            for (std::string& line : lines) line = tty::visual(line, true);
        }
        const bool as_it_is = entry.official || entry.turned || !entry.box.empty();
        if (entry.item || as_it_is) {
            page.item(drawn.lines, lines, chosen, as_it_is);
        } else {
            page.paragraph(drawn.lines, entry.text, Style::plain);
        }
        if (chosen) drawn.end = drawn.lines.size();
    }
    return drawn;
}

// As much of the list as there is room for, around the cursor; what lies beyond is said.
Lines window(Drawn drawn, std::size_t room) {
    Lines& all = drawn.lines;
    if (all.size() <= room) return std::move(all);
    if (room < 3) return {};
    const std::size_t inner = room - 2;
    std::size_t first = 0;
    if (drawn.end > inner) first = drawn.end - inner;
    // A page ahead can be seen.
    first =
        std::min(std::max(first, drawn.first > inner / 2 ? drawn.first - inner / 2 : 0), all.size() - inner);
    Lines shown;
    const auto more = [&](std::size_t count, const char* arrow) {
        shown.push_back({{count == 0 ? "" : fmt::format("    {} {}", arrow, count), Style::faint}});
    };
    more(first, "\u25b2");
    for (std::size_t i = first; i < first + inner; ++i) shown.push_back(std::move(all[i]));
    more(all.size() - first - inner, "\u25bc");
    return shown;
}

std::string key_name(const tty::Key& key) {
    switch (key.name) {
        case Name::function:
            return fmt::format("F{}", key.function);
        case Name::enter:
            return "Enter";
        case Name::escape:
            return "Esc";
        case Name::left:
            return "\u2190";
        case Name::right:
            return "\u2192";
        default:
            return "";
    }
}

Lines keys(const State& state, const Tongue& t, std::size_t width) {
    const bool turned = t.language().right_to_left();
    Lines lines{{{" "}}};
    for (const Choice& choice : choices(state)) {
        const std::string name = key_name(choice.key);
        const std::string what = label(t, state, choice);
        if (name.empty() || what.empty()) continue;
        const std::string text = " " + (turned ? tty::visual(what, true) : what) + "  ";
        if (tty::width_of(lines.back()) + tty::width_of(name) + 2 + tty::width_of(text) > width)
            lines.push_back({{" "}});
        lines.back().push_back({" " + name + " ", Style::bar});
        lines.back().push_back({text});
    }
    return lines;
}

void add_head(const State& state, const Tongue& t, const Page& page, Lines& lines) {
    const Desktop& desktop = state.desktop;
    const bool turned = t.language().right_to_left();
    const auto shown = [&](const std::string& text) { return turned ? tty::visual(text, true) : text; };
    std::string left = " Stimme";
    if (desktop.booth)
        left = " " + tty::printable(desktop.booth->station) + " · " + desktop.booth->booth.str();
    if (desktop.practice) {
        page.bar(lines, left, "", Style::bar);
        page.banner(lines, t("PRACTICE: nothing counts, everything is invented."));
    } else {
        page.bar(lines, left, desktop.connected ? "" : shown(t("No connection")) + " ",
                 desktop.connected ? Style::bar : Style::alarm);
    }
    if (!spoken_in(desktop).signed_off())
        page.banner(lines, t("Translated by a machine, for practice only."));
    page.blank(lines);
}

tty::Frame too_small(const Tongue& t, const tty::Size& size) {
    tty::Frame frame;
    for (std::string& line :
         tty::wrapped(t("The window is too small."), std::max<std::size_t>(size.width, 1)))
        frame.lines.push_back({{std::move(line), Style::alarm}});
    return tty::fitted(std::move(frame), size, 0);
}

// The room below what was said before.
void type_pass(const Content& content, const Tongue& t, tty::Frame& frame) {
    const std::string head = std::string(margin_columns, ' ') + t("Voting pass:") + " ";
    frame.cursor = tty::Place{frame.lines.size(), tty::width_of(head) + content.typed->size()};
    constexpr std::size_t room = 30;
    frame.lines.push_back({{head}, {tty::padded(*content.typed, room), Style::entered}});
}

// Nothing but black, white and bold.
void raise_contrast(tty::Frame& frame) {
    for (tty::Line& line : frame.lines) {
        for (tty::Span& span : line) {
            if (span.style == Style::faint || span.style == Style::plain || span.style == Style::done)
                span.style = Style::strong;
            if (span.style == Style::alarm || span.style == Style::bar) span.style = Style::chosen;
        }
    }
}

// Between what always stands above and below: sentences, and the list under them.
struct Middle {
    Lines body;
    Drawn list;
    std::size_t room = 0;

    bool fits() const {
        constexpr std::size_t least = 5;  // an item, what is around it, and what says that there is more
        return body.size() + std::min(list.lines.size(), least) <= room;
    }
    // Lines of a page, between those that say that there is more.
    std::size_t page_lines() const { return room - std::min<std::size_t>(room, 2); }
    // Up to the first line that is seen together with the first item.
    std::size_t pages() const {
        const std::size_t page = page_lines();
        if (fits() || page == 0) return 0;
        return (body.size() - std::min(body.size(), page / 2) + page - 1) / page;
    }
    // Where both don't fit, sentences are read first, and then move with the list.
    void place(std::size_t read, Lines& lines) && {
        if (fits()) {
            lines.insert(lines.end(), body.begin(), body.end());
            room -= body.size();
        } else {
            const bool reading = read < pages();
            const std::size_t top = read * page_lines();
            list.lines.insert(list.lines.begin(), body.begin(), body.end());
            list.first = reading ? top : list.first + body.size();
            list.end = reading ? top + page_lines() : list.end + body.size();
        }
        const Lines shown = window(std::move(list), room);
        lines.insert(lines.end(), shown.begin(), shown.end());
    }
};

struct Drawing {
    tty::Frame frame;  // as far as the middle
    Middle middle;
    Lines below, foot;
};

Drawing drawing_of(const State& state, const tty::Size& size) {
    const Tongue t(spoken_in(state.desktop));
    const Page page(size.width, t.language().right_to_left());
    const Content content = content_of(state);
    const bool roomy = size.height >= 20;
    Drawing drawing;
    tty::Frame& frame = drawing.frame;
    add_head(state, t, page, frame.lines);
    page.paragraph(frame.lines, content.title, Style::strong);
    if (roomy) page.blank(frame.lines);
    Lines& body = drawing.middle.body;
    for (const Paragraph& paragraph : content.body) page.paragraph(body, paragraph.text, paragraph.style);
    if (content.typed) {
        frame.lines.insert(frame.lines.end(), body.begin(), body.end());
        body.clear();
        page.blank(frame.lines);
        type_pass(content, t, frame);
    }
    if (roomy && !content.body.empty()) page.blank(body);
    for (const Paragraph& note : content.notes) page.paragraph(drawing.below, note.text, note.style);
    drawing.foot = keys(state, t, size.width);
    const std::size_t used = frame.lines.size() + drawing.below.size() + drawing.foot.size();
    drawing.middle.room = size.height - std::min(size.height, used);
    const auto cursor = state.overlay == Overlay::none ? state.cursor : std::optional(state.overlay_cursor);
    drawing.middle.list = draw_list(content, cursor, page);
    return drawing;
}

tty::Frame draw(const State& state, const tty::Size& size) {
    Drawing drawing = drawing_of(state, size);
    tty::Frame& frame = drawing.frame;
    std::move(drawing.middle).place(state.read, frame.lines);
    frame.lines.insert(frame.lines.end(), drawing.below.begin(), drawing.below.end());
    frame.lines.insert(frame.lines.end(), drawing.foot.begin(), drawing.foot.end());
    return tty::fitted(std::move(frame), size, drawing.foot.size());
}

}  // namespace

std::size_t pages_to_read(const State& state, const tty::Size& size) {
    // Who hears them need not see them.
    if (!fits(size) || state.desktop.manner.dark) return 0;
    return drawing_of(state, size).middle.pages();
}

tty::Frame view(const State& state, const tty::Size& size) {
    if (!fits(size)) return too_small(Tongue(spoken_in(state.desktop)), size);
    if (state.desktop.manner.dark) return tty::fitted({}, size, 0);
    tty::Frame frame = draw(state, size);
    if (state.desktop.manner.contrast) raise_contrast(frame);
    return frame;
}

}  // namespace stimme::booth::console
