#include "core/events/files.h"

#include <fmt/format.h>

#include "core/crypto/transcript.h"
#include "core/log/merkle.h"

namespace stimme::events {
namespace {

// Calls read(line, number) for each line; the last one too must end with a line feed.
template <class Read>
Status each_line(std::string_view text, const char* code, Read read) {
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::size_t end = text.find('\n');
        const Error wrong = invalid(code, fmt::format("line {} isn't right", number));
        if (end == std::string_view::npos || !read(text.substr(0, end))) return wrong;
        text.remove_prefix(end + 1);
    }
    return {};
}

}  // namespace

Hash roll_leaf(const Salt& salt, std::string_view number, const StyleId& style) {
    return crypto::hash(crypto::Tag::roll_leaf, {salt, as_bytes(number), as_bytes(style.str())});
}

std::string to_string(const VoterCode& code) {
    return code.number + ":" + to_hex(code.salt);
}

Result<VoterCode> parse_voter_code(std::string_view text) {
    const std::size_t colon = text.rfind(':');
    const auto salt = array_from_hex<16>(colon == std::string_view::npos ? "" : text.substr(colon + 1));
    if (!salt || colon == 0) {
        return invalid("voter-code-invalid", "a voter's code is their number, a colon and 32 hex characters");
    }
    return VoterCode{std::string(text.substr(0, colon)), *salt};
}

std::string write_participation(const std::vector<ParticipationRow>& rows) {
    std::string text;
    for (const ParticipationRow& row : rows) {
        text += to_hex(row.leaf);
        text += ' ';
        text += row.station ? row.station->str() : "-";
        text += '\n';
    }
    return text;
}

Result<std::vector<ParticipationRow>> read_participation(std::string_view text) {
    std::vector<ParticipationRow> rows;
    STIMME_CHECK(each_line(text, "participation-invalid", [&](std::string_view line) {
        if (line.size() < 66 || line[64] != ' ') return false;
        const auto leaf = array_from_hex<32>(line.substr(0, 64));
        const std::string_view station = line.substr(65);
        if (!leaf || (!rows.empty() && *leaf <= rows.back().leaf)) return false;
        if (station != "-" && !is_name(station)) return false;
        rows.push_back(
            {*leaf, station == "-" ? std::nullopt : std::optional(StationId(std::string(station)))});
        return true;
    }));
    return rows;
}

std::string write_tags(const std::vector<TagRow>& rows) {
    std::string text;
    for (const TagRow& row : rows) text += to_hex(row.t) + ' ' + to_hex(row.tag) + '\n';
    return text;
}

Result<std::vector<TagRow>> read_tags(std::string_view text) {
    std::vector<TagRow> rows;
    STIMME_CHECK(each_line(text, "tags-invalid", [&](std::string_view line) {
        if (line.size() != 31 || line[20] != ' ') return false;
        const auto t = array_from_hex<10>(line.substr(0, 20));
        const auto tag = array_from_hex<5>(line.substr(21));
        if (!t || !tag || (!rows.empty() && *t <= rows.back().t)) return false;
        rows.push_back({*t, *tag});
        return true;
    }));
    return rows;
}

Hash roll_root(const std::vector<Hash>& leaves) {
    log::RootBuilder root;
    for (const Hash& leaf : leaves) root.append_entry(leaf);
    return root.root();
}

Hash file_hash(ByteView content) {
    return crypto::hash(crypto::Tag::file, {content});
}

}  // namespace stimme::events
