// Any text through the readers of the participation and tag files: what they accept is written again byte for
// byte.
#include <cstdlib>

#include "core/events/files.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace stimme;
    const std::string_view text = as_text({data, size});
    if (const auto rows = events::read_participation(text);
        rows && events::write_participation(*rows) != text)
        std::abort();
    if (const auto rows = events::read_tags(text); rows && events::write_tags(*rows) != text) std::abort();
    return 0;
}
