#include "server/service/ballot_checks.h"

#include "core/base/random.h"

namespace stimme::service {

void BallotChecks::check(std::shared_ptr<const SealedKeys> sealed, ballot::Context context, ByteView body,
                         Done done) {
    const StyleId style = context.style;
    {
        const std::lock_guard lock(mutex_);
        waiting_[style].push_back({std::move(sealed), std::move(context), body, std::move(done)});
    }
    // One task for each ballot; whoever comes first takes along what waits, and later ones find less or
    // nothing.
    workers_.run([this, style] { check_some(style); });
}

std::vector<BallotChecks::Waiting> BallotChecks::take(const StyleId& style) {
    const std::lock_guard lock(mutex_);
    auto& queue = waiting_[style];
    std::vector<Waiting> taken;
    for (; !queue.empty() && taken.size() < most_at_once; queue.pop_front()) {
        taken.push_back(std::move(queue.front()));
    }
    return taken;
}

void BallotChecks::check_some(const StyleId& style) {
    const std::vector<Waiting> taken = take(style);
    if (taken.empty()) return;
    std::vector<ballot::SubmittedBallot> ballots;
    for (const Waiting& one : taken) ballots.push_back({one.context, one.body});
    SystemRandom random;
    const SealedKeys& sealed = *taken.front().sealed;
    const auto checked = ballot::check_all(sealed.layouts.at(style), *sealed.key, ballots, random);
    for (std::size_t i = 0; i < taken.size(); ++i) {
        taken[i].done(checked[i] ? Status() : checked[i].error());
    }
}

}  // namespace stimme::service
