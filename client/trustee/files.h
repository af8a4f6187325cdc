// What a trustee keeps in their role folder, encrypted under their passphrase: first the polynomial of a
// ceremony round, then the share of the election's secret; and in the open the one closing of the log that
// this key ever made shares for.
//
// Invariant: a secret is on the disk before anything that depends on it is sent; the closing before any
// share is made.
//
// Thread rule: one thread at a time.
#pragma once

#include <filesystem>
#include <optional>

#include "client/cli/command.h"
#include "client/session/role_folder.h"
#include "core/events/act.h"
#include "core/events/trustee_secret.h"

namespace stimme::trustee {

class TrusteeFiles {
  public:
    // `passphrase_file` may be empty; the passphrase is asked for when it is first needed.
    TrusteeFiles(const session::RoleFolder& folder, std::filesystem::path passphrase_file, Random& random)
        : folder_(folder), passphrase_file_(std::move(passphrase_file)), random_(random) {}

    // Empty: none was kept. Errors: those of read_passphrase, open_with_passphrase and from_bytes.
    Result<std::optional<events::TrusteePolynomial>> polynomial();
    Status keep(const events::TrusteePolynomial& polynomial);
    Result<std::optional<events::TrusteeSecret>> secret();
    // The polynomial is then deleted.
    Status keep(const events::TrusteeSecret& secret);

    // Keeps `closing` for ever, or checks that it is the one that was kept.
    // Errors: closing-differs (corrupt), file-unwritable.
    Status pin_closing(const events::LogView& closing) const;

  private:
    Result<std::optional<crypto::SecretBuffer>> open(const std::string& name);
    Status seal(const std::string& name, const crypto::SecretBuffer& secret);
    Status need_passphrase(bool is_new);

    const session::RoleFolder& folder_;
    std::filesystem::path passphrase_file_;
    Random& random_;
    std::optional<crypto::SecretBuffer> passphrase_;
};

}  // namespace stimme::trustee
