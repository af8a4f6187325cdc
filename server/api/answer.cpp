#include "server/api/answer.h"

#include "core/net/server/problem.h"

namespace stimme::api {

Callers caller_of(election::Role role) {
    switch (role) {
        case election::Role::official:
            return official;
        case election::Role::desk:
            return desk;
        case election::Role::booth:
            return booth;
        case election::Role::trustee:
            return trustee;
    }
    return 0;
}

std::string_view Call::query(std::string_view name) const {
    const auto found = request.query.find(name);
    return found == request.query.end() ? std::string_view{} : std::string_view(found->second);
}

int status_of(const Error& error) {
    switch (error.kind) {
        case ErrorKind::invalid:
            return error.code.starts_with("json-") ? 400 : 422;
        case ErrorKind::not_found:
            return 404;
        case ErrorKind::conflict:
            return 409;
        case ErrorKind::forbidden:
            return 403;
        case ErrorKind::unavailable:
            return 503;
        case ErrorKind::corrupt:
        case ErrorKind::internal:
            return 500;
    }
    return 500;
}

net::Response problem(const Error& error) {
    const int status = status_of(error);
    return net::problem(status, error.code,
                        status == 500 ? "something went wrong inside the server" : error.message);
}

net::Response json_answer(const json::Value& value, int status) {
    net::Response response;
    response.status = status;
    response.content_type = "application/json";
    response.body = json::canonical(value);
    return response;
}

net::Response text_answer(std::string text, std::string_view content_type) {
    net::Response response;
    response.content_type = content_type;
    response.body = std::move(text);
    return response;
}

}  // namespace stimme::api
