// Asking again until there is an answer: for requests that the server may have acted on although no answer
// came, so that they must be repeated and nothing else may be done meanwhile (docs/protocol.md, sections 5
// and 6). Repetitions carry the same idempotency key.
//
// Thread rule: one thread.
#pragma once

#include <chrono>
#include <functional>
#include <limits>
#include <thread>

#include "core/base/result.h"

namespace stimme::session {

// Whether the server may have acted without our hearing of it. A refusal is an answer.
inline bool is_unanswered(const Error& error) {
    return error.kind == ErrorKind::unavailable || error.kind == ErrorKind::internal ||
           error.code == "answer-malformed";
}

// The server has learned that it lost what was published, and writes nothing before an official has put the
// newer copy in its place; or a certificate has expired. Asking again soon is no use, but the request stays
// unanswered.
inline bool is_standstill(const Error& error) {
    return error.code == "log-behind" || error.code == "log-forked" || error.code == "roll-behind" ||
           error.code.starts_with("certificate-");
}

struct Patience {
    unsigned rounds = 30;  // each with the network's own retries; at least 1
    // Between rounds.
    std::function<void()> pause = [] { std::this_thread::sleep_for(std::chrono::seconds(2)); };
    // Ends it before its rounds do.
    std::function<bool()> given_up = [] { return false; };
};
// Until there is an answer, or somebody gives up.
constexpr unsigned as_long_as_it_takes = std::numeric_limits<unsigned>::max();

// The first answer, or the last failure when patience ends. `ask` gives a Result.
template <class Ask>
auto until_answered(const Patience& patience, const Ask& ask) {
    auto answer = ask();
    const auto again = [&] {
        return !answer && is_unanswered(answer.error()) && !is_standstill(answer.error());
    };
    for (unsigned round = 1; round < patience.rounds && again() && !patience.given_up(); ++round) {
        patience.pause();
        answer = ask();
    }
    return answer;
}

}  // namespace stimme::session
