#include "core/tally/lot_numbers.h"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

#include "core/crypto/transcript.h"

namespace stimme::tally {
namespace {

// H("lot-order", h_E, contest, for each official: name, number; the one who is tied)            (8.5)
Hash place_in_lot(const Hash& election, const events::LotRound& round, const OptionId& tied) {
    crypto::TaggedHash hash(crypto::Tag::lot_order);
    hash.part(election).part(as_bytes(round.tie.contest.str()));
    for (const auto& [official, number] : round.numbers) hash.part(as_bytes(official.str())).part(number);
    return hash.part(as_bytes(tied.str())).finish();
}

// Calls `take` with each way to choose `count` of `size`, in lexicographic order, until it says yes.
template <class Take>
bool choose(std::size_t size, std::size_t count, const Take& take) {
    if (count > size) return false;
    std::vector<std::size_t> chosen(count);
    std::iota(chosen.begin(), chosen.end(), std::size_t{0});
    while (true) {
        if (take(chosen)) return true;
        std::size_t last = count;
        while (last > 0 && chosen[last - 1] == size - count + last - 1) --last;
        if (last == 0) return false;
        ++chosen[last - 1];
        for (std::size_t i = last; i < count; ++i) chosen[i] = chosen[i - 1] + 1;
    }
}

}  // namespace

Result<std::vector<OptionId>> drawn_by_numbers(const election::ValidDefinition& definition,
                                               const Hash& election, const Figures& figures,
                                               const events::LotRound& round) {
    STIMME_CHECK(check_tie(definition, figures, round.tie));
    for (const auto& [official, commitment] : round.commitments) {
        if (!round.numbers.contains(official)) {
            return conflict("lot-incomplete",
                            fmt::format("the number of \"{}\" isn't known yet", official.str()));
        }
    }
    std::vector<std::pair<Hash, OptionId>> order;
    for (const OptionId& id : round.tie.between) order.emplace_back(place_in_lot(election, round, id), id);
    std::sort(order.begin(), order.end());
    events::LotDrawn lot{round.tie.contest, round.tie.seats, round.tie.between, {}, {}, {}, {}};
    // Limits can forbid some that they are elected together.
    choose(order.size(), round.tie.seats, [&](const std::vector<std::size_t>& chosen) {
        lot.drawn.clear();
        for (const std::size_t i : chosen) lot.drawn.push_back(order[i].second);
        return check_lot(definition, figures, lot).ok();
    });
    STIMME_CHECK(check_lot(definition, figures, lot));
    return lot.drawn;
}

Status check_tie(const election::ValidDefinition& definition, const Figures& figures,
                 const events::TieOf& tie) {
    const auto contest = definition.contest_index(tie.contest);
    if (!contest) {
        return not_found("contest-unknown", fmt::format("there is no contest \"{}\"", tie.contest.str()));
    }
    STIMME_TRY(const Seats seats, contest_seats(definition, *contest, figures));
    if (!seats.open_tie)
        return conflict("lot-not-due", fmt::format("contest \"{}\" has no open tie", tie.contest.str()));
    if (seats.open_tie->seats == tie.seats && seats.open_tie->between == tie.between) return {};
    return conflict("lot-wrong", fmt::format("the open tie is about {} of {} with equal votes",
                                             seats.open_tie->seats, seats.open_tie->between.size()));
}

Status check_lot(const election::ValidDefinition& definition, const Hash& election, const Figures& figures,
                 const events::LotRound* round, const events::LotDrawn& lot) {
    STIMME_CHECK(check_lot(definition, figures, lot));
    const bool by_numbers = round != nullptr && round->complete() &&
                            round->tie == events::TieOf{lot.contest, lot.seats, lot.between};
    if (!by_numbers) return {};
    STIMME_TRY(const auto drawn, drawn_by_numbers(definition, election, figures, *round));
    if (drawn == lot.drawn) return {};
    return conflict("lot-numbers-differ", "the numbers of the officials draw others, or in another order");
}

}  // namespace stimme::tally
