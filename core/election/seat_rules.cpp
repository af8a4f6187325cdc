#include "core/election/seat_rules.h"

#include <array>
#include <set>

#include <fmt/format.h>

#include "core/election/filled_text.h"

namespace stimme::election {
namespace {

__extension__ using Wide = unsigned __int128;

constexpr std::array<std::string_view, 5> method_names = {"most-votes", "sainte-lague", "dhondt",
                                                          "hare-niemeyer", "yes-no"};

std::optional<Threshold> read_threshold(json::Fields& in, std::string_view key) {
    struct Unit {
        std::string_view name;
        Threshold::Unit unit;
        std::int64_t max;
    };
    constexpr std::array<Unit, 3> units = {Unit{"votes", Threshold::Unit::votes, json::max_integer},
                                           Unit{"percent", Threshold::Unit::percent, 50},
                                           Unit{"per_mille", Threshold::Unit::per_mille, 500}};
    json::Fields threshold = in.object(key);
    for (const Unit& unit : units) {
        if (threshold.keys().size() != 1 || !threshold.has(unit.name)) continue;
        return Threshold{unit.unit, static_cast<std::uint64_t>(threshold.integer(unit.name, 1, unit.max))};
    }
    in.problem(key, R"(right is one of {"votes": n}, {"percent": n}, {"per_mille": n})");
    return std::nullopt;
}

GroupLimit read_limit(json::Fields& in) {
    GroupLimit limit;
    if (in.has("group")) limit.group = read_filled_text(in, "group", max_group_bytes);
    if (in.has("least")) limit.least = static_cast<unsigned>(in.integer("least", 1, 500));
    if (in.has("most")) limit.most = static_cast<unsigned>(in.integer("most", 1, 500));
    if (limit.least == 0 && !limit.most) in.problem("", "needs \"least\", \"most\" or both");
    if (limit.most && *limit.most < limit.least)
        in.problem("most", fmt::format("D22: must not be below least, {}", limit.least));
    if (!limit.group && limit.least > 0)
        in.problem("least", "D22: goes with a \"group\"; only \"most\" can be for each group");
    return limit;
}

void read_limits(json::Fields& in, SeatRules& rules, std::uint64_t seats) {
    std::set<std::optional<std::string>> groups;
    std::uint64_t least = 0;
    in.each("limits", 1, 100, [&](json::Fields& item) {
        rules.limits.push_back(read_limit(item));
        const GroupLimit& limit = rules.limits.back();
        least += limit.least;
        if (!groups.insert(limit.group).second)
            item.problem("group", "D22: this group already has a limit; right is one for each");
    });
    if (least > seats)
        in.problem("limits",
                   fmt::format("D22: at least {} seats are kept for groups; there are {}", least, seats));
    if (rules.method != SeatMethod::most_votes)
        in.problem("limits", "D21: goes with most-votes; lists are ordered by those who made them");
}

}  // namespace

std::string_view to_string(SeatMethod method) {
    return method_names[static_cast<std::size_t>(method)];
}

bool Threshold::reached(std::uint64_t votes, std::uint64_t all_votes) const {
    switch (unit) {
        case Unit::votes:
            return votes >= least;
        case Unit::percent:
            return Wide{votes} * 100 >= Wide{all_votes} * least;
        case Unit::per_mille:
            return Wide{votes} * 1000 >= Wide{all_votes} * least;
    }
    return false;
}

void read_seat_rules(json::Fields& in, SeatRules& rules, std::uint64_t seats) {
    const bool shares = rules.method != SeatMethod::most_votes && rules.method != SeatMethod::yes_no;
    const auto needs_shares = [&](std::string_view key) {
        if (!shares)
            in.problem(key, fmt::format("D21: goes with sainte-lague, dhondt and hare-niemeyer, not with {}",
                                        to_string(rules.method)));
    };
    if (in.has("threshold")) {
        rules.threshold = read_threshold(in, "threshold");
        if (rules.method == SeatMethod::yes_no) needs_shares("threshold");
    }
    if (in.has("majority_clause")) {
        rules.majority_clause =
            static_cast<MajorityClause>(1 + in.one_of("majority_clause", {"within-seats", "extra-seats"}));
        needs_shares("majority_clause");
    }
    if (in.has("exhausted")) {
        rules.exhausted = static_cast<Exhausted>(in.one_of("exhausted", {"next-quotient", "stay-empty"}));
        needs_shares("exhausted");
    }
    if (in.has("limits")) read_limits(in, rules, seats);
}

}  // namespace stimme::election
