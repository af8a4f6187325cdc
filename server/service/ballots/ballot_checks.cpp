#include "server/service/ballots/ballot_checks.h"

#include "core/base/random.h"

namespace stimme::service {

void BallotChecks::check(std::shared_ptr<const SealedKeys> sealed, ballot::Context context, ByteView body,
                         Done done) {
    const std::lock_guard lock(mutex_);
    Queue& queue = queues_[context.style];
    queue.waiting.push_back({std::move(sealed), std::move(context), body, std::move(done)});
    if (queue.batches > 0 && queue.waiting.size() < most_at_once) return;
    ++queue.batches;
    begin(queue);
}

std::vector<BallotChecks::Waiting> BallotChecks::take(Queue& queue) {
    std::vector<Waiting> taken;
    for (; !queue.waiting.empty() && taken.size() < most_at_once; queue.waiting.pop_front()) {
        taken.push_back(std::move(queue.waiting.front()));
    }
    return taken;
}

void BallotChecks::begin(Queue& queue) {
    workers_.run([this, &queue, taken = take(queue)] { check_batch(queue, taken); });
}

// Whoever has all answers may destroy this object, so what comes next is begun before they are given.
void BallotChecks::check_batch(Queue& queue, const std::vector<Waiting>& taken) {
    std::vector<ballot::SubmittedBallot> ballots;
    for (const Waiting& one : taken) ballots.push_back({one.context, one.body});
    SystemRandom random;
    const SealedKeys& sealed = *taken.front().sealed;
    const auto checked =
        ballot::check_all(sealed.layouts.at(taken.front().context.style), *sealed.key, ballots, random);
    {
        const std::lock_guard lock(mutex_);
        queue.waiting.empty() ? static_cast<void>(--queue.batches) : begin(queue);
    }
    for (std::size_t i = 0; i < taken.size(); ++i) {
        taken[i].done(checked[i] ? Status() : checked[i].error());
    }
}

}  // namespace stimme::service
