#include "server/net/ask.h"

#include <atomic>
#include <utility>

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "server/net/problem.h"

namespace stimme::net {
namespace {

namespace asio = boost::asio;
using Completion = asio::any_completion_handler<void(Response)>;

// An answer that is still to come. The context stands first, so that it goes last: the waiting coroutine's
// connection belongs to it.
class Pending {
  public:
    Pending(std::shared_ptr<asio::io_context> context, asio::any_io_executor strand, Completion completion)
        : context_(std::move(context)), strand_(std::move(strand)), completion_(std::move(completion)) {}
    ~Pending() { answer(internal_problem()); }
    Pending(const Pending&) = delete;
    Pending& operator=(const Pending&) = delete;

    void answer(Response response) {
        if (answered_.exchange(true)) return;
        asio::post(strand_, [completion = std::move(completion_), answer = std::move(response)]() mutable {
            std::move(completion)(std::move(answer));
        });
    }

  private:
    std::shared_ptr<asio::io_context> context_;
    asio::any_io_executor strand_;
    Completion completion_;
    std::atomic<bool> answered_ = false;
};

void call(const Handler& handler, Request request, std::shared_ptr<Pending> pending) {
    try {
        handler(std::move(request), [pending](Response response) { pending->answer(std::move(response)); });
    } catch (...) {
        pending->answer(internal_problem());
    }
}

}  // namespace

Response internal_problem() {
    return problem(500, "internal", "the server made a mistake; it is in no way the fault of the request");
}

asio::awaitable<Response> ask(const Handler& handler, Request request,
                              std::shared_ptr<asio::io_context> context) {
    const asio::any_io_executor strand = co_await asio::this_coro::executor;
    auto begin = [&](auto completion) {
        call(handler, std::move(request),
             std::make_shared<Pending>(std::move(context), strand, Completion(std::move(completion))));
    };
    co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(Response)>(
        std::move(begin), asio::use_awaitable);
}

}  // namespace stimme::net
