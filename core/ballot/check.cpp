#include "core/ballot/check.h"

#include <array>

#include <fmt/format.h>

#include "core/ballot/decode.h"
#include "core/ballot/tracking_code.h"
#include "core/crypto/multi_scalar.h"
#include "core/crypto/product_sum.h"

namespace stimme::ballot {

struct CheckedBallots {
    // REQUIRES: all equations of the ballot hold.
    static CheckedBallot make(const SubmittedBallot& submitted, DecodedBallot ballot) {
        return {submitted.context, std::move(ballot.ciphertexts), ballot.y,
                tracking_code(submitted.context, submitted.body)};
    }
};

namespace {

using crypto::Scalar;
using crypto::Term;

Result<DecodedBallot> decode_own_style(const Layout& layout, const SubmittedBallot& submitted) {
    if (submitted.context.style != layout.style()) {
        return invalid("ballot-style", fmt::format("the ballot is of style \"{}\", expected \"{}\"",
                                                   submitted.context.style.str(), layout.style().str()));
    }
    return decode(layout, submitted.context, submitted.body);
}

// Fresh weights of 128 bits, drawn many at a time.
class Weights {
  public:
    explicit Weights(Random& random) : random_(random) {}

    Scalar next() {
        if (used_ == drawn_.size()) {
            random_.fill(std::span(drawn_.front().data(), 16 * drawn_.size()));
            used_ = 0;
        }
        return Scalar::from_bytes16(drawn_[used_++]);
    }

  private:
    Random& random_;
    std::array<ByteArray<16>, 64> drawn_;
    std::size_t used_ = drawn_.size();
};

// Σ of all equations, each times its weight: infinity when all hold. A known random multiple of G is added,
// so that not infinity is expected of the arithmetic but a point that nobody can foresee.
class WeightedEquations {
  public:
    WeightedEquations(const crypto::Point& k, Random& random) : k_(k), weights_(random) {}

    void reserve(const Layout& layout, std::size_t ballots) {
        std::size_t branches = 0;
        for (const Statement& statement : layout.statements()) branches += statement.range.branches();
        terms_.reserve(2 * ballots * (layout.ciphertexts() + branches) + 2);
    }

    void add(const Layout& layout, const DecodedBallot& ballot) {
        for (const ContestLayout& contest : layout.contests()) add(layout, contest, ballot);
    }

    bool hold() {
        const Scalar expected = weights_.next();
        terms_.push_back({expected - of_g_.value(), crypto::generator()});
        terms_.push_back({-of_k_.value(), k_});
        return crypto::multi_scalar_var(terms_) == crypto::multiply_generator(expected);
    }

  private:
    // What stands before the ciphertext of a statement.
    struct Factors {
        Scalar of_a, of_b;
    };

    // The sum's ciphertext is Σ w_i·(A_i, B_i) (4.2): its factors are shared out.
    void add(const Layout& layout, const ContestLayout& contest, const DecodedBallot& ballot) {
        const std::size_t sum = contest.sum_statement();
        const Factors of_sum = add_proof(layout.statements()[sum].range, ballot.proofs[sum]);
        for (std::size_t i = 0; i < contest.positions; ++i) {
            const std::size_t s = contest.first_statement + i;
            const Factors factors = add_proof(layout.statements()[s].range, ballot.proofs[s]);
            const crypto::Ciphertext& subject = ballot.ciphertexts[contest.first_ciphertext + i];
            const unsigned weight = contest.weights[i];
            terms_.push_back({factors.of_a + times(of_sum.of_a, weight), subject.a});
            terms_.push_back({factors.of_b + times(of_sum.of_b, weight), subject.b});
        }
    }

    Factors add_proof(crypto::Range range, const crypto::RangeProof& proof) {
        crypto::ProductSum of_a, of_b;
        for (std::size_t i = 0; i < proof.size(); ++i) {
            const crypto::RangeBranch& branch = proof[i];
            const Scalar g = weights_.next(), k = weights_.next();
            // (4.5) as a + c·A - v·G = 0
            terms_.push_back({g, branch.a});
            of_a.add(g, branch.c);
            of_g_.add(g, branch.v);
            // (4.6) as b + c·B - (v + c·j)·K = 0
            terms_.push_back({k, branch.b});
            of_b.add(k, branch.c);
            of_k_.add(k, branch.v + times(branch.c, range.lo + i));
        }
        return {of_a.value(), of_b.value()};
    }

    static Scalar times(const Scalar& scalar, std::uint64_t number) {
        if (number == 0) return {};
        return number == 1 ? scalar : scalar * Scalar(number);
    }

    const crypto::Point& k_;
    Weights weights_;
    std::vector<Term> terms_;
    crypto::ProductSum of_g_, of_k_;
};

// A ballot on its way: decoded, then either its equations hold or `verdict` says what is wrong.
struct Candidate {
    std::size_t index;
    DecodedBallot ballot;
    Status verdict;
};

void judge(const Layout& layout, const crypto::Point& k, std::span<Candidate> candidates, Random& random) {
    if (candidates.empty()) return;
    WeightedEquations equations(k, random);
    equations.reserve(layout, candidates.size());
    for (const Candidate& candidate : candidates) equations.add(layout, candidate.ballot);
    if (equations.hold()) return;
    if (candidates.size() == 1) {
        candidates.front().verdict = check_equations(layout, k, candidates.front().ballot);
        if (candidates.front().verdict) crypto::recheck::disagree();
        return;
    }
    const std::size_t half = candidates.size() / 2;
    judge(layout, k, candidates.first(half), random);
    judge(layout, k, candidates.subspan(half), random);
}

}  // namespace

Result<CheckedBallot> check(const Layout& layout, const crypto::ElectionKey& key, const Context& context,
                            ByteView body) {
    const SubmittedBallot submitted{context, body};
    STIMME_TRY(DecodedBallot ballot, decode_own_style(layout, submitted));
    STIMME_CHECK(check_equations(layout, key.point(), ballot));
    return CheckedBallots::make(submitted, std::move(ballot));
}

std::vector<Result<CheckedBallot>> check_each(const Layout& layout, const crypto::ElectionKey& key,
                                              std::span<const SubmittedBallot> ballots) {
    std::vector<Result<CheckedBallot>> results;
    for (const SubmittedBallot& ballot : ballots)
        results.push_back(check(layout, key, ballot.context, ballot.body));
    return results;
}

std::vector<Result<CheckedBallot>> check_all(const Layout& layout, const crypto::ElectionKey& key,
                                             std::span<const SubmittedBallot> ballots, Random& random) {
    std::vector<Result<CheckedBallot>> results;
    std::vector<Candidate> candidates;
    for (std::size_t i = 0; i < ballots.size(); ++i) {
        auto decoded = decode_own_style(layout, ballots[i]);
        results.emplace_back(decoded ? internal("ballot-unchecked", "not reached") : decoded.error());
        if (decoded) candidates.push_back({i, *std::move(decoded), {}});
    }
    judge(layout, key.point(), candidates, random);
    for (Candidate& candidate : candidates) {
        auto& result = results[candidate.index];
        if (candidate.verdict) {
            result = CheckedBallots::make(ballots[candidate.index], std::move(candidate.ballot));
        } else {
            result = candidate.verdict.error();
        }
    }
    return results;
}

}  // namespace stimme::ballot
