// What a desk and the server say to each other about a pass, without a person: what became of it, and ending what waits
// under it. JSON shapes: docs/api/openapi.json.
//
// Thread rule: values and pure functions.
#pragma once

#include <string>

#include "core/base/json_fields.h"
#include "core/events/values.h"

namespace stimme::wire {

// A pass as the desk or the booth presents it.
struct PassProof {
    events::PassNumber t;
    events::PassTag tag;
};

// POST pass-states.
struct PassStateAnswer {
    enum class Status { unused, submitted, cast, voided };
    Status status;
    unsigned challenges;
};

// POST expirations: the voter left a ballot that waits for cast or test.
struct ExpirationRequest {
    PassProof pass;
};

// POST challenge-failures: a test was asked for, and no opening came. The booth is closed.
struct ChallengeFailureRequest {
    PassProof pass;
    SignerId booth;
    std::string reason;
    events::ActSignature signature;  // of the desk under the challenge-failed entry
};

// POST booth-unlocks: ten wrong passes locked it.
struct BoothUnlockRequest {
    SignerId booth;
};

json::Value to_json(const PassProof& pass);
json::Value to_json(const PassStateAnswer& answer);
json::Value to_json(const ExpirationRequest& request);
json::Value to_json(const ChallengeFailureRequest& request);
json::Value to_json(const BoothUnlockRequest& request);

void read(json::Fields& in, PassProof& pass);
void read(json::Fields& in, PassStateAnswer& answer);
void read(json::Fields& in, ExpirationRequest& request);
void read(json::Fields& in, ChallengeFailureRequest& request);
void read(json::Fields& in, BoothUnlockRequest& request);

// The members `pass` and `signature` of a request.
PassProof read_pass(json::Fields& in);
events::ActSignature read_signature(json::Fields& in);

}  // namespace stimme::wire
