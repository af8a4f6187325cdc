// Private proofs for voters that they are on the sealed roll (core/events/roll_proof.h). The tree over the
// roll's leaves is made when the first proof is asked for, 64 bytes a voter.
//
// Thread rule: all members may be called from any thread. The first call takes as long as reading the roll.
#pragma once

#include <memory>
#include <mutex>

#include "core/events/roll_proof.h"
#include "server/service/log/public_log.h"
#include "server/service/roll/roll_service.h"

namespace stimme::service {

class RollProofs {
  public:
    // Both must outlive it.
    RollProofs(const PublicLog& log, const RollService& roll) : log_(log), roll_(roll) {}

    // Errors: not-sealed (conflict), voter-not-found (nobody has that number, or they may not vote),
    // roll-proof-missing (conflict; a correction is being entered just now: ask again).
    Result<events::RollProof> proof_of(std::string_view number) const;
    // The same for whoever has the voter's letter. Errors: also voter-code-unknown (not-found), whether it is
    // the number or the salt that is wrong.
    Result<events::RollProof> proof_of(const events::VoterCode& code) const;

  private:
    struct SealedRoll {
        std::vector<Hash> leaves;  // sorted
        log::Tree tree;
    };
    Result<std::shared_ptr<const SealedRoll>> sealed_roll() const;
    Result<std::vector<Hash>> sealed_leaves() const;
    Result<std::uint64_t> admission_of(const Hash& leaf) const;

    const PublicLog& log_;
    const RollService& roll_;
    mutable std::mutex mutex_;
    mutable std::shared_ptr<const SealedRoll> made_;
};

}  // namespace stimme::service
