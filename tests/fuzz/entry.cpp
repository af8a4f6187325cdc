// Any text through the reader of log entries: what it accepts encodes to the same bytes.
#include "core/events/entry.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace stimme;
    const std::string_view text = as_text({data, size});
    const auto entry = events::decode(text);
    if (entry && events::encode(*entry) != text) std::abort();
    return 0;
}
