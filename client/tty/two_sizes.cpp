#include "client/tty/two_sizes.h"

namespace stimme::tty {

Event TwoSizes::next(std::chrono::milliseconds longest) {
    Event event = now().next(longest);
    if (!larger_ || !std::holds_alternative<Gone>(event)) return event;
    larger_.reset();
    return Resized{size()};
}

void TwoSizes::enlarge(bool large) {
    if (large == is_large()) return;
    if (!large) {
        larger_.reset();
        return;
    }
    auto opened = open_larger_();
    if (opened) larger_ = *std::move(opened);
}

}  // namespace stimme::tty
