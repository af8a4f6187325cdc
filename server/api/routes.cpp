#include "server/api/routes.h"

#include <iterator>

namespace stimme::api {

std::vector<Route> all_routes() {
    std::vector<Route> all;
    for (auto* part :
         {public_routes, record_routes, office_routes, booth_routes, pass_routes, desk_routes, roll_routes}) {
        std::vector<Route> routes = part();
        all.insert(all.end(), std::make_move_iterator(routes.begin()), std::make_move_iterator(routes.end()));
    }
    return all;
}

}  // namespace stimme::api
