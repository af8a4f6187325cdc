#include "core/events/files.h"

#include <fmt/format.h>

#include "core/crypto/transcript.h"
#include "core/log/merkle.h"

namespace stimme::events {
namespace {

// Calls read(line) for each line and counts them in `number`; the last one too must end with a line feed.
template <class Read>
Status each_line(std::string_view text, std::uint64_t& number, const char* code, Read read) {
    while (!text.empty()) {
        ++number;
        const std::size_t end = text.find('\n');
        if (end == std::string_view::npos || !read(text.substr(0, end)))
            return invalid(code, fmt::format("line {} isn't right", number));
        text.remove_prefix(end + 1);
    }
    return {};
}

constexpr std::string_view on_paper = " paper";

std::optional<ParticipationRow> parse_participation(std::string_view line) {
    if (line.size() < 66 || line[64] != ' ') return std::nullopt;
    const auto leaf = array_from_hex<32>(line.substr(0, 64));
    std::string_view station = line.substr(65);
    if (leaf && station == "-") return ParticipationRow{*leaf};
    const bool paper = station.ends_with(on_paper);
    if (paper) station.remove_suffix(on_paper.size());
    if (!leaf || !is_name(station)) return std::nullopt;
    return ParticipationRow{*leaf, StationId(std::string(station)), paper};
}

std::optional<TagRow> parse_tag(std::string_view line) {
    if (line.size() + 1 != tag_row_size || line[20] != ' ') return std::nullopt;
    const auto t = array_from_hex<10>(line.substr(0, 20));
    const auto tag = array_from_hex<5>(line.substr(21));
    if (!t || !tag) return std::nullopt;
    return TagRow{*t, *tag};
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
        if (row.paper) text += on_paper;
        text += '\n';
    }
    return text;
}

Status ParticipationReader::read(std::string_view lines, const Take& take) {
    return each_line(lines, line_, "participation-invalid", [&](std::string_view line) {
        auto row = parse_participation(line);
        if (!row || (last_ && row->leaf <= *last_)) return false;
        last_ = row->leaf;
        take(*std::move(row));
        return true;
    });
}

Result<std::vector<ParticipationRow>> read_participation(std::string_view text) {
    std::vector<ParticipationRow> rows;
    STIMME_CHECK(
        ParticipationReader().read(text, [&](ParticipationRow row) { rows.push_back(std::move(row)); }));
    return rows;
}

std::string write_tags(const std::vector<TagRow>& rows) {
    std::string text;
    for (const TagRow& row : rows) text += to_hex(row.t) + ' ' + to_hex(row.tag) + '\n';
    return text;
}

Status TagReader::read(std::string_view lines, const Take& take) {
    return each_line(lines, line_, "tags-invalid", [&](std::string_view line) {
        const auto row = parse_tag(line);
        if (!row || (last_ && row->t <= *last_)) return false;
        last_ = row->t;
        take(*row);
        return true;
    });
}

Result<std::vector<TagRow>> read_tags(std::string_view text) {
    std::vector<TagRow> rows;
    STIMME_CHECK(TagReader().read(text, [&](const TagRow& row) { rows.push_back(row); }));
    return rows;
}

Hash roll_root(const std::vector<Hash>& leaves) {
    log::RootBuilder root;
    for (const Hash& leaf : leaves) root.append_entry(leaf);
    return root.root();
}

Hash FileHash::finish() {
    return crypto::hash(crypto::Tag::file, {content_.finish()});
}

Hash file_hash(ByteView content) {
    FileHash hash;
    hash.append(content);
    return hash.finish();
}

}  // namespace stimme::events
