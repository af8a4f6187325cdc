// Two proofs in challenge-response form (c, s), made non-interactive by the transcript:
//   knowledge (Schnorr):           I know x with X = x·G;
//   equality (Chaum–Pedersen):     the x of X = x·G is also that of D = x·A.
// The challenge covers the caller's parts (context, place and statement, in the order of docs/protocol.md,
// sections 3 and 8.2), then the commitments. A challenge that left out a point of the statement could be
// forged, so the raw() bytes of each must be one of the parts; a call without one ends the program, prover
// and verifier alike. Each prover stands beside its verifier.
//
// Thread rule: pure functions.
#pragma once

#include "core/base/bytes.h"
#include "core/base/random.h"
#include "core/base/result.h"
#include "core/crypto/point.h"
#include "core/crypto/scalar.h"
#include "core/crypto/transcript.h"

namespace stimme::crypto {

// c‖s as 64 bytes.
struct Proof {
    Scalar c, s;

    ByteArray<64> bytes() const;
    // Errors: scalar-not-canonical, also for another length.
    static Result<Proof> from_bytes(ByteView bytes);
    bool operator==(const Proof&) const = default;
};

// c = scalar(schnorr, parts…, t), t = k·G, s = k + c·x. REQUIRES: X among the parts.
Proof prove_knowledge(const SecretScalar& x, const Point& public_x, Parts parts, Random& random);
// t = s·G - c·X. REQUIRES: X among the parts. Errors: knowledge-proof-wrong.
Status verify_knowledge(const Point& public_x, Parts parts, const Proof& proof);

// The three points of an equality proof: X = x·G and D = x·A.
struct Equality {
    Point x, a, d;
};

// c = scalar(purpose, parts…, t1, t2), t1 = k·G, t2 = k·A, s = k + c·x.
// REQUIRES: X, A and D among the parts; A is not infinity (then anything would equal anything); D = x·A.
Proof prove_equality(Purpose purpose, const SecretScalar& x, const Equality& points, Parts parts,
                     Random& random);
// t1 = s·G - c·X, t2 = s·A - c·D. REQUIRES: X, A and D among the parts.
// Errors: equality-base-infinity (A), equality-proof-wrong.
Status verify_equality(Purpose purpose, const Equality& points, Parts parts, const Proof& proof);

}  // namespace stimme::crypto
