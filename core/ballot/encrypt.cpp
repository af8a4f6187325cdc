#include "core/ballot/encrypt.h"

#include <cassert>

#include "core/ballot/challenge.h"
#include "core/ballot/tracking_code.h"
#include "core/crypto/declassify.h"

namespace stimme::ballot {
namespace {

using crypto::SecretScalar;

// The plaintext and the randomness of a ciphertext.
struct Secret {
    std::uint32_t m = 0;
    SecretScalar r;
};

class Encryption {
  public:
    Encryption(const crypto::ElectionKey& key, const Layout& layout, const Context& context,
               const ValidSelections& selections, const Seed& seed)
        : key_(key),
          layout_(layout),
          context_(context),
          selections_(selections.reveal()),
          randomness_(seed, context, selections),
          body_(layout.size()) {}

    CastSecret run() {
        std::vector<Secret> secrets;  // one for each statement
        secrets.reserve(layout_.statements().size());
        for (std::size_t i = 0; i < layout_.contests().size(); ++i) {
            encrypt_contest(layout_.contests()[i], selections_[i], secrets);
        }
        const auto all = ByteView(body_).first(layout_.ciphertext(layout_.ciphertexts()));
        const Hash hash = ciphertexts_hash(context_, all);
        for (std::size_t i = 0; i < secrets.size(); ++i) prove(layout_.statements()[i], secrets[i], hash);
        for (Secret& secret : secrets) crypto::wipe(&secret.m, sizeof secret.m);
        CastSecret x = randomness_.cast_secret();
        put(layout_.y_offset(), crypto::declassified(cast_commitment(x.reveal())));
        return x;
    }

    Bytes take_body() { return std::move(body_); }

  private:
    void encrypt_contest(const ContestLayout& contest, const std::vector<std::uint16_t>& values,
                         std::vector<Secret>& secrets) {
        Secret sum;
        for (std::size_t i = 0; i < contest.positions; ++i) {
            const std::uint32_t weight = contest.weights[i];
            Secret secret{values[i],
                          randomness_.scalar(contest.index, static_cast<std::uint16_t>(i), 0, 'r')};
            put_ciphertext(contest.first_ciphertext + i, crypto::encrypt(key_, secret.m, secret.r));  // (4.1)
            sum.m += weight * secret.m;                                                               // (4.2)
            sum.r += SecretScalar(weight) * secret.r;
            secrets.push_back(std::move(secret));
        }
        secrets.push_back(std::move(sum));
    }

    // (4.4)
    void prove(const Statement& statement, const Secret& secret, const Hash& hash) {
        const auto branch_secrets = [&](std::size_t i) {
            const auto j = static_cast<std::uint16_t>(statement.range.lo + i);
            return crypto::BranchSecrets{randomness_.scalar(statement.contest, statement.position, j, 'u'),
                                         randomness_.scalar(statement.contest, statement.position, j, 'c')};
        };
        const auto challenge = [&](std::span<const crypto::RangeCommitment> commitments) {
            return range_challenge(hash, statement, commitments);
        };
        const crypto::RangeProof proof =
            crypto::prove_range(key_, statement.range, secret.m, secret.r, branch_secrets, challenge);
        for (std::size_t i = 0; i < proof.size(); ++i) put_branch(statement.branch(i), proof[i]);
    }

    void put_ciphertext(std::size_t number, const crypto::Ciphertext& ciphertext) {
        put(layout_.ciphertext(number) + ciphertext_a, ciphertext.a.raw());
        put(layout_.ciphertext(number) + ciphertext_b, ciphertext.b.raw());
    }

    void put_branch(std::size_t offset, const crypto::RangeBranch& branch) {
        put(offset + branch_a, branch.a.raw());
        put(offset + branch_b, branch.b.raw());
        put(offset + branch_c, branch.c.bytes());
        put(offset + branch_v, branch.v.bytes());
    }

    void put(std::size_t offset, ByteView bytes) {
        std::memcpy(body_.data() + offset, bytes.data(), bytes.size());
    }

    const crypto::ElectionKey& key_;
    const Layout& layout_;
    const Context& context_;
    const events::Selections& selections_;
    BallotRandomness randomness_;
    Bytes body_;
};

}  // namespace

CastSecret SealedBallot::for_cast() && {
    SealedBallot spent = std::move(*this);
    return std::move(spent.x_);
}

events::Opening SealedBallot::open() && {
    SealedBallot spent = std::move(*this);
    return {to_array<32>(spent.seed_.reveal()), spent.selections_.reveal()};
}

SealedBallot encrypt(const crypto::ElectionKey& key, const Layout& layout, const Context& context,
                     ValidSelections selections, Seed&& seed) {
    assert(context.style == layout.style() && selections.reveal().size() == layout.contests().size());
    Seed own = std::move(seed);
    Encryption encryption(key, layout, context, selections, own);
    CastSecret x = encryption.run();
    Bytes body = encryption.take_body();
    const Hash code = tracking_code(context, body);
    return {std::move(body), code, std::move(x), std::move(own), std::move(selections)};
}

}  // namespace stimme::ballot
