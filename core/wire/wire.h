// From bytes to a request or answer and back. One function for all types of desk.h, booth.h and office.h.
//
// Thread rule: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "core/base/json_fields.h"

namespace stimme::wire {

// Reads a message strictly. `read` for the type is found in its own header.
// Errors: those of json::parse, and message-invalid, naming each problem with its JSON pointer.
template <class Message>
Result<Message> parse(std::string_view text, json::Limits limits = {}) {
    STIMME_TRY(const json::Value value, json::parse(text, limits));
    json::Problems problems;
    json::Fields in(value, problems);
    Message message{};
    read(in, message);
    in.finish();
    STIMME_CHECK(problems.status("message-invalid"));
    return message;
}

template <class Message>
std::string print(const Message& message) {
    return json::canonical(to_json(message));
}

}  // namespace stimme::wire
