// Checking people in and giving them passes, so that neither a crash nor a lost answer makes a second pass
// for one voter or loses the first (docs/protocol.md, section 5).
//
// Invariant: a pass is printed before its request is settled. So a crash, or a printer that failed, makes the
// desk print a pass again, the very same, rather than never.
//
// Thread rule: one thread.
#pragma once

#include <functional>
#include <map>
#include <optional>

#include "client/desk/server.h"
#include "client/desk/store.h"
#include "client/session/repeat.h"

namespace stimme::desk {

// Public keys of entry 0 for this station.
using PassKeys = std::map<StyleId, election::PublicKey>;
PassKeys pass_keys_of(const events::ElectionSealed& sealed, const StationId& station);

// What became of one request.
struct CheckedIn {
    std::string voter;
    Result<pass::Pass> pass;  // or why there is none
};

class Desk {
  public:
    // Told of each outcome, in order; a pass is to be printed there and then. An error: it wasn't, and the
    // request stays pending.
    using Tell = std::function<Status(const CheckedIn&)>;

    Desk(DeskStore& store, Server& server, PassKeys keys, Random& random, session::Patience patience,
         Tell tell)
        : store_(store),
          server_(server),
          keys_(std::move(keys)),
          random_(random),
          patience_(std::move(patience)),
          tell_(std::move(tell)) {}

    // Checks these voters in, together on the disk and one after the other at the server. Refusals are told
    // like passes. Errors: no answer came (that voter stays pending, the later ones aren't asked), the
    // server's proof is wrong (evaluation-proof-wrong and what else PassRequest::finish says, as corrupt;
    // stays pending), those of telling and of the store.
    // `cards`: those of them who handed in their polling card.
    Status check_in(const std::vector<std::string>& voters, const std::set<std::string>& cards = {});
    // Repeats what wasn't answered before; what is refused then is over, and stands in refused(). Errors: no
    // answer came, or none that can be right, and it stays pending; as check_in.
    Status resume();
    struct Refusal {
        PendingAct::Kind kind;
        Error error;
    };
    const std::vector<Refusal>& refused() const { return refused_; }
    // Each of these: errors: the server's refusals; no answer came, or answer-contradicted (corrupt: one that
    // can't be right), and it stays pending; those of the store.
    Status give_back(std::string body);
    Status move(const wire::MoveRequest& request);
    Result<wire::PaperAnswer> mark_paper(const wire::PaperRequest& request);

  private:
    Result<pass::Pass> ask(const PendingCheckIn& pending);
    Status remember(PendingAct::Kind kind, std::string body);
    // Every pending check-in. `asked`: those that the server may know of.
    Status run(std::set<std::string>& asked);
    Status run(const PendingAct& act, bool resumed);
    Status run_void(const PendingAct& act, bool resumed);
    Status run_move(const PendingAct& act);
    Result<wire::PaperAnswer> run_paper(const PendingAct& act);

    DeskStore& store_;
    Server& server_;
    const PassKeys keys_;
    Random& random_;
    const session::Patience patience_;
    const Tell tell_;
    std::vector<Refusal> refused_;  // of resume()
};

}  // namespace stimme::desk
