#include "core/ballot/decode.h"

#include <fmt/format.h>

#include "core/ballot/challenge.h"

namespace stimme::ballot {
namespace {

using crypto::Ciphertext;
using crypto::Point;
using crypto::RangeBranch;
using crypto::RangeProof;
using crypto::Scalar;

// The same failure in the words of a ballot.
Error renamed(const char* code, const Error& error, const std::string& place) {
    return invalid(code, error.message).at(place);
}

// Both read from where the layout says; the length was checked.
Result<Point> read_point(ByteView body, std::size_t offset, const std::string& place) {
    auto point = Point::from_bytes64(body.subspan(offset, 64));
    if (!point) return renamed("ballot-point", point.error(), place);
    return point;
}

Result<Scalar> read_scalar(ByteView body, std::size_t offset, const std::string& place) {
    auto scalar = Scalar::from_bytes(body.subspan(offset, 32));
    if (!scalar) return renamed("ballot-scalar", scalar.error(), place);
    return scalar;
}

Result<Ciphertext> read_ciphertext(ByteView body, std::size_t offset, const std::string& place) {
    STIMME_TRY(const Point a, read_point(body, offset + ciphertext_a, place));
    STIMME_TRY(const Point b, read_point(body, offset + ciphertext_b, place));
    return Ciphertext{a, b};
}

Result<RangeBranch> read_branch(ByteView body, std::size_t offset, const std::string& place) {
    STIMME_TRY(const Point a, read_point(body, offset + branch_a, place));
    STIMME_TRY(const Point b, read_point(body, offset + branch_b, place));
    STIMME_TRY(const Scalar c, read_scalar(body, offset + branch_c, place));
    STIMME_TRY(const Scalar v, read_scalar(body, offset + branch_v, place));
    return RangeBranch{a, b, c, v};
}

Result<RangeProof> read_proof(const Layout& layout, const Statement& statement, ByteView body) {
    RangeProof proof;
    for (std::size_t i = 0; i < statement.range.branches(); ++i) {
        STIMME_TRY(const RangeBranch branch, read_branch(body, statement.branch(i), layout.place(statement)));
        proof.push_back(branch);
    }
    return proof;
}

// (4.2)
Ciphertext weighted_sum(const ContestLayout& contest, const std::vector<Ciphertext>& ciphertexts) {
    crypto::CiphertextSum sum;
    for (std::size_t i = 0; i < contest.positions; ++i) {
        const Ciphertext& ciphertext = ciphertexts[contest.first_ciphertext + i];
        const unsigned weight = contest.weights[i];
        if (weight == 1) sum.add(ciphertext);
        if (weight > 1) sum.add(crypto::multiply_var(ciphertext, Scalar(weight)));
    }
    return sum.value();
}

Status read_contest(const Layout& layout, const ContestLayout& contest, ByteView body,
                    DecodedBallot& ballot) {
    for (std::size_t i = 0; i < contest.positions; ++i) {
        const std::size_t offset = layout.ciphertext(contest.first_ciphertext + i);
        STIMME_TRY(const Ciphertext ciphertext, read_ciphertext(body, offset, layout.place(contest, i)));
        ballot.ciphertexts.push_back(ciphertext);
        ballot.subjects.push_back(ciphertext);
    }
    const Ciphertext sum = weighted_sum(contest, ballot.ciphertexts);
    if (sum.a.is_infinity()) {
        return invalid("ballot-sum-infinite", "the randomness of the ciphertexts cancels out")
            .at(layout.place(layout.statements()[contest.sum_statement()]));
    }
    ballot.subjects.push_back(sum);
    return {};
}

// (4.7) with the challenge of (4.8).
Status check_challenge(const Layout& layout, const Statement& statement, const RangeProof& proof,
                       const Hash& ciphertexts_hash) {
    std::vector<crypto::RangeCommitment> commitments;
    for (const RangeBranch& branch : proof) commitments.push_back({branch.a, branch.b});
    const Scalar challenge = range_challenge(ciphertexts_hash, statement, commitments);
    const Status form = crypto::check_range_form(statement.range, proof, challenge);
    if (!form) return renamed("ballot-challenge-sum", form.error(), layout.place(statement));
    return {};
}

}  // namespace

Result<DecodedBallot> decode(const Layout& layout, const Context& context, ByteView body) {
    if (body.size() != layout.size()) {
        return invalid("ballot-length", fmt::format("a ballot of style \"{}\" has {} bytes, found {}",
                                                    layout.style().str(), layout.size(), body.size()));
    }
    DecodedBallot ballot;
    for (const ContestLayout& contest : layout.contests()) {
        STIMME_CHECK(read_contest(layout, contest, body, ballot));
    }
    const Hash hash = ciphertexts_hash(context, body.first(layout.ciphertext(layout.ciphertexts())));
    for (const Statement& statement : layout.statements()) {
        STIMME_TRY(RangeProof proof, read_proof(layout, statement, body));
        STIMME_CHECK(check_challenge(layout, statement, proof, hash));
        ballot.proofs.push_back(std::move(proof));
    }
    ballot.y = to_array<32>(body.subspan(layout.y_offset(), y_size));
    return ballot;
}

Status check_equations(const Layout& layout, const Point& k, const DecodedBallot& ballot) {
    for (std::size_t s = 0; s < ballot.proofs.size(); ++s) {
        const Statement& statement = layout.statements()[s];
        for (std::size_t i = 0; i < ballot.proofs[s].size(); ++i) {
            const RangeBranch& branch = ballot.proofs[s][i];
            const Status g = crypto::check_range_equation_g(ballot.subjects[s], statement.range, i, branch);
            if (!g) return renamed("ballot-equation-g", g.error(), layout.place(statement));
            const Status of_k =
                crypto::check_range_equation_k(k, ballot.subjects[s], statement.range, i, branch);
            if (!of_k) return renamed("ballot-equation-k", of_k.error(), layout.place(statement));
        }
    }
    return {};
}

}  // namespace stimme::ballot
