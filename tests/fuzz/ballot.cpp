// Ballots that a dishonest booth could send: an honest body changed step by step, by changes that keep points
// points and scalars scalars, move and swap them, shift challenges among branches, and compute challenges
// anew. The reference, which looks at one equation at a time, and the batch must agree on every one, and
// nothing passes but what was encrypted.
#include "core/ballot/challenge.h"
#include "core/ballot/check.h"
#include "tests/fuzz/samples.h"
#include "tests/fuzz/target.h"

namespace stimme::fuzz {
namespace {

using crypto::Point;
using crypto::Scalar;

struct Honest {
    ballot::Layout layout = sample_election().layout();
    ballot::Context context = sample_election().context();
    Bytes first = sample_election().encrypt(context, {{1, 0, 0}}, 1).body();
    Bytes second = sample_election().encrypt(context, {{0, 0, 1}}, 2).body();
};

const Honest& honest() {
    static const Honest ballots;
    return ballots;
}

class Forger {
  public:
    explicit Forger(Steps steps) : steps_(steps), body_(honest().first) {}

    Bytes run() {
        for (int i = 0; i < 16 && steps_.left(); ++i) step();
        return body_;
    }

  private:
    void step() {
        switch (steps_.byte() % 10) {
            case 0:
                return write(steps_.below(body_.size() + 1), steps_.bytes(1 + steps_.below(64)));
            case 1:
                return body_.resize(steps_.below(2 * body_.size() + 1));
            case 2:
                return copy_field();
            case 3:
                return write(place_of_point(), forged_point().raw());
            case 4:
                return write(place_of_scalar(), forged_scalar().bytes());
            case 5:
                return shift_challenge();
            case 6:
                return compute_challenges();
            case 7:
                return swap_branches();
            case 8:
                return copy(honest().second, steps_.below(honest().second.size()), steps_.below(512));
            default:
                return write(place_of_point(), ByteArray<64>{});
        }
    }

    void write(std::size_t at, ByteView bytes) {
        for (std::size_t i = 0; i < bytes.size() && at + i < body_.size(); ++i) body_[at + i] = bytes[i];
    }

    const ballot::Statement& statement() {
        return layout_.statements()[steps_.below(layout_.statements().size())];
    }
    std::size_t branch_of(const ballot::Statement& statement) {
        return statement.branch(steps_.below(statement.range.branches()));
    }
    std::size_t place_of_point() {
        const std::size_t half = 64 * steps_.below(2);
        if (steps_.byte() % 2 == 0) return layout_.ciphertext(steps_.below(layout_.ciphertexts())) + half;
        return branch_of(statement()) + half;
    }
    std::size_t place_of_scalar() { return branch_of(statement()) + ballot::branch_c + 32 * steps_.below(2); }

    Point point_at(std::size_t at) const {
        if (at + 64 > body_.size()) return {};
        const auto point = Point::from_bytes64(ByteView(body_).subspan(at, 64));
        return point ? *point : Point{};
    }
    Scalar scalar_at(std::size_t at) const {
        if (at + 32 > body_.size()) return {};
        const auto scalar = Scalar::from_bytes(ByteView(body_).subspan(at, 32));
        return scalar ? *scalar : Scalar{};
    }

    Point forged_point() {
        const Point point = point_at(place_of_point());
        switch (steps_.byte() % 4) {
            case 0:
                return -point;
            case 1:
                return point + crypto::generator();
            case 2:
                return point + point_at(place_of_point());
            default:
                return point - sample_election().key.point();
        }
    }
    Scalar forged_scalar() {
        const Scalar scalar = scalar_at(place_of_scalar());
        switch (steps_.byte() % 4) {
            case 0:
                return -scalar;
            case 1:
                return scalar + Scalar(1);
            case 2:
                return scalar + scalar_at(place_of_scalar());
            default:
                return Scalar(steps_.byte());
        }
    }

    // A field of this ballot to another place.
    void copy_field() {
        const Bytes before = body_;
        const std::size_t from = 32 * steps_.below(before.size() / 32 + 1),
                          size = std::size_t{32} << steps_.below(3);
        const ByteView field = part(before, from, size);
        write(32 * steps_.below(before.size() / 32 + 1), field);
    }
    // A part of another ballot to its own place.
    void copy(const Bytes& other, std::size_t at, std::size_t size) { write(at, part(other, at, size)); }

    static ByteView part(ByteView of, std::size_t at, std::size_t size) {
        at = std::min(at, of.size());
        return of.subspan(at, std::min(size, of.size() - at));
    }

    // c_i + d, c_j - d: the challenges still add up.
    void shift_challenge() {
        const ballot::Statement& of = statement();
        const std::size_t one = branch_of(of) + ballot::branch_c, other = branch_of(of) + ballot::branch_c;
        const Scalar by(steps_.byte());
        write(one, (scalar_at(one) + by).bytes());
        write(other, (scalar_at(other) - by).bytes());
    }

    // As (4.8) wants them: the first branch of each proof gets what is missing.
    void compute_challenges() {
        if (body_.size() != layout_.size()) return;
        const Hash hash = ballot::ciphertexts_hash(
            honest().context, ByteView(body_).first(layout_.ciphertext(layout_.ciphertexts())));
        for (const ballot::Statement& statement : layout_.statements()) {
            std::vector<crypto::RangeCommitment> commitments;
            Scalar others;
            for (std::size_t i = 0; i < statement.range.branches(); ++i) {
                const std::size_t at = statement.branch(i);
                commitments.push_back({point_at(at + ballot::branch_a), point_at(at + ballot::branch_b)});
                if (i > 0) others += scalar_at(at + ballot::branch_c);
            }
            const Scalar missing = ballot::range_challenge(hash, statement, commitments) - others;
            write(statement.branch(0) + ballot::branch_c, missing.bytes());
        }
    }

    void swap_branches() {
        const std::size_t one = branch_of(statement()), other = branch_of(statement());
        if (std::max(one, other) + ballot::branch_size > body_.size()) return;
        for (std::size_t i = 0; i < ballot::branch_size; ++i) std::swap(body_[one + i], body_[other + i]);
    }

    Steps steps_;
    const ballot::Layout& layout_ = honest().layout;
    Bytes body_;
};

bool was_encrypted(const Bytes& body) {
    const std::size_t proven = honest().layout.y_offset();
    for (const Bytes& known : {honest().first, honest().second}) {
        if (std::equal(known.begin(), known.begin() + static_cast<std::ptrdiff_t>(proven), body.begin()))
            return true;
    }
    return false;
}

}  // namespace

FUZZ_TARGET(ballot) {
    const auto& [layout, context, first, second] = honest();
    const Bytes body = Forger(Steps(data)).run();
    const auto alone = ballot::check(layout, sample_election().key, context, body);
    SeededRandom random(data.size());
    const ballot::SubmittedBallot three[] = {{context, first}, {context, body}, {context, second}};
    const auto together = ballot::check_all(layout, sample_election().key, three, random);
    require(together.size() == 3 && together[0] && together[2], "honest ballots pass in bad company");
    require(alone.ok() == together[1].ok(), "reference and batch agree");
    if (alone) {
        require(body.size() == layout.size() && was_encrypted(body), "only what was encrypted passes");
        require(alone->tracking_code() == together[1]->tracking_code(), "one ballot, one code");
    } else {
        require(alone.error().code == together[1].error().code &&
                    alone.error().message == together[1].error().message,
                "reference and batch say the same");
    }
}

}  // namespace stimme::fuzz
