#include "client/office/figures.h"

namespace stimme::office {

Result<tally::Figures> figures_of(const events::ElectionState& state) {
    if (!state.tally()) return conflict("not-tallied", "there is no tally in the log yet");
    return tally::Figures{state.tally()->groups, state.paper_counts(), state.lots()};
}

}  // namespace stimme::office
