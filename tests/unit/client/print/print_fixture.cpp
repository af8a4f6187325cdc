#include "tests/unit/client/print/print_fixture.h"

#include <array>
#include <cstdio>
#include <sstream>
#include <stdexcept>

namespace stimme::print {
using namespace std::chrono_literals;

std::string plain(const std::string& text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        // U+200C to U+200F, U+202A to U+202E, U+2066 to U+2069, as UTF-8.
        if (text.compare(i, 2, "\xe2\x80") == 0 || text.compare(i, 2, "\xe2\x81") == 0) {
            const auto last = static_cast<unsigned char>(text[i + 2]);
            const bool mark = text[i + 1] == '\x80'
                                  ? (last >= 0x8c && last <= 0x8f) || (last >= 0xaa && last <= 0xae)
                                  : last >= 0xa6 && last <= 0xa9;
            if (mark) {
                i += 2;
                continue;
            }
        }
        const bool blank = text[i] == ' ' || text[i] == '\n' || text[i] == '\r';
        if (!blank) result += text[i];
        if (blank && !result.empty() && result.back() != ' ') result += ' ';
    }
    return result;
}

Sender sample_sender() {
    return {"Stadt Münster, Wahlamt", "Stadt Münster, Wahlamt, 48127 Münster",
            "Telefon 0251 492-0, wahlamt@stadt.example\nMontag bis Freitag 8 bis 16 Uhr"};
}

ElectionOnPaper sample_election() {
    return {{{"de", "Wahl des Integrationsrats der Stadt Münster 2025"},
             {"en", "Election of the Integration Council of the City of Münster, 2025"}},
            2025y / 9 / 14,
            "08:00",
            "18:00",
            election::CheckInPlace::own_station};
}

NoticeText sample_notice_text() {
    return {sample_sender(), sample_election(), 2025y / 8 / 4, 2025y / 8 / 29, 2025y / 9 / 12};
}

Notice sample_notice(const std::string& language) {
    return {{"Nguyễn", "Thị Hương"},
            {"Hammer Straße", "12a", "48153", "Münster"},
            "10000417",
            {"12", "Grundschule am Park", "Parkallee 3, 48153 Münster", true},
            words::Language::find(language),
            "10000417:00112233445566778899aabbccddeeff"};
}

std::string output_of(const std::string& command) {
    std::FILE* pipe = ::popen(command.c_str(), "r");
    if (pipe == nullptr) throw std::runtime_error("cannot run " + command);
    std::string result;
    std::array<char, 4096> part;
    while (const std::size_t count = std::fread(part.data(), 1, part.size(), pipe))
        result.append(part.data(), count);
    if (::pclose(pipe) != 0) throw std::runtime_error(command + " failed");
    return result;
}

ReadPdf::ReadPdf(const std::filesystem::path& path) {
    info_ = output_of("pdfinfo " + path.string());
    std::string text = output_of("pdftotext -enc UTF-8 " + path.string() + " -");
    for (std::size_t end = text.find('\f'); end != std::string::npos; end = text.find('\f')) {
        pages_.push_back(plain(text.substr(0, end)));
        text.erase(0, end + 1);
    }
    find_outside(output_of("pdftotext -bbox -enc UTF-8 " + path.string() + " -"));
}

// Of pdftotext -bbox: lines such as <page width="595" height="841"> and <word xMin= yMin= xMax= yMax=>.
void ReadPdf::find_outside(const std::string& boxes) {
    std::istringstream lines(boxes);
    double width = 0;
    double height = 0;
    for (std::string line; std::getline(lines, line);) {
        std::sscanf(line.c_str(), R"( <page width="%lf" height="%lf")", &width, &height);
        double left, top, right, bottom;
        if (std::sscanf(line.c_str(), R"( <word xMin="%lf" yMin="%lf" xMax="%lf" yMax="%lf")", &left, &top,
                        &right, &bottom) != 4)
            continue;
        if (left < 0 || top < 0 || right > width || bottom > height) outside_.push_back(line);
    }
}

std::string ReadPdf::all() const {
    std::string result;
    for (const std::string& page : pages_) result += page;
    return result;
}

}  // namespace stimme::print
