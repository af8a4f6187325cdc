// What is done with jobs of CUPS, whatever becomes of them; CUPS is played.
#include "client/printer/cups_printer.h"

#include <gmock/gmock.h>

#include "tests/unit/client/printer/sample_documents.h"

namespace stimme::printer {
namespace {

using testing::HasSubstr;

// What a look at the job shows, one after the other; the last one stays.
struct Script {
    std::vector<CupsQueueView> queues = {{"Buero", true, false}, {"Flur", true, false}};
    std::vector<std::optional<CupsJobView>> views;  // nothing: CUPS doesn't answer
    std::optional<CupsJobState> after_cancel = CupsJobState::canceled;
    bool can_cancel = true;

    std::size_t looks = 0;
    std::size_t submitted = 0;
    std::size_t canceled = 0;
    std::string title;
    Bytes pdf;
};

class PlayedJobs final : public CupsJobs {
  public:
    explicit PlayedJobs(Script& script) : script_(script) {}

    Result<std::vector<CupsQueueView>> queues() override { return script_.queues; }
    Result<int> submit(const std::string&, const std::string& title, ByteView pdf) override {
        ++script_.submitted;
        script_.title = title;
        script_.pdf = to_bytes(pdf);
        return 7;
    }
    Result<CupsJobView> look(const std::string&, int job) override {
        EXPECT_EQ(job, 7);
        if (script_.canceled > 0 && script_.after_cancel) return CupsJobView{*script_.after_cancel, ""};
        if (script_.canceled > 0) return unavailable("cups-unreachable", "gone");
        const std::size_t last = script_.views.size() - 1;
        const auto& view = script_.views[std::min(script_.looks++, last)];
        if (!view) return unavailable("cups-unreachable", "gone");
        return *view;
    }
    Status cancel(const std::string&, int) override {
        ++script_.canceled;
        if (!script_.can_cancel) return unavailable("cups-unreachable", "gone");
        return {};
    }

  private:
    Script& script_;
};

class CupsQueue : public testing::Test {
  protected:
    Status print(const std::string& queue = "Buero") {
        CupsPatience patience;
        patience.looks = 10;
        patience.grace = 3;
        patience.warned = 8;
        patience.longest = longest_;
        patience.pause = [] {};
        CupsPrinter printer(queue, std::make_unique<PlayedJobs>(script_), patience);
        return printer.print(sample_slip());
    }
    void expect_interrupted(const std::string& reason) {
        const auto printed = print();
        ASSERT_FALSE(printed);
        EXPECT_EQ(printed.error().code, "print-interrupted");
        EXPECT_THAT(printed.error().message, HasSubstr(reason));
        EXPECT_EQ(script_.submitted, 1U);
    }
    static CupsJobView processing(std::vector<std::string> reasons = {}) {
        return {CupsJobState::processing, "", std::move(reasons)};
    }

    Script script_;
    std::chrono::seconds longest_{60};
};

TEST_F(CupsQueue, AJobIsWatchedUntilItIsCompleted) {
    script_.views = {CupsJobView{CupsJobState::pending, ""}, processing(), processing(),
                     CupsJobView{CupsJobState::completed, ""}};
    EXPECT_TRUE(print().ok());
    EXPECT_EQ(script_.looks, 4U);
    EXPECT_EQ(script_.submitted, 1U);
    EXPECT_EQ(script_.canceled, 0U);
}

TEST_F(CupsQueue, TheJobIsAPdfWhoseNameSaysNothing) {
    script_.views = {CupsJobView{CupsJobState::completed, ""}};
    EXPECT_TRUE(print().ok());
    EXPECT_EQ(script_.title, "Stimme");
    EXPECT_TRUE(as_text(script_.pdf).starts_with("%PDF-"));
}

TEST_F(CupsQueue, AnUnknownQueueIsNamedWithThoseThereAre) {
    const auto printed = print("Keller");
    ASSERT_FALSE(printed);
    EXPECT_EQ(printed.error().code, "printer-unknown");
    EXPECT_THAT(printed.error().message, HasSubstr("\"Keller\""));
    EXPECT_THAT(printed.error().message, HasSubstr("Buero, Flur"));
    script_.queues.clear();
    EXPECT_THAT(print("Keller").error().message, HasSubstr("lpadmin"));
    EXPECT_EQ(script_.submitted, 0U);
}

TEST_F(CupsQueue, AStoppedQueueGetsNoJob) {
    script_.queues = {{"Buero", true, true}};
    EXPECT_EQ(print().error().code, "printer-stopped");
    script_.queues = {{"Buero", false, false}};
    EXPECT_EQ(print().error().code, "printer-stopped");
    EXPECT_EQ(script_.submitted, 0U);
}

TEST_F(CupsQueue, MissingPaperIsToldAndTheJobTakenOut) {
    script_.views = {processing({"none"}), processing({"media-empty-error"})};
    expect_interrupted("no paper");
    EXPECT_EQ(script_.canceled, 1U);
    EXPECT_EQ(script_.looks, 4U);  // the grace was waited for
}

TEST_F(CupsQueue, WhatThePrinterSaidOfAnOlderJobIsForgotten) {
    script_.views = {processing({"offline-report"}), processing({"offline-report"}), processing({"none"}),
                     processing({"none"}), CupsJobView{CupsJobState::completed, ""}};
    EXPECT_TRUE(print().ok());
}

TEST_F(CupsQueue, AWarningStopsNothingAtFirst) {
    script_.views.assign(8, processing({"media-low-warning", "toner-empty-warning"}));
    script_.views.emplace_back(CupsJobView{CupsJobState::completed, ""});
    EXPECT_TRUE(print().ok());
}

TEST_F(CupsQueue, AWarningThatStaysIsTheReason) {
    script_.views = {processing({"media-empty-warning", "media-needed-warning"})};
    expect_interrupted("no paper");
    EXPECT_EQ(script_.looks, 9U);
    EXPECT_EQ(script_.canceled, 1U);
}

TEST_F(CupsQueue, AJobThatCupsGivesUpIsFailed) {
    script_.views = {CupsJobView{CupsJobState::aborted, "Filter failed"}};
    expect_interrupted("Filter failed");
    EXPECT_EQ(script_.canceled, 0U);
}

TEST_F(CupsQueue, AStoppedJobIsTakenOutAtOnce) {
    script_.views = {CupsJobView{CupsJobState::stopped, "", {}, "Backend failed"}};
    expect_interrupted("Backend failed");
    EXPECT_EQ(script_.canceled, 1U);
}

TEST_F(CupsQueue, AJobThatNeverEndsIsTakenOutWithTheLastThatCupsSaid) {
    script_.views = {CupsJobView{CupsJobState::processing, "", {"none"}, "The printer may not exist."}};
    expect_interrupted("too long: CUPS says: The printer may not exist.");
    EXPECT_EQ(script_.canceled, 1U);
}

TEST_F(CupsQueue, ASlowCupsIsNotWaitedForWithoutEnd) {
    longest_ = std::chrono::seconds(0);
    script_.views = {processing()};
    expect_interrupted("too long");
    EXPECT_EQ(script_.looks, 1U);
}

TEST_F(CupsQueue, AJobThatEndsWhileItIsTakenOutIsPrinted) {
    script_.views = {processing({"media-jam"})};
    script_.after_cancel = CupsJobState::completed;
    script_.can_cancel = false;
    EXPECT_TRUE(print().ok());
}

TEST_F(CupsQueue, ACupsThatDiesIsNoReasonToPrintTwice) {
    script_.views = {std::nullopt};
    script_.can_cancel = false;
    script_.after_cancel.reset();
    expect_interrupted("may still come out");
}

TEST_F(CupsQueue, ACupsThatComesBackIsHeard) {
    script_.views = {std::nullopt, processing(), CupsJobView{CupsJobState::completed, ""}};
    EXPECT_TRUE(print().ok());
}

TEST(CupsReasons, AreToldInWords) {
    for (const Warnings warnings : {Warnings::pass_over, Warnings::count}) {
        EXPECT_EQ(obstacle_in({}, warnings), "");
        EXPECT_EQ(obstacle_in({"none"}, warnings), "");
        EXPECT_EQ(obstacle_in({"media-low-warning"}, warnings), "");
        EXPECT_EQ(obstacle_in({"offline-report"}, warnings), "the printer is off or unplugged");
        EXPECT_EQ(obstacle_in({"media-low-warning", "cover-open"}, warnings), "the printer's cover is open");
    }
    EXPECT_EQ(obstacle_in({"media-empty-warning"}, Warnings::pass_over), "");
    EXPECT_EQ(obstacle_in({"media-empty-warning"}, Warnings::count), "the printer has no paper");
}

}  // namespace
}  // namespace stimme::printer
