// What the tests of this folder share: ballots that follow no rules, and the codes with which they are
// refused.
#pragma once

#include <algorithm>
#include <functional>

#include <gtest/gtest.h>

#include "core/ballot/challenge.h"
#include "core/ballot/check.h"
#include "core/ballot/layout.h"
#include "tests/support/elections.h"

namespace stimme::ballot {

template <class T>
std::string code_of(const Result<T>& result) {
    return result ? "none" : result.error().code;
}

template <class T>
std::string message_of(const Result<T>& result) {
    return result ? "none" : result.error().message;
}

inline void put(Bytes& body, std::size_t offset, ByteView bytes) {
    std::copy(bytes.begin(), bytes.end(), body.begin() + static_cast<std::ptrdiff_t>(offset));
}

inline ByteView take(const Bytes& body, std::size_t offset, std::size_t size) {
    return ByteView(body).subspan(offset, size);
}

inline void swap_ranges(Bytes& body, std::size_t a, std::size_t b, std::size_t size) {
    const auto at = [&](std::size_t offset) { return body.begin() + static_cast<std::ptrdiff_t>(offset); };
    std::swap_ranges(at(a), at(a + size), at(b));
}

// Someone who knows the protocol and not its rules: encrypts whatever values are asked for, and where a value
// lies outside its range proves the nearest value that lies in it, as well as can be.
class Forger {
  public:
    Forger(const test::Election& election, const Layout& layout, const Context& context)
        : election_(election), layout_(layout), context_(context), body_(layout.size()) {}

    // Makes Σ w_i·r_i of the first contest zero. REQUIRES: its first position has the weight 1.
    Forger& cancel_randomness() {
        cancel_ = true;
        return *this;
    }

    Bytes body(const events::Selections& values) {
        for (std::size_t c = 0; c < values.size(); ++c) encrypt(layout_.contests()[c], values[c]);
        const Hash hash =
            ciphertexts_hash(context_, take(body_, 0, layout_.ciphertext(layout_.ciphertexts())));
        for (std::size_t s = 0; s < secrets_.size(); ++s) prove(layout_.statements()[s], secrets_[s], hash);
        return body_;
    }

  private:
    struct Secret {
        std::uint32_t m = 0;
        crypto::SecretScalar r;
    };

    void encrypt(const ContestLayout& contest, const std::vector<std::uint16_t>& values) {
        std::vector<Secret> secrets(contest.positions + 1);
        Secret& sum = secrets.back();
        for (std::size_t i = contest.positions; i-- > 0;) {
            Secret& secret = secrets[i];
            secret.m = values[i];
            secret.r = cancel_ && i == 0 ? -sum.r : crypto::SecretScalar::random(random_);
            sum.m += contest.weights[i] * secret.m;
            sum.r += crypto::SecretScalar(contest.weights[i]) * secret.r;
            const auto ciphertext = crypto::encrypt(election_.key, secret.m, secret.r);
            put(body_, layout_.ciphertext(contest.first_ciphertext + i) + ciphertext_a, ciphertext.a.raw());
            put(body_, layout_.ciphertext(contest.first_ciphertext + i) + ciphertext_b, ciphertext.b.raw());
        }
        std::move(secrets.begin(), secrets.end(), std::back_inserter(secrets_));
    }

    void prove(const Statement& statement, const Secret& secret, const Hash& hash) {
        const auto fresh = [&](std::size_t) {
            return crypto::BranchSecrets{crypto::SecretScalar::random(random_),
                                         crypto::SecretScalar::random(random_)};
        };
        const auto challenge = [&](std::span<const crypto::RangeCommitment> commitments) {
            return range_challenge(hash, statement, commitments);
        };
        const std::uint32_t claimed = std::clamp(secret.m, statement.range.lo, statement.range.hi);
        const auto proof =
            crypto::prove_range(election_.key, statement.range, claimed, secret.r, fresh, challenge);
        for (std::size_t i = 0; i < proof.size(); ++i) {
            put(body_, statement.branch(i) + branch_a, proof[i].a.raw());
            put(body_, statement.branch(i) + branch_b, proof[i].b.raw());
            put(body_, statement.branch(i) + branch_c, proof[i].c.bytes());
            put(body_, statement.branch(i) + branch_v, proof[i].v.bytes());
        }
    }

    const test::Election& election_;
    const Layout& layout_;
    const Context& context_;
    Bytes body_;
    bool cancel_ = false;
    std::vector<Secret> secrets_;
    SeededRandom random_{7};
};

// Every list of values that lie in the ranges of a contest's positions.
inline std::vector<std::vector<std::uint16_t>> all_values(const election::Contest& contest) {
    std::vector<std::vector<std::uint16_t>> all{{}};
    for (std::size_t position = 0; position < contest.positions(); ++position) {
        std::vector<std::vector<std::uint16_t>> longer;
        for (const auto& values : all) {
            for (std::uint16_t value = 0; value <= contest.max_value(position); ++value) {
                longer.push_back(values);
                longer.back().push_back(value);
            }
        }
        all = std::move(longer);
    }
    return all;
}

}  // namespace stimme::ballot
