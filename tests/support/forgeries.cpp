#include "tests/support/forgeries.h"

#include <algorithm>

#include "core/ballot/challenge.h"

namespace stimme::test {
namespace {

using ballot::branch_a;
using ballot::branch_b;
using ballot::branch_c;
using ballot::branch_size;
using ballot::branch_v;
using ballot::ciphertext_a;
using ballot::ciphertext_b;
using ballot::ciphertext_size;
using crypto::Scalar;
using crypto::SecretScalar;

constexpr const char* first = R"(contest "board", option "c01")";
constexpr const char* board_sum = R"(contest "board", the sum)";

const Bytes& q() {
    static const Bytes bytes = *from_hex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
    return bytes;
}

// q + small, for a small number below 100: its second encoding.
Bytes beyond_q(std::uint8_t small) {
    auto bytes = to_array<32>(q());
    bytes[31] = static_cast<std::uint8_t>(bytes[31] + small);
    return to_bytes(bytes);
}

// x = 5 lies on the curve; p + 5 < 2^256 is its second encoding.
Bytes second_encoding_of_a_point() {
    Bytes compressed(33);
    compressed[0] = 2;
    compressed[32] = 5;
    const ByteArray<64> point = crypto::Point::from_sec1(compressed)->raw();
    Bytes bytes = *from_hex("ffffffff00000001000000000000000000000001000000000000000000000004");
    append(bytes, ByteView(point).last(32));
    return bytes;
}

using Change = std::function<void(const ForgeryCase&, Bytes&)>;

std::function<Bytes(const ForgeryCase&)> changed(Change change) {
    return [change = std::move(change)](const ForgeryCase& c) {
        Bytes body = c.honest;
        change(c, body);
        return body;
    };
}

// The bytes at an offset that `where` finds are replaced.
template <class Where>
std::function<Bytes(const ForgeryCase&)> replaced(Where where, Bytes with) {
    return changed([=](const ForgeryCase& c, Bytes& body) { put(body, where(c), with); });
}

template <class Where>
std::function<Bytes(const ForgeryCase&)> flipped(Where where) {
    return changed([=](const ForgeryCase& c, Bytes& body) { body[where(c) + 63] ^= 1; });
}

template <class Where>
std::function<Bytes(const ForgeryCase&)> increased(Where where) {
    return changed([=](const ForgeryCase& c, Bytes& body) {
        put(body, where(c), (*Scalar::from_bytes(take(body, where(c), 32)) + Scalar(1)).bytes());
    });
}

std::function<Bytes(const ForgeryCase&)> voted(std::vector<int> board,
                                               std::vector<int> youth = {1, 0, 0, 0, 0}) {
    return [values = std::vector{std::move(board), std::move(youth)}](const ForgeryCase& c) {
        return c.forger().body(values);
    };
}

// Offsets, by the number of the ciphertext, or of the statement and its branch.
auto a_of(std::size_t number) {
    return [=](const ForgeryCase& c) { return c.layout.ciphertext(number) + ciphertext_a; };
}
auto b_of(std::size_t number) {
    return [=](const ForgeryCase& c) { return c.layout.ciphertext(number) + ciphertext_b; };
}
auto branch_of(std::size_t statement, std::size_t branch, std::size_t field) {
    return [=](const ForgeryCase& c) { return c.statement(statement).branch(branch) + field; };
}

Bytes in_context(const ForgeryCase& c, const std::function<void(ballot::Context&)>& change) {
    ballot::Context other = c.context;
    change(other);
    return c.other(other, 1);
}

void erase_branch(Bytes& body, std::size_t offset) {
    const auto at = body.begin() + static_cast<std::ptrdiff_t>(offset);
    body.erase(at, at + static_cast<std::ptrdiff_t>(branch_size));
}

void insert_branch(Bytes& body, std::size_t offset, std::size_t copied_from) {
    const Bytes branch = to_bytes(take(body, copied_from, branch_size));
    body.insert(body.begin() + static_cast<std::ptrdiff_t>(offset), branch.begin(), branch.end());
}

// More branches or fewer, challenges that don't add up, proofs in the wrong place.
std::vector<BallotForgery> proofs() {
    return {
        {"BranchTooFew", "ballot-length", "",
         changed([](const auto& c, Bytes& b) { erase_branch(b, c.statement(0).branch(2)); })},
        {"BranchTooMany", "ballot-length", "", changed([](const auto& c, Bytes& b) {
             insert_branch(b, c.statement(0).branch(2), c.statement(0).branch(1));
         })},
        {"CutShort", "ballot-length", "", changed([](const auto&, Bytes& b) { b.pop_back(); })},
        {"NothingAtAll", "ballot-length", "", changed([](const auto&, Bytes& b) { b.clear(); })},
        {"BranchMovedToTheNextSelection", "ballot-challenge-sum", first, changed([](const auto& c, Bytes& b) {
             insert_branch(b, c.statement(2).proof, c.statement(1).branch(2));
             erase_branch(b, c.statement(0).branch(2));
         })},
        {"BranchesSwapped", "ballot-challenge-sum", first, changed([](const auto& c, Bytes& b) {
             swap_ranges(b, c.statement(0).branch(0), c.statement(0).branch(1), branch_size);
         })},
        {"ChallengeChanged", "ballot-challenge-sum", first, increased(branch_of(0, 0, branch_c))},
        {"ChallengesMovedBetweenBranches", "ballot-equation-g", first, changed([](const auto& c, Bytes& b) {
             for (const auto& [branch, by] : {std::pair(0U, Scalar(1)), std::pair(1U, -Scalar(1))}) {
                 const std::size_t at = c.statement(0).branch(branch) + branch_c;
                 put(b, at, (*Scalar::from_bytes(take(b, at, 32)) + by).bytes());
             }
         })},
        {"EveryBranchSimulated", "ballot-challenge-sum", first,
         [](const ForgeryCase& c) {
             return c.forger().simulate_every_branch().body({{2, 0, 0, 0, 0}, {1, 0, 0, 0, 0}});
         }},
        {"ResponseChanged", "ballot-equation-g", first, increased(branch_of(0, 0, branch_v))},
        {"CommitmentReplaced", "ballot-challenge-sum", first,
         replaced(branch_of(0, 0, branch_a), to_bytes(crypto::generator().raw()))},
        {"OptionsSwapped", "ballot-challenge-sum", first, changed([](const auto& c, Bytes& b) {
             swap_ranges(b, c.layout.ciphertext(0), c.layout.ciphertext(1), ciphertext_size);
             swap_ranges(b, c.statement(0).proof, c.statement(1).proof, 3 * branch_size);
         })},
        {"OptionsSwappedWithoutTheirProofs", "ballot-challenge-sum", first,
         changed([](const auto& c, Bytes& b) {
             swap_ranges(b, c.layout.ciphertext(0), c.layout.ciphertext(1), ciphertext_size);
         })},
        {"ProofsSwapped", "ballot-challenge-sum", first, changed([](const auto& c, Bytes& b) {
             swap_ranges(b, c.statement(0).proof, c.statement(1).proof, 3 * branch_size);
         })},
        {"ContestsSwapped", "ballot-challenge-sum", first, changed([](const auto& c, Bytes& b) {
             const std::size_t proofs = c.statement(6).proof - c.statement(0).proof;
             swap_ranges(b, c.layout.ciphertext(0), c.layout.ciphertext(5), 5 * ciphertext_size);
             swap_ranges(b, c.statement(0).proof, c.statement(6).proof, proofs);
         })},
    };
}

// Votes that the ballot paper doesn't allow, with the best proofs there can be.
std::vector<BallotForgery> values() {
    return {
        {"ValueAboveTheRange", "ballot-equation-k", R"(contest "board", option "c02")",
         voted({0, 3, 0, 0, 0})},
        {"ValueFarAboveTheRange", "ballot-equation-k", first, voted({1000, 0, 0, 0, 0})},
        {"VoteTakenAway", "ballot-equation-k", R"(contest "board", option "c02")", voted({2, -1, 1, 0, 0})},
        {"InvalidTwice", "ballot-equation-k", R"(contest "board", option "invalid")", voted({0, 0, 0, 2, 0})},
        {"MoreVotesThanL", "ballot-equation-k", board_sum, voted({2, 1, 0, 0, 0})},
        {"NoVoteAtAll", "ballot-equation-k", board_sum, voted({0, 0, 0, 0, 0})},
        {"InvalidWithAVote", "ballot-equation-k", board_sum, voted({1, 0, 0, 1, 0})},
        {"InvalidAndBlank", "ballot-equation-k", board_sum, voted({0, 0, 0, 1, 1})},
        {"BlankWithVotes", "ballot-equation-k", board_sum, voted({0, 1, 1, 0, 1})},
        {"MoreVotesThanLInTheSecondContest", "ballot-equation-k", R"(contest "youth", the sum)",
         voted({1, 0, 0, 0, 0}, {1, 1, 1, 0, 0})},
        {"RandomnessThatCancels", "ballot-sum-infinite", board_sum,
         [](const ForgeryCase& c) {
             return c.forger().cancel_randomness().body({{1, 0, 0, 0, 0}, {1, 0, 0, 0, 0}});
         }},
    };
}

// Honest proofs, but of other ballots, or for other places.
std::vector<BallotForgery> statements() {
    return {
        {"OfAnotherBallot", "ballot-challenge-sum", first, changed([](const auto& c, Bytes& b) {
             const Bytes other = c.other(c.context, 99);
             for (const auto& [at, size] : {std::pair(c.layout.ciphertext(0), ciphertext_size),
                                            std::pair(c.statement(0).proof, 3 * branch_size)}) {
                 put(b, at, take(other, at, size));
             }
         })},
        {"OfAnotherPass", "ballot-challenge-sum", first,
         [](const ForgeryCase& c) { return in_context(c, [](auto& other) { other.t[9] ^= 1; }); }},
        {"OfAnotherStation", "ballot-challenge-sum", first,
         [](const ForgeryCase& c) {
             return in_context(c, [](auto& other) { other.station = StationId("s2"); });
         }},
        {"OfAnotherStyle", "ballot-challenge-sum", first,
         [](const ForgeryCase& c) {
             return in_context(c, [](auto& other) { other.style = StyleId("other"); });
         }},
        {"OfAnotherElection", "ballot-challenge-sum", first,
         [](const ForgeryCase& c) {
             static const Election twin = twin_of_forgery_election();
             return in_context(c, [](auto& other) { other.election = twin.h_e; });
         }},
        {"UnderAnotherKey", "ballot-equation-k", first,
         [](const ForgeryCase& c) {
             const crypto::ElectionKey other(crypto::multiply_var(crypto::generator(), Scalar(5)));
             return Forger(other, c.layout, c.context).body({{1, 0, 0, 0, 0}, {1, 0, 0, 0, 0}});
         }},
    };
}

// Points and numbers in forms that nobody may write.
std::vector<BallotForgery> encodings() {
    const Bytes small = second_encoding_of_a_point(), infinity(64), large(32, 0xff);
    const char* later = R"(contest "youth", option "c02")";
    return {
        {"OffTheCurveA", "ballot-point", first, flipped(a_of(0))},
        {"OffTheCurveB", "ballot-point", later, flipped(b_of(6))},
        {"OffTheCurveCommitmentA", "ballot-point", first, flipped(branch_of(0, 1, branch_a))},
        {"OffTheCurveCommitmentB", "ballot-point", board_sum, flipped(branch_of(5, 1, branch_b))},
        {"SecondEncodingOfA", "ballot-point", first, replaced(a_of(0), small)},
        {"SecondEncodingOfB", "ballot-point", later, replaced(b_of(6), small)},
        {"SecondEncodingOfACommitment", "ballot-point", first, replaced(branch_of(0, 0, branch_b), small)},
        {"CoordinateBeyondTheField", "ballot-point", first, replaced(b_of(0), large)},
        {"InfinityAsA", "ballot-point", first, replaced(a_of(0), infinity)},
        {"InfinityAsB", "ballot-point", later, replaced(b_of(6), infinity)},
        {"InfinityAsCommitmentA", "ballot-point", first, replaced(branch_of(0, 2, branch_a), infinity)},
        {"InfinityAsCommitmentB", "ballot-point", board_sum, replaced(branch_of(5, 0, branch_b), infinity)},
        {"ChallengeNotBelowQ", "ballot-scalar", first, replaced(branch_of(0, 0, branch_c), q())},
        {"ResponseNotBelowQ", "ballot-scalar", board_sum, replaced(branch_of(5, 1, branch_v), large)},
        // Everything else about these two is right: with the first encoding they are accepted.
        {"SecondEncodingOfAChallenge", "ballot-scalar", first,
         [](const ForgeryCase& c) {
             Bytes body = c.forger().small_scalars().body({{0, 1, 0, 0, 0}, {1, 0, 0, 0, 0}});
             put(body, c.statement(0).branch(1) + branch_c, beyond_q(1));
             return body;
         }},
        {"SecondEncodingOfAResponse", "ballot-scalar", first,
         [](const ForgeryCase& c) {
             Bytes body = c.forger().small_scalars().body({{0, 1, 0, 0, 0}, {1, 0, 0, 0, 0}});
             put(body, c.statement(0).branch(1) + branch_v, beyond_q(5));
             return body;
         }},
    };
}

}  // namespace

void put(Bytes& body, std::size_t offset, ByteView bytes) {
    std::copy(bytes.begin(), bytes.end(), body.begin() + static_cast<std::ptrdiff_t>(offset));
}

ByteView take(const Bytes& body, std::size_t offset, std::size_t size) {
    return ByteView(body).subspan(offset, size);
}

void swap_ranges(Bytes& body, std::size_t a, std::size_t b, std::size_t size) {
    const auto at = [&](std::size_t offset) { return body.begin() + static_cast<std::ptrdiff_t>(offset); };
    std::swap_ranges(at(a), at(a + size), at(b));
}

Forger::Forger(const crypto::ElectionKey& key, const ballot::Layout& layout, const ballot::Context& context)
    : key_(key), layout_(layout), context_(context), body_(layout.size()) {}

Forger& Forger::cancel_randomness() {
    cancel_ = true;
    return *this;
}

Forger& Forger::small_scalars() {
    small_ = true;
    return *this;
}

Forger& Forger::negate_randomness() {
    negate_ = true;
    return *this;
}

Forger& Forger::simulate_every_branch() {
    simulate_ = true;
    return *this;
}

Bytes Forger::body(const std::vector<std::vector<int>>& values) {
    for (std::size_t c = 0; c < values.size(); ++c) encrypt(layout_.contests()[c], values[c]);
    const Hash hash =
        ballot::ciphertexts_hash(context_, take(body_, 0, layout_.ciphertext(layout_.ciphertexts())));
    for (std::size_t s = 0; s < secrets_.size(); ++s) prove(s, hash);
    return body_;
}

void Forger::encrypt(const ballot::ContestLayout& contest, const std::vector<int>& values) {
    std::vector<Secret> secrets(contest.positions + 1);
    Secret& sum = secrets.back();
    for (std::size_t i = contest.positions; i-- > 0;) {
        Secret& secret = secrets[i];
        secret.m = values[i];
        secret.r = SecretScalar::random(random_);
        if (negate_) secret.r = -secret.r;
        if (cancel_ && i == 0) secret.r = -sum.r;
        sum.m += contest.weights[i] * secret.m;
        sum.r += SecretScalar(contest.weights[i]) * secret.r;
        const auto size = static_cast<std::uint64_t>(std::abs(secret.m));
        const SecretScalar m = secret.m < 0 ? -SecretScalar(size) : SecretScalar(size);
        const std::size_t at = layout_.ciphertext(contest.first_ciphertext + i);
        put(body_, at + ciphertext_a, crypto::multiply_generator(secret.r).raw());
        put(body_, at + ciphertext_b, key_.multiply(m + secret.r).raw());
    }
    std::move(secrets.begin(), secrets.end(), std::back_inserter(secrets_));
}

void Forger::prove(std::size_t number, const Hash& hash) {
    const ballot::Statement& statement = layout_.statements()[number];
    const Secret& secret = secrets_[number];
    const auto fresh = [&](std::size_t i) {
        if (small_ && number == 0 && statement.range.lo + i != static_cast<std::uint64_t>(secret.m)) {
            return crypto::BranchSecrets{SecretScalar(5) - secret.r, SecretScalar(1)};
        }
        return crypto::BranchSecrets{SecretScalar::random(random_), SecretScalar::random(random_)};
    };
    const auto challenge = [&](std::span<const crypto::RangeCommitment> commitments) {
        return ballot::range_challenge(hash, statement, commitments);
    };
    const auto claimed = static_cast<std::uint32_t>(
        std::clamp<std::int64_t>(secret.m, statement.range.lo, statement.range.hi));
    const auto proof = simulate_ && number == 0
                           ? simulated(statement)
                           : crypto::prove_range(key_, statement.range, claimed, secret.r, fresh, challenge);
    for (std::size_t i = 0; i < proof.size(); ++i) put_branch(statement.branch(i), proof[i]);
}

// Of the first selection: c and v first, a and b from the equations (4.5) and (4.6).
crypto::RangeProof Forger::simulated(const ballot::Statement& statement) {
    const auto point_at = [&](std::size_t offset) {
        return *crypto::Point::from_bytes64(take(body_, layout_.ciphertext(0) + offset, 64));
    };
    crypto::RangeProof proof;
    for (std::size_t i = 0; i < statement.range.branches(); ++i) {
        const Scalar c = Scalar::from_wide(random_.bytes<48>()), v = Scalar::from_wide(random_.bytes<48>());
        const Scalar of_k = v + c * Scalar(statement.range.lo + i);
        proof.push_back({crypto::multi_scalar_var({{v, crypto::generator()}, {-c, point_at(ciphertext_a)}}),
                         crypto::multi_scalar_var({{of_k, key_.point()}, {-c, point_at(ciphertext_b)}}), c,
                         v});
    }
    return proof;
}

void Forger::put_branch(std::size_t offset, const crypto::RangeBranch& branch) {
    put(body_, offset + branch_a, branch.a.raw());
    put(body_, offset + branch_b, branch.b.raw());
    put(body_, offset + branch_c, branch.c.bytes());
    put(body_, offset + branch_v, branch.v.bytes());
}

ForgeryCase::ForgeryCase(const Election& of, ballot::Context in)
    : election(of),
      context(std::move(in)),
      layout(of.layout(context.style.str())),
      honest(other(context, 1)) {}

Bytes ForgeryCase::other(const ballot::Context& in, std::uint64_t seed) const {
    return election.encrypt(in, honest_selections(), seed).body();
}

events::Selections honest_selections() {
    return {{2, 0, 0, 0, 0}, {0, 0, 2, 0, 0}};
}

TestElection forgery_election() {
    TestElection election;
    for (const char* contest : {"board", "youth"}) {
        election.contest(contest, 3, {.votes = 2, .per_option = 2}).invalid().blank();
    }
    election.style("standard", {"board", "youth"}, {}, {"eu"}).style("other", {"board", "youth"});
    return election.station("s1").station("s2");
}

Election twin_of_forgery_election() {
    return forgery_election().id("twin-2026").build();
}

const std::vector<BallotForgery>& ballot_forgeries() {
    static const std::vector<BallotForgery> all = [] {
        std::vector<BallotForgery> list;
        for (auto& some : {proofs(), values(), statements(), encodings()}) {
            list.insert(list.end(), some.begin(), some.end());
        }
        return list;
    }();
    return all;
}

}  // namespace stimme::test
