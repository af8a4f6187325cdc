// How the election office's acts on the roll are done: what each of them reads, decides by, changes and
// leaves in the journal. What they are: office_imports.h, office_entries.h, office_matters.h.
//
// Each act is written into the journal in the transaction that does it. An act whose request comes again,
// because its answer was lost, is answered as before and not done twice.
//
// Phases, roles and the lock that keeps the roll still while it is sealed are the caller's matter
// (act_service.h).
//
// Thread rule: all members may be called from any thread; change() waits for the writer and must not be
// called on its thread. What reads gives the errors of store::guarded(), what changes those of change(),
// besides its own.
#pragma once

#include <string>
#include <string_view>
#include <type_traits>

#include "core/base/clock.h"
#include "core/election/lifecycle.h"
#include "server/service/once.h"
#include "server/service/roll/answered_once.h"
#include "server/service/roll/journal.h"
#include "server/service/roll/roll_decision.h"
#include "server/store/roll/people_store.h"
#include "server/store/writer.h"

namespace stimme::service {

// Who acts, whether the roll may still be changed, and by what a repeated request is known.
struct Actor {
    SignerId official;
    election::Phase phase;
    Once once;
};

// Errors: roll-sealed (conflict; the phase isn't draft).
Status check_draft(const Actor& actor);

// The error of that code (not found).
Error person_not_found(std::string_view number);

// An entry as its official saw it: two who change the same one at once don't undo each other. Errors:
// person-not-found, person-changed (conflict; another change came first).
Result<store::EntryRow> unchanged(const store::PeopleRows& rows, std::string_view number,
                                  std::int64_t version);

// Decides the entry anew and keeps it as its next version. Errors: those of PeopleRows::update.
Status keep(store::PeopleRows& rows, const RollDecision& decision, store::EntryRow& entry);

// The start of an act for the journal.
json::Object act_of(std::string_view type, const Actor& actor);

class OfficeActs {
  public:
    // All must outlive it.
    OfficeActs(const election::ValidDefinition& definition, Random& random, const Clock& clock,
               store::Database& database, store::Writer& writer)
        : definition_(definition),
          decision_(definition, random),
          clock_(clock),
          database_(database),
          writer_(writer) {}

    const election::ValidDefinition& definition() const { return definition_; }
    // What decides about entries. Their station and style it only decides within change().
    const RollDecision& decision() const { return decision_; }
    std::string now() const { return format_utc(clock_.now()); }

    // Gives what `work(const PeopleRows&)` gives, a Result.
    template <class Work>
    auto read(Work work) const {
        return database_.read(
            [&](store::Connection& connection) { return work(store::PeopleRows(connection)); });
    }

    // For what only shows what an act would do: `work(PeopleRows&, const RollDecision&)`, on a connection
    // that can't write.
    template <class Work>
    auto rehearse(Work work) const {
        using Answer = std::invoke_result_t<Work, store::PeopleRows&, const RollDecision&>;
        return database_.read([&](store::Connection& connection) -> Answer {
            store::PeopleRows rows(connection);
            RollDecision decision = decision_.by_definition();
            STIMME_CHECK(decision.follow(connection));
            return work(rows, decision);
        });
    }

    // Runs `work(PeopleRows&, Journal&)` as one operation of the writer and keeps its answer; the same
    // request again gets that. Errors: idempotency-key-reused (conflict; the key came with another request),
    // those of `work`.
    template <class T, class Work>
    Result<T> change(const Actor& actor, Work work) {
        return writer_.call<T>([&](store::Connection& connection) -> Result<T> {
            store::PeopleRows rows(connection);
            return answered_once<T>(rows, actor.once, [&]() -> Result<T> {
                STIMME_CHECK(decision_.follow(connection));
                Journal journal(connection, definition_.hash(), clock_);
                return work(rows, journal);
            });
        });
    }

  private:
    const election::ValidDefinition& definition_;
    RollDecision decision_;  // its assignment is the writer's thread's
    const Clock& clock_;
    store::Database& database_;
    store::Writer& writer_;
};

}  // namespace stimme::service
