#include "client/session/session.h"

#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/base/file.h"
#include "core/net/client/problem.h"

namespace stimme::session {
namespace {

std::string election_path(const ElectionId& election, std::string_view route) {
    return fmt::format("/v1/elections/{}/{}", election.str(), route);
}

Result<std::string> get_path(net::ApiClient& api, std::string path) {
    net::HttpRequest request;
    request.path = std::move(path);
    STIMME_TRY(net::HttpResponse response, net::successful(api.send(request)));
    return std::move(response.body);
}

log::FetchFile files_of(net::ApiClient& api, const ElectionId& election) {
    return [&api, election](const std::string& path) -> Result<Bytes> {
        STIMME_TRY(const std::string body, get_path(api, election_path(election, "record/" + path)));
        return to_bytes(as_bytes(body));
    };
}

// The pass keys and the roll stand on the word of two officials, not on the server's.
Status check_seal(const election::ValidDefinition& definition, const events::Entry& entry,
                  const Hash& election) {
    const events::ElectionState draft(definition);
    STIMME_CHECK(draft.check(entry));
    return events::verify_signatures(draft, election, entry, 0,
                                     [](std::uint64_t) { return log::empty_root(); });
}

}  // namespace

void try_once(net::ClientConfig& config) {
    using namespace std::chrono_literals;
    config.attempts = 1;
    config.connect = 2s;
    config.answer = 6s;
    config.piece = 6s;
    config.whole = 20s;
}

Session::Session(RoleFolder folder, net::ApiClient api, election::ValidDefinition definition,
                 crypto::SigningKey key, Random& random)
    : folder_(std::move(folder)),
      owned_api_(std::make_unique<net::ApiClient>(std::move(api))),
      api_(*owned_api_),
      definition_(std::move(definition)),
      key_(std::move(key)),
      random_(random),
      watch_(files_of(api_, definition_->id), definition_, folder_.file("log-view.json")) {}

Result<Session> Session::open(const cli::Context& context, const Adjust& adjust) {
    STIMME_TRY(RoleFolder folder, RoleFolder::open(context.role_folder));
    STIMME_TRY(crypto::SigningKey key, folder.signing_key());
    net::ClientConfig config = folder.client_config();
    if (adjust) adjust(config);
    STIMME_TRY(net::ApiClient api, net::ApiClient::open(std::move(config)));
    STIMME_TRY(const std::string text,
               get_path(api, election_path(folder.profile().election, "record/definition.json")));
    STIMME_TRY(auto definition, folder.pin_definition(text));
    return Session(std::move(folder), std::move(api), std::move(definition), std::move(key), context.random);
}

std::string Session::path(std::string_view route) const {
    return election_path(definition_->id, route);
}

Result<std::string> Session::get_text(std::string_view route) {
    net::HttpRequest request;
    request.path = path(route);
    return send(std::move(request));
}

// What this program knows goes with every request (docs/protocol.md, section 6.7).
Result<std::string> Session::send(net::HttpRequest request) {
    const std::string known = watch_.newest_known();
    if (!known.empty()) request.headers.emplace_back("Stimme-Checkpoint", to_base64(as_bytes(known)));
    if (!desk_counts_.empty()) request.headers.emplace_back("Stimme-Desk-Counts", desk_counts_);
    STIMME_TRY(net::HttpResponse response, net::successful(api_.send(request)));
    return std::move(response.body);
}

void Session::tell_desk_counts(const std::array<std::uint64_t, 4>& counts) {
    desk_counts_ = fmt::format("{}", fmt::join(counts, " "));
}

Result<std::string> Session::post_text(std::string_view route, std::string body,
                                       const std::string& content_type, std::string key) {
    return post(route, std::move(body), content_type, std::move(key), {});
}

Result<std::string> Session::post_large(std::string_view route, std::string body,
                                        const std::string& content_type) {
    return post(route, std::move(body), content_type, {}, std::chrono::minutes(10));
}

Result<std::string> Session::post(std::string_view route, std::string body, const std::string& content_type,
                                  std::string key, std::optional<std::chrono::milliseconds> answer) {
    net::HttpRequest request;
    request.method = "POST";
    request.path = path(route);
    request.content_type = content_type;
    request.body = std::move(body);
    request.idempotency_key = key.empty() ? new_idempotency_key() : std::move(key);
    request.answer = answer;
    return send(std::move(request));
}

std::string Session::new_idempotency_key() {
    return to_hex(random_.bytes<16>());
}

log::FetchFile Session::record_files() {
    return files_of(api_, definition_->id);
}

Error Session::answer_malformed(std::string_view route, const Error& error) {
    return corrupt("answer-malformed", fmt::format("the server's answer to {} can't be read: {}",
                                                   route.substr(0, route.find('?')), error.message));
}

Status Session::expect(std::uint64_t index, const events::Content& content) {
    return watch_.expect(index, as_bytes(events::encode({content, {}})));
}

Result<std::optional<std::uint64_t>> Session::find(std::uint64_t from, const events::Content& content) {
    return watch_.find(from, as_bytes(events::encode({content, {}})));
}

Result<const SealedElection*> Session::sealed() {
    if (sealed_) return static_cast<const SealedElection*>(sealed_.get());
    STIMME_TRY(const events::LogView view, watch());
    if (view.size == 0) return conflict("not-sealed", "the election isn't sealed yet");
    STIMME_TRY(const Bytes bytes, watch_.entry(0));
    STIMME_TRY(const events::Entry entry, verified(events::decode(as_text(bytes))));
    const auto* const content = std::get_if<events::ElectionSealed>(&entry.content);
    if (content == nullptr) return corrupt("log-damaged", "entry 0 of the log isn't election-sealed");
    STIMME_TRY(auto keys, verified(events::verify_sealed_keys(definition_, *content)));
    STIMME_CHECK(verified(check_seal(definition_, entry, keys.election)));
    sealed_ = std::make_unique<SealedElection>(SealedElection{*content, std::move(keys)});
    return static_cast<const SealedElection*>(sealed_.get());
}

Result<Hash> Session::election_hash() {
    STIMME_TRY(const SealedElection* const election, sealed());
    return election->keys.election;
}

Result<events::ActSignature> Session::sign(const events::Content& content) {
    STIMME_TRY(const Hash election, election_hash());
    return sign(content, election);
}

Result<events::ActSignature> Session::sign(const events::Content& content, const Hash& election) {
    STIMME_TRY(const events::LogView view, watch());
    return events::sign_act(key_, profile().id, election, content, view);
}

}  // namespace stimme::session
