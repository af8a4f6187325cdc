// The two lists that are published at the close: who of the roll took part (by leaf, so nobody is named), and
// the tags of the passes with which ballots were submitted (docs/protocol.md, sections 6.4 and 7). Text, a
// line a row, sorted, so that people can read them and each content has one form.
//
// Thread rule: values and pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/events/entry.h"

namespace stimme::events {

using Salt = ByteArray<16>;
using PassTag = ByteArray<5>;

// (7.1)
Hash roll_leaf(const Salt& salt, std::string_view number, const StyleId& style);

// What a voter needs to find their own row: "10000003:8f3a…", as it stands on the voting notice.
struct VoterCode {
    std::string number;
    Salt salt;
};
std::string to_string(const VoterCode& code);
// Errors: voter-code-invalid.
Result<VoterCode> parse_voter_code(std::string_view text);

struct ParticipationRow {
    Hash leaf;
    std::optional<StationId> station;
    bool operator==(const ParticipationRow&) const = default;
};

// REQUIRES: sorted by leaf, none twice.
std::string write_participation(const std::vector<ParticipationRow>& rows);
// Errors: participation-invalid, naming the line.
Result<std::vector<ParticipationRow>> read_participation(std::string_view text);

struct TagRow {
    PassNumber t;
    PassTag tag;
    bool operator==(const TagRow&) const = default;
};

// REQUIRES: sorted by t, none twice.
std::string write_tags(const std::vector<TagRow>& rows);
// Errors: tags-invalid, naming the line.
Result<std::vector<TagRow>> read_tags(std::string_view text);

// RFC 6962 root over the leaves, each as an entry of 32 bytes. REQUIRES: sorted.
Hash roll_root(const std::vector<Hash>& leaves);

// H("file", content).
Hash file_hash(ByteView content);

}  // namespace stimme::events
