#include "client/station/fictitious_voter.h"

#include <algorithm>

#include "core/ballot/check.h"
#include "core/ballot/encrypt.h"
#include "core/ballot/opening.h"
#include "core/pass/issue.h"

namespace stimme::station {
namespace {

using ballot::Layout;

Error differs(const char* what) {
    return corrupt("rehearsal-differs", std::string(what) + ": this machine computes wrongly, don't use it");
}

// As desk and server do it together, and the voter types it in the booth.
Result<pass::Pass> get_pass(Random& random) {
    const pass::PassKey key = pass::PassKey::random(random);
    const pass::PassRequest request = pass::PassRequest::random(random);
    STIMME_TRY(const pass::Answer answer, key.evaluate(request.blinded(), random));
    STIMME_TRY(const pass::Pass given, request.finish(answer, key.public_key()));
    STIMME_TRY(const pass::Pass typed, pass::parse_pass(pass::write_pass(given)));
    if (typed != given) return differs("the pass that was typed isn't the one that was printed");
    if (!key.tag_matches(typed)) return differs("the pass isn't good at its own station");
    return typed;
}

// The first option that counts, once in each contest.
events::Selections some_selections(const Layout& layout) {
    events::Selections selections;
    for (const ballot::ContestLayout& contest : layout.contests()) {
        std::vector<std::uint16_t> values(contest.positions);
        const auto first = std::find_if(contest.weights.begin(), contest.weights.end(),
                                        [](unsigned weight) { return weight > 0; });
        values[static_cast<std::size_t>(first - contest.weights.begin())] = 1;
        selections.push_back(std::move(values));
    }
    return selections;
}

Status vote(const Layout& layout, const crypto::ElectionKey& key, const StationId& station, Random& random) {
    STIMME_TRY(const pass::Pass pass, get_pass(random));
    const ballot::Context context{random.bytes<32>(), station, layout.style(), pass.t};
    STIMME_TRY(auto selections, ballot::ValidSelections::check(layout, some_selections(layout)));
    auto sealed = ballot::encrypt(key, layout, context, std::move(selections), ballot::Seed::random(random));
    STIMME_TRY(const auto checked, ballot::check(layout, key, context, sealed.body()));
    const Hash code = sealed.tracking_code();
    if (checked.tracking_code() != code) return differs("the ballot has two tracking codes");
    return ballot::verify_opening(key, layout, context, std::move(sealed).open(), code);
}

}  // namespace

Result<Rehearsal> rehearse(const election::ValidDefinition& definition, Random& random) {
    using Clock = std::chrono::steady_clock;
    const crypto::ElectionKey key(crypto::multiply_generator(crypto::SecretScalar::random(random)));
    const StationId station =
        definition->stations.empty() ? StationId("rehearsal") : definition->stations.front().id;
    Rehearsal result;
    for (const election::Style& style : definition->styles) {
        const auto begin = Clock::now();
        STIMME_CHECK(vote(Layout(definition, style), key, station, random));
        const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begin);
        result.longest = std::max(result.longest, took);
        ++result.ballots;
    }
    return result;
}

}  // namespace stimme::station
