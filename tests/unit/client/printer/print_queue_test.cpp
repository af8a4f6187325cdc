// The queue before a printer: in order, each once, a failure blocks nothing.
#include "client/printer/print_queue.h"

#include <condition_variable>

#include <gmock/gmock.h>

#include "tests/unit/client/printer/sample_documents.h"

namespace stimme::printer {
namespace {

using namespace std::chrono_literals;

// What the printer does is decided by the test, document by document.
struct Played {
    std::mutex mutex;
    std::condition_variable changed;
    std::vector<std::string> printed;  // explanations of closing sheets
    std::set<std::string> fails;
    bool held = false;
    bool busy = false;

    void hold(bool now) {
        const std::lock_guard lock(mutex);
        held = now;
        changed.notify_all();
    }
    void wait_until_busy() {
        std::unique_lock lock(mutex);
        changed.wait(lock, [this] { return busy; });
    }
};

class PlayedPrinter final : public Printer {
  public:
    explicit PlayedPrinter(Played& played) : played_(played) {}
    Status print(const print::Document& document) override {
        std::unique_lock lock(played_.mutex);
        const std::string& name = std::get<print::ClosingSheet>(document).explanation;
        played_.busy = true;
        played_.changed.notify_all();
        played_.changed.wait(lock, [this] { return !played_.held; });
        played_.busy = false;
        if (played_.fails.contains(name)) return unavailable("paper-out", "no paper");
        played_.printed.push_back(name);
        return {};
    }
    std::string name() const override { return "played"; }

  private:
    Played& played_;
};

class Queue : public testing::Test {
  protected:
    void open() {
        queue_ = std::make_unique<PrintQueue>(
            std::make_unique<PlayedPrinter>(played_), [this](const Finished& one) {
                const std::lock_guard lock(mutex_);
                told_.emplace_back(one.job, one.outcome ? "printed" : one.outcome.error().code);
                changed_.notify_all();
            });
    }
    JobNumber submit(const std::string& name) {
        print::ClosingSheet sheet = sample_closing();
        sheet.explanation = name;
        return queue_->submit(sheet);
    }
    using Told = std::vector<std::pair<JobNumber, std::string>>;
    Told told(std::size_t wanted) {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, 10s, [&] { return told_.size() >= wanted; });
        return told_;
    }

    Played played_;
    std::mutex mutex_;
    std::condition_variable changed_;
    Told told_;
    std::unique_ptr<PrintQueue> queue_;  // last: it tells until it is gone
};

TEST_F(Queue, PrintsInOrderAndTellsEach) {
    open();
    EXPECT_EQ(submit("a"), 1U);
    EXPECT_EQ(submit("b"), 2U);
    EXPECT_EQ(submit("c"), 3U);
    EXPECT_EQ(told(3), (Told{{1, "printed"}, {2, "printed"}, {3, "printed"}}));
    EXPECT_THAT(played_.printed, testing::ElementsAre("a", "b", "c"));
    EXPECT_EQ(queue_->printer_name(), "played");
}

TEST_F(Queue, AFailedDocumentIsToldOnceAndBlocksNone) {
    played_.fails = {"b"};
    open();
    for (const char* name : {"a", "b", "c"}) submit(name);
    EXPECT_EQ(told(3), (Told{{1, "printed"}, {2, "paper-out"}, {3, "printed"}}));
    EXPECT_THAT(played_.printed, testing::ElementsAre("a", "c"));
    EXPECT_EQ(queue_->waiting(), 0U);
}

TEST_F(Queue, SubmittingDoesNotWaitForAPrinterThatHangs) {
    played_.held = true;
    open();
    submit("a");
    played_.wait_until_busy();
    submit("b");
    EXPECT_EQ(queue_->waiting(), 2U);
    EXPECT_TRUE(told(0).empty());
    played_.hold(false);
    EXPECT_EQ(told(2).size(), 2U);
}

TEST_F(Queue, AtTheEndWhatWasNotBegunIsToldAsNotPrinted) {
    played_.held = true;
    open();
    for (const char* name : {"a", "b", "c"}) submit(name);
    played_.wait_until_busy();
    std::thread closer([this] { queue_.reset(); });
    std::this_thread::sleep_for(50ms);
    played_.hold(false);
    closer.join();
    EXPECT_EQ(told_, (Told{{1, "printed"}, {2, "queue-stopped"}, {3, "queue-stopped"}}));
    EXPECT_THAT(played_.printed, testing::ElementsAre("a"));
}

}  // namespace
}  // namespace stimme::printer
