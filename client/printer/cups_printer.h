// A queue of CUPS: every office printer. What is asked of CUPS stands behind CupsJobs, so that the decisions
// here can be tried without a print server.
//
// A document is one job on A4. It is handed over and then watched until CUPS says that it was completed,
// which means that the printer took all of it. A job that CUPS can't finish (no paper, offline, a jam) is
// taken out of the queue, so that it doesn't come out later, when somebody has already printed it again.
//
// The job is called "Stimme" and nothing else: names of jobs stand in logs and on screens.
//
// Thread rule: as Printer.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "client/printer/printer.h"
#include "core/base/bytes.h"

namespace stimme::printer {

// States of a job as IPP numbers them (RFC 8011, section 5.3.7).
enum class CupsJobState {
    pending = 3,
    held = 4,
    processing = 5,
    stopped = 6,
    canceled = 7,
    aborted = 8,
    completed = 9
};

struct CupsJobView {
    CupsJobState state;
    std::string message;  // of CUPS, may be empty
    // printer-state-reasons such as "media-empty-error", and the printer's own sentence.
    std::vector<std::string> printer_reasons = {};
    std::string printer_message = {};
};

struct CupsQueueView {
    std::string name;
    bool accepting;  // takes jobs
    bool stopped;    // keeps them without printing
};

class CupsJobs {
  public:
    virtual ~CupsJobs() = default;
    // Errors of all: cups-unreachable (unavailable), cups-refused (unavailable), with the reason.
    virtual Result<std::vector<CupsQueueView>> queues() = 0;
    virtual Result<int> submit(const std::string& queue, const std::string& title, ByteView pdf) = 0;
    virtual Result<CupsJobView> look(const std::string& queue, int job) = 0;
    virtual Status cancel(const std::string& queue, int job) = 0;
};

struct CupsPatience {
    unsigned looks = 180;  // at a job, in all
    unsigned grace = 20;   // looks before what the printer says counts: it may still speak of an older job
    // Looks before its warnings count, too: one of several empty trays stops no printer, but some that have
    // no paper at all do no more than warn.
    unsigned warned = 80;
    std::chrono::seconds longest{60};  // for all looks together, if CUPS itself is slow
    // Between two looks.
    std::function<void()> pause = [] { std::this_thread::sleep_for(std::chrono::milliseconds(250)); };
};

class CupsPrinter final : public Printer {
  public:
    CupsPrinter(std::string queue, std::unique_ptr<CupsJobs> jobs, CupsPatience patience = {})
        : queue_(std::move(queue)), jobs_(std::move(jobs)), patience_(std::move(patience)) {}

    // Errors: printer-unknown (not_found, naming the queues there are), printer-stopped (unavailable), those
    // of CupsJobs; print-interrupted for whatever happens once CUPS has the job.
    Status print(const print::Document& document) override;
    std::string name() const override { return "cups:" + queue_; }

  private:
    Status check_queue();
    Status watch(int job);
    Status give_up(int job, const std::string& reason);

    const std::string queue_;
    const std::unique_ptr<CupsJobs> jobs_;
    const CupsPatience patience_;
};

enum class Warnings { pass_over, count };

// What keeps a printer from printing, in words, by its printer-state-reasons; empty: nothing does.
std::string obstacle_in(const std::vector<std::string>& printer_reasons, Warnings warnings);

}  // namespace stimme::printer
