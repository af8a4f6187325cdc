// For targets over messages of core/wire.
//
// Thread rule: pure functions.
#pragma once

#include "core/wire/wire.h"
#include "tests/fuzz/target.h"

namespace stimme::fuzz {

// What is read as a Message prints as a text that reads as the same.
template <class Message>
void expect_one_meaning(std::string_view text) {
    const auto message = wire::parse<Message>(text);
    if (!message) return;
    const std::string printed = wire::print(*message);
    const auto again = wire::parse<Message>(printed);
    require(again && wire::print(*again) == printed, "a message reads as it was printed");
}

}  // namespace stimme::fuzz
