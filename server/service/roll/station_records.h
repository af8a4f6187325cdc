// What a station does beside its check-ins (docs/protocol.md, section 5): a check-in that is moved to the
// right entry, voters on paper, and what the board's written record tells of them; and polling cards, which
// the office issues.
//
// Thread rule: belongs to the thread that has its connection; what changes something within an operation of
// the Writer.
#pragma once

#include "core/election/definition.h"
#include "core/wire/desk.h"
#include "server/service/roll/check_in.h"
#include "server/service/roll/journal.h"
#include "server/store/roll/paper_store.h"

namespace stimme::service {

class StationRecords {
  public:
    StationRecords(store::Connection& connection, const election::ValidDefinition& definition)
        : rows_(connection), paper_(connection), definition_(definition) {}

    // The other entry then has the check-in, at the same station and with the same answer. Errors:
    // members-missing (invalid: two different names are needed), voter-not-found, voter-not-checked-in
    // (conflict), voter-other-station (conflict; checked in elsewhere), void-pending (conflict),
    // style-differs (conflict), station-closed, and those of check_may_vote.
    Result<wire::MoveAnswer> move(const Desk& desk, const wire::MoveRequest& request);

    // All of them or, where an error is told, none. Who voted otherwise, too, or shouldn't have becomes a
    // conflict. Errors: voter-not-found (names the number), station-closed, paper-vote-unknown (not-found;
    // what is withdrawn was not entered by this desk).
    Result<wire::PaperAnswer> mark_paper(const Desk& desk, const wire::PaperRequest& request);

    // Errors: station-unknown (not-found).
    Result<wire::StationRecord> record(const StationId& station) const;

    // Issues a card, or takes it back; nothing when it is so already. Errors: voter-not-found,
    // voter-not-eligible, already-checked-in, already-on-paper (conflicts).
    Status set_card(const SignerId& official, const wire::CardRequest& request, Journal& journal);

  private:
    // That this person may vote here and hasn't. Errors: voter-other-station (forbidden), voter-not-eligible,
    // already-checked-in, already-on-paper, polling-card-issued, voter-being-struck (conflicts).
    Status check_may_vote(const Desk& desk, const store::VoterRow& voter) const;
    Status enter(const Desk& desk, const std::string& number, wire::PaperAnswer& answer);
    Status withdraw(const Desk& desk, const std::string& number, wire::PaperAnswer& answer);
    wire::PaperConflict conflict_of(const store::PaperRow& row, const store::VoterRow& voter) const;

    store::RollRows rows_;
    store::PaperRows paper_;
    const election::ValidDefinition& definition_;
};

}  // namespace stimme::service
