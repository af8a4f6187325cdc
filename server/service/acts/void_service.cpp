#include "server/service/acts/void_service.h"

#include <future>

namespace stimme::service {

using Answer = wire::PassStateAnswer;

bool VoidService::voided(const events::PassNumber& t) const {
    return log_.read([&](const auto& state, const auto&) { return state_of_pass(state, t); }).status ==
           Answer::Status::voided;
}

void VoidService::give_back(const Desk& desk, const wire::VoidRequest& request, const Once& once,
                            Done<Answer> done) {
    workers_.run([=, this] {
        if (!style_of_pass(log_.definition(), tags_, *desk.station, {request.pass.t, request.pass.tag}))
            return done(forbidden("pass-tag-wrong", "this pass wasn't given out at this station"));
        if (voided(request.pass.t)) return finish(request.pass.t, done);
        log_.submit<Answer>(
            [=, this](store::Connection& connection) { return append(connection, desk, request, once); },
            [=, this](Result<Answer> logged) {
                if (logged || voided(request.pass.t)) return finish(request.pass.t, done);
                roll_.abandon_void(request.pass.t,
                                   [done, error = logged.error()](const Status&) { done(error); });
            });
    });
}

Result<Answer> VoidService::append(store::Connection& connection, const Desk& desk,
                                   const wire::VoidRequest& request, const Once& once) {
    store::BallotRows rows(connection);
    STIMME_CHECK(rows.note_once(once.key, once.digest, desk.station->str()));
    const events::Entry entry{events::PassVoided{*desk.station, request.pass.t}, {request.signature}};
    STIMME_CHECK(verify_own_signature(log_, desk.id, entry.content, request.signature));
    STIMME_CHECK(log_.state().check(entry));
    STIMME_CHECK(begin_in_roll(desk, request));
    STIMME_CHECK(rows.add_voided(request.pass.t));
    STIMME_CHECK(log_.append(connection, entry));
    return state_of_pass(log_.state(), request.pass.t);
}

// Within the log's operation: of two requests about one pass, one begins and ends before the other, so that
// none takes back what the other began. The roll's writer never waits for the log's.
Status VoidService::begin_in_roll(const Desk& desk, const wire::VoidRequest& request) {
    std::promise<Status> begun;
    roll_.begin_void(desk, request.voter, request.pass.t,
                     [&](Status status) { begun.set_value(std::move(status)); });
    return begun.get_future().get();
}

void VoidService::finish(const events::PassNumber& t, const Done<Answer>& done) {
    roll_.finish_void(t, [=, this](Status finished) {
        if (!finished) return done(std::move(finished).error());
        done(log_.read([&](const auto& state, const auto&) { return state_of_pass(state, t); }));
    });
}

}  // namespace stimme::service
