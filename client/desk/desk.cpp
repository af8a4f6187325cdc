#include "client/desk/desk.h"

#include <algorithm>
#include <iterator>

#include "client/cli/exit_code.h"

namespace stimme::desk {
namespace {

// There is no answer, or none that can be right.
bool stays_pending(const Error& error) {
    return cli::is_unanswered(error) || error.kind == ErrorKind::corrupt;
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
    const wire::CheckInRequest request{pending.voter, pending.request.blinded()};
    STIMME_TRY(const auto answer,
               cli::until_answered(patience_, [&] { return server_.check_in(request, pending.key); }));
    const auto key = keys_.find(answer.style);
    if (key == keys_.end())
        return corrupt("style-unknown", "the server names a ballot style that has no pass key");
    return cli::verified(pending.request.finish(
        {answer.evaluated, answer.proof_challenge, answer.proof_response}, key->second));
}

Status Desk::run(std::set<std::string>& asked) {
    std::set<std::string> done;
    Counts counted;
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
        counted.checked_in += outcome.pass ? 1 : 0;
    }
    if (!done.empty()) STIMME_CHECK(store_.settle(done, counted));
    return failure;
}

Status Desk::check_in(const std::vector<std::string>& voters) {
    std::vector<PendingCheckIn> requests;
    std::set<std::string> keys, asked, unasked;
    for (const std::string& voter : voters) {
        requests.push_back({to_hex(random_.bytes<16>()), voter, pass::PassRequest::random(random_)});
        keys.insert(requests.back().key);
    }
    STIMME_CHECK(store_.remember(std::move(requests)));
    const auto status = run(asked);
    std::set_difference(keys.begin(), keys.end(), asked.begin(), asked.end(),
                        std::inserter(unasked, unasked.end()));
    if (!unasked.empty()) STIMME_CHECK(store_.settle(unasked, {}));
    return status;
}

Status Desk::run_void(const PendingVoid& pending, bool resumed) {
    const std::string key = pending.key;
    const auto answer =
        cli::until_answered(patience_, [&] { return server_.give_back(pending.body, pending.key); });
    if (!answer && cli::is_unanswered(answer.error())) return answer.error();
    if (answer && answer->status != wire::PassStateAnswer::Status::voided)
        return corrupt("void-contradicted", "the server took the pass back and yet says that it isn't void");
    const bool voided = answer || (resumed && answer.error().code == "pass-voided");
    STIMME_CHECK(store_.settle({key}, {0, voided ? 1U : 0U}));
    if (!voided) return answer.error();
    return {};
}

Status Desk::give_back(std::string body) {
    STIMME_CHECK(store_.remember(PendingVoid{to_hex(random_.bytes<16>()), std::move(body)}));
    return run_void(store_.voids().back(), false);
}

Status Desk::resume() {
    while (!store_.voids().empty()) {
        const auto status = run_void(store_.voids().front(), true);
        if (!status && stays_pending(status.error())) return status;
    }
    std::set<std::string> asked;
    return run(asked);
}

}  // namespace stimme::desk
