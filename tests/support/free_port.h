// A port of the loopback that nobody listens on just now, and that no connection of another program gets by
// chance: it is below those that Linux gives to whoever connects.
//
// Thread rule: a pure function over the system's ports.
#pragma once

#include <cstdint>
#include <random>
#include <stdexcept>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace stimme::test {

// Throws std::runtime_error when there is none.
inline std::uint16_t free_port() {
    std::random_device random;
    std::uniform_int_distribution<std::uint16_t> ports(20'000, 32'767);
    for (int tries = 0; tries < 100; ++tries) {
        const std::uint16_t port = ports(random);
        const int probe = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(port);
        const bool bound = ::bind(probe, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
        ::close(probe);
        if (bound) return port;
    }
    throw std::runtime_error("no port is free");
}

}  // namespace stimme::test
