#include "client/session/link_watch.h"

namespace stimme::session {

Result<std::unique_ptr<LinkWatch>> LinkWatch::start(net::ClientConfig config) {
    using namespace std::chrono_literals;
    config.attempts = 1;
    config.connect = 1s;
    config.answer = 1s;
    config.whole = 2s;
    STIMME_TRY(net::ApiClient api, net::ApiClient::open(std::move(config)));
    return std::unique_ptr<LinkWatch>(new LinkWatch(std::move(api)));
}

LinkWatch::~LinkWatch() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    wake_.notify_all();
    thread_.join();
}

bool LinkWatch::up() const {
    const Clock::rep last = last_answer_;
    return last != 0 && Clock::now().time_since_epoch() - Clock::duration(last) < patience;
}

void LinkWatch::run() {
    net::HttpRequest request;
    request.path = "/v1/health";
    std::unique_lock lock(mutex_);
    while (!ending_) {
        lock.unlock();
        const auto answer = api_.send(request);
        if (answer && answer->ok()) last_answer_ = Clock::now().time_since_epoch().count();
        lock.lock();
        wake_.wait_for(lock, period, [this] { return ending_; });
    }
}

}  // namespace stimme::session
