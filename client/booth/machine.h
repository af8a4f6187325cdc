// The booth as a machine: what it holds at each moment of a voter's visit, and the one function that says
// what comes next (docs/protocol.md, sections 4 to 6). It reaches neither network nor screen.
//
// Invariants: only Choosing, Sealed and Deciding hold what a voter chose, sealed from Sealed on. A ballot
// leaves Deciding either for Casting or for Testing and never comes back: once cast is chosen nothing but the
// cast can be sent, once a test is chosen the cast secret is gone. Cast is reached only by a receipt that
// verifies.
//
// Thread rule: one thread.
#pragma once

#include <map>
#include <string>
#include <variant>

#include "core/ballot/encrypt.h"
#include "core/base/random.h"
#include "core/events/election_keys.h"
#include "core/pass/pass_text.h"
#include "core/wire/booth.h"

namespace stimme::booth {

// What stays the same for all voters of this booth.
struct Polling {
    election::ValidDefinition definition;
    Hash election;  // h_E
    StationId station;
    crypto::ElectionKey key;
    std::map<StyleId, ballot::Layout> layouts;
};

// Errors: paper-only (conflict).
Result<Polling> make_polling(const election::ValidDefinition& definition, const StationId& station,
                             const events::ElectionKeys& keys);

struct WaitingForPass {};
// The server is asked which ballot the pass is for.
struct PassSent {
    pass::Pass pass;
};
struct Choosing {
    pass::Pass pass;
    StyleId style;
    unsigned tests;                                     // made with this pass
    std::optional<ballot::ValidSelections> selections;  // what the voter reviews
};
// Sent, and sent again, until the server has it.
struct Sealed {
    pass::Pass pass;
    StyleId style;
    ballot::SealedBallot ballot;
};
// In the log; the tracking code is to be printed before anything is asked.
struct Deciding {
    pass::Pass pass;
    StyleId style;
    ballot::SealedBallot ballot;
    std::uint64_t index;
};
struct Casting {
    wire::CastRequest request;
    std::uint64_t index;  // of the submission
};
// The opened ballot, which everyone may read from now on.
struct Testing {
    StyleId style;
    wire::ChallengeRequest request;
    std::uint64_t index;  // of the submission
};
struct Cast {
    Hash tracking_code;
    std::uint64_t index;
    std::string receipt;  // verified
};
struct Tested {
    StyleId style;
    wire::ChallengeRequest opened;
    std::uint64_t index;
    bool reproduced;
};
// The visit ended otherwise.
struct Stopped {
    Error error;
    bool perhaps_cast;  // the cast was sent, and there is no proof of what became of it
};

using State = std::variant<WaitingForPass, PassSent, Choosing, Sealed, Deciding, Casting, Testing, Cast,
                           Tested, Stopped>;

struct PassEntered {
    pass::Pass pass;
};
struct BallotNamed {
    wire::BoothPassAnswer answer;
};
struct Chosen {
    ballot::ValidSelections selections;
};
struct Confirmed {};
struct Submitted {
    wire::SubmissionAnswer answer;
};
struct CastWanted {};
struct TestWanted {};
struct CastAnswered {
    wire::CastAnswer answer;
};
struct TestAnswered {
    wire::ChallengeAnswer answer;
};
// The server refuses what the booth just asked, or no answer comes any more.
struct Refused {
    Error error;
};
// The public log proves that the ballot was ended before: nothing can be done with it any more.
struct Expired {
    std::uint64_t index;  // of that entry
};
// The voter goes away.
struct Left {};

using Input = std::variant<PassEntered, BallotNamed, Chosen, Confirmed, Submitted, CastWanted, TestWanted,
                           CastAnswered, TestAnswered, Refused, Expired, Left>;

struct Step {
    State state;
    bool taken;  // false: this input can't come here, the state is as it was
};

// `random` gives the seed when a ballot is confirmed.
Step next(const Polling& polling, Random& random, State state, Input input);

// That the receipt proves offline that this very ballot is in the log as cast, with this pass and at the
// place that the server named. Errors, as corrupt: those of parse_receipt, verify_receipt, view_receipt and
// ReceiptView::names; receipt-other-pass, receipt-other-secret, receipt-other-place.
Status check_receipt(const Polling& polling, const wire::CastRequest& request,
                     const wire::CastAnswer& answer);

}  // namespace stimme::booth
