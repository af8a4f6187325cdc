#include "server/net/site.h"

#include <vector>

#include "server/net/session.h"

namespace stimme::net {

std::size_t& Connections::count(const Session& session) {
    return counts_[static_cast<std::size_t>(session.port())];
}

bool Connections::add(const std::shared_ptr<Session>& session) {
    const std::lock_guard lock(mutex_);
    if (stopping_ || count(*session) >= limit_) return false;
    open_.emplace(session.get(), session);
    ++count(*session);
    return true;
}

void Connections::remove(const Session& session) {
    const std::lock_guard lock(mutex_);
    if (open_.erase(&session) == 0) return;
    --count(session);
    if (open_.empty()) none_.notify_all();
}

void Connections::stop() {
    std::vector<std::shared_ptr<Session>> sessions;
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        for (const auto& [key, weak] : open_) {
            if (auto session = weak.lock()) sessions.push_back(std::move(session));
        }
    }
    for (const auto& session : sessions) session->stop();
}

void Connections::wait_until_none(std::chrono::milliseconds time) {
    std::unique_lock lock(mutex_);
    none_.wait_for(lock, time, [this] { return open_.empty(); });
}

}  // namespace stimme::net
