// Checking submitted ballots: untrusted bytes become a CheckedBallot, or an error that names contest, option
// and equation (docs/protocol.md, section 4). Two ways with the same verdict: one ballot with each equation
// by itself, which is the reference, or many ballots at once. Public data only, in variable time.
//
// Thread rule: values and pure functions; a Random belongs to the calling thread.
#pragma once

#include <span>
#include <vector>

#include "core/ballot/context.h"
#include "core/ballot/layout.h"
#include "core/base/random.h"
#include "core/base/result.h"
#include "core/crypto/elgamal.h"

namespace stimme::ballot {

// A ballot whose every proof holds in its context. Only the functions below make one.
class CheckedBallot {
  public:
    const Context& context() const { return context_; }
    // Contest by contest, one for each position; Layout::contests() says where each begins.
    const std::vector<crypto::Ciphertext>& ciphertexts() const { return ciphertexts_; }
    std::span<const crypto::Ciphertext> ciphertexts_of(const ContestLayout& contest) const {
        return std::span(ciphertexts_).subspan(contest.first_ciphertext, contest.positions);
    }
    const Hash& y() const { return y_; }  // H("cast", x)
    const Hash& tracking_code() const { return tracking_code_; }

  private:
    friend struct CheckedBallots;
    CheckedBallot(Context context, std::vector<crypto::Ciphertext> ciphertexts, const Hash& y,
                  const Hash& code)
        : context_(std::move(context)), ciphertexts_(std::move(ciphertexts)), y_(y), tracking_code_(code) {}

    Context context_;
    std::vector<crypto::Ciphertext> ciphertexts_;
    Hash y_;
    Hash tracking_code_;
};

// Each equation by itself. Errors: ballot-style (the context is of another style), ballot-length,
// ballot-point, ballot-scalar, ballot-sum-infinite, ballot-challenge-sum, ballot-equation-g,
// ballot-equation-k.
Result<CheckedBallot> check(const Layout& layout, const crypto::ElectionKey& key, const Context& context,
                            ByteView body);

struct SubmittedBallot {
    Context context;
    ByteView body;
};

// check() for each. Results in the order of the ballots.
std::vector<Result<CheckedBallot>> check_each(const Layout& layout, const crypto::ElectionKey& key,
                                              std::span<const SubmittedBallot> ballots);

// All in one multi-scalar multiplication, in which every equation has a random weight of 128 bits from
// `random`; a false ballot gets through with a probability of 2^-128. Where the whole fails, halves are
// checked until each false ballot is found, and check() names its equation. Results in the order of the
// ballots.
std::vector<Result<CheckedBallot>> check_all(const Layout& layout, const crypto::ElectionKey& key,
                                             std::span<const SubmittedBallot> ballots, Random& random);

}  // namespace stimme::ballot
