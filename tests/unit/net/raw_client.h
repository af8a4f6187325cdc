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
    int max_version = 0;  // 0: whatever OpenSSL speaks
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
