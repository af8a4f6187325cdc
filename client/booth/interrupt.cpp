#include "client/booth/interrupt.h"

#include <atomic>
#include <csignal>
#include <cstring>

#include <unistd.h>

namespace stimme::booth {
namespace {

std::atomic<const char*> sentence{nullptr};

extern "C" void stop(int) {
    const char* const text = sentence.load();
    if (text != nullptr && ::write(STDERR_FILENO, text, std::strlen(text)) < 0) ::_exit(131);
    ::_exit(130);
}

struct Sentence {
    const char* operator()(const Sealed&) const { return left; }
    const char* operator()(const Deciding&) const { return left; }
    const char* operator()(const Casting&) const {
        return "\nStopped while the ballot was being cast. Whether it counts isn't known here: the desk can see it "
               "with the pass.\n";
    }
    const char* operator()(const Testing&) const {
        return "\nStopped during the test. The ballot was NOT cast and can't be any more.\n";
    }
    const char* operator()(const Cast&) const { return "\nThe ballot was cast.\n"; }
    const char* operator()(const Tested&) const { return "\nThe ballot was tested; it was NOT cast.\n"; }
    template <class Other>
    const char* operator()(const Other&) const {
        return "\nStopped. No ballot was cast.\n";
    }
    static constexpr const char* left =
        "\nStopped. The ballot was NOT cast. The desk can end it, so that the pass can be used again.\n";
};

}  // namespace

void catch_interrupts() {
    struct sigaction action {};
    action.sa_handler = stop;
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) ::sigaction(signal, &action, nullptr);
}

const char* if_stopped_now(const State& state) {
    return std::visit(Sentence{}, state);
}

void on_interrupt_say(const State& state) {
    sentence = if_stopped_now(state);
}

}  // namespace stimme::booth
