#include "core/ballot/selections.h"

#include <fmt/format.h>

#include "core/crypto/secret.h"

namespace stimme::ballot {
namespace {

using Values = std::vector<std::uint16_t>;

Status check_values(const Layout& layout, const ContestLayout& contest, const Values& values) {
    if (values.size() != contest.positions) {
        return invalid("selections-shape",
                       fmt::format("contest \"{}\": {} values instead of one for each of its {} positions",
                                   layout.contest(contest).id.str(), values.size(), contest.positions));
    }
    for (std::size_t position = 0; position < values.size(); ++position) {
        const unsigned most = layout.contest(contest).max_value(position);
        if (values[position] > most) {
            return invalid("too-many-for-option",
                           fmt::format("{}: {} given, at most {} can be", layout.place(contest, position),
                                       values[position], most));
        }
    }
    return {};
}

unsigned weighted_sum(const ContestLayout& contest, const Values& values) {
    unsigned sum = 0;
    for (std::size_t i = 0; i < values.size(); ++i) sum += contest.weights[i] * values[i];
    return sum;
}

Error sum_error(const Layout& layout, const ContestLayout& place, const Values& values, unsigned sum) {
    const election::Contest& contest = layout.contest(place);
    const auto chosen = [&](std::optional<std::size_t> position) {
        return position && values[*position] != 0;
    };
    const std::string name = contest.id.str();
    if (sum == 0) {
        return invalid("nothing-selected", fmt::format("contest \"{}\": nothing is selected", name));
    }
    if (chosen(contest.invalid_position())) {
        return invalid("invalid-with-votes",
                       fmt::format("contest \"{}\": \"invalid\" can't stand beside other selections", name));
    }
    if (chosen(contest.blank_position())) {
        return invalid("blank-with-votes",
                       fmt::format("contest \"{}\": \"blank\" can't stand beside other selections", name));
    }
    return invalid("too-many-votes",
                   fmt::format("contest \"{}\": {} votes given, a voter has {}", name, sum, place.votes));
}

Status check_contest(const Layout& layout, const ContestLayout& contest, const Values& values) {
    STIMME_CHECK(check_values(layout, contest, values));
    const unsigned sum = weighted_sum(contest, values);
    if (sum == 0 || sum > contest.votes) return sum_error(layout, contest, values, sum);
    return {};
}

}  // namespace

Result<ValidSelections> ValidSelections::check(const Layout& layout, events::Selections selections) {
    ValidSelections result(std::move(selections));
    const events::Selections& values = result.selections_;
    if (values.size() != layout.contests().size()) {
        return invalid("selections-shape",
                       fmt::format("selections for {} contests, the style \"{}\" has {}", values.size(),
                                   layout.style().str(), layout.contests().size()));
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
        STIMME_CHECK(check_contest(layout, layout.contests()[i], values[i]));
    }
    return result;
}

ValidSelections& ValidSelections::operator=(ValidSelections&& other) noexcept {
    if (this == &other) return *this;
    wipe();
    selections_ = std::move(other.selections_);
    return *this;
}

ValidSelections::~ValidSelections() {
    wipe();
}

void ValidSelections::wipe() {
    for (Values& values : selections_)
        crypto::wipe(values.data(), values.size() * sizeof(Values::value_type));
}

}  // namespace stimme::ballot
