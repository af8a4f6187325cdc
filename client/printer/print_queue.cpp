#include "client/printer/print_queue.h"

#include <utility>

namespace stimme::printer {

PrintQueue::PrintQueue(std::unique_ptr<Printer> printer, Told told)
    : printer_(std::move(printer)),
      name_(printer_->name()),
      told_(std::move(told)),
      thread_([this] { work(); }) {}

PrintQueue::~PrintQueue() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

JobNumber PrintQueue::submit(print::Document document) {
    const std::lock_guard lock(mutex_);
    jobs_.push_back({++last_, std::move(document)});
    ++waiting_;
    changed_.notify_all();
    return last_;
}

std::size_t PrintQueue::waiting() const {
    const std::lock_guard lock(mutex_);
    return waiting_;
}

std::optional<PrintQueue::Job> PrintQueue::next() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
    if (jobs_.empty()) return std::nullopt;
    std::optional<Job> job(std::move(jobs_.front()));
    jobs_.pop_front();
    return job;
}

Status PrintQueue::outcome_of(const Job& job) {
    {
        const std::lock_guard lock(mutex_);
        if (stopping_)
            return unavailable("queue-stopped", "the program ended before this was printed; print it again");
    }
    return printer_->print(job.document);
}

void PrintQueue::work() {
    while (const std::optional<Job> job = next()) {
        Finished finished{job->number, outcome_of(*job)};
        {
            const std::lock_guard lock(mutex_);
            --waiting_;
        }
        told_(finished);
    }
}

}  // namespace stimme::printer
