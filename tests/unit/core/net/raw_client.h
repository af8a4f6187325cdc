// A TLS client that sends exactly the bytes it is told to, right or wrong.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace stimme::test {

struct RawOptions {
    std::filesystem::path certificate;  // with `key`, or none
    std::filesystem::path key;
    int max_version = 0;           // 0: whatever OpenSSL speaks
    std::string ciphers = {};      // of TLS 1.2; OpenSSL's own when empty
    std::string groups = {};       // as well
    std::string server_name = {};  // none is sent when empty
};

// A TCP connection to 127.0.0.1 and nothing more.
class PlainSocket {
  public:
    explicit PlainSocket(std::uint16_t port);
    ~PlainSocket();
    PlainSocket(const PlainSocket&) = delete;
    PlainSocket& operator=(const PlainSocket&) = delete;

    bool connected() const { return socket_ >= 0; }
    bool send(std::string_view bytes) const;
    // All that comes until the other end closes; " (and silence)" is appended when that takes three seconds.
    std::string rest() const;
    // Closes so that the other end sees a reset.
    void reset();

  private:
    int socket_;
};

class RawClient {
  public:
    // Connects to 127.0.0.1 and shakes hands; see connected().
    explicit RawClient(std::uint16_t port, const RawOptions& options = {});
    ~RawClient();
    RawClient(RawClient&&) noexcept;

    bool connected() const;
    // False when the other end is gone.
    bool send(std::string_view bytes);
    // Says that nothing more will be sent, in TLS and in TCP.
    void end_sending();
    // Ends the connection without a goodbye, so that the other end sees a reset.
    void reset();
    // Whether the other end agrees to a new handshake on this connection (TLS 1.2).
    bool renegotiate();
    // Bytes of early data that the session's ticket allows; whether there is a ticket at all.
    std::uint32_t early_data_offered() const;
    bool resumable() const;
    // One answer with the body that Content-Length announces; "" when the connection ends before.
    std::string answer(bool with_body = true);
    // Everything until the connection ends; waits at most three seconds.
    std::string rest();

  private:
    struct State;
    bool receive();
    std::unique_ptr<State> state_;
    std::string received_;
};

}  // namespace stimme::test
