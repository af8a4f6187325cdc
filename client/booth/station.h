// A booth at work: its session with everything that it needs for all its voters.
//
// Thread rule: one thread.
#pragma once

#include "client/booth/machine.h"
#include "client/cli/session.h"

namespace stimme::booth {

struct Station {
    client::cli::FolderLock lock;
    client::cli::Session session;
    Polling polling;
};

// Errors: role-wrong (forbidden: not the role folder of a booth), signer-unknown, those of Session and
// make_polling.
Result<Station> open_station(const client::cli::Context& context,
                             const client::cli::Session::Adjust& adjust = {});

}  // namespace stimme::booth
