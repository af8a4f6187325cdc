// A pass comes back unused: the log gets pass-voided, and the check-in is undone, in this order and repeated
// at start-up (docs/protocol.md, sections 5 and 7). This and act_service are the only places that touch both
// the roll and the log; neither file learns what the other holds.
//
// Thread rule: all members may be called from any thread; `done` is called once, on another thread.
#pragma once

#include "server/service/ballots/pass_service.h"
#include "server/service/roll/roll_service.h"

namespace stimme::service {

class VoidService {
  public:
    VoidService(PublicLog& log, RollService& roll, TagMatches tags, Workers& workers)
        : log_(log), roll_(roll), tags_(std::move(tags)), workers_(workers) {}

    // Errors: pass-tag-wrong (forbidden), those of RollService::begin_void, verify_own_signature and
    // ElectionState::check (pass-submitted among them).
    void give_back(const Desk& desk, const wire::VoidRequest& request, const Once& once,
                   Done<wire::PassStateAnswer> done);

  private:
    Result<wire::PassStateAnswer> append(store::Connection& connection, const Desk& desk,
                                         const wire::VoidRequest& request, const Once& once);
    Status begin_in_roll(const Desk& desk, const wire::VoidRequest& request);
    void finish(const events::PassNumber& t, const Done<wire::PassStateAnswer>& done);
    bool voided(const events::PassNumber& t) const;

    PublicLog& log_;
    RollService& roll_;
    const TagMatches tags_;
    Workers& workers_;
};

}  // namespace stimme::service
