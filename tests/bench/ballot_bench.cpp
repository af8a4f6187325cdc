// How long a ballot of 15 options and 3 votes takes to make and to check, beside the bare multiplications
// that it can't do without, measured in turn in one run. Prints `name value unit` lines; ratios are what to
// look at, times depend on the machine. See docs/performance.md.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

#include "core/ballot/check.h"
#include "core/ballot/encrypt.h"
#include "core/crypto/multi_scalar.h"
#include "core/log/merkle.h"
#include "tests/support/elections.h"

namespace stimme {
namespace {

using Time = std::chrono::duration<double, std::micro>;

template <class Work>
double microseconds(Work work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return Time(std::chrono::steady_clock::now() - start).count();
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

void print(const char* name, double value, const char* unit) {
    std::printf("%s %.3f %s\n", name, value, unit);
}

// Times `work` and its `floor` alternately, so that both see the same machine; prints the work's time and the
// ratio.
template <class Work, class Floor>
void compare(const char* name, int rounds, double ballots, Work work, Floor floor) {
    std::vector<double> times;
    std::vector<double> ratios;
    for (int i = 0; i < rounds; ++i) {
        const double own = microseconds(work);
        times.push_back(own);
        ratios.push_back(own / microseconds(floor));
    }
    print(name, median(times) / ballots, "us/ballot");
    print((std::string(name) + "_over_floor").c_str(), median(ratios), "ratio");
}

class Bench {
  public:
    explicit Bench(std::size_t ballots) {
        for (std::size_t i = 0; i < ballots; ++i) {
            contexts_.push_back(election_.context("s1", "standard", static_cast<unsigned>(i + 1)));
            bodies_.push_back(encrypt(contexts_.back()));
        }
    }

    // Two fixed-base multiplications for each ciphertext and each branch.
    void proving() {
        const std::size_t pairs = layout_.ciphertexts() + branches();
        const auto scalar = crypto::SecretScalar::random(random_);
        compare(
            "ballot_made", 200, 1, [&] { encrypt(contexts_[0]); },
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
            "ballot_checked_reference", 60, 1,
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
        std::vector<ballot::SubmittedBallot> submitted;
        for (std::size_t i = 0; i < bodies_.size(); ++i) submitted.push_back({contexts_[i], bodies_[i]});
        const auto short_scalar = crypto::Scalar::from_bytes16(random_.bytes<16>());
        std::vector<crypto::Term> terms;
        for (std::size_t i = 0; i < bodies_.size() * 2 * branches(); ++i)
            terms.push_back({short_scalar, point(i)});
        for (std::size_t i = 0; i < bodies_.size() * 2 * layout_.statements().size(); ++i) {
            terms.push_back({full_, point(i)});
        }
        compare(
            name, 9, static_cast<double>(bodies_.size()),
            [&] {
                for (const auto& result : check_all(layout_, election_.key, submitted, random_)) {
                    if (!result) std::abort();
                }
            },
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

void log_appending() {
    constexpr std::size_t entries = 100'000;
    const Bytes entry(300, 'x');
    log::Tree tree;
    const double all = microseconds([&] {
        for (std::size_t i = 0; i < entries; ++i) tree.append_entry(entry);
    });
    print("log_append", all / entries, "us/entry");
}

}  // namespace
}  // namespace stimme

int main() {
    using namespace stimme;
    Bench one(1);
    one.proving();
    one.checking_one_at_a_time();
    one.checking_together("ballot_checked_alone");
    Bench(256).checking_together("ballot_checked_of_256");
    log_appending();
    return 0;
}
