// What desks ask about passes and booths: the state of a pass, a ballot that its voter left, a test without
// an answer, a booth that locked itself (docs/protocol.md, sections 5 and 6). Giving a pass back is in
// void_service.h, because it touches the roll.
//
// Thread rule: all members may be called from any thread; `done` is called once, on another thread.
#pragma once

#include "core/wire/pass.h"
#include "server/service/ballots/booth_book.h"
#include "server/service/ballots/tags.h"
#include "server/service/log/public_log.h"
#include "server/service/log/workers.h"
#include "server/service/once.h"
#include "server/store/ballots/ballot_store.h"

namespace stimme::service {

// A desk, as its certificate and the definition say. REQUIRES: role desk.
using Desk = election::Holder;

// The state of a pass as the fold has it.
wire::PassStateAnswer state_of_pass(const events::ElectionState& state, const events::PassNumber& t);

// Verifies the desk's own signature under what is to be the next entry of the log. Within an operation.
// Errors: signer-differs (forbidden: another's signature), those of verify_act_signature.
Status verify_own_signature(const PublicLog& log, const SignerId& caller, const events::Content& content,
                            const events::ActSignature& signature);

class PassService {
  public:
    PassService(PublicLog& log, BoothBook& book, TagMatches tags, Workers& workers)
        : log_(log), book_(book), tags_(std::move(tags)), workers_(workers) {}

    // Errors: pass-tag-wrong (forbidden).
    void state(const Desk& desk, const wire::PassProof& pass, Done<wire::PassStateAnswer> done);

    // The open submission of this pass ends as expired. Errors: pass-tag-wrong, no-open-submission, those of
    // ElectionState::check.
    void expire(const Desk& desk, const wire::ExpirationRequest& request, const Once& once,
                Done<wire::PassStateAnswer> done);

    // The open submission of this pass ends as a failed test, and the booth is closed. Errors: also
    // booth-unknown (not-found), those of verify_own_signature.
    void fail_challenge(const Desk& desk, const wire::ChallengeFailureRequest& request, const Once& once,
                        Done<wire::PassStateAnswer> done);

    // Errors: booth-unknown (not-found).
    void unlock(const Desk& desk, const wire::BoothUnlockRequest& request, const Once& once,
                Done<SignerId> done);

  private:
    Status check_tag(const Desk& desk, const wire::PassProof& pass) const;
    Status check_booth(const Desk& desk, const SignerId& booth) const;
    // Ends the open submission of t with the entry that `content` makes of it. Within an operation.
    using MakeContent = std::function<Result<events::Content>(const Hash& tracking_code)>;
    Result<wire::PassStateAnswer> end(store::Connection& connection, const wire::PassProof& pass,
                                      store::SubmissionStatus status, const MakeContent& content,
                                      std::vector<events::ActSignature> signatures);

    PublicLog& log_;
    BoothBook& book_;
    const TagMatches tags_;
    Workers& workers_;
};

}  // namespace stimme::service
