#include "server/service/ballots/pass_service.h"

#include <algorithm>

#include <fmt/format.h>

namespace stimme::service {

using events::PassState;
using Answer = wire::PassStateAnswer;

Answer state_of_pass(const events::ElectionState& state, const events::PassNumber& t) {
    const PassState* pass = state.pass(t);
    if (pass == nullptr) return {Answer::Status::unused, 0};
    switch (pass->status) {
        case PassState::Status::free:
            return {Answer::Status::unused, pass->challenges};
        case PassState::Status::submitted:
            return {Answer::Status::submitted, pass->challenges};
        case PassState::Status::cast:
            return {Answer::Status::cast, pass->challenges};
        case PassState::Status::voided:
            return {Answer::Status::voided, pass->challenges};
    }
    return {};
}

Status verify_own_signature(const PublicLog& log, const SignerId& caller, const events::Content& content,
                            const events::ActSignature& signature) {
    if (signature.signer != caller)
        return forbidden("signer-differs", "the signature must be that of the certificate's owner");
    STIMME_CHECK(election::next_phase(log.state().phase(), events::type_of(content)));
    return events::verify_act_signature(log.state(), log.state().sealed().election, content, signature,
                                        log.state().size(),
                                        [&](std::uint64_t size) { return log.root_at(size); });
}

Status PassService::check_tag(const Desk& desk, const wire::PassProof& pass) const {
    if (style_of_pass(log_.definition(), tags_, *desk.station, {pass.t, pass.tag})) return {};
    return forbidden("pass-tag-wrong", "this pass wasn't given out at this station");
}

Status PassService::check_booth(const Desk& desk, const SignerId& booth) const {
    const auto& booths = log_.definition().station(*desk.station)->booths;
    if (std::any_of(booths.begin(), booths.end(), [&](const auto& b) { return b.id == booth; })) return {};
    return not_found("booth-unknown", fmt::format("this station has no booth \"{}\"", booth.str()));
}

void PassService::state(const Desk& desk, const wire::PassProof& pass, Done<Answer> done) {
    workers_.run([=, this] {
        if (auto status = check_tag(desk, pass); !status) return done(std::move(status).error());
        done(log_.read([&](const auto& state, const auto&) { return state_of_pass(state, pass.t); }));
    });
}

Result<Answer> PassService::end(store::Connection& connection, const wire::PassProof& pass,
                                store::SubmissionStatus status, const MakeContent& content,
                                std::vector<events::ActSignature> signatures) {
    const Hash* waiting = log_.state().open_submission(pass.t);
    if (waiting == nullptr)
        return conflict("no-open-submission", "this pass has no ballot that waits for cast or test");
    const Hash code = *waiting;
    STIMME_TRY(events::Content made, content(code));
    const events::Entry entry{std::move(made), std::move(signatures)};
    STIMME_CHECK(log_.state().check(entry));
    STIMME_CHECK(store::BallotRows(connection).end_submission(code, status, log_.state().size()));
    STIMME_CHECK(log_.append(connection, entry));
    return state_of_pass(log_.state(), pass.t);
}

void PassService::expire(const Desk& desk, const wire::ExpirationRequest& request, const Once& once,
                         Done<Answer> done) {
    workers_.run([=, this] {
        if (auto status = check_tag(desk, request.pass); !status) return done(std::move(status).error());
        log_.submit<Answer>(
            [=, this](store::Connection& connection) -> Result<Answer> {
                STIMME_TRY(
                    const bool repeated,
                    store::BallotRows(connection).note_once(once.key, once.digest, desk.station->str()));
                if (repeated) return state_of_pass(log_.state(), request.pass.t);
                const auto content = [&](const Hash& code) -> Result<events::Content> {
                    return events::Content(events::BallotExpired{*desk.station, request.pass.t, code});
                };
                return end(connection, request.pass, store::SubmissionStatus::expired, content, {});
            },
            done);
    });
}

void PassService::fail_challenge(const Desk& desk, const wire::ChallengeFailureRequest& request,
                                 const Once& once, Done<Answer> done) {
    workers_.run([=, this] {
        if (auto status = check_tag(desk, request.pass); !status) return done(std::move(status).error());
        log_.submit<Answer>(
            [=, this](store::Connection& connection) -> Result<Answer> {
                store::BallotRows rows(connection);
                STIMME_CHECK(check_booth(desk, request.booth));
                STIMME_TRY(const bool repeated, rows.note_once(once.key, once.digest, desk.station->str()));
                if (repeated) return state_of_pass(log_.state(), request.pass.t);
                STIMME_TRY(const store::BoothRow booth, rows.booth(request.booth));
                STIMME_CHECK(rows.set_booth(request.booth, {booth.wrong_tags, true}));
                const auto content = [&](const Hash& code) -> Result<events::Content> {
                    events::Content made =
                        events::ChallengeFailed{*desk.station, request.pass.t, code, request.reason};
                    STIMME_CHECK(verify_own_signature(log_, desk.id, made, request.signature));
                    return made;
                };
                return end(connection, request.pass, store::SubmissionStatus::failed, content,
                           {request.signature});
            },
            book_.forgetting(done));
    });
}

void PassService::unlock(const Desk& desk, const wire::BoothUnlockRequest& request, const Once& once,
                         Done<SignerId> done) {
    log_.submit<SignerId>(
        [=, this](store::Connection& connection) -> Result<SignerId> {
            store::BallotRows rows(connection);
            STIMME_CHECK(check_booth(desk, request.booth));
            STIMME_TRY(const bool repeated, rows.note_once(once.key, once.digest, desk.station->str()));
            if (repeated) return request.booth;
            STIMME_TRY(const store::BoothRow booth, rows.booth(request.booth));
            STIMME_CHECK(rows.set_booth(request.booth, {0, booth.closed}));
            return request.booth;
        },
        book_.forgetting(std::move(done)));
}

}  // namespace stimme::service
