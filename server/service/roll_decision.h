// What follows for an entry of the roll from the register, the rules and what the office decided: station,
// ballot style, whether the person may vote, and why not (docs/protocol.md, section 2.1).
//
// What an official decided goes before the rules. Besides the rules' reasons there are those of the office:
// `invalid-entry` (registered by mistake), `not-in-register` (the newest register no longer has the person),
// `entry-undecided` (it has them again, and nobody said yet whether it is the same person),
// `refused-by-ruling`, `struck-off`.
//
// Thread rule: a RollDecision may be shared if its source of randomness may.
#pragma once

#include "core/base/random.h"
#include "core/election/definition.h"
#include "server/store/people_store.h"

namespace stimme::service {

// The name of the station whose areas hold that one; empty when there is none.
std::string station_of_area(const election::Definition& definition, std::string_view area);

// The first style that names the district and one of the groups. An empty `station` is in no district.
StyleId style_of(const election::ValidDefinition& definition, std::string_view station,
                 const std::vector<election::Group>& groups);

class RollDecision {
  public:
    RollDecision(const election::ValidDefinition& definition, Random& random)
        : definition_(definition), random_(random) {}
    // The same with salts from another source, which must outlive it.
    RollDecision with(Random& random) const { return {definition_, random}; }
    Random& random() const { return random_; }

    // Sets everything of the entry that follows from the rest. A salt once given stays. REQUIRES: the roll
    // isn't sealed.
    void decide(store::EntryRow& entry) const;

    // Codes of the reasons against; none means that the person may vote.
    std::vector<std::string> reasons(const store::EntryRow& entry) const;
    // Codes of the rules' reasons against standing for election.
    std::vector<std::string> reasons_against_standing(const store::EntryRow& entry) const;

  private:
    const election::ValidDefinition& definition_;
    Random& random_;
};

}  // namespace stimme::service
