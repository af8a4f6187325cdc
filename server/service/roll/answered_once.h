// An act on the roll, of the office or of a desk, that may be repeated: the answer is kept in the transaction
// that does it, and the same request gets it again, also after the roll was sealed in between
// (docs/protocol.md, section 6.8).
//
// Thread rule: within an operation of the Writer.
#pragma once

#include <utility>

#include "core/wire/wire.h"
#include "server/service/once.h"
#include "server/store/roll/people_store.h"

namespace stimme::service {

// Does `work()`, which gives a Result<T>, or gives what it gave when the same request came before. Errors:
// idempotency-key-reused (conflict), those of `work`.
template <class T, class Work>
Result<T> answered_once(store::PeopleRows& rows, const Once& once, Work work) {
    constexpr std::size_t largest_answer = std::size_t{8} << 20;
    STIMME_TRY(const auto answered, rows.once(once.key));
    if (answered && answered->digest != once.digest)
        return conflict("idempotency-key-reused",
                        "this Idempotency-Key came with another request before; right is a fresh one");
    if (answered) return wire::parse<T>(answered->answer, {largest_answer, 32});
    STIMME_TRY(T answer, work());
    STIMME_CHECK(rows.add_once({once.key, once.digest, wire::print(answer)}));
    return answer;
}

}  // namespace stimme::service
