#include "client/printer/cups_printer.h"

#include <algorithm>

#include <fmt/format.h>

#include "client/print/office_page.h"

namespace stimme::printer {
namespace {

struct Obstacle {
    std::string_view keyword;  // RFC 8011, section 5.4.12, without "-error" and the like
    std::string_view words;
};
constexpr Obstacle obstacles[] = {
    {"media-empty", "the printer has no paper"},
    {"media-needed", "the printer wants other paper: A4"},
    {"media-jam", "paper is jammed in the printer"},
    {"cover-open", "the printer's cover is open"},
    {"door-open", "the printer's door is open"},
    {"input-tray-missing", "the printer's tray is missing"},
    {"output-area-full", "the printer's output tray is full"},
    {"toner-empty", "the printer has no toner"},
    {"marker-supply-empty", "the printer has no ink or toner"},
    {"offline", "the printer is off or unplugged"},
    {"connecting-to-device", "the printer can't be reached: it is off or unplugged"},
    {"timed-out", "the printer doesn't answer"},
    {"shutdown", "the printer is off"},
    {"cups-missing-filter", "CUPS lacks a filter for this printer"},
    {"cups-insecure-filter", "CUPS refuses this printer's filter"},
};

std::string reason_of(const CupsJobView& view) {
    const std::string obstacle = obstacle_in(view.printer_reasons, Warnings::count);
    if (!obstacle.empty()) return obstacle;
    for (const std::string* message : {&view.message, &view.printer_message}) {
        if (!message->empty()) return "CUPS says: " + *message;
    }
    return "CUPS says nothing of it";
}

Error unknown(const std::string& queue, const std::vector<CupsQueueView>& queues) {
    std::string names;
    for (const CupsQueueView& one : queues) names += (names.empty() ? "" : ", ") + one.name;
    return not_found(
        "printer-unknown",
        fmt::format("CUPS has no printer \"{}\"; {}", queue,
                    names.empty() ? "it has none at all: set one up with lpadmin" : "it has " + names));
}

}  // namespace

std::string obstacle_in(const std::vector<std::string>& printer_reasons, Warnings warnings) {
    for (const Obstacle& obstacle : obstacles) {
        for (std::string_view reason : printer_reasons) {
            if (warnings == Warnings::pass_over && reason.ends_with("-warning")) continue;
            for (const std::string_view ending : {"-error", "-report", "-warning"}) {
                if (reason.ends_with(ending)) reason.remove_suffix(ending.size());
            }
            if (reason == obstacle.keyword) return std::string(obstacle.words);
        }
    }
    return {};
}

Status CupsPrinter::check_queue() {
    STIMME_TRY(const auto queues, jobs_->queues());
    const auto found =
        std::find_if(queues.begin(), queues.end(), [&](const auto& one) { return one.name == queue_; });
    if (found == queues.end()) return unknown(queue_, queues);
    if (found->stopped || !found->accepting)
        return unavailable("printer-stopped",
                           fmt::format("the printer {0} is stopped in CUPS: see to it, then cupsenable {0} "
                                       "and cupsaccept {0}",
                                       queue_));
    return {};
}

Status CupsPrinter::print(const print::Document& document) {
    STIMME_TRY(const print::Pdf pdf, print::office_page(print::sheet_of(document)));
    STIMME_CHECK(check_queue());
    STIMME_TRY(const int job, jobs_->submit(queue_, "Stimme", pdf.bytes));
    return watch(job);
}

Status CupsPrinter::watch(int job) {
    using Clock = std::chrono::steady_clock;
    const auto deadline = Clock::now() + patience_.longest;
    std::string last;
    for (unsigned look = 0; look == 0 || (look < patience_.looks && Clock::now() < deadline); ++look) {
        if (look > 0) patience_.pause();
        const auto view = jobs_->look(queue_, job);
        if (!view) {
            last = view.error().message;
            continue;
        }
        last = reason_of(*view);
        if (view->state == CupsJobState::completed) return {};
        if (view->state == CupsJobState::canceled || view->state == CupsJobState::aborted)
            return interrupted(reason_of(*view));
        const Warnings warnings = look < patience_.warned ? Warnings::pass_over : Warnings::count;
        const bool blocked = !obstacle_in(view->printer_reasons, warnings).empty();
        const bool halted = view->state == CupsJobState::stopped || view->state == CupsJobState::held;
        if (halted || (look >= patience_.grace && blocked)) return give_up(job, reason_of(*view));
    }
    return give_up(job, "the printer took too long: " + last);
}

// It may have ended in the meantime: then it was printed.
Status CupsPrinter::give_up(int job, const std::string& reason) {
    const auto canceled = jobs_->cancel(queue_, job);
    const auto view = jobs_->look(queue_, job);
    if (view && view->state == CupsJobState::completed) return {};
    if (!canceled && !view)
        return interrupted(reason + "; CUPS couldn't be told to drop the job, it may still come out");
    return interrupted(reason);
}

}  // namespace stimme::printer
