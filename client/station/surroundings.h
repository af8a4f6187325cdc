// What the check of a station looks at on its machine and behind its cables, so that tests can put something
// else there.
//
// Thread rule: one thread.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "client/cli/command.h"
#include "core/base/clock.h"
#include "core/base/result.h"

namespace stimme::station {

// The terminal at which the program runs.
struct Terminal {
    std::string kind;         // TERM
    std::string locale;       // "de_DE.UTF-8", as set for characters
    std::string code_set;     // "UTF-8"
    std::size_t columns = 0;  // 0: it isn't told, or there is no terminal
    std::size_t rows = 0;
};

struct Connection {
    std::chrono::milliseconds round_trip;  // of one small request on an open connection
    std::optional<TimePoint> server_time;  // as the server tells it
};

class Surroundings {
  public:
    virtual ~Surroundings() = default;
    virtual Terminal terminal() = 0;
    // Reaches the server with this machine's certificate, and pins its definition. Errors: those of
    // Session::open and ApiClient::send.
    virtual Result<Connection> connect() = 0;
    // SHA-256 of the running program, in hex. Errors: program-unreadable (unavailable).
    virtual Result<std::string> program_hash() = 0;
};

// Those of this machine; the context must outlive them.
class RealSurroundings final : public Surroundings {
  public:
    explicit RealSurroundings(const cli::Context& context) : context_(context) {}
    Terminal terminal() override;
    Result<Connection> connect() override;
    Result<std::string> program_hash() override;

  private:
    const cli::Context& context_;
};

// "Sun, 15 Dec 1996 07:00:00 GMT", as servers tell the time (RFC 9110, section 5.6.7); nothing for another
// form.
std::optional<TimePoint> parse_http_date(const std::string& text);

}  // namespace stimme::station
