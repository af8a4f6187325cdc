// From a connection's coroutine to the application's handler and back.
//
// Thread rule: called on the connection's strand; the coroutine goes on there, wherever the answer comes
// from.
#pragma once

#include <memory>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

#include "core/net/server/http.h"

namespace stimme::net {

// Calls the handler and waits for its answer. Exactly one answer comes: 500 when the handler throws or drops
// its Respond. `context` runs the coroutine; an answer that is outstanding keeps it alive.
// REQUIRES: `handler` outlives the wait.
boost::asio::awaitable<Response> ask(const Handler& handler, Request request,
                                     std::shared_ptr<boost::asio::io_context> context);

// The answer when something of our own went wrong.
Response internal_problem();

}  // namespace stimme::net
