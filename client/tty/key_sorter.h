// Tells fingers from scanners and from noise, by the time between keys.
//
// A scanner types faster than any person: keys that follow one another within `burst_gap` belong together. A
// burst of at least eight letters that ends with Enter is one Scan; so is a long burst without an end, of
// scanners that send none. A burst with Escape in its middle is an escape sequence that nobody knows, and is
// dropped. Scanners may send further control characters around a line; these are dropped, too. All other keys
// are passed on one by one, and those of a burst, right behind a scan, or of a key that is held down, are
// marked as hurried.
//
// Thread rule: belongs to one thread. The time is given, never read.
#pragma once

#include <chrono>
#include <deque>
#include <optional>
#include <vector>

#include "client/tty/event.h"

namespace stimme::tty {

class KeySorter {
  public:
    using Time = std::chrono::steady_clock::time_point;
    static constexpr std::chrono::milliseconds burst_gap{45};
    // A key that comes again within this time is held down: the first repetition of a keyboard takes longest.
    static constexpr std::chrono::milliseconds held_gap{750};
    static constexpr std::size_t longest_burst = 4096;  // what comes beyond in one burst is dropped

    // A key came at that moment.
    void press(const Key& key, Time at);
    // What is certain by that moment, in order; each event once.
    std::optional<Event> next(Time now);

  private:
    void end_burst();
    void pass_on(Key key, Time at);

    struct Press {
        Key key;
        Time at;
    };
    std::vector<Press> burst_;
    std::optional<Press> before_;  // the last one that was passed on
    std::optional<Time> scanned_;  // when the last scan ended
    std::deque<Event> ready_;
};

}  // namespace stimme::tty
