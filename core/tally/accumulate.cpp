#include "core/tally/accumulate.h"

#include <algorithm>
#include <cassert>

#include <fmt/format.h>

namespace stimme::tally {

std::string place(const election::ValidDefinition& definition, const CountedGroup& group,
                  std::size_t position) {
    const election::Contest& contest = definition->contests[group.contest];
    return fmt::format("contest \"{}\", group \"{}\", \"{}\"", contest.id.str(), group.name,
                       contest.position_name(position));
}

Status check_sums(const election::ValidDefinition& definition, const CountedGroup& group,
                  const PositionSums& sums) {
    if (group.ballots == 0) return {};
    for (std::size_t i = 0; i < sums.size(); ++i) {
        if (sums[i].a.is_infinity()) {
            return invalid("tally-sum-infinite",
                           place(definition, group, i) + ": the ballots cancel each other out");
        }
    }
    return {};
}

GroupSums::GroupSums(election::ValidDefinition definition) : definition_(std::move(definition)) {
    for (const election::Station& station : definition_->stations) districts_[station.id] = station.district;
    for (const election::Style& style : definition_->styles) {
        layouts_.emplace(style.id, ballot::Layout(definition_, style));
    }
}

GroupSums::StyleSums& GroupSums::sums_of(const BaseGroup& group) {
    const auto [found, fresh] = sums_.try_emplace(group);
    if (fresh) {
        for (const ballot::ContestLayout& contest : layouts_.at(group.style).contests()) {
            found->second.contests[contest.index].resize(contest.positions);
        }
    }
    return found->second;
}

void GroupSums::add(const ballot::CheckedBallot& ballot) {
    const BaseGroup group{districts_.at(ballot.context().station), ballot.context().style};
    StyleSums& sums = sums_of(group);
    for (const ballot::ContestLayout& contest : layouts_.at(group.style).contests()) {
        const auto ciphertexts = ballot.ciphertexts_of(contest);
        auto& positions = sums.contests.at(contest.index);
        for (std::size_t i = 0; i < positions.size(); ++i) positions[i].add(ciphertexts[i]);
    }
    ++counts_[group];
}

void GroupSums::add(const GroupSums& other) {
    assert(definition_.hash() == other.definition_.hash());
    for (const auto& [group, theirs] : other.sums_) {
        StyleSums& sums = sums_of(group);
        for (const auto& [contest, positions] : theirs.contests) {
            for (std::size_t i = 0; i < positions.size(); ++i) {
                sums.contests.at(contest)[i].add(positions[i].value());
            }
        }
        counts_[group] += other.counts_.at(group);
    }
}

Status GroupSums::add(const BaseSums& other) {
    const Error wrong = invalid("sums-invalid", to_string(other.group) + " has no such sums");
    const auto groups = base_groups(definition_);
    if (std::find(groups.begin(), groups.end(), other.group) == groups.end()) return wrong;
    const auto& contests = layouts_.at(other.group.style).contests();
    if (other.contests.size() != contests.size()) return wrong;
    for (const ballot::ContestLayout& contest : contests) {
        const auto theirs = other.contests.find(contest.index);
        if (theirs == other.contests.end() || theirs->second.size() != contest.positions) return wrong;
    }
    StyleSums& sums = sums_of(other.group);
    for (const auto& [contest, positions] : other.contests) {
        for (std::size_t i = 0; i < positions.size(); ++i) sums.contests.at(contest)[i].add(positions[i]);
    }
    counts_[other.group] += other.ballots;
    return {};
}

std::vector<BaseSums> GroupSums::parts() const {
    std::vector<BaseSums> parts;
    for (const auto& [group, sums] : sums_) {
        BaseSums part{group, counts_.at(group), {}};
        for (const auto& [contest, positions] : sums.contests) {
            for (const auto& position : positions) part.contests[contest].push_back(position.value());
        }
        parts.push_back(std::move(part));
    }
    return parts;
}

Result<PositionSums> GroupSums::of(const CountedGroup& group) const {
    std::vector<crypto::CiphertextSum> total(definition_->contests[group.contest].positions());
    std::uint64_t ballots = 0;
    for (const BaseGroup& member : group.members) {
        const auto found = sums_.find(member);
        if (found == sums_.end()) continue;
        ballots += counts_.at(member);
        const auto& positions = found->second.contests.at(group.contest);
        for (std::size_t i = 0; i < positions.size(); ++i) total[i].add(positions[i].value());
    }
    if (ballots != group.ballots) {
        return invalid("ballots-differ", fmt::format("group \"{}\" has {} ballots, but {} were added up",
                                                     group.name, group.ballots, ballots));
    }
    PositionSums sums;
    for (const crypto::CiphertextSum& position : total) sums.push_back(position.value());
    STIMME_CHECK(check_sums(definition_, group, sums));
    return sums;
}

}  // namespace stimme::tally
