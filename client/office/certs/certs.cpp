#include "client/office/certs/certs.h"

#include <map>

#include <fmt/format.h>

#include "client/office/certs/commands.h"
#include "client/office/certs/x509.h"
#include "client/session/role_folder.h"
#include "core/base/file.h"
#include "core/election/definition.h"
#include "core/net/client/url.h"

namespace stimme::office {
namespace {

namespace fs = std::filesystem;
using cli::Context;

const std::map<std::string, election::Role> role_names = {{"official", election::Role::official},
                                                          {"desk", election::Role::desk},
                                                          {"booth", election::Role::booth},
                                                          {"trustee", election::Role::trustee}};

Status write_text(const fs::path& path, std::string_view text) {
    return create_file(path, as_bytes(text));
}

// Fresh keys in a role folder: one, and for trustees a second. Gives the public keys.
struct NewKeys {
    crypto::SigningKey signing;
    std::optional<crypto::VerifyKey> encryption;
};
Result<NewKeys> make_keys(const fs::path& folder, election::Role role, Random& random) {
    NewKeys keys{crypto::SigningKey::random(random), std::nullopt};
    STIMME_CHECK(create_file(folder / "key.pem", keys.signing.to_pem().reveal(), FileMode::private_file));
    if (role != election::Role::trustee) return keys;
    const auto encryption = crypto::SigningKey::random(random);
    STIMME_CHECK(
        create_file(folder / "encryption.key", encryption.to_pem().reveal(), FileMode::private_file));
    keys.encryption = encryption.verify_key();
    return keys;
}

Status make_server_certificate(const Authority& authority, const fs::path& out,
                               const std::vector<std::string>& names, Context& context) {
    const auto key = crypto::SigningKey::random(context.random);
    const Wish wish{{names.front(), ""}, key.verify_key(), Use::server, names};
    STIMME_TRY(const std::string certificate, authority.issue(wish, context.random, context.clock.now()));
    STIMME_CHECK(create_file(out / "key.pem", key.to_pem().reveal(), FileMode::private_file));
    return write_text(out / "cert.pem", certificate);
}

// Walks a template and gives every signer a fresh key.
class Setup {
  public:
    Setup(const SetupOptions& options, Context& context, Authority authority)
        : options_(options), context_(context), authority_(std::move(authority)) {}

    Status run(const election::ValidDefinition& definition, json::Value& document) {
        election_ = definition->id;
        json::Object& root = *document.get<json::Object>();
        STIMME_CHECK(replace_in(root, "officials", election::Role::official, "officials"));
        STIMME_CHECK(replace_stations(root));
        STIMME_CHECK(replace_trustees(root));
        return replace_log_key(root);
    }
    std::size_t made() const { return made_; }

  private:
    Status replace_in(json::Object& parent, const std::string& key, election::Role role,
                      const std::string& folder) {
        const json::Value* const found = parent.find(key);
        if (found == nullptr) return {};
        json::Array holders = *found->get<json::Array>();
        for (json::Value& holder : holders) STIMME_CHECK(replace(*holder.get<json::Object>(), role, folder));
        parent.set(key, std::move(holders));
        return {};
    }

    Status replace_stations(json::Object& root) {
        const json::Value* const found = root.find("stations");
        if (found == nullptr) return {};
        json::Array stations = *found->get<json::Array>();
        for (json::Value& station : stations) {
            json::Object& object = *station.get<json::Object>();
            STIMME_CHECK(replace_in(object, "desks", election::Role::desk, "desks"));
            STIMME_CHECK(replace_in(object, "booths", election::Role::booth, "booths"));
        }
        root.set("stations", std::move(stations));
        return {};
    }

    Status replace_trustees(json::Object& root) {
        const json::Value* const found = root.find("trustees");
        if (found == nullptr) return {};
        json::Object trustees = *found->get<json::Object>();
        STIMME_CHECK(replace_in(trustees, "members", election::Role::trustee, "trustees"));
        root.set("trustees", std::move(trustees));
        return {};
    }

    Status replace_log_key(json::Object& root) {
        STIMME_TRY(const auto key, array_from_hex<32>(options_.log_key));
        json::Object log = *root.find("log")->get<json::Object>();
        log.set("key", to_hex(key));
        root.set("log", std::move(log));
        return {};
    }

    Status replace(json::Object& holder, election::Role role, const std::string& group) {
        const std::string& id = *holder.find("id")->get<std::string>();
        const session::Profile profile{options_.server, election_, SignerId(id), role};
        const fs::path folder = options_.out / group / id;
        STIMME_TRY(const NewKeys keys, make_keys(folder, role, context_.random));
        const crypto::VerifyKey& key = keys.signing.verify_key();
        STIMME_CHECK(session::RoleFolder::create(folder, profile));
        STIMME_CHECK(certify(folder, profile, key));
        holder.set(role == election::Role::trustee ? "signing_key" : "key", to_hex(key.sec1()));
        if (keys.encryption) holder.set("encryption_key", to_hex(keys.encryption->sec1()));
        ++made_;
        return {};
    }

    Status certify(const fs::path& folder, const session::Profile& profile, const crypto::VerifyKey& key) {
        const Wish wish{
            {profile.id.str(), std::string(election::to_string(profile.role))}, key, Use::client, {}};
        STIMME_TRY(const std::string certificate,
                   authority_.issue(wish, context_.random, context_.clock.now()));
        STIMME_CHECK(write_text(folder / "cert.pem", certificate));
        return write_text(folder / "ca.pem", authority_.certificate());
    }

    const SetupOptions& options_;
    Context& context_;
    Authority authority_;
    ElectionId election_;
    std::size_t made_ = 0;
};

Result<std::vector<std::string>> server_names(const SetupOptions& options) {
    STIMME_TRY(const net::ServerAddress address, net::parse_server_url(options.server));
    std::vector<std::string> names = {address.host};
    names.insert(names.end(), options.names.begin(), options.names.end());
    return names;
}

Result<std::string> canonical_definition(const json::Value& document) {
    STIMME_TRY(const auto definition, election::ValidDefinition::parse(json::canonical(document)));
    return definition.canonical();
}

// The given authority, or a new one together with the server's certificate.
Result<Authority> setup_authority(const SetupOptions& options, const election::Definition& definition,
                                  const std::vector<std::string>& names, Context& context) {
    if (!options.authority.empty()) return Authority::load(options.authority);
    Authority authority = Authority::create(definition.id.str(), context.random, context.clock.now());
    STIMME_CHECK(authority.store(options.out / "ca"));
    STIMME_CHECK(make_server_certificate(authority, options.out / "server", names, context));
    return authority;
}

}  // namespace

Status certs_setup(const SetupOptions& options, Context& context) {
    STIMME_TRY(const auto names, server_names(options));
    STIMME_TRY(const Bytes text, read_file(options.definition, std::size_t{1} << 20));
    STIMME_TRY(const auto definition, election::ValidDefinition::parse(as_text(text)));
    STIMME_TRY(json::Value document, json::parse(as_text(text)));
    STIMME_TRY(Authority authority, setup_authority(options, *definition, names, context));
    Setup setup(options, context, std::move(authority));
    STIMME_CHECK(setup.run(definition, document));
    STIMME_TRY(const std::string canonical, canonical_definition(document));
    STIMME_CHECK(write_text(options.out / "definition.json", canonical));
    context.out.line(fmt::format("{} role folders, an authority and a server certificate in {}", setup.made(),
                                 options.out.string()));
    context.out.line(
        fmt::format("The definition with their keys: {}", (options.out / "definition.json").string()));
    context.out.document(json::Object{{"definition", (options.out / "definition.json").string()},
                                      {"role_folders", std::uint64_t{setup.made()}}});
    return {};
}

Status certs_authority(const AuthorityOptions& options, Context& context) {
    const auto authority = Authority::create(options.name, context.random, context.clock.now());
    STIMME_CHECK(authority.store(options.out));
    context.out.line(
        fmt::format("{} is the authority's certificate, for everybody; ca.key beside it is its "
                    "key: keep it offline",
                    (options.out / "ca.pem").string()));
    context.out.document(json::Object{{"certificate", (options.out / "ca.pem").string()}});
    return {};
}

Status certs_request(const RequestOptions& options, Context& context) {
    if (!is_name(options.id))
        return invalid("name-invalid", "--id is your name in the definition: 1 to 32 of a-z, 0-9 and hyphen");
    const election::Role role = role_names.at(options.role);
    STIMME_TRY(const NewKeys keys, make_keys(options.out, role, context.random));
    const std::string request = write_request({options.id, options.role}, keys.signing);
    STIMME_CHECK(write_text(options.out / "request.pem", request));
    json::Object document{
        {keys.encryption ? "signing_key" : "key", to_hex(keys.signing.verify_key().sec1())}};
    if (keys.encryption) document.set("encryption_key", to_hex(keys.encryption->sec1()));
    context.out.line("For the definition:");
    for (const auto& [name, value] : document.members())
        context.out.line(fmt::format("  {:<14} {}", name, *value.get<std::string>()));
    context.out.line(fmt::format("For the authority: {}", (options.out / "request.pem").string()));
    context.out.document(std::move(document));
    return {};
}

Status certs_sign(const SignOptions& options, Context& context) {
    STIMME_TRY(const Authority authority, Authority::load(options.authority));
    STIMME_TRY(const Bytes pem, read_file(options.request, std::size_t{1} << 16));
    STIMME_TRY(const CertificateRequest request, read_request(as_text(pem)));
    if (!is_name(request.subject.common_name) || role_names.count(request.subject.unit) == 0)
        return invalid("request-invalid", "the request names no role and signer of an election");
    const Wish wish{request.subject, request.key, Use::client, {}};
    STIMME_TRY(const std::string certificate, authority.issue(wish, context.random, context.clock.now()));
    STIMME_CHECK(write_text(options.out, certificate));
    context.out.line(fmt::format("{}, {}, key {}", request.subject.unit, request.subject.common_name,
                                 to_hex(request.key.sec1())));
    context.out.line("Compare the key with the person before you hand the certificate over.");
    context.out.document(json::Object{{"id", request.subject.common_name},
                                      {"key", to_hex(request.key.sec1())},
                                      {"role", request.subject.unit}});
    return {};
}

Status certs_server(const ServerCertificateOptions& options, Context& context) {
    STIMME_TRY(const Authority authority, Authority::load(options.authority));
    return make_server_certificate(authority, options.out, options.names, context);
}

Status certs_accept(const AcceptOptions& options, Context& context) {
    STIMME_TRY(const auto address, net::parse_server_url(options.server));
    if (!is_name(options.election)) return invalid("name-invalid", "--election is the id of the definition");
    const fs::path& folder = context.role_folder;
    STIMME_TRY(const Bytes asked, read_file(folder / "request.pem", std::size_t{1} << 16));
    STIMME_TRY(const CertificateRequest request, read_request(as_text(asked)));
    const auto role = role_names.find(request.subject.unit);
    if (role == role_names.end() || !is_name(request.subject.common_name))
        return invalid("request-invalid", "request.pem names no role and signer of an election");
    STIMME_TRY(const Bytes certificate, read_file(options.certificate, std::size_t{1} << 16));
    STIMME_TRY(const Bytes authority, read_file(options.authority, std::size_t{1} << 16));
    STIMME_TRY(const auto certified, key_of_certificate(as_text(certificate)));
    if (!(certified == request.key))
        return invalid("certificate-invalid", "this certificate is for another key than this folder's");
    STIMME_CHECK(key_of_certificate(as_text(authority)));
    STIMME_CHECK(create_file(folder / "cert.pem", certificate));
    STIMME_CHECK(create_file(folder / "ca.pem", authority));
    STIMME_CHECK(session::RoleFolder::create(folder, {options.server, ElectionId(options.election),
                                                      SignerId(request.subject.common_name), role->second}));
    return {};
}

}  // namespace stimme::office
