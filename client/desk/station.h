// A desk at work: its session, its disk, and what of entry 0 it needs.
//
// Thread rule: one thread.
#pragma once

#include "client/cli/command.h"
#include "client/desk/desk.h"

namespace stimme::desk {

struct Station {
    session::FolderLock lock;
    session::Session session;
    DeskStore store;
    StationId id;

    // Errors: not-sealed.
    Result<PassKeys> pass_keys();
};

// Errors: role-wrong (forbidden: not the role folder of a desk), those of Session and DeskStore.
Result<Station> open_station(const cli::Context& context, const session::Session::Adjust& adjust = {});

// This station's part of the log, read as a whole and compared with the checkpoint.
// Errors: log-root (corrupt: the entries aren't those of the checkpoint), those of Session::watch.
Result<StationLog> read_station_log(Station& station, cli::Output& out);

// People whom the server's search finds by these words, or by the code of a voting notice. Errors: those of
// the server, answer-malformed.
Result<std::vector<wire::VoterView>> search_voters(session::Session& session, std::string_view query);

// The newest ballot-submitted with this pass, proven to be in the log. Errors: no-open-submission.
Result<events::BallotSubmitted> find_submission(Station& station, const events::PassNumber& t);

}  // namespace stimme::desk
