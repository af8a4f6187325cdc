// Whether a pass is real: its tag, under the key of station and style. The keys themselves stay with the pass
// keys; who checks ballots gets only the answer.
//
// Thread rule: may be called from any thread; 100 µs.
#pragma once

#include <functional>
#include <optional>

#include "core/election/definition.h"
#include "core/pass/pass_text.h"

namespace stimme::service {

using TagMatches = std::function<bool(const StationId&, const StyleId&, const pass::Pass&)>;

// The style for which this pass was given out at that station; none: its tag is wrong.
inline std::optional<StyleId> style_of_pass(const election::ValidDefinition& definition,
                                            const TagMatches& matches, const StationId& station,
                                            const pass::Pass& pass) {
    for (const election::Style& style : definition->styles) {
        if (matches(station, style.id, pass)) return style.id;
    }
    return std::nullopt;
}

}  // namespace stimme::service
