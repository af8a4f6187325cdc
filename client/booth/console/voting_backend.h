// Carries out what the screen asks, at this booth: server and printer.
//
// What the server must answer is sent, and sent again, until it does: a ballot that may be in the log, or
// cast, is never left in doubt while this program lives. Only a pass is asked for once: nothing depends on
// it.
//
// Thread rule: belongs to one thread; give_up() may be called from any.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>

#include "client/booth/console/workplace.h"
#include "client/booth/opened_ballot.h"
#include "client/printer/printer.h"
#include "core/base/clock.h"
#include "core/base/random.h"

namespace stimme::booth::console {

class VotingBackend final : public Backend {
  public:
    using Open = std::function<Result<std::unique_ptr<Workplace>>()>;
    struct Parts {
        Open open;
        printer::Printer& printer;
        const Clock& clock;
        Random& random;
        bool practice = false;
    };
    // All parts outlive this.
    explicit VotingBackend(Parts parts) : parts_(std::move(parts)) {}

    Answer answer(Ask ask) override;
    // The program ends: what is being repeated isn't any more.
    void give_up();

  private:
    Answer of(Connect&& ask);
    Answer of(TakePass&& ask);
    Answer of(Seal&& ask);
    Answer of(Cast&& ask);
    Answer of(Test&& ask);
    Answer of(PrintAgain&& ask);
    Answer of(PrintReceipt&& ask);
    Answer of(VoteAgain&& ask);
    Answer of(Forget&& ask);

    Answer take(const pass::Pass& pass);
    // The visit is over: the machine has stopped. Forgets it.
    Failed stopped();
    bool given_up();
    void pause();
    std::optional<Error> print(const print::Document& document);
    print::BoothOnPaper on_paper() const;
    print::SealedSlip slip() const;
    // One for the urn beside each that is sealed, as the definition asks for it.
    bool prints_ballots() const;
    print::PaperBallot paper_ballot(const ballot::ValidSelections& selections) const;
    std::optional<Error> print_ballot();
    print::OpenedBallotSheet opened() const;

    const Parts parts_;
    words::Language language_ = words::Language::german();  // of the voter
    std::unique_ptr<Workplace> workplace_;
    std::unique_ptr<Visit> visit_;
    std::optional<pass::Pass> pass_;  // of the voter who is here
    // Until it is on paper, and no longer than the visit.
    std::optional<print::PaperBallot> unprinted_ballot_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool given_up_ = false;
};

}  // namespace stimme::booth::console
