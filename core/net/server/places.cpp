#include "core/net/server/places.h"

#include <limits>

namespace stimme::net {

Places::Verdict Places::enter(Id id, const std::string& address) {
    Group& own = group_of(addresses_, address, false);
    const bool address_full = limits_.address > 0 && own.count >= limits_.address;
    const bool port_full = members_.size() >= limits_.port;
    Verdict verdict;
    if (address_full || port_full) {
        const Group* const from = address_full ? &own : order_.rbegin()->second;
        verdict.leaves = push_out(longest_waiting(*from, id));
        verdict.stays = verdict.leaves.has_value();
    }
    if (verdict.stays) {
        join(id, group_of(addresses_, address, false));
    } else if (own.count == 0) {
        order_.erase(own.rank);
        addresses_.erase(address);
    }
    return verdict;
}

Places::Verdict Places::verify(Id id, const std::string& key) {
    const auto found = members_.find(id);
    if (found == members_.end()) return {false, std::nullopt};
    part(id, found->second);
    Group& group = group_of(keys_, key, true);
    join(id, group);
    if (limits_.key == 0 || group.count <= limits_.key) return {};
    const std::optional<Id> other = longest_waiting(group, id);
    return {other.has_value(), push_out(other ? other : id)};
}

void Places::wait_for_peer(Id id) {
    const auto found = members_.find(id);
    if (found == members_.end()) return;
    end_waiting(found->second);
    begin_waiting(id, found->second);
    rank(*found->second.group);
}

void Places::wait_for_us(Id id) {
    const auto found = members_.find(id);
    if (found == members_.end()) return;
    end_waiting(found->second);
    rank(*found->second.group);
}

void Places::leave(Id id) {
    push_out(id);
}

Places::Group& Places::group_of(Groups& groups, const std::string& name, bool verified) {
    const auto [at, added] = groups.try_emplace(name);
    Group& group = at->second;
    if (added) {
        group.name = name;
        group.verified = verified;
        rank(group);
    }
    return group;
}

void Places::join(Id id, Group& group) {
    Member& member = members_[id];
    member.group = &group;
    ++group.count;
    begin_waiting(id, member);
    rank(group);
}

void Places::part(Id id, Member& member) {
    Group& group = *member.group;
    end_waiting(member);
    members_.erase(id);
    --group.count;
    if (group.count > 0) return rank(group);
    order_.erase(group.rank);
    const std::string name = group.name;
    (group.verified ? keys_ : addresses_).erase(name);
}

void Places::begin_waiting(Id id, Member& member) {
    member.waiting = true;
    member.since = ++steps_;
    member.place = member.group->waiting.insert(member.group->waiting.end(), id);
}

void Places::end_waiting(Member& member) {
    if (member.waiting) member.group->waiting.erase(member.place);
    member.waiting = false;
}

// By connections, then by how long the longest step has lasted. Nobody to give way: below all others.
void Places::rank(Group& group) {
    if (group.verified) return;
    const bool idle = !group.waiting.empty();
    const std::uint64_t since = idle ? members_.at(group.waiting.front()).since : 0;
    const Rank now{idle ? group.count : 0, std::numeric_limits<std::uint64_t>::max() - since, &group};
    auto node = order_.extract(group.rank);
    group.rank = now;
    if (node.empty()) {
        order_.emplace(now, &group);
    } else {
        node.key() = now;
        order_.insert(std::move(node));
    }
}

std::optional<Places::Id> Places::longest_waiting(const Group& group, Id except) const {
    for (const Id id : group.waiting) {
        if (id != except) return id;
    }
    return std::nullopt;
}

std::optional<Places::Id> Places::push_out(std::optional<Id> id) {
    const auto found = id ? members_.find(*id) : members_.end();
    if (found == members_.end()) return std::nullopt;
    part(*id, found->second);
    return id;
}

}  // namespace stimme::net
