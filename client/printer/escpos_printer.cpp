#include "client/printer/escpos_printer.h"

namespace stimme::printer {
namespace {

using escpos::Question;
using namespace std::chrono_literals;

// The most telling first.
constexpr Question questions[] = {Question::paper, Question::offline_cause, Question::error_cause,
                                  Question::printer};

// Bytes that no printer sends unasked: beyond them it is no printer.
constexpr int most_noise = 1000;

// What an earlier program asked and didn't wait for.
void drop_old_answers(Channel& channel) {
    for (int i = 0; i < most_noise; ++i) {
        const auto byte = channel.read(0ms);
        if (!byte || !byte->has_value()) return;
    }
}

Status give_up(Channel& channel, const Error& reason) {
    // Only for printers that know it: whether it can be sent changes nothing.
    (void)channel.write(escpos::drop_everything(), 500ms);
    return interrupted(reason.message);
}

}  // namespace

Status EscPosPrinter::print(const print::Document& document) {
    STIMME_TRY(const Bytes bytes, escpos::encode(print::sheet_of(document), options_.paper));
    STIMME_TRY(const std::unique_ptr<Channel> channel, connect_());
    if (!options_.silent) STIMME_CHECK(check_state(*channel));
    if (auto sent = channel->write(bytes, options_.stall); !sent) {
        const auto state = options_.silent ? Status() : check_state(*channel);
        return give_up(*channel, state ? sent.error() : state.error());
    }
    if (options_.silent) return {};
    if (auto done = wait_until_done(*channel); !done) return give_up(*channel, done.error());
    return {};
}

Status EscPosPrinter::check_state(Channel& channel) const {
    drop_old_answers(channel);
    for (const Question question : questions) {
        STIMME_TRY(const auto answer, status(channel, question));
        if (!answer)
            return unavailable("printer-silent",
                               "the printer doesn't answer: is it on and plugged in? If it is one that never "
                               "tells its state, write \",silent\" behind its name");
        if (auto problem = escpos::problem_in(question, *answer)) return *std::move(problem);
    }
    return {};
}

Result<std::optional<std::uint8_t>> EscPosPrinter::status(Channel& channel, Question question) const {
    STIMME_CHECK(channel.write(escpos::ask(question), options_.stall));
    for (int i = 0; i < most_noise; ++i) {
        STIMME_TRY(const auto byte, channel.read(options_.answer));
        if (!byte || escpos::is_status(*byte)) return byte;
    }
    return std::optional<std::uint8_t>();
}

Status EscPosPrinter::wait_until_done(Channel& channel) const {
    STIMME_CHECK(channel.write(escpos::ask_when_done(), options_.stall));
    std::optional<Question> asked;
    for (unsigned i = 0; i < options_.answers_until_done; ++i) {
        STIMME_TRY(const auto byte, channel.read(options_.answer));
        if (byte && escpos::is_done(*byte)) return {};
        if (byte && asked && escpos::is_status(*byte)) {
            if (auto problem = escpos::problem_in(*asked, *byte)) return *std::move(problem);
        }
        asked = questions[i % std::size(questions)];
        STIMME_CHECK(channel.write(escpos::ask(*asked), options_.stall));
    }
    return unavailable("printer-stuck", "the printer doesn't say that it has printed: look at it");
}

}  // namespace stimme::printer
