#include "core/tally/count_rules.h"

#include "core/tally/audit.h"
#include "core/tally/lot_numbers.h"

namespace stimme::tally {
namespace {

struct CountCheck {
    const events::ElectionState& state;

    Status operator()(const events::PaperBatches& c) const { return check_figures(state, c); }
    Status operator()(const events::PaperCount& c) const { return check_figures(state, c); }
    Status operator()(const events::HandCount& c) const { return check_figures(state, c); }
    Status operator()(const events::AuditStarted& c) const { return check_figures(state, c); }
    Status operator()(const events::Certified&) const { return check_audits(state); }
    Status operator()(const events::LotCommitment& c) const {
        STIMME_TRY(const Figures figures, figures_of(state));
        return check_tie(state.definition(), figures, c.tie);
    }
    Status operator()(const events::LotDrawn& c) const {
        STIMME_TRY(const Figures figures, figures_of(state));
        return check_lot(state.definition(), state.sealed().election, figures,
                         state.count().lot_round(c.contest), c);
    }
    template <class Other>
    Status operator()(const Other&) const {
        return {};
    }
};

}  // namespace

Status check_count(const events::ElectionState& state, const events::Content& content) {
    return std::visit(CountCheck{state}, content);
}

bool is_entered_twice(election::EntryType type) {
    return type == election::EntryType::paper_batches || type == election::EntryType::paper_count ||
           type == election::EntryType::hand_count;
}

}  // namespace stimme::tally
