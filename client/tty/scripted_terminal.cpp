#include "client/tty/scripted_terminal.h"

#include <thread>

namespace stimme::tty {
namespace {

constexpr std::chrono::seconds longest_wait{10};

}  // namespace

void ScriptedTerminal::draw(const Frame& frame) {
    std::string text = text_of(frame);
    if (text != frames_.back()) frames_.push_back(std::move(text));
}

Event ScriptedTerminal::next(std::chrono::milliseconds longest) {
    if (script_.empty() || waited_ > longest_wait) return Gone{};
    if (frames_.back().find(script_.front().when) == std::string::npos) {
        std::this_thread::sleep_for(longest);
        waited_ += longest;
        return Idle{};
    }
    waited_ = std::chrono::milliseconds(0);
    Event event = std::move(script_.front().event);
    script_.pop_front();
    if (const auto* resized = std::get_if<Resized>(&event)) size_ = resized->size;
    return event;
}

}  // namespace stimme::tty
