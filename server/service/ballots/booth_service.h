// What booths ask: is this pass good, take this ballot, cast it, or test it (docs/protocol.md, sections 4 and
// 6). Ballots are checked on workers before they reach the log's writer. Nothing here knows a person.
//
// Every request may be repeated: the same one gets the same answer, also after the server was killed in
// between.
//
// Thread rule: all members may be called from any thread; `done` is called once, on another thread or this
// one.
#pragma once

#include "core/wire/booth.h"
#include "server/service/ballots/ballot_checks.h"
#include "server/service/ballots/booth_book.h"
#include "server/service/ballots/sealed_keys.h"
#include "server/service/ballots/tags.h"
#include "server/service/log/public_log.h"
#include "server/service/log/workers.h"
#include "server/service/once.h"
#include "server/store/ballots/ballot_store.h"

namespace stimme::service {

constexpr unsigned wrong_tags_lock = 10;

// A booth, as its certificate and the definition say. REQUIRES: role booth.
using Booth = election::Holder;

class BoothService {
  public:
    BoothService(PublicLog& log, SealedKeysCache& sealed, BoothBook& book, TagMatches tags, Workers& workers)
        : log_(log),
          sealed_(sealed),
          book_(book),
          tags_(std::move(tags)),
          workers_(workers),
          checks_(workers) {}

    // Errors, here and below: entry-out-of-phase, station-closed, booth-locked, booth-closed (conflict). Here
    // also pass-tag-wrong (forbidden; ten of them lock the booth), pass-cast, pass-voided, submission-open.
    void pass(const Booth& booth, const wire::BoothPassRequest& request, const Once&,
              Done<wire::BoothPassAnswer> done);

    // Errors: also those of pass(), style-unknown, style-differs (the pass is for another style), those of
    // ballot::check and of ElectionState::check.
    void submit(const Booth& booth, wire::SubmissionRequest request, const Once& once,
                Done<wire::SubmissionAnswer> done);

    // Errors: no-open-submission, cast-secret-wrong (forbidden), those of ElectionState::check.
    void cast(const Booth& booth, const wire::CastRequest& request, const Once& once,
              Done<wire::CastAnswer> done);

    // An opening that doesn't make this ballot is logged too; the booth is then closed.
    // Errors: no-open-submission, challenges-exhausted, those of ElectionState::check.
    void challenge(const Booth& booth, const wire::ChallengeRequest& request, const Once& once,
                   Done<wire::ChallengeAnswer> done);

  private:
    // Whether this booth may go on now, as far as can be seen here; the writer asks its own rows again.
    Status admit(const Booth& booth) const;
    static Status admit(const Booth& booth, const events::ElectionState& state,
                        const Result<store::BoothRow>& row);
    // Counts a wrong tag, then answers pass-tag-wrong.
    template <class T>
    void refuse_tag(const Booth& booth, const Done<T>& done);

    // Whether this very ballot waits for cast or test.
    bool waits(const events::PassNumber& t, const Hash& code) const;
    Result<wire::SubmissionAnswer> log_submission(store::Connection& connection, const Booth& booth,
                                                  const wire::SubmissionRequest& request, const Hash& code);
    // The entry that casts it, and whether it was in the log already.
    struct Cast {
        std::uint64_t index;
        bool repeated;
    };
    Result<Cast> log_cast(store::Connection& connection, const Booth& booth,
                          const wire::CastRequest& request);
    Result<std::string> receipt(const Cast& cast, const events::Entry& entry) const;
    Result<bool> reproduces(const Booth& booth, const wire::ChallengeRequest& request);
    Result<wire::ChallengeAnswer> log_challenge(store::Connection& connection, const Booth& booth,
                                                const wire::ChallengeRequest& request, bool reproduced);

    PublicLog& log_;
    SealedKeysCache& sealed_;
    BoothBook& book_;
    const TagMatches tags_;
    Workers& workers_;
    BallotChecks checks_;
};

}  // namespace stimme::service
