// The line to a receipt printer: bytes there and back, each step with a time after which it is given up.
//
// Thread rule: a Channel belongs to one thread.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace stimme::printer {

class Channel {
  public:
    virtual ~Channel() = default;
    // All of it. Errors (unavailable): printer-stuck (nothing moved for `patience`, or all together took
    // twelve times as long), printer-gone.
    virtual Status write(ByteView bytes, std::chrono::milliseconds patience) = 0;
    // The next byte, or nothing when none came in time. Errors (unavailable): printer-gone.
    virtual Result<std::optional<std::uint8_t>> read(std::chrono::milliseconds patience) = 0;
};

// A character device such as /dev/usb/lp0 or a serial line, whose speed stays as it is. Errors:
// printer-missing (unavailable, naming the devices there are), printer-forbidden (forbidden), printer-busy
// (conflict: another program has it).
Result<std::unique_ptr<Channel>> open_device(const std::filesystem::path& path);

// A printer in the network. Errors (unavailable): printer-missing (no such host), printer-unreachable.
Result<std::unique_ptr<Channel>> open_tcp(const std::string& host, const std::string& port,
                                          std::chrono::milliseconds patience);

}  // namespace stimme::printer
