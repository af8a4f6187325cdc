// Blocking requests to one server over HTTPS, with retries. Trusts one certificate authority and no other.
//
// Retry rule: what failed on the way (network-unreachable, network-timeout) is tried again, a bounded number
// of times with growing pauses, if it is a GET or carries an idempotency key, which stays the same. Nothing
// else is: the server may have acted on it. An answer of the server, whatever its status, is never retried.
//
// Thread rule: an ApiClient belongs to one thread at a time.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/net/client/http.h"

namespace stimme::net {

struct ClientConfig {
    std::string server;        // "https://host:8443"
    std::filesystem::path ca;  // PEM: the only authority trusted for the server's certificate
    // PEM files of this machine's certificate and key, for the staff port; both or neither.
    std::filesystem::path certificate;
    std::filesystem::path key;

    std::chrono::milliseconds connect{10'000};  // for the connection and the TLS handshake, each
    std::chrono::milliseconds answer{30'000};   // from the end of the request to the head of the answer
    std::chrono::milliseconds piece{30'000};    // for each 64 KiB of a body in either direction
    // For a whole exchange whose answer is kept in memory, and a second more for each 256 KiB that are sent.
    std::chrono::milliseconds whole{120'000};
    unsigned attempts = 4;                            // in all; at least 1
    std::chrono::milliseconds pause{250};             // before the second attempt; doubles each time
    std::size_t answer_bytes = std::size_t{8} << 20;  // largest body that send() takes
};

class ApiClient {
  public:
    // Reads the files; connects only when something is sent.
    // Errors: url-invalid, certificate-unreadable, key-unreadable.
    static Result<ApiClient> open(ClientConfig config);

    ~ApiClient();
    ApiClient(ApiClient&&) noexcept;
    ApiClient& operator=(ApiClient&&) noexcept;

    // The server's answer, whatever its status (see problem.h). Errors:
    //   network-unreachable  no connection, or it broke
    //   network-timeout      the server took too long
    //   tls-untrusted        the server's certificate isn't from our authority, or is for another name
    //   tls-refused          the server doesn't accept this machine's certificate, or no common TLS version
    //   certificate-expired, certificate-not-yet-valid   the server's or this machine's own; or a clock is
    //   wrong answer-too-large     the body exceeds answer_bytes answer-malformed     it isn't HTTP
    //   request-invalid      path or headers can't stand in a request
    Result<HttpResponse> send(const HttpRequest& request);

    // GET `path` and hand the body to `sink` in pieces as they come, without a limit. Retried only while sink
    // has seen nothing. Errors: as send, those of sink, and error_of() any answer but 200.
    Status get_to(std::string_view path, const Sink& sink);

  private:
    class Impl;
    explicit ApiClient(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace stimme::net
