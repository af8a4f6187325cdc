#include "client/station/surroundings.h"

#include <array>
#include <cstdlib>
#include <ctime>
#include <fstream>

#include <langinfo.h>
#include <locale.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "client/session/session.h"
#include "core/crypto/sha256.h"
#include "core/net/client/problem.h"

namespace stimme::station {
namespace {

std::string from_environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? "" : value;
}

// The variable that decides about characters.
std::string locale_name() {
    for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
        if (std::string value = from_environment(name); !value.empty()) return value;
    }
    return "C";
}

std::string code_set() {
    const locale_t locale = ::newlocale(LC_CTYPE_MASK, "", nullptr);
    if (locale == nullptr) return "";  // a locale that isn't installed
    const std::string result = ::nl_langinfo_l(CODESET, locale);
    ::freelocale(locale);
    return result;
}

}  // namespace

Terminal RealSurroundings::terminal() {
    Terminal result{from_environment("TERM"), locale_name(), code_set()};
    winsize size = {};
    if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0) {
        result.columns = size.ws_col;
        result.rows = size.ws_row;
    }
    return result;
}

Result<Connection> RealSurroundings::connect() {
    STIMME_TRY(session::Session session,
               session::Session::open(context_, [](net::ClientConfig& config) { config.attempts = 1; }));
    net::HttpRequest request;
    request.path = session.path("record/definition.json");
    const auto begin = std::chrono::steady_clock::now();
    STIMME_TRY(const net::HttpResponse answer, net::successful(session.api().send(request)));
    const auto took = std::chrono::steady_clock::now() - begin;
    Connection result{std::chrono::duration_cast<std::chrono::milliseconds>(took), std::nullopt};
    if (const auto date = answer.headers.find("date"); date != answer.headers.end())
        result.server_time = parse_http_date(date->second);
    return result;
}

Result<std::string> RealSurroundings::program_hash() {
    std::ifstream program("/proc/self/exe", std::ios::binary);
    crypto::Sha256 hash;
    std::array<char, 1 << 16> piece;
    do {
        program.read(piece.data(), piece.size());
        hash.update(as_bytes({piece.data(), static_cast<std::size_t>(program.gcount())}));
    } while (program);
    if (!program.eof()) return unavailable("program-unreadable", "the running program can't be read");
    return to_hex(hash.finish());
}

std::optional<TimePoint> parse_http_date(const std::string& text) {
    std::tm read = {};
    const char* end = ::strptime(text.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &read);
    if (end == nullptr || *end != '\0') return std::nullopt;
    return std::chrono::time_point_cast<std::chrono::seconds>(
        std::chrono::system_clock::from_time_t(::timegm(&read)));
}

}  // namespace stimme::station
