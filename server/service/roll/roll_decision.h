// What follows for an entry of the roll from the register, the rules, the assignment to stations and what the
// office decided: station, ballot style, whether the person may vote, and why not (docs/protocol.md, section
// 2.1).
//
// What an official decided goes before the rules. Besides the rules' reasons there are those of the office:
// `invalid-entry` (registered by mistake), `not-in-register` (the newest register no longer has the person),
// `entry-undecided` (it has them again, and nobody said yet whether it is the same person),
// `refused-by-ruling`, `struck-off`.
//
// Thread rule: a RollDecision may be shared, if its source of randomness may, while nobody changes the
// assignment that it decides by; reasons() and reasons_against_standing() don't look at that at all.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/random.h"
#include "core/election/definition.h"
#include "core/roll/stations/assignment.h"
#include "server/store/roll/people_store.h"
#include "server/store/roll/station_store.h"

namespace stimme::service {

// What the office has brought for stations, together with the areas of the definition. Errors: those of
// StationRows, store-damaged.
Result<roll::Assignment> read_assignment(const store::StationRows& rows,
                                         const election::Definition& definition);

// The first style that names the district and one of the groups. An empty `station` is in no district.
StyleId style_of(const election::ValidDefinition& definition, std::string_view station,
                 const std::vector<election::Group>& groups);

class RollDecision {
  public:
    // By the areas of the definition alone. Both must outlive it.
    RollDecision(const election::ValidDefinition& definition, Random& random)
        : definition_(definition), random_(random), assignment_(definition->stations) {}

    // Decides by that assignment from now on.
    void use(roll::Assignment assignment) { assignment_ = std::move(assignment); }
    // Decides by what the office has brought, as that connection sees it; reads it only where it isn't what
    // this was told before. Errors: those of read_assignment.
    Status follow(store::Connection& connection);
    // The same rules, by the areas of the definition alone.
    RollDecision by_definition() const { return {definition_, random_}; }
    // The same with salts from another source, which must outlive it.
    RollDecision with(Random& random) const { return {definition_, random, assignment_}; }
    Random& random() const { return random_; }

    // Sets everything of the entry that follows from the rest. A salt once given stays. REQUIRES: the roll
    // isn't sealed.
    void decide(store::EntryRow& entry) const;

    // Codes of the reasons against; none means that the person may vote.
    std::vector<std::string> reasons(const store::EntryRow& entry) const;
    // Codes of the rules' reasons against standing for election.
    std::vector<std::string> reasons_against_standing(const store::EntryRow& entry) const;

  private:
    RollDecision(const election::ValidDefinition& definition, Random& random, roll::Assignment assignment)
        : definition_(definition), random_(random), assignment_(std::move(assignment)) {}

    const election::ValidDefinition& definition_;
    Random& random_;
    roll::Assignment assignment_;
    store::StationDigests followed_;  // of what was read last
};

}  // namespace stimme::service
