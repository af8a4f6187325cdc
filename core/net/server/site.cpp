#include "core/net/server/site.h"

#include <vector>

#include "core/net/server/session.h"

namespace stimme::net {
namespace {

Places::Id id_of(const Session& session) {
    return reinterpret_cast<Places::Id>(&session);
}

PlaceLimits place_limits(const Limits& limits, std::size_t connections) {
    return {connections, limits.connections_of_address, limits.connections_of_key};
}

}  // namespace

Connections::Connections(const Limits& limits)
    : public_places_(place_limits(limits, limits.public_connections)),
      staff_places_(place_limits(limits, limits.staff_connections)) {}

Places& Connections::places(const Session& session) {
    return session.port() == Port::staff_port ? staff_places_ : public_places_;
}

std::shared_ptr<Session> Connections::session_of(std::optional<Places::Id> id) const {
    const auto found = id ? open_.find(*id) : open_.end();
    return found == open_.end() ? nullptr : found->second.lock();
}

bool Connections::add(const std::shared_ptr<Session>& session) {
    std::shared_ptr<Session> leaves;
    {
        const std::lock_guard lock(mutex_);
        if (stopping_) return false;
        const Places::Verdict verdict = places(*session).enter(id_of(*session), session->origin());
        if (!verdict.stays) return false;
        leaves = session_of(verdict.leaves);
        open_.emplace(id_of(*session), session);
    }
    if (leaves) leaves->drop();
    return true;
}

void Connections::remove(const Session& session) {
    const std::lock_guard lock(mutex_);
    places(session).leave(id_of(session));
    open_.erase(id_of(session));
    if (open_.empty()) none_.notify_all();
}

void Connections::verify(const Session& session, const std::string& key) {
    std::shared_ptr<Session> leaves;
    {
        const std::lock_guard lock(mutex_);
        leaves = session_of(places(session).verify(id_of(session), key).leaves);
    }
    if (leaves) leaves->drop();
}

void Connections::wait_for_peer(const Session& session) {
    const std::lock_guard lock(mutex_);
    places(session).wait_for_peer(id_of(session));
}

void Connections::wait_for_us(const Session& session) {
    const std::lock_guard lock(mutex_);
    places(session).wait_for_us(id_of(session));
}

void Connections::sweep(std::chrono::steady_clock::time_point now) {
    std::vector<std::shared_ptr<Session>> late;
    {
        const std::lock_guard lock(mutex_);
        for (const auto& [id, weak] : open_) {
            auto session = weak.lock();
            if (session && session->is_late(now)) late.push_back(std::move(session));
        }
    }
    for (const auto& session : late) session->drop();
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
