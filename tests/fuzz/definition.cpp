// Any text through the reader of definitions and its rules: what is valid is valid in canonical form, with
// the same h_D, and every ballot style of it has a layout within bounds.
#include "core/ballot/layout.h"
#include "tests/fuzz/target.h"

namespace stimme::fuzz {

FUZZ_TARGET(definition) {
    const auto definition = election::ValidDefinition::parse(as_text(data));
    if (!definition) return;
    const auto again = election::ValidDefinition::parse_canonical(definition->canonical());
    require(again && again->hash() == definition->hash(), "a valid definition has one hash");
    for (const election::Style& style : (*definition)->styles) {
        const ballot::Layout layout(*definition, style);
        require(layout.size() <= std::size_t{1} << 20, "a ballot has at most 1 MiB (D15)");
    }
}

}  // namespace stimme::fuzz
