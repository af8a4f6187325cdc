#include "client/booth/visit.h"

#include <cassert>

#include "core/log/receipt.h"

namespace stimme::booth {
namespace {

template <class Answered, class Answer>
Input input_of(Result<Answer> answer) {
    if (!answer) return Refused{std::move(answer).error()};
    return Answered{*std::move(answer)};
}

}  // namespace

Result<wire::BoothPassAnswer> SessionServer::pass(const wire::BoothPassRequest& request,
                                                  const std::string& key) {
    return session_.post<wire::BoothPassAnswer>("booth/passes", request, key);
}
Result<wire::SubmissionAnswer> SessionServer::submit(const wire::SubmissionRequest& request,
                                                     const std::string& key) {
    return session_.post<wire::SubmissionAnswer>("booth/submissions", request, key);
}
Result<wire::CastAnswer> SessionServer::cast(const wire::CastRequest& request, const std::string& key) {
    return session_.post<wire::CastAnswer>("booth/casts", request, key);
}
Result<wire::ChallengeAnswer> SessionServer::challenge(const wire::ChallengeRequest& request,
                                                       const std::string& key) {
    return session_.post<wire::ChallengeAnswer>("booth/challenges", request, key);
}

Status SessionServer::expect(std::uint64_t index, const events::Content& content) {
    return session_.expect(index, content);
}
Result<std::optional<std::uint64_t>> SessionServer::find(std::uint64_t from, const events::Content& content) {
    return session_.find(from, content);
}
Status SessionServer::meet(const std::string& receipt) {
    STIMME_TRY(const log::Receipt parsed, verified(log::parse_receipt(receipt)));
    return session_.meet(parsed.checkpoint);
}

Error explained(const Stopped& stopped) {
    Error error = stopped.error;
    error.message += stopped.perhaps_cast
                         ? "; the ballot was sent to be cast, but there is no proof that it counts: keep the "
                           "tracking code, and let the desk look at the pass"
                         : "; no ballot was cast";
    return error;
}

void Visit::enter(Input input) {
    Step step = next(polling_, random_, std::move(state_), std::move(input));
    assert(step.taken);
    state_ = std::move(step.state);
    if (watcher_) watcher_(state_);
}

Result<wire::SubmissionAnswer> Visit::submit(const Sealed& at, const std::string& key) {
    const wire::SubmissionRequest request{at.pass.t, at.pass.tag, at.style, at.ballot.body()};
    STIMME_TRY(const auto answer, answered([&] { return server_.submit(request, key); }));
    const events::BallotSubmitted entry{polling_.station, at.style, at.pass.t, at.ballot.tracking_code()};
    // Another tracking code is for the machine to refuse.
    if (answer.tracking_code == entry.tracking_code)
        STIMME_CHECK(answered([&] { return server_.expect(answer.index, entry); }));
    return answer;
}

Result<wire::CastAnswer> Visit::cast(const Casting& at, const std::string& key) {
    STIMME_TRY(auto answer, answered([&] { return server_.cast(at.request, key); }));
    STIMME_CHECK(check_receipt(polling_, at.request, answer));
    STIMME_CHECK(answered([&] { return server_.meet(answer.receipt); }));
    return answer;
}

Result<wire::ChallengeAnswer> Visit::test(const Testing& at, const std::string& key) {
    STIMME_TRY(const auto answer, answered([&] { return server_.challenge(at.request, key); }));
    const auto& [t, code, opening] = at.request;
    const events::Content entry =
        answer.reproduced ? events::Content(events::BallotChallenged{polling_.station, t, code, opening})
                          : events::Content(events::ChallengeFailed{polling_.station, t, code, opening});
    STIMME_CHECK(answered([&] { return server_.expect(answer.index, entry); }));
    return answer;
}

template <class Request>
Input Visit::refused(Error error, const Request& request, std::uint64_t submitted) {
    // Whoever contradicts itself is a case for the officials, not an answer.
    if (error.kind != ErrorKind::conflict) return Refused{std::move(error)};
    const events::BallotExpired entry{polling_.station, request.t, request.tracking_code};
    const auto place = answered([&] { return server_.find(submitted + 1, entry); });
    if (place && *place) return Expired{**place};
    return Refused{std::move(error)};
}

std::optional<Input> Visit::ask() {
    const std::string key = new_key();
    if (const auto* at = std::get_if<PassSent>(&state_))
        return input_of<BallotNamed>(answered([&] { return server_.pass({at->pass.t, at->pass.tag}, key); }));
    if (const auto* at = std::get_if<Sealed>(&state_)) return input_of<Submitted>(submit(*at, key));
    if (const auto* at = std::get_if<Casting>(&state_)) {
        auto answer = cast(*at, key);
        if (!answer) return refused(std::move(answer).error(), at->request, at->index);
        return CastAnswered{*std::move(answer)};
    }
    if (const auto* at = std::get_if<Testing>(&state_)) {
        auto answer = test(*at, key);
        if (!answer) return refused(std::move(answer).error(), at->request, at->index);
        return TestAnswered{*answer};
    }
    return std::nullopt;
}

const State& Visit::give(Input input) {
    enter(std::move(input));
    while (std::optional<Input> answer = ask()) enter(*std::move(answer));
    return state_;
}

}  // namespace stimme::booth
