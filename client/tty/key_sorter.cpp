#include "client/tty/key_sorter.h"

#include <algorithm>

namespace stimme::tty {
namespace {

constexpr std::size_t shortest_scan = 8;
constexpr std::size_t shortest_endless_scan = 20;

bool same_key(const Key& a, const Key& b) {
    return a.name == b.name && a.letter == b.letter && a.function == b.function;
}

}  // namespace

void KeySorter::press(const Key& key, Time at) {
    if (!burst_.empty() && at - burst_.back().at > burst_gap) end_burst();
    // The second half of a line's end.
    if (key.name == Key::Name::enter && burst_.empty() && scanned_ && at - *scanned_ <= burst_gap) return;
    if (burst_.size() >= longest_burst) burst_.pop_back();
    burst_.push_back({key, at});
    // What follows a line of a scanner is another burst.
    if (key.name == Key::Name::enter) end_burst();
}

std::optional<Event> KeySorter::next(Time now) {
    if (!burst_.empty() && now - burst_.back().at > burst_gap) end_burst();
    if (ready_.empty()) return std::nullopt;
    Event event = std::move(ready_.front());
    ready_.pop_front();
    return event;
}

void KeySorter::end_burst() {
    std::vector<Press> burst;
    burst.swap(burst_);
    if (burst.size() > 1) std::erase_if(burst, [](const Press& p) { return p.key.name == Key::Name::other; });
    if (burst.empty()) return;
    const bool ended = burst.back().key.name == Key::Name::enter;
    const auto end = burst.end() - (ended ? 1 : 0);
    const auto is_letter = [](const Press& p) { return p.key.name == Key::Name::letter; };
    const auto is_escape = [](const Press& p) { return p.key.name == Key::Name::escape; };
    if (burst.size() > 1 && std::any_of(burst.begin(), burst.end(), is_escape)) return;
    const auto letters = static_cast<std::size_t>(end - burst.begin());
    const bool one_key_held = std::all_of(
        burst.begin(), end, [&](const Press& press) { return same_key(press.key, burst.front().key); });
    const bool scan = std::all_of(burst.begin(), end, is_letter) && !one_key_held &&
                      letters >= (ended ? shortest_scan : shortest_endless_scan);
    if (scan) {
        Scan read;
        for (auto press = burst.begin(); press != end; ++press) read.text += utf8_of(press->key.letter);
        ready_.push_back(std::move(read));
        before_.reset();
        scanned_ = burst.back().at;
        return;
    }
    for (Press& press : burst) {
        // What comes with a scanner's line is no finger's either.
        press.key.hurried = burst.size() > 1 || (scanned_ && press.at - *scanned_ <= burst_gap);
        pass_on(press.key, press.at);
    }
}

void KeySorter::pass_on(Key key, Time at) {
    if (before_ && same_key(before_->key, key) && at - before_->at < held_gap) key.hurried = true;
    before_ = Press{key, at};
    ready_.push_back(key);
}

}  // namespace stimme::tty
