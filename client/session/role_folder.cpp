#include "client/session/role_folder.h"

#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include "core/base/file.h"

namespace stimme::session {
namespace {

namespace fs = std::filesystem;

std::string write_profile(const Profile& profile) {
    return json::canonical(json::Object{{"server", profile.server},
                                        {"election", profile.election.str()},
                                        {"id", profile.id.str()},
                                        {"role", election::to_string(profile.role)}});
}

Result<Profile> read_profile(std::string_view text) {
    STIMME_TRY(const json::Value value, json::parse(text));
    json::Problems problems;
    json::Fields in(value, problems);
    Profile profile{in.text("server"), in.name<ElectionKind>("election"), in.name<SignerKind>("id"),
                    static_cast<election::Role>(in.one_of("role", {"official", "desk", "booth", "trustee"}))};
    in.finish();
    STIMME_CHECK(problems.status("role-folder-invalid"));
    return profile;
}

Result<crypto::SigningKey> read_key(const fs::path& path) {
    STIMME_TRY(Bytes pem, read_file(path, std::size_t{1} << 16));
    auto key = crypto::SigningKey::from_pem(as_text(pem));
    crypto::wipe(pem);
    if (!key) return std::move(key).error().at(path.string());
    return key;
}

}  // namespace

Result<RoleFolder> RoleFolder::create(const fs::path& path, const Profile& profile) {
    STIMME_CHECK(create_file(path / "profile.json", as_bytes(write_profile(profile) + "\n")));
    return RoleFolder(path, profile);
}

Result<RoleFolder> RoleFolder::open(const fs::path& path) {
    if (path.empty())
        return invalid("role-folder-missing", "say who you are with --as DIR, or set STIMME_AS");
    auto text = read_file(path / "profile.json");
    if (!text)
        return invalid("role-folder-missing",
                       fmt::format("{} is no role folder: {}", path.string(), text.error().message));
    auto profile = read_profile(as_text(*text));
    if (!profile) return std::move(profile).error().at((path / "profile.json").string());
    return RoleFolder(path, *std::move(profile));
}

Result<crypto::SigningKey> RoleFolder::signing_key() const {
    return read_key(file("key.pem"));
}

Result<crypto::SigningKey> RoleFolder::encryption_key() const {
    return read_key(file("encryption.key"));
}

net::ClientConfig RoleFolder::client_config() const {
    net::ClientConfig config;
    config.server = profile_.server;
    config.ca = file("ca.pem");
    config.certificate = file("cert.pem");
    config.key = file("key.pem");
    // The server computes while the office waits: an import, all ciphertexts of the tally.
    if (profile_.role == election::Role::official) config.answer = std::chrono::minutes(10);
    return config;
}

Result<std::optional<election::ValidDefinition>> RoleFolder::pinned_definition() const {
    auto text = read_file(file("definition.json"));
    if (!text && text.error().code == "file-missing") return std::optional<election::ValidDefinition>();
    if (!text) return std::move(text).error();
    STIMME_TRY(auto definition, verified(election::ValidDefinition::parse_canonical(as_text(*text))));
    return std::optional(std::move(definition));
}

Result<election::ValidDefinition> RoleFolder::pin_definition(std::string_view canonical) const {
    STIMME_TRY(auto pinned, pinned_definition());
    if (pinned && pinned->canonical() == canonical) return *std::move(pinned);
    if (pinned)
        return corrupt("definition-differs",
                       fmt::format("the server's definition isn't the one kept in {}: never go on with it "
                                   "before you know why",
                                   file("definition.json").string()));
    STIMME_TRY(auto definition, verified(election::ValidDefinition::parse_canonical(canonical)));
    STIMME_CHECK(check_definition(definition));
    STIMME_CHECK(create_file(file("definition.json"), as_bytes(canonical)));
    return definition;
}

Status RoleFolder::check_definition(const election::ValidDefinition& definition) const {
    if (definition->id != profile_.election)
        return corrupt("definition-differs", fmt::format("the server's definition is that of {}, not of {}",
                                                         definition->id.str(), profile_.election.str()));
    const election::Holder* const holder = definition.holder(profile_.id);
    if (holder == nullptr)
        return forbidden("signer-unknown", fmt::format("the definition doesn't know {}", profile_.id.str()));
    if (holder->role != profile_.role)
        return forbidden("signer-role", fmt::format("in the definition {} has the role {}", profile_.id.str(),
                                                    election::to_string(holder->role)));
    return {};
}

Result<FolderLock> FolderLock::take(const fs::path& folder) {
    const fs::path path = folder / "lock";
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    FolderLock lock(descriptor);
    if (descriptor < 0 || ::flock(descriptor, LOCK_EX | LOCK_NB) != 0)
        return conflict(
            "role-folder-in-use",
            fmt::format("another program works with {}, or it can't be written", folder.string()));
    return lock;
}

FolderLock::~FolderLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace stimme::session
