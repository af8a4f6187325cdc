// A booth at work: its session with everything that it needs for all its voters.
//
// Thread rule: one thread.
#pragma once

#include "client/booth/machine.h"
#include "client/session/session.h"

namespace stimme::booth {

struct Station {
    session::FolderLock lock;
    session::Session session;
    Polling polling;
};

// Errors: role-wrong (forbidden: not the role folder of a booth), signer-unknown, those of Session and
// make_polling.
Result<Station> open_station(const cli::Context& context, const session::Session::Adjust& adjust = {});

}  // namespace stimme::booth
