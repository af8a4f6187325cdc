// Kept TLS connections to a server on this machine, as lean as OpenSSL gives them, so that the load costs the
// machine little beside the server that is measured.
//
// Thread rule: a Connection belongs to one thread at a time; Clients to the one that made it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/certificates.h"

namespace stimme::bench {

class Connection {
  public:
    // Connects to 127.0.0.1 and shakes hands; without an identity shows no certificate. Throws.
    Connection(std::uint16_t port, const std::filesystem::path& authority, const test::Identity* identity);
    ~Connection();
    Connection(Connection&&) noexcept;

    // Sends a whole request and returns the length of the answer's body. Throws unless it is 200.
    std::size_t exchange(std::string_view request) { return fetch(request).size(); }
    // The same, with the body, which is valid until the next request.
    std::string_view fetch(std::string_view request);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

// A POST of JSON, or a GET where there is no body, as bytes. Each POST has a fresh Idempotency-Key.
std::string request_bytes(const std::string& path, const std::string& json);

class Clients {
  public:
    // A connection for each identity.
    Clients(std::uint16_t port, const std::filesystem::path& authority,
            const std::vector<test::Identity>& identities);
    // So many without certificates.
    Clients(std::uint16_t port, const std::filesystem::path& authority, std::size_t count);

    // A thread for each connection takes numbers from 0 to count - 1 until all are done. Throws what `work`
    // throws.
    void run(std::size_t count, const std::function<void(Connection&, std::size_t number)>& work);

  private:
    std::vector<Connection> connections_;
};

}  // namespace stimme::bench
