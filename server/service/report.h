// Who is told what the server itself does and suffers.
//
// Thread rule: called from any thread.
#pragma once

#include <functional>
#include <string_view>

namespace stimme::service {

// A sentence without personal data, passes and codes. May be empty.
using Report = std::function<void(std::string_view)>;

}  // namespace stimme::service
