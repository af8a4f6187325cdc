// Which polling station everyone on the roll belongs to: the office brings files (a list of people, a street
// directory, areas; core/roll/stations/assignment_file.h), each in place of the last one of its kind, or
// takes one away again; and statistics of the roll, which count by station among other things.
//
// Each such act decides everyone again in one transaction with its line in the journal: the station, and the
// ballot style and leaf that follow from it. Salts stay, so letters stay true but for the station that they
// name. An entry's version doesn't grow: it is there so that two officials don't undo each other's decisions
// about a person, and no decision is undone here.
//
// Phases, roles and the lock that keeps the roll still while it is sealed are the caller's matter
// (act_service.h).
//
// Thread rule: all members may be called from any thread; those that change something wait for the writer and
// must not be called on its thread.
#pragma once

#include <optional>
#include <string_view>

#include "core/roll/stations/station_check.h"
#include "core/roll/statistics/statistics.h"
#include "core/wire/roll_stations.h"
#include "server/service/roll/office_acts.h"
#include "server/service/roll/roll_search.h"

namespace stimme::service {

// What may be told of the roll's statistics outside of the office.
struct Publication {
    std::uint64_t threshold;  // figures below it are left out (core/roll/statistics/suppression.h)
    roll::Topic places;       // district or station: the other table isn't published
};

class RollStations {
  public:
    // All must outlive it.
    RollStations(const election::ValidDefinition& definition, Random& random, const Clock& clock,
                 store::Database& database, store::Writer& writer, RollSearch& search)
        : definition_(definition),
          random_(random),
          clock_(clock),
          database_(database),
          writer_(writer),
          search_(search) {}

    // A file of the office, CSV. Exactly what is there already changes nothing and isn't journaled. Errors:
    // roll-sealed (conflict), stations-none (conflict; the election has no stations), those of
    // roll::read_assignment.
    Result<wire::StationsAnswer> bring(ByteView csv, bool dry_run, const Actor& actor);
    // Errors: roll-sealed, stations-part-none (not found; there is no such part).
    Result<wire::StationsAnswer> take_away(const wire::StationsRemoval& request, const Actor& actor);

    Result<wire::StationsView> view() const;
    // Gaps, overlaps, and what fits nobody.
    Result<roll::StationReport> check() const;

    // Everyone in the newest register or entered by hand, and whoever else may vote.
    Result<roll::Statistics> statistics(const std::optional<Publication>& publication) const;

  private:
    struct Change;

    // Does it, or only tells what it would do. `prepare(StationRows)` makes the change from what is there
    // now.
    template <class Prepare>
    Result<wire::StationsAnswer> change(bool dry_run, const Actor& actor, Prepare prepare);
    Result<wire::StationsAnswer> apply(store::Connection& connection, const Change& change,
                                       const Actor& actor);
    // `keep`: writes what changes.
    Result<wire::StationsAnswer> decide_again(store::Connection& connection, const Change& change,
                                              bool keep) const;

    const election::ValidDefinition& definition_;
    Random& random_;
    const Clock& clock_;
    store::Database& database_;
    store::Writer& writer_;
    RollSearch& search_;
};

}  // namespace stimme::service
