// What is done elsewhere, as a call that returns when it is done.
//
// Thread rule: not on a writer's thread, which would wait for itself.
#pragma once

#include <functional>
#include <future>

#include "server/service/log/public_log.h"

namespace stimme::service {

inline Status wait_for(const std::function<void(Done<void>)>& start) {
    std::promise<Status> promise;
    start([&](Status status) { promise.set_value(std::move(status)); });
    return promise.get_future().get();
}

}  // namespace stimme::service
