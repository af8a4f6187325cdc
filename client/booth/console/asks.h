// What the full screen of a booth asks for, and what it gets: values that a worker carries out, so that the
// screen never waits (console.h).
//
// Thread rule: values.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "client/words/language.h"
#include "core/ballot/selections.h"
#include "core/pass/pass_text.h"

namespace stimme::booth::console {

// What stays the same for all voters.
struct BoothInfo {
    election::Titles titles;  // of the election
    std::string station;      // its name
    SignerId booth;
    std::string time_zone;
    std::map<StyleId, std::shared_ptr<const ballot::Layout>> ballots;
};

// Reach the server.
struct Connect {};
struct TakePass {
    pass::Pass pass;
};
// Encrypt, send, and print tracking code and log index; where the booth does so, a ballot for the urn.
struct Seal {
    ballot::ValidSelections selections;
};
// From here on it is either cast or tested.
struct Cast {};
// Also prints the opened ballot.
struct Test {};
// Once more: tracking code and log index, or the opened ballot. Of the ballot for the urn there is only one.
struct PrintAgain {};
struct PrintReceipt {};
// With the same pass, after a test.
struct VoteAgain {};
// The voter is gone: the visit is forgotten.
struct Forget {};
using Question =
    std::variant<Connect, TakePass, Seal, Cast, Test, PrintAgain, PrintReceipt, VoteAgain, Forget>;
// `language`: of what is printed beside the German.
struct Ask {
    Question question;
    words::Language language;
};

struct Connected {
    std::shared_ptr<const BoothInfo> booth;
};
struct PassTaken {
    StyleId style;
    unsigned tests = 0;  // made with this pass
};
// By which the voter finds their ballot in the log.
struct Code {
    std::string tracking_code;  // as people read it
    std::uint64_t index = 0;
};
// Sealed and in the log, not cast.
struct Submitted {
    Code code;
    std::optional<Error> unprinted;  // the slip
    bool with_ballot = false;        // there is one on paper for the urn, too
    std::optional<Error> ballot_unprinted{};
};
// The server has acknowledged it, provably.
struct Counted {
    Code code;
};
struct Opened {
    bool reproduced = true;  // the server got the very same ballot
    std::optional<Error> unprinted;
};
struct Printed {
    std::optional<Error> unprinted;
    std::optional<Error> ballot_unprinted{};
};
struct Forgotten {};
// It didn't happen. The visit is over, unless it was Connect.
struct Failed {
    Error error;
    bool perhaps_cast = false;  // the cast was sent, and there is no proof of what became of it
};
using Answer = std::variant<Connected, PassTaken, Submitted, Counted, Opened, Printed, Forgotten, Failed>;

// Who carries asks out, one after the other.
class Backend {
  public:
    virtual ~Backend() = default;
    virtual Answer answer(Ask ask) = 0;
};

}  // namespace stimme::booth::console
