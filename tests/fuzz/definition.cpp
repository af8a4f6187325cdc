// Any text through the reader of definitions and its rules.
#include "core/election/definition.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace stimme;
    static_cast<void>(election::ValidDefinition::parse(as_text({data, size})));
    return 0;
}
