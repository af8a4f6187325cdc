// A role folder: everything a person or machine of an election has, in one place, given with --as or
// STIMME_AS.
//
//     profile.json      server, election, name and role
//     ca.pem            the only authority whose server certificates are trusted
//     cert.pem key.pem  this person's certificate and key (0600)
//     definition.json   as first seen; from then on no other is accepted
//     log-view.json     the newest checkpoint of the log that this program verified
//
// Commands keep further files here under their own names.
//
// Thread rule: values; one program at a time writes into a folder (FolderLock).
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "core/crypto/signature.h"
#include "core/election/definition.h"
#include "core/net/client/api_client.h"

namespace stimme::session {

struct Profile {
    std::string server;  // URL of the staff port
    ElectionId election;
    SignerId id;
    election::Role role;
};

class RoleFolder {
  public:
    // Makes the folder where there is none and writes the profile; keys and certificates come beside it.
    // Errors: file-exists, file-unwritable.
    static Result<RoleFolder> create(const std::filesystem::path& path, const Profile& profile);
    // Errors: role-folder-missing (no path, or no profile in it), role-folder-invalid.
    static Result<RoleFolder> open(const std::filesystem::path& path);

    const Profile& profile() const { return profile_; }
    const std::filesystem::path& path() const { return path_; }
    std::filesystem::path file(const std::string& name) const { return path_ / name; }

    // Errors: file-missing, file-unreadable, key-invalid; of encryption_key also for all but trustees.
    Result<crypto::SigningKey> signing_key() const;
    Result<crypto::SigningKey> encryption_key() const;
    // How this person's program reaches the server.
    net::ClientConfig client_config() const;

    // The definition that this folder stands on; empty before the first one was pinned.
    Result<std::optional<election::ValidDefinition>> pinned_definition() const;
    // Keeps `canonical` as the definition of this folder, unless it has one already.
    // Errors: definition-differs (corrupt) when it has another; those of ValidDefinition::parse_canonical and
    // check_definition.
    Result<election::ValidDefinition> pin_definition(std::string_view canonical) const;
    // Whether it is a definition of this folder's election that gives this person this role. Errors:
    // definition-differs, signer-unknown, signer-role.
    Status check_definition(const election::ValidDefinition& definition) const;

  private:
    RoleFolder(std::filesystem::path path, Profile profile)
        : path_(std::move(path)), profile_(std::move(profile)) {}

    std::filesystem::path path_;
    Profile profile_;
};

// Holds a folder for one program as long as it lives. Two desks on one folder would lose each other's state.
class FolderLock {
  public:
    // Errors: role-folder-in-use.
    static Result<FolderLock> take(const std::filesystem::path& folder);
    ~FolderLock();
    FolderLock(FolderLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    FolderLock& operator=(FolderLock&&) = delete;

  private:
    explicit FolderLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

}  // namespace stimme::session
