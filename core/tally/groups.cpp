#include "core/tally/groups.h"

#include <algorithm>
#include <set>

namespace stimme::tally {
namespace {

using election::BelowMinimum;

// A union of parts, by their places.
struct Union {
    std::vector<std::size_t> members;
    std::uint64_t ballots = 0;

    void take(const Union& other) {
        members.insert(members.end(), other.members.begin(), other.members.end());
        ballots += other.ballots;
    }
};

// Section 8.1.
class Merge {
  public:
    Merge(const election::ValidDefinition& definition, const std::vector<Part>& parts)
        : definition_(definition), parts_(parts), rests_(parts.size()) {
        for (std::size_t i = 0; i < parts_.size(); ++i) count_part(i);
    }

    // Steps 2 to 4.
    std::vector<MergedParts> run() {
        Union whole;
        for (const election::District& district : definition_->districts) {
            if (!district.parent) whole.take(rest_of(district.id));
        }
        whole = counted_if_enough(std::move(whole));
        if (!whole.members.empty()) unite_small(whole);
        return result();
    }

  private:
    // Step 1.
    void count_part(std::size_t i) {
        const Union group{{i}, parts_[i].ballots};
        if (group.ballots == 0 || group.ballots >= definition_->min_ballots) {
            counted_.push_back(group);
        } else {
            rests_[i] = group;
        }
    }

    // Step 2.
    Union rest_of(const DistrictId& district) {
        Union rest;
        for (std::size_t i = 0; i < parts_.size(); ++i) {
            if (parts_[i].district == district) rest.take(rests_[i]);
        }
        for (const election::District& child : definition_->districts) {
            if (child.parent == district) rest.take(rest_of(child.id));
        }
        return counted_if_enough(std::move(rest));
    }

    Union counted_if_enough(Union rest) {
        if (rest.members.empty() || rest.ballots < definition_->min_ballots) return rest;
        counted_.push_back(std::move(rest));
        return {};
    }

    // Steps 3 and 4.
    void unite_small(const Union& rest) {
        Union* smallest = nullptr;
        for (Union& counted : counted_) {
            if (counted.ballots > 0 && (smallest == nullptr || counted.ballots < smallest->ballots)) {
                smallest = &counted;
            }
        }
        if (smallest != nullptr) {
            smallest->take(rest);
        } else {
            counted_.push_back(rest);
        }
    }

    std::vector<MergedParts> result() {
        for (Union& counted : counted_) std::sort(counted.members.begin(), counted.members.end());
        std::sort(counted_.begin(), counted_.end(),
                  [](const Union& a, const Union& b) { return a.members[0] < b.members[0]; });
        std::vector<MergedParts> all;
        for (const Union& counted : counted_) all.push_back(named(counted));
        return all;
    }

    MergedParts named(const Union& counted) const {
        MergedParts group{counted.members, {}, counted.ballots, true};
        for (const std::size_t i : counted.members) {
            group.name += (group.name.empty() ? "" : "+") + parts_[i].name;
        }
        group.opened = group.ballots == 0 || group.ballots >= definition_->min_ballots ||
                       definition_->below_min_ballots == BelowMinimum::publish;
        return group;
    }

    const election::ValidDefinition& definition_;
    const std::vector<Part>& parts_;
    std::vector<Union> rests_;    // of parts
    std::vector<Union> counted_;  // in the order in which they were formed
};

}  // namespace

std::string to_string(const BaseGroup& group) {
    return group.district.str() + "/" + group.style.str();
}

std::vector<BaseGroup> base_groups(const election::ValidDefinition& definition) {
    std::set<DistrictId> with_station;
    for (const election::Station& station : definition->stations) with_station.insert(station.district);
    std::vector<BaseGroup> all;
    for (const election::District& district : definition->districts) {
        if (!with_station.contains(district.id)) continue;
        for (const election::Style& style : definition->styles) all.push_back({district.id, style.id});
    }
    return all;
}

std::vector<BaseGroup> base_groups(const election::ValidDefinition& definition, std::size_t contest) {
    std::vector<BaseGroup> all = base_groups(definition);
    std::erase_if(all, [&](const BaseGroup& group) {
        const auto& contests = definition.style(group.style)->contests;
        return std::find(contests.begin(), contests.end(), contest) == contests.end();
    });
    return all;
}

BallotCounts ballot_counts(const events::ElectionState& state) {
    const election::Definition& definition = *state.definition();
    BallotCounts counts;
    for (std::size_t i = 0; i < definition.stations.size(); ++i) {
        for (std::size_t j = 0; j < definition.styles.size(); ++j) {
            counts[{definition.stations[i].district, definition.styles[j].id}] += state.cast_at(i, j);
        }
    }
    return counts;
}

std::vector<MergedParts> merge_small(const election::ValidDefinition& definition,
                                     const std::vector<Part>& parts) {
    return Merge(definition, parts).run();
}

std::vector<CountedGroup> counted_groups(const election::ValidDefinition& definition, std::size_t contest,
                                         const BallotCounts& counts) {
    const std::vector<BaseGroup> groups = base_groups(definition, contest);
    std::vector<Part> parts;
    for (const BaseGroup& group : groups) {
        const auto found = counts.find(group);
        parts.push_back({group.district, to_string(group), found == counts.end() ? 0 : found->second});
    }
    std::vector<CountedGroup> all;
    for (MergedParts& merged : merge_small(definition, parts)) {
        CountedGroup group{contest, {}, std::move(merged.name), merged.ballots, merged.opened};
        for (const std::size_t i : merged.parts) group.members.push_back(groups[i]);
        all.push_back(std::move(group));
    }
    return all;
}

std::vector<CountedGroup> counted_groups(const election::ValidDefinition& definition,
                                         const BallotCounts& counts) {
    std::vector<CountedGroup> all;
    for (std::size_t contest = 0; contest < definition->contests.size(); ++contest) {
        for (CountedGroup& group : counted_groups(definition, contest, counts)) {
            all.push_back(std::move(group));
        }
    }
    return all;
}

}  // namespace stimme::tally
