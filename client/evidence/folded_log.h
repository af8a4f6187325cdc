// The log as this program verified it: every entry fetched, the root recomputed and compared with the signed
// checkpoint, every signature and the order of events checked. Officials and trustees decide on this and on
// nothing that the server merely says.
//
// Thread rule: belongs to one thread.
#pragma once

#include <optional>
#include <vector>

#include "client/session/session.h"
#include "core/events/election_keys.h"
#include "core/events/state.h"
#include "core/log/merkle.h"

namespace stimme::evidence {

struct FoldedLog {
    explicit FoldedLog(const election::ValidDefinition& definition) : state(definition) {}

    events::ElectionState state;
    events::LogView view;                      // what it is the fold of
    std::optional<events::ElectionKeys> keys;  // from entry 0
};

// Errors: those of Session::watch; as corrupt: log-root-differs, those of events::decode, of
// verify_signatures and of ElectionState::apply, with the entry's place in front.
Result<FoldedLog> fold_log(session::Session& session, cli::Output& out);

// Folds entries that are at hand. REQUIRES: view is that of a verified checkpoint. Errors: as fold_log.
class LogFolder {
  public:
    LogFolder(const election::ValidDefinition& definition, const events::LogView& view);

    Status add(ByteView entry);
    // Errors: log-root-differs.
    Result<FoldedLog> finish() &&;

  private:
    Status check_signatures(const events::Entry& entry) const;
    Status add_checked(ByteView bytes);

    FoldedLog folded_;
    log::Tree tree_;
};

}  // namespace stimme::evidence
