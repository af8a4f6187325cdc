#include "client/printer/escpos.h"

#include <algorithm>
#include <initializer_list>
#include <vector>

#include "client/print/bitmap.h"
#include "client/print/canvas.h"
#include "client/printer/code_page.h"

namespace stimme::printer::escpos {
namespace {

using print::Bitmap;
using print::one_line;
using print::Weight;

// ESC ! n
constexpr std::uint8_t plain = 0x00, bold = 0x08, double_height = 0x10, double_width = 0x20;

constexpr double image_type = 26;  // dots, as high as the printer's own letters
constexpr double image_type_small = 21;
constexpr std::size_t rows_an_image = 128;  // small printers have little memory
constexpr std::size_t qr_side = 280;        // dots: 35 mm

// Lines of at most so many bytes, broken at blanks, and inside a word that is longer.
std::vector<std::string> wrap(std::string_view text, std::size_t columns) {
    std::vector<std::string> lines;
    while (text.size() > columns) {
        std::size_t end = text.rfind(' ', columns);
        if (end == std::string_view::npos || end == 0) end = columns;
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(end);
        text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    }
    lines.emplace_back(text);
    return lines;
}

// "ABCDE-FGHJK-MNPQR-" and so on: whole groups with their hyphens, as many in each line as in the others.
std::vector<std::string> wrap_groups(std::string_view text, std::size_t columns) {
    const std::size_t needed = (text.size() + columns - 1) / columns;
    const auto hyphens = static_cast<std::size_t>(std::count(text.begin(), text.end(), '-'));
    const std::size_t groups_a_line = (hyphens + needed) / needed;
    std::vector<std::string> lines(1);
    std::size_t groups = 0;
    for (const char c : text) {
        if (groups == groups_a_line || lines.back().size() == columns) {
            lines.emplace_back();
            groups = 0;
        }
        lines.back() += c;
        groups += c == '-' ? 1 : 0;
    }
    return lines;
}

class Encoder {
  public:
    explicit Encoder(const Paper& paper) : paper_(paper) {}

    Result<Bytes> encode(const print::Sheet& sheet) {
        put({0x1b, '@'});     // reset
        put({0x1c, '.'});     // no Chinese characters of two bytes
        put({0x1b, 't', 0});  // code page 437
        for (const print::Block& block : sheet.blocks)
            STIMME_CHECK(std::visit([this](const auto& one) { return add(one); }, block));
        put({0x1b, 'd', 4});      // forward to the knife
        put({0x1d, 'V', 66, 0});  // cut
        return std::move(out_);
    }

  private:
    Status add(const print::Heading& heading) {
        return text(one_line(heading.text), bold | double_height,
                    {.size = 2 * image_type, .face = print::Face::bold});
    }

    Status add(const print::Alarm& alarm) {
        STIMME_TRY(const Bitmap image, print::alarm_bitmap(alarm.text, paper_.dots));
        put_image(image);
        return {};
    }

    Status add(const print::Paragraph& paragraph) {
        const bool strong = paragraph.weight == Weight::bold;
        return text(one_line(paragraph.text), strong ? bold : plain,
                    {.size = paragraph.weight == Weight::small ? image_type_small : image_type,
                     .face = strong ? print::Face::bold : print::Face::plain,
                     .language = paragraph.language});
    }

    Status add(const print::Row& row) {
        const auto label = to_code_page(one_line(row.label));
        const auto value = to_code_page(one_line(row.value));
        const bool one_row = label && value && label->size() + 1 + value->size() <= paper_.columns;
        if (one_row) {
            put_lines({*label + std::string(paper_.columns - label->size() - value->size(), ' ') + *value},
                      bold);
        } else {
            STIMME_CHECK(add(print::Paragraph{row.label + ": " + row.value, Weight::bold}));
        }
        if (row.second.empty()) return {};
        return add(print::Paragraph{row.second, Weight::small, words::Language::english()});
    }

    Status add(const print::Code& code) {
        STIMME_TRY(const Bitmap image,
                   print::qr_bitmap(code.content, code.large ? paper_.dots : qr_side, paper_.dots));
        put_image(image);
        if (code.text.empty()) return {};
        const auto shown = to_code_page(one_line(code.text));
        if (!shown) return text(one_line(code.text), bold, {.size = image_type, .face = print::Face::bold});
        put({0x1b, 'a', 1});  // in the middle
        put_lines(wrap_groups(*shown, paper_.columns / 2), bold | double_height | double_width);
        put({0x1b, 'a', 0});
        return {};
    }

    Status add(const print::SignatureLine& line) {
        put({0x1b, 'd', 4});
        put_lines({std::string(paper_.columns, '_')}, plain);
        return add(print::Paragraph{line.who, Weight::small});
    }

    Status add(const print::Rule&) {
        put_lines({std::string(paper_.columns, '-')}, plain);
        return {};
    }

    Status text(const std::string& utf8, std::uint8_t mode, const print::Style& as_image) {
        if (const auto own = to_code_page(utf8)) {
            put_lines(wrap(*own, paper_.columns), mode);
            return {};
        }
        STIMME_TRY(const Bitmap image, print::text_bitmap(utf8, paper_.dots, as_image));
        put_image(image);
        return {};
    }

    void put_lines(const std::vector<std::string>& lines, std::uint8_t mode) {
        put({0x1b, '!', mode});
        for (const std::string& line : lines) {
            append(out_, as_bytes(line));
            put({'\n'});
        }
        if (mode != plain) put({0x1b, '!', plain});
    }

    // GS v 0, some rows at a time.
    void put_image(const Bitmap& image) {
        const std::size_t row = image.width / 8;
        for (std::size_t y = 0; y < image.height; y += rows_an_image) {
            const std::size_t rows = std::min(rows_an_image, image.height - y);
            put({0x1d, 'v', '0', 0, low(row), high(row), low(rows), high(rows)});
            append(out_, without_real_time_commands(ByteView(image.rows).subspan(y * row, rows * row)));
        }
    }

    static std::uint8_t low(std::size_t value) { return static_cast<std::uint8_t>(value & 0xff); }
    static std::uint8_t high(std::size_t value) { return static_cast<std::uint8_t>(value >> 8); }

    void put(std::initializer_list<std::uint8_t> bytes) {
        for (const std::uint8_t byte : bytes) out_.push_back(byte);
    }

    const Paper paper_;
    Bytes out_;
};

}  // namespace

Bytes without_real_time_commands(ByteView dots) {
    Bytes result = to_bytes(dots);
    for (std::size_t i = 0; i + 1 < result.size(); ++i) {
        const std::uint8_t next = result[i + 1];
        if (result[i] == 0x10 && (next == 0x04 || next == 0x05 || next == 0x14)) result[i] = 0x18;
    }
    return result;
}

Result<Bytes> encode(const print::Sheet& sheet, const Paper& paper) {
    return Encoder(paper).encode(sheet);
}

Bytes ask(Question question) {
    return {0x10, 0x04, static_cast<std::uint8_t>(question)};
}

bool is_status(std::uint8_t byte) {
    return (byte & 0x93) == 0x12;
}

std::optional<Error> problem_in(Question question, std::uint8_t answer) {
    const auto set = [answer](std::uint8_t bits) { return (answer & bits) != 0; };
    switch (question) {
        case Question::printer:
            if (set(0x08)) return unavailable("printer-offline", "the printer is offline: look at its lamps");
            return std::nullopt;
        case Question::offline_cause:
            if (set(0x04)) return unavailable("cover-open", "the printer's cover is open: close it");
            if (set(0x20)) return unavailable("paper-out", "the printer has no paper: put in a new roll");
            if (set(0x40)) return unavailable("printer-error", "the printer reports an error");
            return std::nullopt;
        case Question::error_cause:
            if (set(0x08)) return unavailable("printer-error", "the printer's knife is stuck: free it");
            if (set(0x60))
                return unavailable("printer-error",
                                   "the printer reports an error: switch it off and on, let it cool down");
            return std::nullopt;
        case Question::paper:
            if (set(0x60)) return unavailable("paper-out", "the printer has no paper: put in a new roll");
            return std::nullopt;
    }
    return std::nullopt;
}

Bytes ask_when_done() {
    return {0x1d, 'r', 1};
}

bool is_done(std::uint8_t byte) {
    return (byte & 0x90) == 0;
}

Bytes drop_everything() {
    return {0x10, 0x14, 8, 1, 3, 20, 1, 6, 2, 8};
}

}  // namespace stimme::printer::escpos
