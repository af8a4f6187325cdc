// May this desk check this voter in, and with what answer? One decision, asked twice: before the answer is
// computed, and again in the transaction that stores it.
//
// Thread rule: a CheckIn belongs to the thread that has its connection; store() within an operation of the
// Writer.
#pragma once

#include <optional>

#include "core/election/definition.h"
#include "core/pass/issue.h"
#include "core/wire/desk.h"
#include "server/service/once.h"
#include "server/store/roll/roll_store.h"

namespace stimme::service {

// REQUIRES: role desk.
using Desk = election::Holder;

struct CheckInCall {
    Desk desk;
    wire::CheckInRequest request;
    Once once;
};

class CheckIn {
  public:
    CheckIn(store::Connection& connection, const election::ValidDefinition& definition)
        : rows_(connection), definition_(definition) {}

    struct Decision {
        StyleId style;
        std::optional<pass::Answer> stored;  // this very request was answered before
    };
    // Errors: idempotency-key-reused (conflict; the key came with another request), voter-not-found,
    // voter-not-eligible (conflict, with the reasons), voter-other-station (forbidden; their own one must be
    // used), voter-being-struck (conflict), already-checked-in, already-on-paper (conflicts; name the
    // station), polling-card-issued (conflict; unless the card was handed in), station-closed (conflict).
    Result<Decision> decide(const CheckInCall& call) const;

    // Decides again, and stores check-in, answer and count unless an answer is stored already; that one then
    // holds. Errors: those of decide.
    Result<wire::CheckInAnswer> store(const CheckInCall& call, const pass::Answer& answer);

  private:
    Result<std::optional<Decision>> answered_key(const CheckInCall& call) const;
    Result<std::optional<Decision>> earlier(const CheckInCall& call, const store::PersonRow& voter) const;

    store::RollRows rows_;
    const election::ValidDefinition& definition_;
};

// What else asks the same: may this person vote here, and now?

// Errors: voter-other-station (forbidden; theirs must be used).
Status check_station(const election::ValidDefinition& definition, const Desk& desk,
                     const store::PersonRow& voter);
Error not_eligible(const store::PersonRow& person);
// Errors (conflicts, naming the station): already-checked-in, already-on-paper.
Status check_not_voted(const store::VoterRow& voter);
// polling-card-issued
Error card_issued();
// Errors: voter-being-struck (conflict).
Status check_not_being_struck(const store::RollRows& rows, const store::PersonRow& voter);

wire::CheckInAnswer to_wire(const StyleId& style, const pass::Answer& answer);

// The person of that number. Errors: voter-not-found.
Result<store::VoterRow> find_person(const store::RollRows& rows, std::string_view number);

}  // namespace stimme::service
