#include "client/booth/visit.h"

#include <cassert>

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

std::optional<Input> Visit::ask() {
    const std::string key = new_key();
    if (const auto* at = std::get_if<PassSent>(&state_))
        return input_of<BallotNamed>(cli::until_answered(patience_, [&] {
            return server_.pass({at->pass.t, at->pass.tag}, key);
        }));
    if (const auto* at = std::get_if<Sealed>(&state_)) {
        const wire::SubmissionRequest request{at->pass.t, at->pass.tag, at->style, at->ballot.body()};
        return input_of<Submitted>(
            cli::until_answered(patience_, [&] { return server_.submit(request, key); }));
    }
    if (const auto* at = std::get_if<Casting>(&state_))
        return input_of<CastAnswered>(
            cli::until_answered(patience_, [&] { return server_.cast(at->request, key); }));
    if (const auto* at = std::get_if<Testing>(&state_))
        return input_of<TestAnswered>(
            cli::until_answered(patience_, [&] { return server_.challenge(at->request, key); }));
    return std::nullopt;
}

const State& Visit::give(Input input) {
    enter(std::move(input));
    while (std::optional<Input> answer = ask()) enter(*std::move(answer));
    return state_;
}

}  // namespace stimme::booth
