// Any text through the strict JSON reader: what it accepts, it accepts again in canonical form, unchanged.
#include "core/base/json.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace stimme;
    const auto value = json::parse(as_text({data, size}));
    if (!value) return 0;
    const std::string text = json::canonical(*value);
    const auto again = json::parse_canonical(text);
    if (!again || *again != *value) std::abort();
    return 0;
}
