// Whether figures over few ballots can be computed from all that is published: tally, paper counts with those
// that were superseded, and results, as linear equations over what each smallest part voted
// (docs/protocol.md, sections 8.1 and 8.4).
#include <random>

#include <gtest/gtest.h>

#include "core/tally/paper.h"
#include "tests/support/elections.h"

namespace stimme::tally {
namespace {

using Row = std::vector<std::uint64_t>;

// Rank of the rows over the field of a prime: not above that over the rationals, and equal for these small
// matrices of zeros and ones.
std::size_t rank(std::vector<Row> rows) {
    constexpr std::uint64_t p = 2'147'483'647;
    const auto power = [](std::uint64_t base, std::uint64_t exponent) {
        std::uint64_t result = 1;
        for (; exponent > 0; exponent >>= 1, base = base * base % p) {
            if ((exponent & 1) != 0) result = result * base % p;
        }
        return result;
    };
    std::size_t done = 0;
    const std::size_t columns = rows.empty() ? 0 : rows[0].size();
    for (std::size_t column = 0; column < columns; ++column) {
        std::size_t pivot = done;
        while (pivot < rows.size() && rows[pivot][column] == 0) ++pivot;
        if (pivot == rows.size()) continue;
        std::swap(rows[done], rows[pivot]);
        const std::uint64_t inverse = power(rows[done][column], p - 2);
        for (std::size_t i = done + 1; i < rows.size(); ++i) {
            const std::uint64_t factor = rows[i][column] * inverse % p;
            for (std::size_t j = column; j < columns; ++j)
                rows[i][j] = (rows[i][j] + (p - factor) * rows[done][j]) % p;
        }
        ++done;
    }
    return done;
}

// What the public has: each published total is the sum over some smallest parts (base groups, paper ballots
// of a district), each with so many ballots.
struct Published {
    std::vector<std::uint64_t> ballots;
    std::vector<Row> rows;

    void add(const std::vector<std::size_t>& parts) {
        Row row(ballots.size(), 0);
        for (const std::size_t part : parts) row[part] = 1;
        rows.push_back(std::move(row));
    }
    // A combination of the rows that is about the parts of `subset` only, and of those without ballots.
    bool tell_something_of(unsigned subset) const {
        std::vector<Row> all, outside;
        for (const Row& row : rows) {
            Row whole, rest;
            for (std::size_t i = 0; i < ballots.size(); ++i) {
                if (ballots[i] == 0) continue;
                whole.push_back(row[i]);
                if ((subset >> i & 1) == 0) rest.push_back(row[i]);
            }
            all.push_back(std::move(whole));
            outside.push_back(std::move(rest));
        }
        return rank(outside) < rank(all);
    }
    // Some parts that have fewer ballots than `least` and of which something can be computed; 0: none.
    unsigned derivable(std::uint64_t least) const {
        for (unsigned subset = 1; subset < 1U << ballots.size(); ++subset) {
            std::uint64_t sum = 0;
            for (std::size_t i = 0; i < ballots.size(); ++i) sum += (subset >> i & 1) != 0 ? ballots[i] : 0;
            if (sum > 0 && sum < least && tell_something_of(subset)) return subset;
        }
        return 0;
    }
};

constexpr unsigned least = 6;
constexpr std::size_t places = 5;

// Five districts in a forest, a station each.
election::ValidDefinition forest(std::mt19937& random) {
    test::TestElection election;
    for (std::size_t i = 0; i < places; ++i) {
        const auto parent = random() % (i + 1);
        election.district("d" + std::to_string(i), parent == i ? "" : "d" + std::to_string(parent));
        election.station("s" + std::to_string(i));
    }
    return election.contest("board", 2).min_ballots(least, "cancel").build().definition;
}

std::uint64_t few(std::mt19937& random) {
    return random() % 3 == 0 ? 0 : random() % 12;
}

std::size_t number_of(const DistrictId& district) {
    return static_cast<std::size_t>(district.str()[1] - '0');
}

// Parts 0 … 4 are the electronic ballots of the districts, 5 … 9 those on paper.
class Publication {
  public:
    Publication(const election::ValidDefinition& definition, std::mt19937& random)
        : definition_(definition), random_(random) {
        published_.ballots.resize(2 * places);
        for (std::size_t i = 0; i < places; ++i) published_.ballots[i] = few(random_);
    }

    void tally() {
        BallotCounts counts;
        for (std::size_t i = 0; i < places; ++i)
            counts[{DistrictId("d" + std::to_string(i)), StyleId("standard")}] = published_.ballots[i];
        for (const CountedGroup& group : counted_groups(definition_, 0, counts)) {
            if (!group.opened) continue;
            std::vector<std::size_t> parts;
            for (const BaseGroup& member : group.members) parts.push_back(number_of(member.district));
            published_.add(parts);
            whole_.insert(whole_.end(), parts.begin(), parts.end());
        }
    }

    void enter_batches(std::uint64_t index) {
        events::PaperBatches batches{ContestId("board"), {}};
        for (std::size_t i = 0; i < places; ++i) {
            const std::uint64_t ballots = few(random_);
            if (ballots > 0) batches.batches.push_back({DistrictId("d" + std::to_string(i)), {}, ballots});
        }
        if (!count_.check(definition_, with_place(batches))) return;  // other districts than were counted
        count_.apply(index, batches);
        for (std::size_t i = 0; i < places; ++i) published_.ballots[places + i] = 0;
        for (const auto& [district, ballots] : count_.grouping(ContestId("board")))
            published_.ballots[places + number_of(district)] = ballots;
    }

    // Some of the groups, or all.
    void count_paper(std::uint64_t index, bool all) {
        for (const PaperGroup& group : paper_groups(definition_, count_, 0)) {
            if (!group.opened || (!all && random_() % 2 == 0)) continue;
            std::vector<std::size_t> parts;
            for (const DistrictId& district : group.districts) parts.push_back(places + number_of(district));
            published_.add(parts);
            count_.apply(index++, events::PaperCount{ContestId("board"), group.name, group.ballots, {}});
            if (all) whole_.insert(whole_.end(), parts.begin(), parts.end());
        }
    }

    // The result's totals.
    void result() { published_.add(whole_); }

    const Published& published() const { return published_; }

  private:
    events::PaperBatches with_place(events::PaperBatches batches) const {
        const auto* standing = count_.batches(batches.contest);
        if (standing != nullptr) batches.supersedes = standing->index;
        return batches;
    }

    const election::ValidDefinition& definition_;
    std::mt19937& random_;
    Published published_;
    std::vector<std::size_t> whole_;
    events::CountState count_;
};

TEST(PublishedFigures, LetNoSmallerOneBeDerived) {
    std::mt19937 random(8);
    for (int forests = 0; forests < 8; ++forests) {
        const auto definition = forest(random);
        for (int elections = 0; elections < 25; ++elections) {
            Publication publication(definition, random);
            publication.tally();
            publication.enter_batches(10);
            publication.enter_batches(20);
            publication.count_paper(30, false);
            publication.enter_batches(40);
            publication.count_paper(50, true);
            publication.result();
            ASSERT_EQ(publication.published().derivable(least), 0U) << forests << ", " << elections;
        }
    }
}

// The test above can fail: a district that is published by itself, beside its sum with another.
TEST(PublishedFigures, AreSeenToTellWhatASplitGroupVoted) {
    Published published{{9, 2, 0, 7}, {}};
    published.add({0, 1, 2});
    published.add({3});
    EXPECT_EQ(published.derivable(6), 0U);
    published.add({0, 3});
    EXPECT_EQ(published.derivable(6), 2U);
}

}  // namespace
}  // namespace stimme::tally
