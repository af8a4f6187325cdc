// The key ceremony as this program replayed it from the trustees' own messages. The server only carries them.
//
// Invariant: every message that this program saw or sent is kept in ceremony.json of the role folder, and
// must be there ever after. So a server can neither take back a round nor show another one; only a proven
// complaint begins a new one.
//
// Thread rule: one thread at a time.
#pragma once

#include "client/session/session.h"
#include "core/events/ceremony.h"

namespace stimme::evidence {

// Fetches all messages and checks every signature and proof. Errors: trustees-none (conflict: a paper-only
// election); as corrupt: answer-malformed, ceremony-changed (a message that was there has gone), those of
// ceremony_message_from_json and Ceremony::apply; ceremony-kept-invalid (the kept file).
Result<events::Ceremony> replay_ceremony(session::Session& session);

Status send_ceremony_message(session::Session& session, const events::CeremonyMessage& message);

// What this trustee, or anybody else, can do next, in plain words.
std::string next_step(const events::Ceremony& ceremony, const SignerId& self);

}  // namespace stimme::evidence
