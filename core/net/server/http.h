// What the server's network layer hands to the application and gets back: plain values without any type of
// the HTTP library. It knows nothing of elections.
//
// Invariants of a Request: the path is absolute, percent-decoded once, valid UTF-8 without control
// characters, backslashes, empty, "." and ".." segments; no query key stands twice; on the staff port `peer`
// is set, on the public port it isn't.
//
// Thread rule: plain values. A Handler is called on any of the server's threads, several at once; its Respond
// may be called from any thread, at once or later.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/bytes.h"

namespace stimme::net {

enum class Port {
    public_port,  // TLS 1.2 or 1.3, no client certificate
    staff_port,   // TLS 1.3 with a client certificate
};

// The verified owner of a client certificate.
struct Peer {
    ByteArray<33> key;                // SEC1, compressed point on P-256
    std::string organisational_unit;  // OU of the subject; empty unless there is exactly one
    std::string common_name;          // CN of the subject; empty unless there is exactly one
};

struct Request {
    Port port = Port::public_port;
    std::string method;  // "GET", "POST", ...; HEAD arrives as GET and its answer's body isn't sent
    std::string path;    // "/v1/elections/ab"
    std::map<std::string, std::string, std::less<>> query;  // decoded, "+" as a blank
    std::map<std::string, std::string, std::less<>>
        headers;  // lower-case names; repeated ones joined by ", "
    std::string body;
    std::optional<Peer> peer;
    std::string remote;  // "192.0.2.1"

    // Value of a header by its lower-case name, "" when it wasn't sent.
    std::string_view header(std::string_view name) const {
        const auto found = headers.find(name);
        return found == headers.end() ? std::string_view{} : std::string_view(found->second);
    }
};

// `size` bytes of a file from `offset` on, read while they are sent. When the file is missing or shorter, the
// answer is 500.
struct FileRegion {
    std::filesystem::path path;
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
};

struct Response {
    using Shared = std::shared_ptr<const std::string>;  // not null; content that many answers have in common
    using Body = std::variant<std::string, Shared, FileRegion>;

    int status = 200;
    std::string content_type;  // none is sent when empty
    Body body;
    std::string cache_control = "no-store";
    // Further headers. Not among them: Content-Length, Connection and the security headers, which the server
    // adds to every answer.
    std::vector<std::pair<std::string, std::string>> headers;
};

// Gives the answer. The first call counts, later ones do nothing; when the last copy is destroyed without a
// call, the answer is 500. May outlive the Server; the answer then goes nowhere.
using Respond = std::function<void(Response)>;
// An exception that leaves a Handler becomes an answer 500 that tells nothing of it.
using Handler = std::function<void(Request, Respond)>;

}  // namespace stimme::net
