// The roll as the election office keeps it until it is sealed: registers imported and taken back, entries
// added and made invalid, conflicts resolved, applications, objections and appeals entered and decided,
// duplicates told apart. Each act is written into the journal in the transaction that does it. What happens
// on polling day is roll_service.h.
//
// Two officials who change the same entry at once don't undo each other: an act names the version of the
// entry that its official saw, and is refused when another came first.
//
// An act whose request comes again, because its answer was lost, is answered as before and not done twice.
//
// Phases, roles and the lock that keeps the roll still while it is sealed are the caller's matter
// (act_service.h).
//
// Thread rule: all members may be called from any thread; those that change something wait for the writer and
// must not be called on its thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/election/lifecycle.h"
#include "core/wire/roll.h"
#include "server/service/journal.h"
#include "server/service/journal_filter.h"
#include "server/service/once.h"
#include "server/service/roll_decision.h"
#include "server/service/roll_import.h"
#include "server/service/roll_search.h"
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

class RollOffice {
  public:
    // All must outlive it.
    RollOffice(const election::ValidDefinition& definition, Random& random, const Clock& clock,
               store::Database& database, store::Writer& writer)
        : definition_(definition),
          decision_(definition, random),
          clock_(clock),
          database_(database),
          writer_(writer),
          search_(database) {}

    // Imports. Errors: roll-sealed (conflict; the phase isn't draft), those of service::import_register.
    Result<wire::RollImportAnswer> import_register(ByteView csv, const ImportOptions& options,
                                                   const Actor& actor);
    wire::ImportProgressView progress() const { return {progress_.done, progress_.total, progress_.people}; }
    // The newest one. Errors: roll-sealed, import-none (conflict; there is none, or it was taken back),
    // import-newer (conflict; the newest is another one), import-in-use.
    Result<wire::ImportView> take_back(const wire::TakeBackRequest& request, const Actor& actor);
    Result<wire::ImportViews> imports() const;
    Result<wire::ChangeViews> changes(std::int64_t import, std::string_view after) const;

    // Entries. Errors: person-not-found.
    Result<wire::EntryView> entry(std::string_view number) const;
    // Adds somebody whom no register names. Errors: roll-sealed, person-invalid, person-there (conflict; the
    // number is taken), person-known (conflict; names those who probably are the same and weren't told to be
    // others).
    Result<wire::EntryView> add(const wire::AddRequest& request, const Actor& actor);
    // Errors: roll-sealed, person-not-found, person-changed (conflict), entry-invalid (conflict; it is
    // already).
    Result<wire::EntryView> make_invalid(std::string_view number, const wire::InvalidRequest& request,
                                         const Actor& actor);

    // Conflicts. Errors: roll-sealed, person-not-found, person-changed, conflict-none (conflict),
    // choice-wrong.
    Result<wire::EntryViews> conflicts() const;
    // 0 to seal.
    Result<std::size_t> count_conflicts() const;
    Result<wire::EntryView> resolve(std::string_view number, const wire::ResolutionRequest& request,
                                    const Actor& actor);

    // Matters; they are entered and decided after the roll is sealed, too, but then have no effect of
    // themselves. Errors: person-not-found, matter-wrong (what contradicts itself), matter-not-found,
    // matter-decided (conflict; says by whom), roll-sealed (an effect on a sealed roll: that is a correction
    // by two officials).
    Result<wire::MatterView> enter(const wire::MatterRequest& request, const Actor& actor);
    Result<wire::MatterView> decide(std::int64_t matter, const wire::MatterDecisionRequest& request,
                                    const Actor& actor);
    Result<wire::MatterViews> matters() const;

    // Pairs that probably are one person, but those that were told apart. Errors: person-not-found.
    Result<wire::DuplicateViews> duplicates() const;
    Result<wire::DistinctRequest> tell_apart(const wire::DistinctRequest& request, const Actor& actor);

    // Everyone, one RFC 8785 object a line, by number: for the office's own letters, lists and statistics.
    Result<std::string> entries() const;

    RollSearch& people() { return search_; }

    // Acts, one a line, exactly as they are chained.
    Result<std::string> journal(const JournalFilter& filter) const;

  private:
    // Runs `work(PeopleRows&, Journal&)` as one operation of the writer and keeps its answer; the same
    // request again gets that. Errors: idempotency-key-reused (conflict; the key came with another request).
    template <class T, class Work>
    Result<T> change(const Actor& actor, Work work);
    template <class Work>
    auto read(Work work) const;

    Result<store::EntryRow> unchanged(const store::PeopleRows& rows, std::string_view number,
                                      std::int64_t version) const;
    json::Object act(std::string_view type, const SignerId& official) const;
    Status apply_effect(store::PeopleRows& rows, const std::string& number, std::string_view effect) const;

    const election::ValidDefinition& definition_;
    RollDecision decision_;  // its assignment is the writer's thread's
    const Clock& clock_;
    store::Database& database_;
    store::Writer& writer_;
    ImportProgress progress_;
    RollSearch search_;
};

}  // namespace stimme::service
