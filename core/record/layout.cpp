#include "core/record/layout.h"

#include <algorithm>
#include <map>

#include "core/election/rules.h"
#include "core/log/tiles.h"

namespace stimme::record {
namespace {

// Beyond this no count is believed, so that no product overflows.
constexpr std::uint64_t max_ballots = std::uint64_t{1} << 40;

NeededFile tile_file(const log::TileId& tile) {
    const bool hashes = tile.kind == log::TileId::Kind::hashes;
    return {log::tile_path(tile), hashes ? std::optional<std::uint64_t>(tile.width * 32) : std::nullopt};
}

std::size_t district_of(const election::Definition& definition, const election::Station& station) {
    const auto found = std::find_if(definition.districts.begin(), definition.districts.end(),
                                    [&](const auto& district) { return district.id == station.district; });
    return static_cast<std::size_t>(found - definition.districts.begin());
}

}  // namespace

std::string ballots_path(const DistrictId& district, const StyleId& style) {
    return "ballots/" + district.str() + "/" + style.str();
}

std::optional<std::uint64_t> ballots_size(const election::ValidDefinition& definition,
                                          const events::BallotFile& file) {
    const election::Style* style = definition.style(file.style);
    if (style == nullptr) return std::nullopt;
    return std::min(file.count, max_ballots) * election::body_size(*definition, *style);
}

std::vector<NeededFile> needed_files(std::uint64_t log_size, const election::ValidDefinition& definition,
                                     const events::PollsClosed* closed) {
    std::vector<NeededFile> files{{checkpoint_path, {}}, {definition_path, definition.canonical().size()}};
    for (const log::TileId& tile : log::tiles(log_size)) files.push_back(tile_file(tile));
    if (closed == nullptr) return files;
    files.push_back({tags_path, {}});
    files.push_back({participation_path, {}});
    for (const events::BallotFile& file : closed->ballots) {
        const auto size = ballots_size(definition, file);
        if (size) files.push_back({ballots_path(file.district, file.style), size});
    }
    return files;
}

std::vector<BallotGroup> ballot_groups(const events::ElectionState& state) {
    const election::Definition& definition = *state.definition();
    std::map<std::pair<std::size_t, std::size_t>, std::uint64_t> counts;
    for (std::size_t station = 0; station < definition.stations.size(); ++station) {
        const std::size_t district = district_of(definition, definition.stations[station]);
        for (std::size_t style = 0; style < definition.styles.size(); ++style) {
            const std::uint64_t cast = state.cast_at(station, style);
            if (cast != 0) counts[{district, style}] += cast;
        }
    }
    std::vector<BallotGroup> groups;
    for (const auto& [group, count] : counts) groups.push_back({group.first, group.second, count});
    return groups;
}

}  // namespace stimme::record
