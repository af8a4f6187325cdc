// Documents on their way to one printer: printed one after the other by a thread of their own, so that no
// screen waits for paper. Each is tried once; one that fails is told and blocks none after it.
//
// Thread rule: submit() and waiting() may be called from any thread. `told` is called on the queue's thread,
// for one document after the other; it must not destroy the queue.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "client/printer/printer.h"

namespace stimme::printer {

using JobNumber = std::uint64_t;

struct Finished {
    JobNumber job;
    Status outcome;  // printed, or why not (Printer::print)
};

class PrintQueue {
  public:
    using Told = std::function<void(const Finished&)>;

    PrintQueue(std::unique_ptr<Printer> printer, Told told);
    // Waits for the document that is being printed; those after it are told as queue-stopped (unavailable).
    ~PrintQueue();
    PrintQueue(const PrintQueue&) = delete;
    PrintQueue& operator=(const PrintQueue&) = delete;

    // Numbers count up from 1.
    JobNumber submit(print::Document document);
    // How many haven't been told yet.
    std::size_t waiting() const;
    const std::string& printer_name() const { return name_; }

  private:
    struct Job {
        JobNumber number;
        print::Document document;
    };
    void work();
    std::optional<Job> next();
    Status outcome_of(const Job& job);

    const std::unique_ptr<Printer> printer_;
    const std::string name_;
    const Told told_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Job> jobs_;
    JobNumber last_ = 0;
    std::size_t waiting_ = 0;
    bool stopping_ = false;
    std::thread thread_;  // last: it uses all of the above
};

}  // namespace stimme::printer
