// What the server would log now, for the acts whose content follows from what is there: officials and desks
// sign exactly this, and the server compares it again when the last signature comes (docs/protocol.md,
// section 6.2).
//
// Thread rule: prepare() may be called from any thread and takes as long as it takes; make() within an
// operation of the log, after prepare().
#pragma once

#include <filesystem>
#include <optional>

#include "server/service/ballots/closing.h"
#include "server/service/log/ceremony_service.h"
#include "server/service/log/public_log.h"
#include "server/service/roll/roll_service.h"

namespace stimme::service {

struct DraftRequest {
    election::EntryType type;
    std::optional<StationId> station;  // of station-closed
};

class Drafts {
  public:
    using MakePassKeys = std::function<Result<std::shared_ptr<const PassKeys>>()>;

    Drafts(PublicLog& log, RollService& roll, CeremonyService& ceremony, Closing& closing,
           MakePassKeys make_pass_keys)
        : log_(log),
          roll_(roll),
          ceremony_(ceremony),
          closing_(closing),
          make_pass_keys_(std::move(make_pass_keys)) {}

    // Whether the server makes the content of such entries.
    static bool drafts(election::EntryType type);

    // Errors: draft-unknown (not-found: no such draft), entry-out-of-phase, those of what it computes.
    Status prepare(const DraftRequest& request);

    // Errors (conflict), when sealing, each named in a line and the code that of the first:
    // ceremony-incomplete, roll-empty, roll-without-station, roll-conflicts. Others: station-unknown
    // (not-found), station-closed, station-open, those of make_tally and make_result, result-missing.
    Result<events::Content> make(store::Connection& connection, const DraftRequest& request);

  private:
    Result<events::Content> seal(store::Connection& connection);
    Result<events::Content> close_station(const std::optional<StationId>& station);
    Result<events::Content> close_polls();
    Result<events::Content> result();

    PublicLog& log_;
    RollService& roll_;
    CeremonyService& ceremony_;
    Closing& closing_;
    const MakePassKeys make_pass_keys_;
};

}  // namespace stimme::service
