// Entries of the roll that the election office adds, makes invalid and tells apart, and conflicts that it
// resolves (office_acts.h).
//
// Thread rule: that of office_acts.h.
#pragma once

#include <string>
#include <string_view>

#include "core/wire/roll.h"
#include "server/service/roll/office_acts.h"
#include "server/service/roll/roll_search.h"

namespace stimme::service {

class OfficeEntries {
  public:
    // Both must outlive it.
    OfficeEntries(OfficeActs& acts, RollSearch& search) : acts_(acts), search_(search) {}

    // Errors: person-not-found.
    Result<wire::EntryView> find(std::string_view number) const;
    // Everyone, one RFC 8785 object a line, by number: for the office's own letters, lists and statistics.
    Result<std::string> all() const;

    // Adds somebody whom no register names. Errors: roll-sealed, person-invalid, person-there (conflict; the
    // number is taken), person-known (conflict; names those who probably are the same and weren't told to be
    // others), person-not-found (one of these others).
    Result<wire::EntryView> add(const wire::AddRequest& request, const Actor& actor);
    // Errors: roll-sealed, person-not-found, person-changed (conflict), entry-invalid (conflict; it is
    // already).
    Result<wire::EntryView> make_invalid(std::string_view number, const wire::InvalidRequest& request,
                                         const Actor& actor);

    Result<wire::EntryViews> conflicts() const;
    // 0 to seal.
    Result<std::size_t> count_conflicts() const;
    // Errors: roll-sealed, person-not-found, person-changed, conflict-none (conflict), choice-wrong.
    Result<wire::EntryView> resolve(std::string_view number, const wire::ResolutionRequest& request,
                                    const Actor& actor);

    // Pairs that probably are one person, but those that were told apart.
    Result<wire::DuplicateViews> duplicates() const;
    // Errors: people-same (invalid), person-not-found.
    Result<wire::DistinctRequest> tell_apart(const wire::DistinctRequest& request, const Actor& actor);

  private:
    OfficeActs& acts_;
    RollSearch& search_;
};

}  // namespace stimme::service
