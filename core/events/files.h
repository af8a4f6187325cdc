// The two lists that are published at the close: who of the roll took part (by leaf, so nobody is named), and
// the tags of the passes with which ballots were submitted (docs/protocol.md, sections 6.4 and 7). Text, a
// line a row, sorted, so that people can read them and each content has one form.
//
// Thread rule: values and pure functions.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/crypto/sha256.h"
#include "core/events/values.h"

namespace stimme::events {

using Salt = ByteArray<16>;

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
    std::optional<StationId> station = std::nullopt;
    bool paper = false;  // voted there on paper, and has no pass. REQUIRES: a station.
    bool operator==(const ParticipationRow&) const = default;
};

// REQUIRES: sorted by leaf, none twice.
std::string write_participation(const std::vector<ParticipationRow>& rows);

// Reads the list piece by piece; what is wrong is named by its line.
// Thread rule: belongs to one thread.
class ParticipationReader {
  public:
    using Take = std::function<void(ParticipationRow)>;
    // `lines` ends with a line feed; `take` is called for each of its rows.
    // Errors: participation-invalid. REQUIRES: no error before.
    Status read(std::string_view lines, const Take& take);

  private:
    std::uint64_t line_ = 0;
    std::optional<Hash> last_;
};
// The whole list. Errors: participation-invalid.
Result<std::vector<ParticipationRow>> read_participation(std::string_view text);

struct TagRow {
    PassNumber t;
    PassTag tag;
    bool operator==(const TagRow&) const = default;
};
constexpr std::size_t tag_row_size = 32;  // bytes of each line, with its line feed

// REQUIRES: sorted by t, none twice.
std::string write_tags(const std::vector<TagRow>& rows);

// As ParticipationReader. Errors: tags-invalid.
class TagReader {
  public:
    using Take = std::function<void(TagRow)>;
    Status read(std::string_view lines, const Take& take);

  private:
    std::uint64_t line_ = 0;
    std::optional<PassNumber> last_;
};
// The whole list. Errors: tags-invalid.
Result<std::vector<TagRow>> read_tags(std::string_view text);

// RFC 6962 root over the leaves, each as an entry of 32 bytes. REQUIRES: sorted.
Hash roll_root(const std::vector<Hash>& leaves);

// H("file", SHA-256(content)), whole or in pieces. Thread rule: a FileHash belongs to one thread.
class FileHash {
  public:
    void append(ByteView piece) { content_.update(piece); }
    // REQUIRES: called once, last.
    Hash finish();

  private:
    crypto::Sha256 content_;
};
Hash file_hash(ByteView content);

}  // namespace stimme::events
