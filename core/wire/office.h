// What officials, trustees and everybody else ask the server: the state of an election, acts that
// wait for a second signature. JSON shapes: docs/api/openapi.json.
//
// Thread rule: values and pure functions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/json_fields.h"
#include "core/election/lifecycle.h"
#include "core/events/entry.h"

namespace stimme::wire {

// GET /v1/elections/{id}: public.
struct ElectionView {
    ElectionId id;
    election::Phase phase;
    Hash definition;               // h_D
    std::optional<Hash> election;  // h_E, once all commitments are there
    std::uint64_t log_size;
    std::string standstill;  // why nothing is written: log-behind, log-forked, roll-behind; mostly empty
};

// An act that some have signed and others must still sign.
struct PendingAct {
    events::Content content;
    std::vector<events::ActSignature> signatures;
};

// A count that another official has entered. What they counted is withheld from whoever hasn't entered their
// own.
struct WithheldCount {
    election::EntryType type{};
    ContestId contest;
    std::string group;  // empty: of batches
    bool operator==(const WithheldCount&) const = default;
};

// GET acts: those that wait.
struct PendingActs {
    std::vector<PendingAct> acts;
    std::vector<WithheldCount> withheld = {};
};

// POST acts: propose, or confirm what another proposed with the very same content.
struct ActRequest {
    events::Content content;
    events::ActSignature signature;
};
struct ActAnswer {
    std::optional<std::uint64_t> index;  // in the log; empty while signatures are missing
    unsigned missing;                    // signatures
};

// GET acts/drafts/{type}: the content that the server would log now.
struct DraftAnswer {
    events::Content content;
};

json::Value to_json(const ElectionView& view);
json::Value to_json(const PendingAct& act);
json::Value to_json(const PendingActs& acts);
json::Value to_json(const ActRequest& request);
json::Value to_json(const ActAnswer& answer);
json::Value to_json(const DraftAnswer& answer);

void read(json::Fields& in, ElectionView& view);
void read(json::Fields& in, PendingAct& act);
void read(json::Fields& in, PendingActs& acts);
void read(json::Fields& in, ActRequest& request);
void read(json::Fields& in, ActAnswer& answer);
void read(json::Fields& in, DraftAnswer& answer);

}  // namespace stimme::wire
