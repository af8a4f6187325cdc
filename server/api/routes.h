// The table of all routes, in parts. Whoever adds one describes it in docs/api/openapi.json.
//
// Thread rule: pure functions.
#pragma once

#include <vector>

#include "server/api/route.h"

namespace stimme::api {

std::vector<Route> public_routes();  // elections, health, the web page
std::vector<Route> record_routes();  // the public record
std::vector<Route> office_routes();  // new elections, acts, the ceremony, cosignatures
std::vector<Route> booth_routes();
std::vector<Route> pass_routes();  // what desks ask about passes and booths
std::vector<Route> desk_routes();  // check-ins and voters
std::vector<Route> roll_routes();  // the roll, for officials

std::vector<Route> all_routes();

}  // namespace stimme::api
