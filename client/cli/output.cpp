#include "client/cli/output.h"

#include <algorithm>
#include <ostream>

namespace stimme::cli {
namespace {

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string padded(const std::string& cell, std::size_t width, bool right) {
    const std::string space(width - std::min(width, characters(cell)), ' ');
    return right ? space + cell : cell + space;
}

std::vector<std::size_t> widths(const std::vector<std::vector<std::string>>& rows) {
    std::vector<std::size_t> result;
    for (const auto& row : rows) {
        result.resize(std::max(result.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i) result[i] = std::max(result[i], characters(row[i]));
    }
    return result;
}

}  // namespace

Output::Output(std::ostream& out, std::ostream& err, bool json, bool terminal)
    : out_(out), err_(err), json_(json), terminal_(terminal) {}

void Output::line(std::string_view text) {
    if (!json_) out_ << text << '\n';
}

void Output::document(const json::Value& value) {
    if (!json_ || documented_) return;
    out_ << json::canonical(value) << '\n';
    documented_ = true;
}

void Output::raw(std::string_view text) {
    out_ << text;
}

void Output::flush() {
    out_ << std::flush;
}

void Output::note(std::string_view text) {
    err_ << text << '\n';
}

void Output::redraw(std::string_view text) {
    if (terminal_) err_ << "\r\x1b[K" << text << std::flush;
}

std::vector<std::string> table(const std::vector<std::vector<std::string>>& rows,
                               const std::vector<bool>& right) {
    const std::vector<std::size_t> width = widths(rows);
    std::vector<std::string> lines;
    for (const auto& row : rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            line += (i == 0 ? "" : "  ") + padded(row[i], width[i], i < right.size() && right[i]);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        lines.push_back(std::move(line));
    }
    return lines;
}

}  // namespace stimme::cli
