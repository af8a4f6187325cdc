#include "client/evidence/ceremony.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "core/base/file.h"

namespace stimme::evidence {
namespace {

using Messages = std::set<std::string>;  // canonical

constexpr json::Limits answer_limits{std::size_t{8} << 20, 32};
constexpr char kept_file[] = "ceremony.json";

Result<Messages> read_kept(const session::RoleFolder& folder) {
    const auto text = read_file(folder.file(kept_file), answer_limits.bytes);
    if (!text && text.error().code == "file-missing") return Messages();
    if (!text) return text.error();
    STIMME_TRY(const json::Value value, json::parse(as_text(*text), answer_limits));
    json::Problems problems;
    json::Fields in(value, problems);
    const auto kept = in.texts("messages", 0, answer_limits.bytes);
    in.finish();
    STIMME_CHECK(problems.status("ceremony-kept-invalid"));
    return Messages(kept.begin(), kept.end());
}

Status keep(const session::RoleFolder& folder, const Messages& messages) {
    json::Array list;
    for (const std::string& message : messages) list.emplace_back(message);
    return write_file(folder.file(kept_file),
                      as_bytes(json::canonical(json::Object{{"messages", std::move(list)}})),
                      FileMode::private_file);
}

Error gone(const std::string& message) {
    return corrupt(
        "ceremony-changed",
        "the server shows another key ceremony than before: a message that was there has gone. Don't go "
        "on with it; tell the others. The message: " +
            message);
}

// What was there before is there still; what is new is kept.
Status compare_with_kept(const session::RoleFolder& folder, const Messages& served) {
    STIMME_TRY(const Messages kept, read_kept(folder));
    for (const std::string& message : kept) {
        if (!served.contains(message)) return gone(message);
    }
    if (kept.size() == served.size()) return {};
    return keep(folder, served);
}

Result<json::Array> fetch_messages(session::Session& session) {
    STIMME_TRY(const std::string text, session.get_text("ceremony"));
    auto answer = json::parse(text, answer_limits);
    if (!answer) return session::Session::answer_malformed("ceremony", answer.error());
    json::Object* const object = answer->get<json::Object>();
    const json::Value* const found = object ? object->find("messages") : nullptr;
    const json::Array* const messages = found ? found->get<json::Array>() : nullptr;
    if (messages == nullptr)
        return session::Session::answer_malformed("ceremony",
                                                  invalid("messages-missing", "it holds no messages"));
    return *messages;
}

Status apply(events::Ceremony& ceremony, Messages& served, const json::Value& value) {
    STIMME_TRY(const auto message, events::ceremony_message_from_json(value));
    served.insert(events::encode(message));
    return ceremony.apply(message);
}

std::string names_of(const events::Ceremony& ceremony, std::string_view type,
                     const std::optional<SignerId>& to = {}) {
    std::string names;
    for (const auto& missing : ceremony.missing()) {
        const bool asked = missing.type == type && (!to || missing.to == to);
        if (asked && names.find(missing.from.str()) == std::string::npos)
            names += (names.empty() ? "" : ", ") + missing.from.str();
    }
    return names;
}

bool waits_for(const events::Ceremony& ceremony, std::string_view type, const SignerId& self) {
    const auto missing = ceremony.missing();
    return std::any_of(missing.begin(), missing.end(),
                       [&](const auto& each) { return each.type == type && each.from == self; });
}

}  // namespace

Result<events::Ceremony> replay_ceremony(session::Session& session) {
    if (!session.definition()->trustees)
        return conflict("trustees-none", "this election is on paper only: it has no trustees");
    STIMME_TRY(const json::Array messages, fetch_messages(session));
    events::Ceremony ceremony(session.definition());
    Messages served;
    for (const json::Value& message : messages) STIMME_CHECK(verified(apply(ceremony, served, message)));
    STIMME_CHECK(compare_with_kept(session.folder(), served));
    return ceremony;
}

Status send_ceremony_message(session::Session& session, const events::CeremonyMessage& message) {
    const std::string text = events::encode(message);
    STIMME_CHECK(session.post_text("ceremony", text, "application/json"));
    STIMME_TRY(Messages kept, read_kept(session.folder()));
    kept.insert(text);
    return keep(session.folder(), kept);
}

std::string next_step(const events::Ceremony& ceremony, const SignerId& self) {
    if (ceremony.complete())
        return "Next: the officials seal the election (stimme election seal). Keep this folder and your passphrase; "
               "after the polls you need both for: stimme trustee decrypt";
    if (waits_for(ceremony, "trustee-commitments", self)) return "Next: stimme trustee commit";
    if (!ceremony.keys())
        return fmt::format(
            "Next: wait until {} published their part (stimme trustee commit); then: stimme trustee "
            "share",
            names_of(ceremony, "trustee-commitments"));
    if (waits_for(ceremony, "trustee-share", self)) return "Next: stimme trustee share";
    const std::string silent = names_of(ceremony, "trustee-share", self);
    if (!silent.empty())
        return fmt::format(
            "Next: wait for the shares of {} (stimme trustee share); then: stimme trustee confirm", silent);
    if (waits_for(ceremony, "trustee-confirmation", self)) return "Next: stimme trustee confirm";
    const std::string sharing = names_of(ceremony, "trustee-share");
    if (!sharing.empty())
        return fmt::format(
            "Next: stimme trustee confirm, unless you did. {} still must run stimme trustee share", sharing);
    return fmt::format("Next: nothing for you. Still to confirm (stimme trustee confirm): {}",
                       names_of(ceremony, "trustee-confirmation"));
}

}  // namespace stimme::evidence
