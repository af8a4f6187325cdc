#include "server/service/ballot_checks.h"

#include "core/base/random.h"

namespace stimme::service {

void BallotChecks::check(std::shared_ptr<const SealedKeys> sealed, ballot::Context context, ByteView body,
                         Done done) {
    const std::lock_guard lock(mutex_);
    Queue& queue = queues_[context.style];
    queue.waiting.push_back({std::move(sealed), std::move(context), body, std::move(done)});
    if (queue.batches > 0 && queue.waiting.size() < enough * (queue.batches + 1)) return;
    ++queue.batches;
    workers_.run([this, &queue] { check_some(queue); });
}

// Empty: the batch that was to be is none.
std::vector<BallotChecks::Waiting> BallotChecks::take(Queue& queue) {
    const std::lock_guard lock(mutex_);
    std::vector<Waiting> taken;
    for (; !queue.waiting.empty() && taken.size() < most_at_once; queue.waiting.pop_front()) {
        taken.push_back(std::move(queue.waiting.front()));
    }
    if (taken.empty()) --queue.batches;
    return taken;
}

// One batch, and then a new task: others' tasks have their turn in between.
void BallotChecks::check_some(Queue& queue) {
    const std::vector<Waiting> taken = take(queue);
    if (taken.empty()) return;
    check_batch(taken);
    workers_.run([this, &queue] { check_some(queue); });
}

void BallotChecks::check_batch(const std::vector<Waiting>& taken) {
    std::vector<ballot::SubmittedBallot> ballots;
    for (const Waiting& one : taken) ballots.push_back({one.context, one.body});
    SystemRandom random;
    const SealedKeys& sealed = *taken.front().sealed;
    const auto checked =
        ballot::check_all(sealed.layouts.at(taken.front().context.style), *sealed.key, ballots, random);
    for (std::size_t i = 0; i < taken.size(); ++i) {
        taken[i].done(checked[i] ? Status() : checked[i].error());
    }
}

}  // namespace stimme::service
