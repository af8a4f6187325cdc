// The arithmetic of a batch check (core/crypto/multi_scalar.h) beside OpenSSL's, and the whole check beside
// the arithmetic: processor time, measured in turn in one run, of the same ballots (15 options, an invalid
// option, 3 votes). Prints `name value unit` lines. See docs/performance.md.
//
// `--checking`, `--kernel`: only that work, for a profile.
#include <cstdlib>
#include <vector>

#include "core/ballot/check.h"
#include "core/ballot/encrypt.h"
#include "core/crypto/multi_scalar.h"
#include "tests/bench/measure.h"
#include "tests/support/elections.h"

namespace stimme::bench {
namespace {

using crypto::Kernel;
using crypto::Term;

class Ballots {
  public:
    explicit Ballots(std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            contexts_.push_back(election_.context("s1", "standard", static_cast<unsigned>(i + 1)));
            bodies_.push_back(encrypt(contexts_.back()));
        }
    }

    std::size_t selections() const { return bodies_.size() * layout_.ciphertexts(); }

    void check() {
        std::vector<ballot::SubmittedBallot> submitted;
        for (std::size_t i = 0; i < bodies_.size(); ++i) submitted.push_back({contexts_[i], bodies_[i]});
        for (const auto& result : check_all(layout_, election_.key, submitted, random_)) {
            if (!result) std::abort();
        }
    }

    // The sum that the check comes down to: each commitment with a weight of 128 bits, each ciphertext with a
    // scalar of 256 bits.
    std::vector<Term> terms() {
        std::vector<Term> terms;
        for (const Bytes& body : bodies_) {
            for (std::size_t i = 0; i < layout_.ciphertexts(); ++i) {
                add_two(terms, body, layout_.ciphertext(i), false);
            }
            for (const ballot::Statement& statement : layout_.statements()) {
                for (std::size_t i = 0; i < statement.range.branches(); ++i) {
                    add_two(terms, body, statement.branch(i), true);
                }
            }
        }
        return terms;
    }

  private:
    void add_two(std::vector<Term>& terms, ByteView body, std::size_t offset, bool is_short) {
        for (const std::size_t at : {offset, offset + 64}) {
            const auto scalar = is_short ? crypto::Scalar::from_bytes16(random_.bytes<16>())
                                         : crypto::Scalar::from_wide(random_.bytes<48>());
            terms.push_back({scalar, must(crypto::Point::from_bytes64(body.subspan(at, 64)))});
        }
    }

    Bytes encrypt(const ballot::Context& context) {
        events::Selections chosen{std::vector<std::uint16_t>(16, 0)};
        chosen[0][2] = chosen[0][7] = chosen[0][11] = 1;
        return ballot::encrypt(election_.key, layout_, context,
                               must(ballot::ValidSelections::check(layout_, chosen)),
                               ballot::Seed::random(random_))
            .body();
    }

    const test::Election election_ = test::TestElection()
                                         .contest("board", 15, {.votes = 3, .per_option = 1, .seats = 11})
                                         .invalid()
                                         .build();
    const ballot::Layout layout_ = election_.layout("standard");
    SystemRandom random_;
    std::vector<ballot::Context> contexts_;
    std::vector<Bytes> bodies_;
};

// Median processor times of each kernel over the same terms, in turn.
void kernels(std::vector<Term> terms, int rounds) {
    terms.resize(std::min<std::size_t>(terms.size(), 16'384));
    std::vector<std::vector<double>> times(crypto::kernels().size()), ratios(times.size());
    for (int round = 0; round < rounds; ++round) {
        double openssl = 0;
        for (std::size_t k = 0; k < times.size(); ++k) {
            const Kernel kernel = crypto::kernels()[k];
            const double time = thread_microseconds([&] { crypto::multi_scalar_var(terms, kernel); });
            if (kernel == Kernel::openssl) openssl = time;
            times[k].push_back(time / static_cast<double>(terms.size()));
            ratios[k].push_back(time / openssl);
        }
    }
    for (std::size_t k = 0; k < times.size(); ++k) {
        const std::string name = "kernel_" + std::string(crypto::name(crypto::kernels()[k]));
        print(name, median(times[k]), "us/point");
        print(name + "_over_openssl", median(ratios[k]), "ratio");
    }
}

// The whole check beside the sum of products that is in it.
void whole_check(const std::string& name, Ballots& ballots, Kernel kernel, int rounds) {
    crypto::use_kernel(kernel);
    const std::vector<Term> terms = ballots.terms();
    std::vector<double> times, ratios;
    for (int round = 0; round < rounds; ++round) {
        const double time = thread_microseconds([&] { ballots.check(); });
        times.push_back(time / static_cast<double>(ballots.selections()));
        ratios.push_back(time / thread_microseconds([&] { crypto::multi_scalar_var(terms, kernel); }));
    }
    print(name, median(times), "us/selection");
    print(name + "_over_kernel", median(ratios), "ratio");
}

void profile(bool checking) {
    Ballots ballots(161);
    const std::vector<Term> terms = ballots.terms();
    for (int i = 0; i < 100; ++i) {
        if (checking) {
            ballots.check();
        } else {
            crypto::multi_scalar_var(terms, crypto::kernels().back());
        }
    }
}

void run(bool quick) {
    Ballots many(161), few(16);  // 161 ballots have 16,422 points
    kernels(many.terms(), quick ? 3 : 9);
    whole_check("check", many, crypto::kernels().back(), quick ? 9 : 41);
    whole_check("check_openssl", few, Kernel::openssl, quick ? 5 : 21);
}

}  // namespace
}  // namespace stimme::bench

int main(int count, char** words) {
    using namespace stimme::bench;
    if (has_flag(count, words, "--checking") || has_flag(count, words, "--kernel")) {
        profile(has_flag(count, words, "--checking"));
    } else {
        run(has_flag(count, words, "--quick"));
    }
    return 0;
}
