// What the full screen of a desk asks for, and what it gets: values that a worker carries out, so that the
// screen never waits (console.h).
//
// Thread rule: values.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "client/desk/figures.h"
#include "core/election/definition.h"
#include "core/pass/pass_text.h"
#include "core/wire/desk.h"

namespace stimme::desk::console {

constexpr std::size_t most_present = 9;  // of the board

// What stays the same all day.
struct StationInfo {
    election::Titles titles;  // of the election
    std::string name;
    StationId id;
    SignerId desk;
    std::string time_zone;
    std::vector<SignerId> booths;
    std::map<StationId, std::string> stations;  // names of all
    std::vector<std::string> present = {};      // of the board, when the station was opened
};

// Reach the server, read what is kept on the disk.
struct Connect {};
// What was counted here before anybody came.
struct CountZero {};
struct ZeroCounted {
    Counts own;
    std::uint64_t passes_used;  // ballots of this station in the log
    bool zero() const { return own == Counts{} && passes_used == 0; }
};
struct OpenStation {
    std::vector<std::string> present;
    ZeroCounted counts;  // that were confirmed
};
// Requests that weren't answered before, and passes that weren't printed.
struct Repeat {};
struct FindVoters {
    std::string query;
};
// Check in and print the pass.
struct CheckIn {
    std::string voter;
    bool card_taken = false;  // their polling card
};
// The pass of the voter just checked in, marked as a duplicate.
struct PrintAgain {
    std::string voter;
    pass::Pass pass;
};
struct TakeBack {
    std::string voter;
    pass::Pass pass;
};
// Another person was checked in than the one who came, and the pass is used.
struct MoveCheckIn {
    wire::MoveRequest what;
};
// This voter votes on paper, or was entered so by mistake.
struct MarkPaper {
    std::string voter;
    bool withdrawn = false;
};
struct ReadPass {
    pass::Pass pass;
};
struct EndBallot {
    pass::Pass pass;
};
struct UnlockBooth {
    SignerId booth;
};
// A voter takes a person of trust along into the booth: the fact, and nobody's name.
struct NoteHelp {};
struct ReadClosing {};
// What is shown before the close.
struct ClosingFigures {
    ClosingView view;
    std::uint64_t helped = 0;  // at this desk
};
struct SignClosing {
    ClosingFigures seen;  // signed is what was seen
    std::string explanation;
};
// A class for the reason that events::Content is one.
class Ask : public std::variant<Connect, CountZero, OpenStation, Repeat, FindVoters, CheckIn, PrintAgain,
                                TakeBack, MoveCheckIn, MarkPaper, ReadPass, EndBallot, UnlockBooth, NoteHelp,
                                ReadClosing, SignClosing> {
  public:
    using variant::variant;
    Ask(const Ask&);
    Ask(Ask&&) noexcept;
    Ask& operator=(const Ask&);
    Ask& operator=(Ask&&) noexcept;
    ~Ask();
};

struct Connected {
    StationInfo station;
    bool opened;   // somebody has confirmed the zero count before
    bool waiting;  // there is something to repeat
};
struct StationOpened {
    std::optional<Error> unprinted;
};
struct VotersFound {
    std::vector<wire::VoterView> voters;
};
// The voter is checked in.
struct PassMade {
    std::string voter;
    pass::Pass pass;
    std::optional<Error> unprinted;
    bool duplicate = false;  // the slip says so, because another one may be there
};
// What became of everything that waited. Its order isn't that of the voters.
struct Repeated {
    std::vector<PassMade> passes;
    std::vector<Error> refusals;
};
struct PrintedAgain {
    std::optional<Error> unprinted;
};
struct TakenBack {};
struct Moved {};
struct PaperMarked {
    wire::PaperAnswer what;
};
struct PassRead {
    wire::PassStateAnswer state;
};
struct BallotEnded {};
struct BoothUnlocked {};
struct HelpNoted {};
struct ClosingRead {
    ClosingFigures figures;
};
struct ClosingSigned {
    unsigned missing;  // desks of this station that must sign, too
    std::optional<Error> unprinted;
};
// It didn't happen.
struct Failed {
    Error error;
    // It may have happened: the request lies on the disk and is to be repeated.
    bool stored = false;
    // The station that the server speaks of: name and address.
    std::optional<std::string> station = std::nullopt;
};
// A class for the reason that events::Content is one.
class Answer : public std::variant<Connected, ZeroCounted, StationOpened, VotersFound, PassMade, Repeated,
                                   PrintedAgain, TakenBack, Moved, PaperMarked, PassRead, BallotEnded,
                                   BoothUnlocked, HelpNoted, ClosingRead, ClosingSigned, Failed> {
  public:
    using variant::variant;
    Answer(const Answer&);
    Answer(Answer&&) noexcept;
    Answer& operator=(const Answer&);
    Answer& operator=(Answer&&) noexcept;
    ~Answer();
};

// Who carries asks out, one after the other.
class Backend {
  public:
    virtual ~Backend() = default;
    virtual Answer answer(const Ask& ask) = 0;
    // What this desk has counted so far.
    virtual Counts counts() const = 0;
};

}  // namespace stimme::desk::console
