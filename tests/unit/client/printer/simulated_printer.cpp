#include "tests/unit/client/printer/simulated_printer.h"

#include <algorithm>
#include <cstdlib>
#include <stdexcept>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

namespace stimme::printer {
namespace {

class Reader {
  public:
    explicit Reader(const Bytes& bytes) : bytes_(bytes) {}

    Receipt read() {
        while (at_ < bytes_.size()) step();
        return std::move(receipt_);
    }

  private:
    std::uint8_t next() {
        if (at_ == bytes_.size()) throw std::runtime_error("the bytes end inside a command");
        return bytes_[at_++];
    }

    void step() {
        const std::uint8_t byte = next();
        if (byte != 0x1d) in_image_ = false;
        switch (byte) {
            case '\n':
                receipt_.lines.push_back({line_, line_.size() * (wide_ ? 2 : 1), bold_});
                line_.clear();
                return;
            case 0x1b:
                return escape(next());
            case 0x1c:
                return expect(next(), '.');
            case 0x1d:
                return group(next());
            default:
                if (byte < 0x20) throw std::runtime_error("an unknown command " + std::to_string(byte));
                line_ += static_cast<char>(byte);
        }
    }

    void escape(std::uint8_t command) {
        switch (command) {
            case '@':
                return;
            case 't':
                return expect(next(), 0);
            case '!': {
                const std::uint8_t mode = next();
                wide_ = (mode & 0x20) != 0;
                bold_ = (mode & 0x08) != 0;
                return;
            }
            case 'a':
            case 'd':
                next();
                return;
            default:
                throw std::runtime_error("an unknown command ESC " + std::to_string(command));
        }
    }

    void group(std::uint8_t command) {
        if (command == 'V') {
            expect(next(), 66);
            next();
            ++receipt_.cuts;
            return;
        }
        expect(command, 'v');
        expect(next(), '0');
        expect(next(), 0);
        const std::size_t row = word(), rows = word();
        if (!in_image_) receipt_.images.push_back({row * 8, 0, {}});
        in_image_ = true;
        print::Bitmap& image = receipt_.images.back();
        if (image.width != row * 8) throw std::runtime_error("an image changes its width");
        image.height += rows;
        for (std::size_t i = 0; i < row * rows; ++i) image.rows.push_back(next());
    }

    std::size_t word() {
        const std::size_t low = next();
        return low + 256U * next();
    }

    static void expect(std::uint8_t byte, std::uint8_t wanted) {
        if (byte != wanted) throw std::runtime_error("an unknown command, with " + std::to_string(byte));
    }

    const Bytes& bytes_;
    std::size_t at_ = 0;
    std::string line_;
    bool wide_ = false, bold_ = false, in_image_ = false;
    Receipt receipt_;
};

bool ends_with(const Bytes& bytes, std::initializer_list<std::uint8_t> end) {
    return bytes.size() >= end.size() &&
           std::equal(end.begin(), end.end(), bytes.end() - static_cast<std::ptrdiff_t>(end.size()));
}

}  // namespace

std::string Receipt::text() const {
    std::string result;
    for (const Line& line : lines) result += line.text + "\n";
    return result;
}

Receipt read_receipt(const Bytes& bytes) {
    return Reader(bytes).read();
}

SimulatedPrinter::SimulatedPrinter(Line line) : tcp_(line == Line::tcp) {
    if (tcp_) {
        descriptor_ = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address = {};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = ::htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        ::bind(descriptor_, reinterpret_cast<const sockaddr*>(&address), size);
        ::listen(descriptor_, 4);
        ::getsockname(descriptor_, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ::ntohs(address.sin_port);
    } else {
        descriptor_ = ::posix_openpt(O_RDWR | O_NOCTTY);
        ::grantpt(descriptor_);
        ::unlockpt(descriptor_);
        path_ = ::ptsname(descriptor_);
        near_end_ = ::open(path_.c_str(), O_RDWR | O_NOCTTY);
    }
    thread_ = std::thread([this] { serve(); });
}

SimulatedPrinter::~SimulatedPrinter() {
    stop_ = true;
    thread_.join();
    ::close(descriptor_);
    if (near_end_ >= 0) ::close(near_end_);
}

Bytes SimulatedPrinter::received() const {
    const std::lock_guard lock(mutex_);
    return received_;
}

void SimulatedPrinter::serve() {
    if (!tcp_) return serve_one(descriptor_);
    while (!stop_) {
        pollfd one = {descriptor_, POLLIN, 0};
        if (::poll(&one, 1, 10) <= 0) continue;
        const int peer = ::accept(descriptor_, nullptr, nullptr);
        const int small = 4096;  // so that a stuck printer is noticed soon
        ::setsockopt(peer, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
        serve_one(peer);
        ::close(peer);
    }
}

void SimulatedPrinter::serve_one(int peer) {
    while (!stop_) {
        pollfd one = {peer, POLLIN, 0};
        if (::poll(&one, 1, 10) <= 0) continue;
        if (babbles) {
            const Bytes noise(2000, 0xff);
            ::send(peer, noise.data(), noise.size(), MSG_NOSIGNAL);
        }
        const std::size_t limit = sticks_after;
        if (limit != 0 && received().size() >= limit) {
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
            if ((one.revents & POLLHUP) != 0) return;
            continue;
        }
        std::uint8_t byte = 0;
        if (::read(peer, &byte, 1) != 1) return;
        if (!take(peer, byte)) return;
    }
}

// False: it hangs up.
bool SimulatedPrinter::take(int peer, std::uint8_t byte) {
    const std::lock_guard lock(mutex_);
    received_.push_back(byte);
    const auto forget = [this](std::size_t count) { received_.resize(received_.size() - count); };
    if (ends_with(received_, {0x10, 0x14, 8, 1, 3, 20, 1, 6, 2, 8})) {
        dropped = true;
        received_.clear();
        return true;
    }
    // Real printers look for this everywhere, too.
    if (received_.size() >= 3 && ends_with({received_.end() - 3, received_.end() - 1}, {0x10, 0x04}) &&
        byte <= 4) {
        forget(3);
        answer(peer, status(byte));
        return true;
    }
    if (ends_with(received_, {0x1d, 'r', 1})) {
        forget(3);
        if (!paper_out && !cover_open && !offline) answer(peer, 0);
        return true;
    }
    if (paper_lasts != 0 && received_.size() >= paper_lasts) paper_out = true;
    return hangs_up_after == 0 || received_.size() < hangs_up_after;
}

void SimulatedPrinter::answer(int peer, std::uint8_t byte) const {
    if (!answers) return;
    // A peer that gave up waiting is no concern of a printer.
    if (tcp_) {
        ::send(peer, &byte, 1, MSG_NOSIGNAL);
    } else {
        (void)!::write(peer, &byte, 1);
    }
}

std::uint8_t SimulatedPrinter::status(std::uint8_t question) const {
    const bool halted = paper_out || cover_open || offline;
    const auto bits = [](bool set, int value) { return set ? value : 0; };
    switch (question) {
        case 1:
            return static_cast<std::uint8_t>(0x16 | bits(halted, 0x08));  // 0x04: the drawer's switch
        case 2:
            return static_cast<std::uint8_t>(0x12 | bits(cover_open, 0x04) | bits(paper_out, 0x20));
        case 4:
            return static_cast<std::uint8_t>(0x12 | bits(paper_out, 0x60));
        default:
            return 0x12;
    }
}

}  // namespace stimme::printer
