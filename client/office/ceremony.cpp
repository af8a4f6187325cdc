#include "client/office/ceremony.h"

#include "client/cli/exit_code.h"

namespace stimme::office {
namespace {

namespace cli = client::cli;

constexpr json::Limits answer_limits{std::size_t{8} << 20, 32};

Status apply(events::Ceremony& ceremony, const json::Value& value) {
    STIMME_TRY(const auto message, events::ceremony_message_from_json(value));
    return ceremony.apply(message);
}

}  // namespace

Result<events::Ceremony> replay_ceremony(cli::Session& session) {
    if (!session.definition()->trustees)
        return conflict("trustees-none", "this election is on paper only: it has no trustees");
    STIMME_TRY(const std::string text, session.get_text("ceremony"));
    STIMME_TRY(const json::Value answer, cli::verified(json::parse(text, answer_limits)));
    const json::Object* const object = answer.get<json::Object>();
    const json::Value* const found = object ? object->find("messages") : nullptr;
    const json::Array* const messages = found ? found->get<json::Array>() : nullptr;
    if (messages == nullptr) return corrupt("answer-malformed", "the server's answer holds no messages");
    events::Ceremony ceremony(session.definition());
    for (const json::Value& message : *messages) STIMME_CHECK(cli::verified(apply(ceremony, message)));
    return ceremony;
}

Status send_ceremony_message(cli::Session& session, const events::CeremonyMessage& message) {
    STIMME_CHECK(session.post_text("ceremony", events::encode(message), "application/json"));
    return {};
}

}  // namespace stimme::office
