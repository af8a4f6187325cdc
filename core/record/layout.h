// Which files a record has, and where (docs/record-format.md). A record is one folder: the checkpoint at its
// root, and exactly the files that this checkpoint needs. The list follows from the checkpoint's size and,
// once polls-closed is in the log, from that entry; nothing else may lie in the folder.
//
// Thread rule: pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/events/state.h"

namespace stimme::record {

constexpr char checkpoint_path[] = "checkpoint";
constexpr char definition_path[] = "definition.json";
constexpr char tags_path[] = "tags";
constexpr char participation_path[] = "participation";
// "ballots/<district>/<style>".
std::string ballots_path(const DistrictId& district, const StyleId& style);

// Length of a ballot file: its count times the style's body. Nothing for a style that isn't the definition's.
std::optional<std::uint64_t> ballots_size(const election::ValidDefinition& definition,
                                          const events::BallotFile& file);

// A record with more entries is refused before anything is allocated for it.
constexpr std::uint64_t max_entries = std::uint64_t{1} << 28;

struct NeededFile {
    std::string path;
    std::optional<std::uint64_t> size;  // where it follows from the checkpoint and polls-closed

    bool operator==(const NeededFile&) const = default;
};

// Every file of a record whose checkpoint has `log_size` entries, the checkpoint first, then the definition,
// the tiles and what polls-closed adds (nullptr: it isn't in the log). Ballot files of groups that the
// definition doesn't know are left out. REQUIRES: log_size <= max_entries.
std::vector<NeededFile> needed_files(std::uint64_t log_size, const election::ValidDefinition& definition,
                                     const events::PollsClosed* closed);

// A group of ballots, district × style, by their indices in the definition.
struct BallotGroup {
    std::size_t district;
    std::size_t style;
    std::uint64_t ballots;

    bool operator==(const BallotGroup&) const = default;
};

// The groups in which ballots were cast, in the order of the definition: districts, then styles. Exactly
// these stand in `ballots` of polls-closed and have a file; a group without ballots has none.
std::vector<BallotGroup> ballot_groups(const events::ElectionState& state);

}  // namespace stimme::record
