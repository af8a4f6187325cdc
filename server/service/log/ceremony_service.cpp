#include "server/service/log/ceremony_service.h"

#include <algorithm>

namespace stimme::service {

Result<events::Ceremony> CeremonyService::fold(const std::vector<std::string>& messages) const {
    if (!log_.definition()->trustees)
        return not_found("ceremony-none", "this election is on paper only: it has no trustees");
    events::Ceremony ceremony(log_.definition());
    std::size_t done = 0;
    {
        const std::lock_guard lock(mutex_);
        if (committed_) ceremony = *committed_;
        done = committed_messages_;
    }
    for (; done < messages.size(); ++done) {
        STIMME_TRY(const events::CeremonyMessage message, events::decode_ceremony_message(messages[done]));
        STIMME_CHECK(ceremony.apply(message));
    }
    return ceremony;
}

Result<events::Ceremony> CeremonyService::replay(store::Connection& connection) const {
    STIMME_TRY(const auto messages, store::BallotRows(connection).ceremony_messages());
    return fold(messages);
}

Result<events::Ceremony> CeremonyService::replay() const {
    return log_.database().read([&](store::Connection& connection) -> Result<events::Ceremony> {
        STIMME_TRY(const auto messages, store::BallotRows(connection).ceremony_messages());
        STIMME_TRY(events::Ceremony ceremony, fold(messages));
        const std::lock_guard lock(mutex_);
        if (messages.size() > committed_messages_) {
            committed_ = ceremony;
            committed_messages_ = messages.size();
        }
        return ceremony;
    });
}

Result<CeremonyView> CeremonyService::view() const {
    return log_.database().read([&](store::Connection& connection) -> Result<CeremonyView> {
        STIMME_TRY(const events::Ceremony ceremony, replay());
        STIMME_TRY(auto messages, store::BallotRows(connection).ceremony_messages());
        return CeremonyView{std::move(messages), ceremony.missing()};
    });
}

void CeremonyService::take(const SignerId& trustee, const events::CeremonyMessage& message, const Once& once,
                           Done<std::uint64_t> done) {
    log_.submit<std::uint64_t>(
        [=, this](store::Connection& connection) -> Result<std::uint64_t> {
            if (events::sender_of(message) != trustee)
                return forbidden("signer-differs", "a trustee sends their own messages only");
            store::BallotRows rows(connection);
            STIMME_CHECK(rows.note_once(once.key, once.digest, ""));
            const std::string text = events::encode(message);
            STIMME_TRY(const auto messages, rows.ceremony_messages());
            const auto found = std::find(messages.begin(), messages.end(), text);
            if (found != messages.end()) return static_cast<std::uint64_t>(messages.size());
            if (log_.state().phase() != election::Phase::draft)
                return conflict("ceremony-over", "the election is sealed");
            STIMME_TRY(events::Ceremony ceremony, replay(connection));
            STIMME_CHECK(ceremony.check(message));
            STIMME_CHECK(rows.add_ceremony_message(messages.size(), text));
            return static_cast<std::uint64_t>(messages.size()) + 1;
        },
        std::move(done));
}

}  // namespace stimme::service
