// The key ceremony as this program replayed it from the trustees' own messages. The server only carries them.
//
// Thread rule: one thread at a time.
#pragma once

#include "client/cli/session.h"
#include "core/events/ceremony.h"

namespace stimme::office {

// Fetches all messages and checks every signature and proof. Errors: trustees-none (conflict: a paper-only
// election); those of decode_ceremony_message and Ceremony::apply, as corrupt.
Result<events::Ceremony> replay_ceremony(client::cli::Session& session);

Status send_ceremony_message(client::cli::Session& session, const events::CeremonyMessage& message);

}  // namespace stimme::office
