#include "core/net/server/message.h"

#include <algorithm>
#include <initializer_list>
#include <utility>

#include <boost/beast/core/string.hpp>
#include <boost/beast/http/rfc7230.hpp>
#include <boost/beast/http/status.hpp>
#include <fmt/chrono.h>

#include "core/base/ascii.h"
#include "core/net/server/problem.h"
#include "core/net/server/target.h"

namespace stimme::net {
namespace {

namespace http = boost::beast::http;

constexpr std::string_view security_headers =
    "Strict-Transport-Security: max-age=63072000\r\n"
    "Content-Security-Policy: default-src 'self'; base-uri 'none'; frame-ancestors 'none'\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: no-referrer\r\n";

std::string_view view(boost::beast::string_view text) {
    return {text.data(), text.size()};
}

void add_header(Request& request, std::string_view name, std::string_view value) {
    const auto [at, added] = request.headers.emplace(lower(name), value);
    if (!added) at->second.append(", ").append(value);
}

bool is_one_line(std::string_view text) {
    return std::none_of(text.begin(), text.end(),
                        [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

bool is_token(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    });
}

// RFC 9110, section 5.6.7: "Sun, 15 Dec 1996 07:00:00 GMT".
std::string http_date(TimePoint time) {
    const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
    return fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", fmt::gmtime(seconds));
}

bool has_body(int status) {
    return status != 204 && status != 304;
}

}  // namespace

std::optional<Response> refusal_of(const RequestHead& head) {
    if (head.version() != 11) return problem(505, "http-version", "only HTTP/1.1 is spoken here");
    if (head.count(http::field::host) != 1) {
        return problem(400, "request-malformed", "a request needs exactly one Host header");
    }
    for (const http::field length : {http::field::content_length, http::field::transfer_encoding}) {
        if (head.count(length) > 1) {
            return problem(400, "request-malformed", "the length of the body is given twice");
        }
    }
    const auto coding = head.find(http::field::transfer_encoding);
    if (coding != head.end() && !boost::beast::iequals(coding->value(), "chunked")) {
        return problem(501, "transfer-encoding", "only the transfer coding \"chunked\" is understood");
    }
    if (head.count(http::field::expect) > 0 && !expects_continue(head)) {
        return problem(417, "expectation-failed", "only \"100-continue\" may be expected");
    }
    return std::nullopt;
}

bool is_refusal(const boost::system::error_code& error) {
    return error.category() == http::make_error_code(http::error::bad_method).category() &&
           error != http::error::end_of_stream && error != http::error::partial_message;
}

Response refusal_of(const boost::system::error_code& error) {
    if (error == http::error::header_limit || error == http::error::buffer_overflow) {
        return problem(431, "header-too-large", "the headers of the request are too large");
    }
    if (error == http::error::body_limit) {
        return problem(413, "body-too-large", "the body of the request is too large");
    }
    return problem(400, "request-malformed", "the request isn't well-formed HTTP/1.1: " + error.message());
}

bool expects_continue(const RequestHead& head) {
    return boost::beast::iequals(head[http::field::expect], "100-continue");
}

Result<Request> request_of(const RequestHead& head) {
    STIMME_TRY(Target target, parse_target(view(head.target())));
    Request request;
    request.method = head.method() == http::verb::head ? "GET" : std::string(head.method_string());
    request.path = std::move(target.path);
    request.query = std::move(target.query);
    for (const auto& field : head) add_header(request, view(field.name_string()), view(field.value()));
    return request;
}

bool is_sendable(const Response& response) {
    return is_one_line(response.content_type) && is_one_line(response.cache_control) &&
           std::all_of(response.headers.begin(), response.headers.end(), [](const auto& header) {
               return is_token(header.first) && is_one_line(header.second);
           });
}

std::string head_of(const Response& response, std::uint64_t size, bool keep_alive, TimePoint now) {
    std::string head;
    head.reserve(1024);
    const auto line = [&](std::initializer_list<std::string_view> parts) {
        for (const std::string_view part : parts) head += part;
        head += "\r\n";
    };
    line({"HTTP/1.1 ", std::to_string(response.status), " ",
          view(http::obsolete_reason(static_cast<http::status>(response.status)))});
    line({"Date: ", http_date(now)});
    head += security_headers;
    line({"Cache-Control: ", response.cache_control});
    if (!response.content_type.empty()) line({"Content-Type: ", response.content_type});
    for (const auto& [name, value] : response.headers) line({name, ": ", value});
    if (has_body(response.status)) line({"Content-Length: ", std::to_string(size)});
    if (!keep_alive) head += "Connection: close\r\n";
    head += "\r\n";
    return head;
}

}  // namespace stimme::net
