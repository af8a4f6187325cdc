// Any text as a tested ballot on paper, as a line of a batch, and as what a voter types: selections that come
// of it are allowed on the ballot, or refused.
#include "client/booth/batch.h"
#include "client/booth/opened_ballot.h"
#include "tests/fuzz/samples.h"
#include "tests/fuzz/target.h"

namespace stimme::fuzz {
namespace {

const ballot::Layout& sample_layout() {
    static const ballot::Layout layout = sample_election().layout();
    return layout;
}

void resolve(const booth::Wish& wish) {
    const auto selections = booth::resolve(sample_layout(), wish);
    if (!selections) return;
    const auto again = ballot::ValidSelections::check(sample_layout(), selections->reveal());
    require(again.ok(), "what a voter wishes is allowed or refused");
}

}  // namespace

FUZZ_TARGET(booth_files) {
    const std::string_view text = as_text(data);
    if (const auto ballot = booth::parse_opened_ballot(text)) {
        const auto again = booth::parse_opened_ballot(json::canonical(booth::to_json(*ballot)));
        require(again && *again == *ballot, "an opened ballot reads as it was written");
    }
    if (const auto line = booth::parse_batch_line(text)) resolve(line->wish);
    booth::Wish typed;
    typed.contests = booth::contests_of(text);
    resolve(typed);
}

}  // namespace stimme::fuzz
