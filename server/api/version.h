// The version of this program and of its API.
//
// Thread rule: values and pure functions.
#pragma once

namespace stimme::api {

constexpr char version[] = "1.0.0";

}  // namespace stimme::api
