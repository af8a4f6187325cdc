// Acts of officials, desks and trustees: a content that everybody whose signature is needed has signed gets
// into the log (docs/protocol.md, sections 6.2 and 6.3). Until then its signatures wait in the database. What
// the server can compute it computes itself and compares; the rest is decided by the fold and the tally's
// rules.
//
// Thread rule: all members may be called from any thread; `done` is called once, on another thread.
#pragma once

#include <vector>

#include "core/wire/office.h"
#include "server/service/acts/drafts.h"
#include "server/service/log/workers.h"
#include "server/service/once.h"
#include "server/store/ballots/ballot_store.h"

namespace stimme::service {

class ActService {
  public:
    ActService(PublicLog& log, RollService& roll, Closing& closing, Drafts& drafts, Workers& workers)
        : log_(log), roll_(roll), closing_(closing), drafts_(drafts), workers_(workers) {}

    // What the server would log now. Errors: those of Drafts.
    void draft(const DraftRequest& request, Done<wire::DraftAnswer> done);

    // Signs an act; with the last signature it is logged. Errors: signer-differs (forbidden), act-type
    // (invalid: such entries aren't made here), role-wrong (forbidden), act-differs (conflict: the server's
    // own draft is another one), act-signed-already (conflict: this signer signed it before),
    // entry-out-of-phase, those of Drafts, of verify_act_signature, of ElectionState::check, of verify_share
    // and check_count.
    void sign(const election::Holder& caller, const wire::ActRequest& request, const Once& once,
              Done<wire::ActAnswer> done);

    // Acts that wait for signatures, as `caller` may see them.
    Result<wire::PendingActs> pending(const SignerId& caller) const;

    // Runs what changes the roll, on a worker, while nobody seals the election over it; `work` gets the
    // phase.
    void with_roll(std::function<void(election::Phase)> work);

  private:
    struct Act;

    Status check_caller(const Act& act) const;
    Status check_outside_log(const Act& act);
    Result<wire::ActAnswer> take(store::Connection& connection, Act& act);
    Status check_content(store::Connection& connection, const Act& act);
    Status check_signature(const Act& act) const;
    Result<std::vector<events::ActSignature>> waiting_signatures(store::BallotRows& rows,
                                                                 const Act& act) const;
    Status drop_outdated(store::BallotRows& rows, const Act& act, bool complete) const;
    static Result<std::vector<wire::PendingAct>> pending_in(const store::BallotRows& rows);
    std::size_t signatures_needed(const Act& act) const;
    Result<std::uint64_t> log_act(store::Connection& connection, Act& act,
                                  std::vector<events::ActSignature> signatures);
    Status begin_in_roll(Act& act);
    Status expire_submissions(store::Connection& connection, const StationId& station);
    // After the commit, or after it failed.
    void settle(const Act& act, const Result<wire::ActAnswer>& answer);
    void end_in_roll(const Act& act, bool logged, Done<void> done);
    // What must follow an act that is in the log; tried again before the next act, and at start-up.
    void follow_up(std::function<void(Done<void>)> step);
    void write_journal(const Act& act, std::uint64_t index, Done<void> done);

    PublicLog& log_;
    RollService& roll_;
    Closing& closing_;
    Drafts& drafts_;
    Workers& workers_;
    std::vector<std::function<void(Done<void>)>> unfinished_;  // of the log's writer
    std::mutex roll_mutex_;  // held by an import, and while the election is being sealed
};

}  // namespace stimme::service
