#include "core/ballot/check.h"

#include <fmt/format.h>

#include "core/ballot/decode.h"
#include "core/ballot/tracking_code.h"
#include "core/crypto/multi_scalar.h"

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

// Σ of all equations, each times its weight: infinity when all hold.
class WeightedEquations {
  public:
    WeightedEquations(const crypto::Point& k, Random& random) : k_(k), random_(random) {}

    void add(const Layout& layout, const DecodedBallot& ballot) {
        for (std::size_t s = 0; s < ballot.proofs.size(); ++s) {
            add_proof(layout.statements()[s].range, ballot.subjects[s], ballot.proofs[s]);
        }
    }

    bool hold() {
        terms_.push_back({of_g_, crypto::generator()});
        terms_.push_back({of_k_, k_});
        return crypto::multi_scalar_var(terms_).is_infinity();
    }

  private:
    void add_proof(crypto::Range range, const crypto::Ciphertext& subject, const crypto::RangeProof& proof) {
        Scalar of_a, of_b;
        for (std::size_t i = 0; i < proof.size(); ++i) {
            const crypto::RangeBranch& branch = proof[i];
            const Scalar g = Scalar::from_bytes16(random_.bytes<16>());
            const Scalar k = Scalar::from_bytes16(random_.bytes<16>());
            // (4.5) as a + c·A - v·G = 0
            terms_.push_back({g, branch.a});
            of_a += g * branch.c;
            of_g_ += -(g * branch.v);
            // (4.6) as b + c·B - (v + c·j)·K = 0
            terms_.push_back({k, branch.b});
            of_b += k * branch.c;
            of_k_ += -(k * (branch.v + branch.c * Scalar(range.lo + i)));
        }
        terms_.push_back({of_a, subject.a});
        terms_.push_back({of_b, subject.b});
    }

    const crypto::Point& k_;
    Random& random_;
    std::vector<Term> terms_;
    Scalar of_g_, of_k_;
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
    for (const Candidate& candidate : candidates) equations.add(layout, candidate.ballot);
    if (equations.hold()) return;
    if (candidates.size() == 1) {
        candidates.front().verdict = check_equations(layout, k, candidates.front().ballot);
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
