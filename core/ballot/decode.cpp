#include "core/ballot/decode.h"

#include <fmt/format.h>

#include "core/ballot/challenge.h"
#include "core/crypto/p256_curve.h"

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

// Reads from where the layout says; the length was checked.
class BodyReader {
  public:
    BodyReader(const Layout& layout, ByteView body) : layout_(layout), body_(body) {
        std::vector<const std::uint8_t*> points;
        points.reserve(2 * layout.ciphertexts() + 2 * layout.size() / branch_size);
        for (std::size_t i = 0; i < layout.ciphertexts(); ++i) {
            add_two(points, layout.ciphertext(i) + ciphertext_a, layout.ciphertext(i) + ciphertext_b);
        }
        for (const Statement& statement : layout.statements()) {
            for (std::size_t i = 0; i < statement.range.branches(); ++i) {
                add_two(points, statement.branch(i) + branch_a, statement.branch(i) + branch_b);
            }
        }
        points_valid_ = crypto::all_on_curve(points);
    }

    Result<Ciphertext> ciphertext(std::size_t number, const Statement& statement) const {
        const std::size_t offset = layout_.ciphertext(number);
        STIMME_TRY(const Point a, point(offset + ciphertext_a, statement));
        STIMME_TRY(const Point b, point(offset + ciphertext_b, statement));
        return Ciphertext{a, b};
    }

    Result<RangeProof> proof(const Statement& statement) const {
        RangeProof proof;
        proof.reserve(statement.range.branches());
        for (std::size_t i = 0; i < statement.range.branches(); ++i) {
            STIMME_TRY(const RangeBranch read, branch(statement.branch(i), statement));
            proof.push_back(read);
        }
        return proof;
    }

  private:
    void add_two(std::vector<const std::uint8_t*>& points, std::size_t first, std::size_t second) const {
        points.push_back(body_.data() + first);
        points.push_back(body_.data() + second);
    }

    // One by one only where some point is wrong, to name the first.
    Result<Point> point(std::size_t offset, const Statement& statement) const {
        const ByteView bytes = body_.subspan(offset, 64);
        if (points_valid_) return Point::from_valid(to_array<64>(bytes));
        auto point = Point::from_bytes64(bytes);
        if (!point) return renamed("ballot-point", point.error(), layout_.place(statement));
        return point;
    }

    Result<Scalar> scalar(std::size_t offset, const Statement& statement) const {
        auto scalar = Scalar::from_bytes(body_.subspan(offset, 32));
        if (!scalar) return renamed("ballot-scalar", scalar.error(), layout_.place(statement));
        return scalar;
    }

    Result<RangeBranch> branch(std::size_t offset, const Statement& statement) const {
        STIMME_TRY(const Point a, point(offset + branch_a, statement));
        STIMME_TRY(const Point b, point(offset + branch_b, statement));
        STIMME_TRY(const Scalar c, scalar(offset + branch_c, statement));
        STIMME_TRY(const Scalar v, scalar(offset + branch_v, statement));
        return RangeBranch{a, b, c, v};
    }

    const Layout& layout_;
    ByteView body_;
    bool points_valid_;
};

// (4.2)
Ciphertext weighted_sum(const ContestLayout& contest, const std::vector<Ciphertext>& ciphertexts) {
    crypto::PointSum a, b;
    for (std::size_t i = 0; i < contest.positions; ++i) {
        const Ciphertext& ciphertext = ciphertexts[contest.first_ciphertext + i];
        a.add(ciphertext.a, contest.weights[i]);
        b.add(ciphertext.b, contest.weights[i]);
    }
    return {a.value(), b.value()};
}

Status check_sum(const Layout& layout, const ContestLayout& contest,
                 const std::vector<Ciphertext>& ciphertexts) {
    crypto::PointSum sum;
    for (std::size_t i = 0; i < contest.positions; ++i) {
        sum.add(ciphertexts[contest.first_ciphertext + i].a, contest.weights[i]);
    }
    if (!sum.is_infinity()) return {};
    return invalid("ballot-sum-infinite", "the randomness of the ciphertexts cancels out")
        .at(layout.place(layout.statements()[contest.sum_statement()]));
}

Status read_contest(const Layout& layout, const ContestLayout& contest, const BodyReader& reader,
                    DecodedBallot& ballot) {
    for (std::size_t i = 0; i < contest.positions; ++i) {
        const Statement& statement = layout.statements()[contest.first_statement + i];
        STIMME_TRY(const Ciphertext read, reader.ciphertext(contest.first_ciphertext + i, statement));
        ballot.ciphertexts.push_back(read);
    }
    return check_sum(layout, contest, ballot.ciphertexts);
}

// (4.7) with the challenge of (4.8).
Status check_challenge(const Layout& layout, const Statement& statement, const RangeProof& proof,
                       const Hash& ciphertexts_hash) {
    std::vector<crypto::RangeCommitment> commitments;
    commitments.reserve(proof.size());
    for (const RangeBranch& branch : proof) commitments.push_back({branch.a, branch.b});
    const Scalar challenge = range_challenge(ciphertexts_hash, statement, commitments);
    const Status form = crypto::check_range_form(statement.range, proof, challenge);
    if (!form) return renamed("ballot-challenge-sum", form.error(), layout.place(statement));
    return {};
}

Status check_statement(const Layout& layout, const Point& k, const Statement& statement,
                       const Ciphertext& subject, const RangeProof& proof) {
    for (std::size_t i = 0; i < proof.size(); ++i) {
        const Status of_g = crypto::check_range_equation_g(subject, statement.range, i, proof[i]);
        if (!of_g) return renamed("ballot-equation-g", of_g.error(), layout.place(statement));
        const Status of_k = crypto::check_range_equation_k(k, subject, statement.range, i, proof[i]);
        if (!of_k) return renamed("ballot-equation-k", of_k.error(), layout.place(statement));
    }
    return {};
}

}  // namespace

Result<DecodedBallot> decode(const Layout& layout, const Context& context, ByteView body) {
    if (body.size() != layout.size()) {
        return invalid("ballot-length", fmt::format("a ballot of style \"{}\" has {} bytes, found {}",
                                                    layout.style().str(), layout.size(), body.size()));
    }
    const BodyReader reader(layout, body);
    DecodedBallot ballot;
    ballot.ciphertexts.reserve(layout.ciphertexts());
    ballot.proofs.reserve(layout.statements().size());
    for (const ContestLayout& contest : layout.contests()) {
        STIMME_CHECK(read_contest(layout, contest, reader, ballot));
    }
    const Hash hash = ciphertexts_hash(context, body.first(layout.ciphertext(layout.ciphertexts())));
    for (const Statement& statement : layout.statements()) {
        STIMME_TRY(RangeProof proof, reader.proof(statement));
        STIMME_CHECK(check_challenge(layout, statement, proof, hash));
        ballot.proofs.push_back(std::move(proof));
    }
    ballot.y = to_array<32>(body.subspan(layout.y_offset(), y_size));
    return ballot;
}

Status check_equations(const Layout& layout, const Point& k, const DecodedBallot& ballot) {
    for (const ContestLayout& contest : layout.contests()) {
        const auto own = std::span(ballot.ciphertexts).subspan(contest.first_ciphertext, contest.positions);
        std::vector<Ciphertext> subjects(own.begin(), own.end());
        subjects.push_back(weighted_sum(contest, ballot.ciphertexts));
        for (std::size_t i = 0; i < subjects.size(); ++i) {
            const std::size_t s = contest.first_statement + i;
            STIMME_CHECK(check_statement(layout, k, layout.statements()[s], subjects[i], ballot.proofs[s]));
        }
    }
    return {};
}

}  // namespace stimme::ballot
