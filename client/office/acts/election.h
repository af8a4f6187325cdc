// `stimme election`: the life of an election, step by step, each with two officials.
//
// Thread rule: one thread at a time.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "client/cli/command.h"
#include "client/office/acts/act.h"

namespace stimme::office {

// Offline: every problem of a definition with its place and rule.
Status election_check(const std::filesystem::path& file, cli::Context& context);
// Gives the server the definition; from then on this role folder accepts no other.
Status election_create(const std::filesystem::path& file, cli::Context& context);

// Where the election is, from the verified log.
Status election_status(cli::Context& context);

// Acts that wait for signatures, in words.
Status election_pending(cli::Context& context);

struct ConfirmOptions {
    std::string type;          // empty: the only act that waits
    std::uint64_t number = 0;  // of `pending`; 0: not given
    bool yes = false;          // it was read already; don't ask
};
// Shows an act that another official proposed and, when this one has read it and says yes, signs the very
// same content. Errors: nothing-pending, confirm-ambiguous, not-confirmed (conflict).
Status election_confirm(const ConfirmOptions& options, cli::Context& context);

// Proposes what the server drafts: seal, close, tally, result.
Status propose_draft(election::EntryType type, cli::Context& context);
// Proposes what this official says.
Status propose(const events::Content& content, cli::Context& context);

struct ReplaceKeyOptions {
    std::string signer, key, reason;
};
// Errors: signer-unknown, hex-invalid, those of VerifyKey::from_sec1.
Status propose_key(const ReplaceKeyOptions& options, cli::Context& context);

}  // namespace stimme::office
