// Who keeps a place on a port that has more connections than places. A newcomer is let in and another gives
// way: of the address that holds the most, the connection whose present step has lasted longest. Steps of
// honest peers are short, so a flood pushes out itself. An address at its own bound pushes out its own only.
// A connection whose client certificate was verified belongs to that certificate's key instead: it never
// gives way to anybody else, and a key has a bound of its own.
//
// Invariant: size() <= the bound of the port; the counts of all origins and keys add up to it.
//
// Thread rule: one thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>

namespace stimme::net {

struct PlaceLimits {
    std::size_t port = 0;     // connections in all
    std::size_t address = 0;  // of one address, not verified; 0: no bound
    std::size_t key = 0;      // of one verified key; 0: no bound
};

class Places {
  public:
    using Id = std::uintptr_t;

    // `leaves` has lost its place, which may be the very connection that was asked for.
    struct Verdict {
        bool stays = true;
        std::optional<Id> leaves;
    };

    explicit Places(const PlaceLimits& limits) : limits_(limits) {}

    // A new connection. It doesn't stay when nobody can give way. REQUIRES: `id` isn't in.
    Verdict enter(Id id, const std::string& address);
    // Its certificate has been verified. What follows holds for connections that are out, too: nothing
    // happens.
    Verdict verify(Id id, const std::string& key);
    // A step begins in which the connection waits for its peer.
    void wait_for_peer(Id id);
    // It waits for the application, and keeps its place until it doesn't.
    void wait_for_us(Id id);
    void leave(Id id);

    std::size_t size() const { return members_.size(); }

  private:
    struct Member;
    // The greater, the sooner one of the group gives way; the last part tells groups apart.
    using Rank = std::tuple<std::size_t, std::uint64_t, const void*>;
    struct Group {
        std::string name;
        bool verified = false;
        std::size_t count = 0;
        std::list<Id> waiting;  // for the peer; the longest first
        Rank rank;
    };
    using Groups = std::unordered_map<std::string, Group>;
    struct Member {
        Group* group;
        bool waiting;
        std::list<Id>::iterator place;  // where waiting
        std::uint64_t since;
    };

    Group& group_of(Groups& groups, const std::string& name, bool verified);
    void join(Id id, Group& group);
    void part(Id id, Member& member);
    void begin_waiting(Id id, Member& member);
    void end_waiting(Member& member);
    void rank(Group& group);
    std::optional<Id> longest_waiting(const Group& group, Id except) const;
    std::optional<Id> push_out(std::optional<Id> id);

    const PlaceLimits limits_;
    std::uint64_t steps_ = 0;
    Groups addresses_;
    Groups keys_;
    std::unordered_map<Id, Member> members_;
    std::map<Rank, Group*> order_;  // of addresses
};

}  // namespace stimme::net
