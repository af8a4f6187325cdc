#include "core/net/client/problem.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "core/base/json.h"

namespace stimme::net {
namespace {

ErrorKind kind_of(int status) {
    switch (status) {
        case 401:
        case 403:
            return ErrorKind::forbidden;
        case 404:
        case 410:
            return ErrorKind::not_found;
        case 409:
        case 412:
            return ErrorKind::conflict;
        case 408:
        case 429:
            return ErrorKind::unavailable;
        case 500:
            return ErrorKind::internal;
        default:
            return status >= 400 && status < 500 ? ErrorKind::invalid : ErrorKind::unavailable;
    }
}

bool is_code(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

const std::string* text_member(const json::Object& object, std::string_view key) {
    const json::Value* const value = object.find(key);
    return value == nullptr ? nullptr : value->get<std::string>();
}

std::optional<Error> error_of_problem(const json::Object& problem, ErrorKind kind) {
    const std::string* const type = text_member(problem, "type");
    const std::string* const detail = text_member(problem, "detail");
    if (type == nullptr || detail == nullptr) return std::nullopt;
    const std::string code = type->substr(type->find_last_of(":/#") + 1);
    if (!is_code(code)) return std::nullopt;
    return Error{kind, code, *detail};
}

}  // namespace

Error error_of(const HttpResponse& response) {
    const ErrorKind kind = kind_of(response.status);
    if (response.content_type.starts_with("application/problem+json")) {
        const Result<json::Value> document = json::parse(response.body);
        const auto* const problem = document ? document->get<json::Object>() : nullptr;
        std::optional<Error> error = problem ? error_of_problem(*problem, kind) : std::nullopt;
        if (error) return *std::move(error);
    }
    return {kind, fmt::format("http-{}", response.status),
            fmt::format("the server answered with status {} and no explanation", response.status)};
}

Result<HttpResponse> successful(Result<HttpResponse> response) {
    if (!response || response->ok()) return response;
    return error_of(*response);
}

}  // namespace stimme::net
