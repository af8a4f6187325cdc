#include "core/net/server/ask.h"

#include <mutex>
#include <optional>
#include <utility>

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "core/net/server/problem.h"

namespace stimme::net {
namespace {

namespace asio = boost::asio;
using Completion = asio::any_completion_handler<void(Response)>;

// Where an answer and whoever waits for it meet, whichever comes first.
class Meeting {
  public:
    explicit Meeting(asio::any_io_executor strand) : strand_(std::move(strand)) {}

    bool answered() {
        const std::lock_guard lock(mutex_);
        return answered_;
    }
    void answer(Response response) {
        const std::lock_guard lock(mutex_);
        if (std::exchange(answered_, true)) return;
        response_ = std::move(response);
        if (completion_) go_on();
    }
    // The answer when it came at once.
    std::optional<Response> take() {
        const std::lock_guard lock(mutex_);
        return std::exchange(response_, std::nullopt);
    }
    void wait(Completion completion) {
        const std::lock_guard lock(mutex_);
        completion_.emplace(std::move(completion));
        if (response_) go_on();
    }

  private:
    void go_on() {
        asio::post(strand_,
                   [completion = *std::move(completion_), response = *std::move(response_)]() mutable {
                       std::move(completion)(std::move(response));
                   });
        response_.reset();
    }

    const asio::any_io_executor strand_;
    std::mutex mutex_;
    bool answered_ = false;
    std::optional<Response> response_;
    std::optional<Completion> completion_;  // its assignment calls itself for ever in Boost 1.81
};

// Held by the copies of a Respond: the last one that goes answers if none has. The context stands first, so
// that it goes last: the waiting coroutine's connection belongs to it.
class Pending {
  public:
    Pending(std::shared_ptr<asio::io_context> context, std::shared_ptr<Meeting> meeting)
        : context_(std::move(context)), meeting_(std::move(meeting)) {}
    ~Pending() {
        if (!meeting_->answered()) answer(internal_problem());
    }
    Pending(const Pending&) = delete;
    Pending& operator=(const Pending&) = delete;

    void answer(Response response) { meeting_->answer(std::move(response)); }

  private:
    std::shared_ptr<asio::io_context> context_;
    std::shared_ptr<Meeting> meeting_;
};

void call(const Handler& handler, Request request, const std::shared_ptr<Pending>& pending) {
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
    const auto meeting = std::make_shared<Meeting>(co_await asio::this_coro::executor);
    call(handler, std::move(request), std::make_shared<Pending>(std::move(context), meeting));
    if (auto response = meeting->take()) co_return *std::move(response);
    auto begin = [&](auto completion) { meeting->wait(Completion(std::move(completion))); };
    co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(Response)>(
        std::move(begin), asio::use_awaitable);
}

}  // namespace stimme::net
