// `stimme trustee`: a trustee makes the key together with the others, and opens the totals
// (docs/protocol.md, sections 3 and 8.2). Every step replays the ceremony, or verifies the record, on this
// machine first.
//
// Thread rule: one thread at a time.
#pragma once

#include <filesystem>

#include "client/cli/command.h"

namespace stimme::trustee {

struct TrusteeOptions {
    std::filesystem::path passphrase_file;
};

struct DecryptOptions {
    TrusteeOptions secret;
    bool compared = false;  // the fingerprints were compared; don't ask
};

// Each step may be repeated. Errors: role-wrong (forbidden), those of evidence::replay_ceremony and
// TrusteePolynomial; polynomial-missing (conflict: the commitments are there, their secret isn't).
Status trustee_commit(const TrusteeOptions& options, cli::Context& context);
Status trustee_share(const TrusteeOptions& options, cli::Context& context);
// Errors: also share-false (corrupt): a share that came doesn't fit; `complain` proves it.
Status trustee_confirm(const TrusteeOptions& options, cli::Context& context);
// Errors: also nothing-to-complain (conflict).
Status trustee_complain(const TrusteeOptions& options, cli::Context& context);
Status trustee_status(cli::Context& context);

// Shows the fingerprint of the closing, asks whether all trustees see the same one, then keeps it for ever
// and sends the shares. Errors: secret-missing (conflict), trustee-secret-differs, closing-not-compared
// (conflict: no yes; nothing was sent), closing-differs, those of check_closed_record.
Status trustee_decrypt(const DecryptOptions& options, cli::Context& context);

}  // namespace stimme::trustee
