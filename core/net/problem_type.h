// What stands before the code in the `type` of a problem document (RFC 9457).
//
// Thread rule: a constant.
#pragma once

#include <string_view>

namespace stimme::net {

constexpr std::string_view problem_type_prefix = "urn:stimme:problem:";

}  // namespace stimme::net
