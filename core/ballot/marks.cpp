#include "core/ballot/marks.h"

#include <algorithm>
#include <cassert>
#include <optional>
#include <set>

#include <fmt/format.h>

namespace stimme::ballot {
namespace {

using election::Contest;
using election::PaperRules;

// One ballot; each step is a rule of section 2.5.
class MarkReader {
  public:
    MarkReader(const Contest& contest, const Marks& marks)
        : contest_(contest), marks_(marks), votes_(marks.votes) {}

    PaperBallot read() {
        if (marks_.spoiled) return invalid("found invalid by the board");
        if (const auto special = marked_as_a_whole()) return *special;
        leave_out_struck();
        if (!keep_to_options()) return invalid("more votes for an option than allowed");
        if (!keep_to_voter()) return invalid("more votes than a voter has");
        PaperBallot ballot{Values(votes_.begin(), votes_.end()), {}};
        if (!give_to_lists(ballot.values)) return invalid("several lists are marked");
        // As at a booth (4.2), options outside the sum alone are no vote.
        if (votes_in(ballot.values) == 0) return invalid("no vote counts");
        ballot.why = why_;
        return ballot;
    }

  private:
    PaperBallot invalid(const std::string& why) {
        PaperBallot ballot{Values(contest_.positions()), why};
        if (const auto position = contest_.invalid_position()) ballot.values[*position] = 1;
        return ballot;
    }

    void note(const std::string& why) { why_ += (why_.empty() ? "" : "; ") + why; }

    // Ballots with the mark for invalid, or for blank.
    std::optional<PaperBallot> marked_as_a_whole() {
        const auto marked = [&](std::optional<std::size_t> position) {
            return position && votes_[*position] > 0;
        };
        const bool blank = marked(contest_.blank_position());
        if (!blank && !marked(contest_.invalid_position())) return std::nullopt;
        const auto others =
            std::count_if(votes_.begin(), votes_.end(), [](std::uint64_t votes) { return votes > 0; });
        if (!blank || others > 1 || !marks_.lists.empty())
            return invalid("marked as invalid, or as blank beside others");
        PaperBallot ballot{Values(contest_.positions()), {}};
        ballot.values[*contest_.blank_position()] = 1;
        return ballot;
    }

    // Rule 1.
    void leave_out_struck() {
        for (std::size_t i = 0; i < contest_.options.size(); ++i) {
            if (!marks_.struck[i] || votes_[i] == 0) continue;
            votes_[i] = 0;
            note(contest_.options[i].id.str() + " is struck");
        }
    }

    // Rule 2.
    bool keep_to_options() {
        for (std::size_t i = 0; i < contest_.options.size(); ++i) {
            const unsigned most = contest_.max_value(i);
            if (votes_[i] <= most) continue;
            if (contest_.paper_rules.over_option == PaperRules::OverOption::invalid) return false;
            note(fmt::format("{} of {} votes for {} count", most, votes_[i], contest_.options[i].id.str()));
            votes_[i] = most;
        }
        return true;
    }

    template <class Numbers>
    std::uint64_t votes_in(const Numbers& values) const {
        std::uint64_t sum = 0;
        for (std::size_t i = 0; i < contest_.options.size(); ++i) sum += contest_.weight(i) * values[i];
        return sum;
    }
    // Rule 3.
    bool keep_to_voter() {
        std::uint64_t surplus = votes_in(votes_);
        if (surplus <= contest_.votes_per_voter) return true;
        surplus -= contest_.votes_per_voter;
        if (contest_.paper_rules.over_voter == PaperRules::OverVoter::invalid || !all_of_one_list())
            return false;
        note(fmt::format("not counted, from the end of the list: {}", surplus));
        const std::vector<std::uint64_t> marked = votes_;
        while (surplus > 0) {
            for (std::uint64_t had = 1; had <= contest_.votes_per_option; ++had) {
                for (std::size_t i = contest_.options.size(); i-- > 0 && surplus > 0;) {
                    if (contest_.options[i].outside_sum || marked[i] != had || votes_[i] == 0) continue;
                    --votes_[i];
                    --surplus;
                }
            }
        }
        return true;
    }

    bool all_of_one_list() const {
        std::set<std::optional<std::string>> lists;
        for (std::size_t i = 0; i < contest_.options.size(); ++i) {
            if (votes_[i] > 0 && !contest_.options[i].outside_sum) lists.insert(contest_.options[i].list);
        }
        return lists.size() == 1 && lists.begin()->has_value();
    }

    // Rules 4 and 5.
    bool give_to_lists(Values& values) {
        if (marks_.lists.empty()) return true;
        if (marks_.lists.size() > 1) {
            if (votes_in(values) == 0) return false;
            note("several lists are marked and count for nothing");
            return true;
        }
        if (!contest_.list_vote) {
            note("a list is marked, which gives it nothing here");
            return true;
        }
        const std::uint64_t before = votes_in(values);
        give_rest_to_list(contest_, marks_.lists.front(), marks_.struck, values);
        if (votes_in(values) > before)
            note(fmt::format("{} votes go to list {} from the top", votes_in(values) - before,
                             marks_.lists.front()));
        return true;
    }

    const Contest& contest_;
    const Marks& marks_;
    std::vector<std::uint64_t> votes_;
    std::string why_;
};

}  // namespace

void give_rest_to_list(const Contest& contest, std::string_view list, const std::vector<bool>& struck,
                       Values& values) {
    assert(values.size() == contest.positions() && struck.size() == contest.positions());
    unsigned given = 0;
    for (std::size_t i = 0; i < contest.options.size(); ++i) given += contest.weight(i) * values[i];
    for (bool any = true; any;) {
        any = false;
        for (std::size_t i = 0; i < contest.options.size() && given < contest.votes_per_voter; ++i) {
            const election::Option& option = contest.options[i];
            if (!option.is_person() || option.list != list || struck[i]) continue;
            if (values[i] >= contest.votes_per_option) continue;
            ++values[i];
            ++given;
            any = true;
        }
    }
}

PaperBallot read_paper_ballot(const Contest& contest, const Marks& marks) {
    assert(marks.votes.size() == contest.positions() && marks.struck.size() == contest.positions());
    return MarkReader(contest, marks).read();
}

}  // namespace stimme::ballot
