#include "client/printer/channel.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

namespace stimme::printer {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

Error gone(const char* why) {
    return unavailable("printer-gone",
                       fmt::format("the printer is gone ({}): see that it is on and plugged in", why));
}

class Descriptor {
  public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&&) = delete;
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    int get() const { return number_; }

  private:
    int number_;
};

// Whether the descriptor became ready in time.
bool wait_for(int descriptor, short events, milliseconds patience) {
    pollfd one = {descriptor, events, 0};
    int ready = 0;
    do {
        ready = ::poll(&one, 1, static_cast<int>(patience.count()));
    } while (ready < 0 && errno == EINTR);
    return ready > 0;
}

bool try_later() {
    return errno == EAGAIN || errno == EINTR;
}

class DescriptorChannel final : public Channel {
  public:
    DescriptorChannel(Descriptor descriptor, bool socket)
        : descriptor_(std::move(descriptor)), socket_(socket) {}

    Status write(ByteView bytes, milliseconds patience) override {
        const auto deadline = std::chrono::steady_clock::now() + 12 * patience;
        while (!bytes.empty()) {
            const bool late = std::chrono::steady_clock::now() > deadline;
            if (late || !wait_for(descriptor_.get(), POLLOUT, patience))
                return unavailable("printer-stuck", "the printer takes nothing more: look at it");
            const ssize_t count = write_some(bytes);
            if (count < 0 && !try_later()) return gone(std::strerror(errno));
            if (count > 0) bytes = bytes.subspan(static_cast<std::size_t>(count));
        }
        return {};
    }

    Result<std::optional<std::uint8_t>> read(milliseconds patience) override {
        if (!wait_for(descriptor_.get(), POLLIN, patience)) return std::optional<std::uint8_t>();
        std::uint8_t byte = 0;
        const ssize_t count = ::read(descriptor_.get(), &byte, 1);
        if (count == 1) return std::optional(byte);
        if (count < 0 && try_later()) return std::optional<std::uint8_t>();
        return gone(count == 0 ? "it hung up" : std::strerror(errno));
    }

  private:
    // A socket whose other end is gone must not end the program by a signal.
    ssize_t write_some(ByteView bytes) const {
        if (socket_) return ::send(descriptor_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
        return ::write(descriptor_.get(), bytes.data(), bytes.size());
    }

    Descriptor descriptor_;
    bool socket_;
};

std::string devices_there_are() {
    std::string names;
    for (const char* folder : {"/dev/usb", "/dev"}) {
        std::error_code error;
        for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
            const std::string name = at->path().filename().string();
            const bool line =
                name.starts_with("lp") || name.starts_with("ttyUSB") || name.starts_with("ttyACM");
            if (line && at->is_character_file(error))
                names += (names.empty() ? "" : ", ") + at->path().string();
        }
    }
    return names.empty() ? "there is no other: plug the printer in and switch it on" : "there is " + names;
}

Error not_opened(const fs::path& path) {
    switch (errno) {
        case EACCES:
        case EPERM:
            return forbidden(
                "printer-forbidden",
                fmt::format("{} may not be opened: put this user into the group lp", path.string()));
        case EBUSY:
            return conflict("printer-busy",
                            fmt::format("another program has {} (CUPS? then use cups:NAME)", path.string()));
        default:
            return unavailable("printer-missing",
                               fmt::format("there is no printer at {} ({}); {}", path.string(),
                                           std::strerror(errno), devices_there_are()));
    }
}

// Bytes pass a terminal line as they are.
void make_raw(int descriptor) {
    termios settings;
    if (::tcgetattr(descriptor, &settings) != 0) return;
    ::cfmakeraw(&settings);
    ::tcsetattr(descriptor, TCSANOW, &settings);
}

using Addresses = std::unique_ptr<addrinfo, void (*)(addrinfo*)>;

bool connected(int descriptor, const addrinfo& address, milliseconds patience) {
    if (::connect(descriptor, address.ai_addr, address.ai_addrlen) == 0) return true;
    if (errno != EINPROGRESS || !wait_for(descriptor, POLLOUT, patience)) return false;
    int error = 0;
    socklen_t size = sizeof error;
    return ::getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &size) == 0 && error == 0;
}

}  // namespace

Result<std::unique_ptr<Channel>> open_device(const fs::path& path) {
    Descriptor descriptor(::open(path.c_str(), O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    if (descriptor.get() < 0) return not_opened(path);
    std::error_code error;
    if (!fs::is_character_file(path, error))
        return unavailable("printer-missing",
                           fmt::format("{} is no device; {}", path.string(), devices_there_are()));
    make_raw(descriptor.get());
    return std::unique_ptr<Channel>(std::make_unique<DescriptorChannel>(std::move(descriptor), false));
}

Result<std::unique_ptr<Channel>> open_tcp(const std::string& host, const std::string& port,
                                          milliseconds patience) {
    addrinfo wanted = {};
    wanted.ai_socktype = SOCK_STREAM;
    addrinfo* list = nullptr;
    if (const int error = ::getaddrinfo(host.c_str(), port.c_str(), &wanted, &list); error != 0)
        return unavailable("printer-missing",
                           fmt::format("there is no host {}: {}", host, ::gai_strerror(error)));
    const Addresses addresses(list, ::freeaddrinfo);
    for (const addrinfo* at = addresses.get(); at != nullptr; at = at->ai_next) {
        Descriptor descriptor(::socket(at->ai_family, at->ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
        if (descriptor.get() >= 0 && connected(descriptor.get(), *at, patience))
            return std::unique_ptr<Channel>(std::make_unique<DescriptorChannel>(std::move(descriptor), true));
    }
    return unavailable("printer-unreachable",
                       fmt::format("no printer answers at {}:{}: is it on, is its cable in?", host, port));
}

}  // namespace stimme::printer
