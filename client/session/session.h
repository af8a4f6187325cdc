// A person or machine at work: a role folder, the server it talks to, the definition it stands on, and the
// log it watches. Every command of staff begins with Session::open.
//
// Nothing the server says is believed where it can be checked: the definition is pinned, the log is watched,
// h_E comes from entry 0 of the log (or from the ceremony, before there is one), and nothing is signed but on
// a checkpoint that this program verified (docs/protocol.md, sections 3 and 6.3).
//
// Thread rule: belongs to one thread.
#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "client/cli/command.h"
#include "client/session/log_watch.h"
#include "client/session/role_folder.h"
#include "core/events/act.h"
#include "core/events/election_keys.h"
#include "core/net/client/api_client.h"
#include "core/wire/wire.h"

namespace stimme::session {

// Entry 0 of the log with everything in it that has to do with the key, verified.
struct SealedElection {
    events::ElectionSealed content;
    events::ElectionKeys keys;
};

// For programs that repeat by themselves: each request is tried once and not for long, so that an answer that
// doesn't come is told soon.
void try_once(net::ClientConfig& config);

class Session {
  public:
    // Opens the role folder of the context, reaches the server and pins its definition. Errors: those of
    // RoleFolder and net::ApiClient, and of the server.
    // `adjust` may change how long and how often a request is tried before it counts as unanswered.
    using Adjust = std::function<void(net::ClientConfig&)>;
    static Result<Session> open(const cli::Context& context, const Adjust& adjust = {});

    const RoleFolder& folder() const { return folder_; }
    const Profile& profile() const { return folder_.profile(); }
    const election::ValidDefinition& definition() const { return definition_; }
    // This person's key.
    const crypto::SigningKey& key() const { return key_; }

    // "/v1/elections/<id>/" + `route`, e.g. route = "voters/100".
    std::string path(std::string_view route) const;

    // Messages of core/wire. Errors: those of net::ApiClient, the server's problems, those of wire::parse (as
    // corrupt). A write goes under a fresh idempotency key, unless the caller kept one from before a crash.
    template <class Answer>
    Result<Answer> get(std::string_view route) {
        STIMME_TRY(const std::string body, get_text(route));
        return parse_answer<Answer>(route, body);
    }
    template <class Answer, class Message>
    Result<Answer> post(std::string_view route, const Message& message, std::string key = {}) {
        STIMME_TRY(const std::string body,
                   post_text(route, wire::print(message), "application/json", std::move(key)));
        return parse_answer<Answer>(route, body);
    }
    // The same for bodies that are no such message.
    Result<std::string> get_text(std::string_view route);
    Result<std::string> post_text(std::string_view route, std::string body, const std::string& content_type,
                                  std::string key = {});
    // A file to a route that works on it for a long time, ten minutes at most.
    Result<std::string> post_large(std::string_view route, std::string body, const std::string& content_type);
    // 32 hex characters.
    std::string new_idempotency_key();
    // What an answer is called that can't be read: answer-malformed (corrupt), naming the route.
    static Error answer_malformed(std::string_view route, const Error& error);

    net::ApiClient& api() { return api_; }
    // Sent with every request from now on: what this machine knows of the server's roll.
    void tell_desk_counts(const std::array<std::uint64_t, 4>& counts);
    // Files of the public record of this election.
    log::FetchFile record_files();

    // The newest checkpoint, verified against everything seen before, and kept.
    Result<events::LogView> watch() { return watch_.advance(); }
    const LogWatch& log() const { return watch_; }
    // As LogWatch::expect, LogWatch::find and LogWatch::meet; the entry is one that nobody signs.
    Status expect(std::uint64_t index, const events::Content& content);
    Result<std::optional<std::uint64_t>> find(std::uint64_t from, const events::Content& content);
    Status meet(const std::string& checkpoint) { return watch_.meet(checkpoint); }

    // Entry 0, fetched and verified once, with the officials' signatures. Errors: not-sealed (conflict),
    // those of LogWatch, verify_sealed_keys and verify_signatures (as corrupt).
    Result<const SealedElection*> sealed();
    // h_E. Errors: as sealed().
    Result<Hash> election_hash();

    // Signs `content` on the newest checkpoint. Errors: those of watch() and election_hash().
    Result<events::ActSignature> sign(const events::Content& content);
    // The same under an h_E that the caller took from the ceremony, before there is an entry 0.
    Result<events::ActSignature> sign(const events::Content& content, const Hash& election);

  private:
    Session(RoleFolder folder, net::ApiClient api, election::ValidDefinition definition,
            crypto::SigningKey key, Random& random);
    Result<std::string> send(net::HttpRequest request);
    Result<std::string> post(std::string_view route, std::string body, const std::string& content_type,
                             std::string key, std::optional<std::chrono::milliseconds> answer);
    template <class Answer>
    static Result<Answer> parse_answer(std::string_view route, std::string_view body) {
        auto answer = wire::parse<Answer>(body, {std::size_t{8} << 20, 32});
        if (!answer) return answer_malformed(route, answer.error());
        return answer;
    }

    RoleFolder folder_;
    std::unique_ptr<net::ApiClient> owned_api_;
    net::ApiClient& api_;
    election::ValidDefinition definition_;
    crypto::SigningKey key_;
    Random& random_;
    LogWatch watch_;
    std::unique_ptr<SealedElection> sealed_;
    std::string desk_counts_;
};

}  // namespace stimme::session
