// Answers of the API: messages as JSON, errors as RFC 9457 problem documents, in one place.
//
// Thread rule: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/net/server/http.h"
#include "core/wire/wire.h"
#include "server/api/route.h"

namespace stimme::api {

// HTTP status of an error: 400 or 422 invalid, 404 not found, 409 conflict, 403 forbidden, 503 unavailable,
// 500 corrupt and internal.
int status_of(const Error& error);
// The problem document; of errors of our own only the code is told.
net::Response problem(const Error& error);

net::Response json_answer(const json::Value& value, int status = 200);
net::Response text_answer(std::string text, std::string_view content_type = "text/plain; charset=utf-8");

template <class Message>
net::Response answer(const Message& message, int status = 200) {
    return json_answer(to_json(message), status);
}

// For the callbacks of services: answers with the message or with its error.
template <class Message>
std::function<void(Result<Message>)> answering(Reply reply, int status = 200) {
    return [reply = std::move(reply), status](Result<Message> result) {
        if (!result) return reply(std::move(result).error());
        reply(answer(*result, status));
    };
}

}  // namespace stimme::api
