// The server's own certificates: whether they are valid, and for how long.
//
// Thread rule: pure functions over the file system.
#pragma once

#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/net/server/server.h"

namespace stimme::net {

// Those of both ports and the authority of staff. Errors: certificate-unreadable, certificate-expired,
// certificate-not-yet-valid; the message names the file and how to renew it.
Status check_certificates(const ServerConfig& config, TimePoint now);

// A sentence for each of them that expires within `warning_days`, and for each that check_certificates
// refuses.
std::vector<std::string> certificate_warnings(const ServerConfig& config, TimePoint now);

constexpr long warning_days = 30;

}  // namespace stimme::net
