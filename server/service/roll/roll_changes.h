// What changes on the roll after it was sealed: voids, corrections and the close of stations. Each member is
// one transaction or part of one; RollService says what they are for.
//
// Thread rule: belongs to the thread that has its connection; begin, finish and abandon within an operation
// of the Writer.
#pragma once

#include <string_view>
#include <vector>

#include "core/base/random.h"
#include "core/events/entry.h"
#include "server/service/roll/check_in.h"
#include "server/service/roll/journal.h"
#include "server/store/roll/roll_store.h"

namespace stimme::service {

class RollChanges {
  public:
    explicit RollChanges(store::Connection& connection) : rows_(connection) {}

    Status begin_void(const Desk& desk, const std::string& voter, const events::PassNumber& t);
    Status finish_void(const events::PassNumber& t);

    Result<Hash> leaf_to_strike(std::string_view number) const;
    Result<Hash> leaf_to_admit(std::string_view number, Random& random);
    Status begin_correction(const events::RollCorrected& correction);
    // Writes the numbers of those concerned into the journal.
    Status finish_correction(const events::RollCorrected& correction, Journal& journal);
    Status abandon_correction(const events::RollCorrected& correction);

    Result<std::vector<events::DeskCount>> desk_counts(const election::ValidDefinition& definition,
                                                       const StationId& station) const;
    // Writes count and root of the station's check-ins into the journal.
    Status begin_close(const election::ValidDefinition& definition, const events::StationClosed& closed,
                       Journal& journal);

  private:
    Status check_void(const Desk& desk, const std::string& voter) const;
    Status check_struck(const store::PersonRow& person) const;
    Status begin_struck(const Hash& leaf);
    Status begin_added(const Hash& leaf);
    // Numbers of the people with these leaves whose correction was begun; it then no longer is.
    Result<json::Array> take_begun(const std::vector<Hash>& leaves);
    Status check_no_voids(const StationId& station) const;
    Result<json::Object> closing_act(const StationId& station) const;

    store::RollRows rows_;
};

}  // namespace stimme::service
