// Threads for what takes long and waits for nobody: checking ballots, recomputing tested ones, adding up.
//
// Thread rule: run() from any thread; stop() and the destructor from one that isn't a worker.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace stimme::service {

class Workers {
  public:
    explicit Workers(unsigned threads);
    ~Workers() { stop(); }
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    // REQUIRES: the task doesn't throw. After stop() nothing runs any more; what captures a Reply answers
    // 500.
    void run(std::function<void()> task);
    // Runs what waits, then ends the threads.
    void stop();

  private:
    void work();

    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> tasks_;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace stimme::service
