// What a booth and the server say to each other: a pass, a sealed ballot, and then cast or test. Nothing here
// knows a person. JSON shapes: docs/api/openapi.json.
//
// Thread rule: values and pure functions.
#pragma once

#include <string>

#include "core/base/json_fields.h"
#include "core/events/files.h"
#include "core/events/values.h"

namespace stimme::wire {

// POST booth/passes: which ballot this pass is for.
struct BoothPassRequest {
    events::PassNumber t;
    events::PassTag tag;
};
struct BoothPassAnswer {
    StyleId style;
    unsigned challenges;  // tests made with it so far
};

// POST booth/submissions. The body travels as base64.
struct SubmissionRequest {
    events::PassNumber t;
    events::PassTag tag;
    StyleId style;
    Bytes body;
};
struct SubmissionAnswer {
    Hash tracking_code;
    std::uint64_t index;  // of the ballot-submitted entry, which is in a signed checkpoint
};

// POST booth/casts.
struct CastRequest {
    events::PassNumber t;
    Hash tracking_code;
    ByteArray<32> x;
};
struct CastAnswer {
    std::uint64_t index;
    std::string receipt;  // C2SP tlog-proof text
};

// POST booth/challenges.
struct ChallengeRequest {
    events::PassNumber t;
    Hash tracking_code;
    events::Opening opening;
};
struct ChallengeAnswer {
    std::uint64_t index;
    bool reproduced;  // false: the opening doesn't make this ballot; challenge-failed is in the log, the
                      // booth closed
};

json::Value to_json(const BoothPassRequest& request);
json::Value to_json(const BoothPassAnswer& answer);
json::Value to_json(const SubmissionRequest& request);
json::Value to_json(const SubmissionAnswer& answer);
json::Value to_json(const CastRequest& request);
json::Value to_json(const CastAnswer& answer);
json::Value to_json(const ChallengeRequest& request);
json::Value to_json(const ChallengeAnswer& answer);

void read(json::Fields& in, BoothPassRequest& request);
void read(json::Fields& in, BoothPassAnswer& answer);
void read(json::Fields& in, SubmissionRequest& request);
void read(json::Fields& in, SubmissionAnswer& answer);
void read(json::Fields& in, CastRequest& request);
void read(json::Fields& in, CastAnswer& answer);
void read(json::Fields& in, ChallengeRequest& request);
void read(json::Fields& in, ChallengeAnswer& answer);

}  // namespace stimme::wire
