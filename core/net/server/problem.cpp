#include "core/net/server/problem.h"

#include <string>

#include <boost/beast/http/status.hpp>

#include "core/base/json.h"
#include "core/net/problem_type.h"

namespace stimme::net {

Response problem(int status, std::string_view code, std::string_view detail) {
    const auto title = boost::beast::http::obsolete_reason(static_cast<boost::beast::http::status>(status));
    Response response;
    response.status = status;
    response.content_type = "application/problem+json";
    response.body =
        json::canonical(json::Object{{"detail", detail},
                                     {"status", status},
                                     {"title", std::string(title)},
                                     {"type", std::string(problem_type_prefix) + std::string(code)}});
    return response;
}

}  // namespace stimme::net
