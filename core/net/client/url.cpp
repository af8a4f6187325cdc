#include "core/net/client/url.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/base/ascii.h"

namespace stimme::net {
namespace {

bool is_unreserved(char c) {
    return is_letter(c) || is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

bool is_host(std::string_view text, bool in_brackets) {
    const auto fits = [&](char c) {
        return is_letter(c) || is_digit(c) || c == '.' || c == '-' || (in_brackets && c == ':');
    };
    return !text.empty() && std::all_of(text.begin(), text.end(), fits);
}

bool is_port(std::string_view text) {
    return !text.empty() && text.size() <= 5 && std::all_of(text.begin(), text.end(), is_digit);
}

Error url_error(std::string_view url) {
    return invalid("url-invalid",
                   fmt::format("\"{}\" isn't a server's address such as https://host:8443", url));
}

}  // namespace

std::string ServerAddress::authority() const {
    const bool bare_v6 = host.find(':') != std::string::npos;
    return bare_v6 ? fmt::format("[{}]:{}", host, port) : fmt::format("{}:{}", host, port);
}

Result<ServerAddress> parse_server_url(std::string_view url) {
    constexpr std::string_view scheme = "https://";
    if (!url.starts_with(scheme)) return url_error(url);
    std::string_view rest = url.substr(scheme.size());
    if (rest.ends_with('/')) rest.remove_suffix(1);
    const bool in_brackets = rest.starts_with('[');
    if (in_brackets) rest.remove_prefix(1);
    const std::size_t end = std::min(rest.find(in_brackets ? "]" : ":"), rest.size());
    const std::string_view host = rest.substr(0, end);
    rest.remove_prefix(end);
    if (in_brackets && !rest.starts_with(']')) return url_error(url);
    if (in_brackets) rest.remove_prefix(1);
    const std::string_view port = rest.empty() ? ":443" : rest;
    if (!is_host(host, in_brackets) || port[0] != ':' || !is_port(port.substr(1))) return url_error(url);
    return ServerAddress{std::string(host), std::string(port.substr(1))};
}

std::string percent_encoded(std::string_view text) {
    std::string result;
    for (const char c : text) {
        if (is_unreserved(c)) {
            result += c;
        } else {
            result += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        }
    }
    return result;
}

}  // namespace stimme::net
