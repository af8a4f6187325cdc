#include "client/office/acts/witness.h"

#include <fmt/format.h>

#include "client/office/acts/commands.h"
#include "client/session/log_watch.h"
#include "client/session/session.h"
#include "core/base/file.h"
#include "core/net/client/problem.h"

namespace stimme::office {
namespace {

namespace fs = std::filesystem;
using cli::Context;

struct WitnessFolder {
    std::string name;
    crypto::LogKey key;
};

Result<WitnessFolder> open_folder(const fs::path& folder) {
    STIMME_TRY(const Bytes name, read_file(folder / "name", 1024));
    STIMME_TRY(Bytes pem, read_file(folder / "witness.key", std::size_t{1} << 16));
    auto key = crypto::LogKey::from_pem(as_text(pem));
    crypto::wipe(pem);
    if (!key) return std::move(key).error().at((folder / "witness.key").string());
    return WitnessFolder{std::string(as_text(name)), *std::move(key)};
}

// "https://host:port/v1/elections/x" -> the server and the path below it.
struct Address {
    std::string server;
    std::string path;
};
Result<Address> split_address(const std::string& text) {
    constexpr std::string_view scheme = "https://";
    const std::size_t slash = text.find('/', std::min(text.size(), scheme.size()));
    if (!text.starts_with(scheme) || slash == std::string::npos)
        return invalid("url-invalid",
                       fmt::format("\"{}\": right is https://host:port/v1/elections/<id>", text));
    std::string path = text.substr(slash);
    while (path.ends_with('/')) path.pop_back();
    return Address{text.substr(0, slash), path};
}

log::FetchFile files_below(net::ApiClient& api, const std::string& path) {
    return [&api, path](const std::string& file) -> Result<Bytes> {
        net::HttpRequest request;
        request.path = path + "/record/" + file;
        STIMME_TRY(const auto response, net::successful(api.send(request)));
        return to_bytes(as_bytes(response.body));
    };
}

// The definition that this witness first saw; a different one is refused.
Result<election::ValidDefinition> pinned(const fs::path& folder, ByteView canonical) {
    STIMME_TRY(auto definition, verified(election::ValidDefinition::parse_canonical(as_text(canonical))));
    const auto kept = read_file(folder / "definition.json");
    if (!kept && kept.error().code != "file-missing") return kept.error();
    if (kept && as_text(*kept) != definition.canonical())
        return corrupt("definition-differs", "the server's definition isn't the one this witness knows");
    if (!kept) STIMME_CHECK(create_file(folder / "definition.json", canonical));
    return definition;
}

Status check_is_witness(const WitnessFolder& witness, const election::Definition& definition) {
    for (const auto& known : definition.witnesses) {
        if (known.name == witness.name && known.key == witness.key.verify_key()) return {};
    }
    return forbidden("witness-unknown", "the definition doesn't name this witness with this key");
}

// POST cosignatures.
json::Value to_json(const CosignUploadOptions& options) {
    return json::Object{{"size", options.size}, {"line", options.line}};
}

}  // namespace

Status witness_key(const WitnessKeyOptions& options, Context& context) {
    if (!log::is_key_name(options.name))
        return invalid("witness-name-invalid", "a witness's name has neither blanks nor plus signs");
    const auto key = crypto::LogKey::random(context.random);
    STIMME_CHECK(create_file(options.out / "witness.key", key.to_pem().reveal(), FileMode::private_file));
    STIMME_CHECK(create_file(options.out / "name", as_bytes(options.name)));
    context.out.line("For the definition:");
    context.out.line("  name  " + options.name);
    context.out.line("  key   " + to_hex(key.verify_key()));
    context.out.document(json::Object{{"name", options.name}, {"key", to_hex(key.verify_key())}});
    return {};
}

Result<Cosigned> cosign_newest(const fs::path& folder, const std::string& name, const crypto::LogKey& key,
                               const election::ValidDefinition& definition, const log::FetchFile& fetch,
                               TimePoint now) {
    session::LogWatch watch(fetch, definition, folder / "log-view.json");
    STIMME_TRY(const events::LogView view, watch.advance());
    if (view.size == 0) return conflict("log-empty", "the log has published nothing yet");
    const log::Checkpoint checkpoint{definition->log.origin, view.size, view.root};
    return Cosigned{view.size, log::cosign(checkpoint, name, key, now)};
}

Status witness_cosign(const WitnessCosignOptions& options, Context& context) {
    STIMME_TRY(const auto lock, session::FolderLock::take(options.folder));
    STIMME_TRY(const WitnessFolder witness, open_folder(options.folder));
    STIMME_TRY(const Address address, split_address(options.election));
    net::ClientConfig config;
    config.server = address.server;
    config.ca = options.authority;
    STIMME_TRY(auto api, net::ApiClient::open(std::move(config)));
    const log::FetchFile fetch = files_below(api, address.path);
    STIMME_TRY(const Bytes canonical, fetch("definition.json"));
    STIMME_TRY(const auto definition, pinned(options.folder, canonical));
    STIMME_CHECK(check_is_witness(witness, *definition));
    STIMME_TRY(const Cosigned cosigned, cosign_newest(options.folder, witness.name, witness.key, definition,
                                                      fetch, context.clock.now()));
    context.out.line(fmt::format("{} {}", cosigned.size, cosigned.line.substr(0, cosigned.line.size() - 1)));
    context.out.document(json::Object{{"size", cosigned.size}, {"line", cosigned.line}});
    return {};
}

Status upload_cosignature(const CosignUploadOptions& options, Context& context) {
    STIMME_TRY(auto session, session::Session::open(context));
    CosignUploadOptions line = options;
    if (!line.line.ends_with('\n')) line.line += '\n';
    STIMME_CHECK(session.post_text("cosignatures", json::canonical(to_json(line)), "application/json"));
    context.out.line(fmt::format("The checkpoint of size {} carries the cosignature now.", options.size));
    context.out.document(json::Object{{"size", options.size}});
    return {};
}

void add_witness(cli::Command& root) {
    auto& witness = root.subcommand("witness", "watch a log and cosign it");
    auto& key = witness.subcommand("key", "make a witness's key");
    auto& key_options = key.options<WitnessKeyOptions>();
    key.required("--out", key_options.out, "new folder of the witness");
    key.required("--name", key_options.name, "its name in the definition");
    key.runs([&key_options](Context& context) { return witness_key(key_options, context); });

    auto& cosign = witness.subcommand("cosign", "verify the newest checkpoint and sign it");
    auto& cosign_options = cosign.options<WitnessCosignOptions>();
    cosign.required("ELECTION", cosign_options.election, "https://host:port/v1/elections/<id>");
    cosign.required("--folder", cosign_options.folder, "folder of the witness");
    cosign.required("--ca", cosign_options.authority, "ca.pem of the server");
    cosign.footer("Prints SIZE and LINE for `stimme election cosign`.");
    cosign.runs([&cosign_options](Context& context) { return witness_cosign(cosign_options, context); });
}

}  // namespace stimme::office
