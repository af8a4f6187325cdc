#include "client/desk/desk.h"

#include <algorithm>
#include <iterator>

namespace stimme::desk {
namespace {

// There is no answer, or none that can be right.
bool stays_pending(const Error& error) {
    return session::is_unanswered(error) || error.kind == ErrorKind::corrupt;
}

}  // namespace

PassKeys pass_keys_of(const events::ElectionSealed& sealed, const StationId& station) {
    PassKeys keys;
    for (const events::PassKey& key : sealed.pass_keys) {
        if (key.station == station) keys.emplace(key.style, key.key);
    }
    return keys;
}

Result<pass::Pass> Desk::ask(const PendingCheckIn& pending) {
    const wire::CheckInRequest request{pending.voter, pending.request.blinded(), pending.card_taken};
    STIMME_TRY(const auto answer,
               session::until_answered(patience_, [&] { return server_.check_in(request, pending.key); }));
    const auto key = keys_.find(answer.style);
    if (key == keys_.end())
        return corrupt("style-unknown", "the server names a ballot style that has no pass key");
    return verified(pending.request.finish({answer.evaluated, answer.proof_challenge, answer.proof_response},
                                           key->second));
}

Status Desk::run(std::set<std::string>& asked) {
    std::set<std::string> done;
    Counts counts = store_.counts();
    Status failure;
    for (const PendingCheckIn& pending : store_.check_ins()) {
        asked.insert(pending.key);
        CheckedIn outcome{pending.voter, ask(pending)};
        const Error* const error = outcome.pass ? nullptr : &outcome.pass.error();
        if (error != nullptr && stays_pending(*error)) {
            failure = *error;
            break;
        }
        if (Status told = tell_(outcome); !told) {
            failure = std::move(told);
            break;
        }
        done.insert(pending.key);
        counts.checked_in += outcome.pass ? 1 : 0;
    }
    if (!done.empty()) STIMME_CHECK(store_.settle(done, counts));
    return failure;
}

Status Desk::check_in(const std::vector<std::string>& voters, const std::set<std::string>& cards) {
    std::vector<PendingCheckIn> requests;
    std::set<std::string> keys, asked, unasked;
    for (const std::string& voter : voters) {
        requests.push_back(
            {to_hex(random_.bytes<16>()), voter, pass::PassRequest::random(random_), cards.contains(voter)});
        keys.insert(requests.back().key);
    }
    STIMME_CHECK(store_.remember(std::move(requests)));
    const auto status = run(asked);
    std::set_difference(keys.begin(), keys.end(), asked.begin(), asked.end(),
                        std::inserter(unasked, unasked.end()));
    if (!unasked.empty()) STIMME_CHECK(store_.settle(unasked, store_.counts()));
    return status;
}

Status Desk::remember(PendingAct::Kind kind, std::string body) {
    return store_.remember(PendingAct{to_hex(random_.bytes<16>()), kind, std::move(body)});
}

Status Desk::run_void(const PendingAct& act, bool resumed) {
    const auto answer =
        session::until_answered(patience_, [&] { return server_.give_back(act.body, act.key); });
    if (!answer && session::is_unanswered(answer.error())) return answer.error();
    if (answer && answer->status != wire::PassStateAnswer::Status::voided)
        return corrupt("answer-contradicted",
                       "the server took the pass back and yet says that it isn't void");
    const bool voided = answer || (resumed && answer.error().code == "pass-voided");
    Counts counts = store_.counts();
    counts.voided += voided ? 1 : 0;
    STIMME_CHECK(store_.settle({act.key}, counts));
    if (!voided) return answer.error();
    return {};
}

Status Desk::run_move(const PendingAct& act) {
    const auto answer = session::until_answered(patience_, [&] { return server_.move(act.body, act.key); });
    if (!answer && stays_pending(answer.error())) return answer.error();
    Counts counts = store_.counts();
    counts.moved += answer ? 1 : 0;
    STIMME_CHECK(store_.settle({act.key}, counts));
    return answer ? Status() : Status(answer.error());
}

Result<wire::PaperAnswer> Desk::run_paper(const PendingAct& act) {
    STIMME_TRY(const auto request, wire::parse<wire::PaperRequest>(act.body));
    auto answer = session::until_answered(patience_, [&] { return server_.mark_paper(act.body, act.key); });
    if (!answer && stays_pending(answer.error())) return answer.error();
    Counts counts = store_.counts();
    const std::uint64_t entered = answer ? answer->entered : 0;
    const std::uint64_t most = request.withdrawn ? counts.paper - counts.withdrawn : request.voters.size();
    if (entered > most)
        return corrupt("answer-contradicted",
                       "the server counts more voters on paper than this desk has named");
    (request.withdrawn ? counts.withdrawn : counts.paper) += entered;
    STIMME_CHECK(store_.settle({act.key}, counts));
    return answer;
}

Status Desk::run(const PendingAct& pending, bool resumed) {
    const PendingAct act = pending;  // which goes with its answer
    switch (act.kind) {
        case PendingAct::Kind::give_back:
            return run_void(act, resumed);
        case PendingAct::Kind::move:
            return run_move(act);
        case PendingAct::Kind::paper:
            break;
    }
    const auto marked = run_paper(act);
    return marked ? Status() : Status(marked.error());
}

Status Desk::give_back(std::string body) {
    STIMME_CHECK(remember(PendingAct::Kind::give_back, std::move(body)));
    return run(store_.acts().back(), false);
}

Status Desk::move(const wire::MoveRequest& request) {
    STIMME_CHECK(remember(PendingAct::Kind::move, wire::print(request)));
    return run(store_.acts().back(), false);
}

Result<wire::PaperAnswer> Desk::mark_paper(const wire::PaperRequest& request) {
    STIMME_CHECK(remember(PendingAct::Kind::paper, wire::print(request)));
    const PendingAct act = store_.acts().back();
    return run_paper(act);
}

Status Desk::resume() {
    while (!store_.acts().empty()) {
        const PendingAct::Kind kind = store_.acts().front().kind;
        const auto status = run(store_.acts().front(), true);
        if (status) continue;
        if (stays_pending(status.error())) return status;
        refused_.push_back({kind, status.error()});
    }
    std::set<std::string> asked;
    return run(asked);
}

}  // namespace stimme::desk
