// Checking submitted ballots, those that arrive together in one batch: one multiplication of many points is
// cheaper than many small ones. A ballot that comes alone is checked at once. What comes while a batch is
// being checked is the next batch; another worker begins one beside it only when a whole batch waits.
//
// Thread rule: check() from any thread; `done` is called once, on a worker.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "core/ballot/check.h"
#include "server/service/ballots/sealed_keys.h"
#include "server/service/log/workers.h"

namespace stimme::service {

class BallotChecks {
  public:
    // So many at most, so that the first of a batch doesn't wait long for the last.
    static constexpr std::size_t most_at_once = 32;

    explicit BallotChecks(Workers& workers) : workers_(workers) {}

    using Done = std::function<void(Status)>;
    // `body` belongs to whatever `done` holds. Errors, given to `done`: those of ballot::check.
    // REQUIRES: the context's style is one of sealed->layouts.
    void check(std::shared_ptr<const SealedKeys> sealed, ballot::Context context, ByteView body, Done done);

  private:
    struct Waiting {
        std::shared_ptr<const SealedKeys> sealed;
        ballot::Context context;
        ByteView body;
        Done done;
    };
    // The ballots of one style.
    struct Queue {
        std::deque<Waiting> waiting;
        unsigned batches = 0;  // being checked
    };
    // These two hold the mutex.
    static std::vector<Waiting> take(Queue& queue);
    void begin(Queue& queue);

    void check_batch(Queue& queue, const std::vector<Waiting>& taken);

    Workers& workers_;
    std::mutex mutex_;
    std::map<StyleId, Queue> queues_;  // a Queue stays where it is
};

}  // namespace stimme::service
