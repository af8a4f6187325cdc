// How long a ballot of 15 options and 3 votes takes to make and to check, beside the bare multiplications
// that it can't do without, measured in turn in one run. Prints `name value unit` lines; ratios are what to
// look at, times depend on the machine. See docs/performance.md.
//
// `--quick`: fewer rounds. `--making`, `--checking`, `--checking-together`: only that work, without its
// floor, for a profile.
#include <cstdlib>
#include <vector>

#include "core/ballot/check.h"
#include "core/ballot/encrypt.h"
#include "core/crypto/multi_scalar.h"
#include "core/log/merkle.h"
#include "tests/bench/measure.h"
#include "tests/support/elections.h"

namespace stimme::bench {
namespace {

// Takes the processor time of `work` and of its `floor` alternately, so that both see the same machine;
// prints the work's time and the ratio.
template <class Work, class Floor>
void compare(const char* name, const char* unit, int rounds, double ballots, Work work, Floor floor) {
    std::vector<double> times;
    std::vector<double> ratios;
    for (int i = 0; i < rounds; ++i) {
        const double own = thread_microseconds(work);
        times.push_back(own);
        ratios.push_back(own / thread_microseconds(floor));
    }
    print(name, median(times) / ballots, unit);
    print(std::string(name) + "_over_floor", median(ratios), "ratio");
}

class Bench {
  public:
    Bench(std::size_t ballots, int rounds) : rounds_(rounds) {
        for (std::size_t i = 0; i < ballots; ++i) {
            contexts_.push_back(election_.context("s1", "standard", static_cast<unsigned>(i + 1)));
            bodies_.push_back(encrypt(contexts_.back()));
        }
    }

    void make() { encrypt(contexts_[0]); }
    void check_together() {
        std::vector<ballot::SubmittedBallot> submitted;
        for (std::size_t i = 0; i < bodies_.size(); ++i) submitted.push_back({contexts_[i], bodies_[i]});
        for (const auto& result : check_all(layout_, election_.key, submitted, random_)) {
            if (!result) std::abort();
        }
    }

    void size() const { print("ballot_size", static_cast<double>(layout_.size()), "bytes"); }

    // Two fixed-base multiplications for each ciphertext and each branch.
    void proving() {
        const std::size_t pairs = layout_.ciphertexts() + branches();
        const auto scalar = crypto::SecretScalar::random(random_);
        compare(
            "ballot_made", "us/ballot", rounds_, 1, [&] { make(); },
            [&] {
                for (std::size_t i = 0; i < pairs; ++i) {
                    crypto::multiply_generator(scalar);
                    election_.key.multiply(scalar);
                }
            });
    }

    // Two sums of two products for each branch.
    void checking_one_at_a_time() {
        compare(
            "ballot_checked_reference", "us/ballot", rounds_ / 4, 1,
            [&] {
                if (!ballot::check(layout_, election_.key, contexts_[0], bodies_[0])) std::abort();
            },
            [&] {
                for (std::size_t i = 0; i < 2 * branches(); ++i) {
                    crypto::multi_scalar_var({{full_, crypto::generator()}, {full_, election_.key.point()}});
                }
            });
    }

    // One multi-scalar multiplication of the same points, with 128-bit and 256-bit scalars as a batch has
    // them.
    void checking_together(const char* name) {
        const auto short_scalar = crypto::Scalar::from_bytes16(random_.bytes<16>());
        std::vector<crypto::Term> terms;
        for (std::size_t i = 0; i < bodies_.size() * 2 * branches(); ++i)
            terms.push_back({short_scalar, point(i)});
        for (std::size_t i = 0; i < bodies_.size() * 2 * layout_.statements().size(); ++i) {
            terms.push_back({full_, point(i)});
        }
        compare(
            name, "us/ballot", std::max(5, rounds_ / (3 * static_cast<int>(bodies_.size()))),
            static_cast<double>(bodies_.size()), [&] { check_together(); },
            [&] { crypto::multi_scalar_var(terms); });
    }

  private:
    std::size_t branches() const {
        std::size_t count = 0;
        for (const auto& statement : layout_.statements()) count += statement.range.branches();
        return count;
    }
    Bytes encrypt(const ballot::Context& context) {
        events::Selections chosen{std::vector<std::uint16_t>(16, 0)};
        chosen[0][2] = chosen[0][7] = chosen[0][11] = 1;
        return ballot::encrypt(election_.key, layout_, context,
                               *ballot::ValidSelections::check(layout_, chosen),
                               ballot::Seed::random(random_))
            .body();
    }
    // Different points, made once.
    const crypto::Point& point(std::size_t i) {
        while (points_.size() <= i % 512) {
            points_.push_back(crypto::multiply_generator(crypto::SecretScalar::random(random_)));
        }
        return points_[i % 512];
    }

    const int rounds_;
    const test::Election election_ = test::TestElection()
                                         .contest("board", 15, {.votes = 3, .per_option = 1, .seats = 11})
                                         .invalid()
                                         .build();
    const ballot::Layout layout_ = election_.layout("standard");
    SystemRandom random_;
    const crypto::Scalar full_ = crypto::SecretScalar::random(random_).reveal();
    std::vector<ballot::Context> contexts_;
    std::vector<Bytes> bodies_;
    std::vector<crypto::Point> points_;
};

// The floor of an entry: its leaf, and one inner node.
void log_appending(int rounds) {
    constexpr std::size_t entries = 10'000;
    const Bytes entry(300, 'x');
    compare(
        "log_append", "us/entry", rounds / 10, entries,
        [&] {
            log::Tree tree;
            for (std::size_t i = 0; i < entries; ++i) tree.append_entry(entry);
        },
        [&] {
            Hash hash{};
            for (std::size_t i = 0; i < entries; ++i) hash = log::hash_node(hash, log::hash_leaf(entry));
            if (hash == Hash{}) std::abort();
        });
}

}  // namespace
}  // namespace stimme::bench

int main(int count, char** words) {
    using namespace stimme::bench;
    const auto wanted = [&](const char* flag) { return has_flag(count, words, flag); };
    const int rounds = wanted("--quick") ? 60 : 240;
    Bench one(1, rounds);
    constexpr int profiled = 50;
    if (wanted("--making")) {
        for (int i = 0; i < profiled; ++i) one.make();
    } else if (wanted("--checking")) {
        for (int i = 0; i < profiled; ++i) one.check_together();
    } else if (wanted("--checking-together")) {
        Bench(profiled, rounds).check_together();
    } else {
        one.size();
        one.proving();
        one.checking_one_at_a_time();
        one.checking_together("ballot_checked_alone");
        Bench(256, rounds).checking_together("ballot_checked_of_256");
        log_appending(rounds);
    }
    return 0;
}
