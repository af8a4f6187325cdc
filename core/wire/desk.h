// What a desk and the server say to each other: checking people in and giving them passes. Nothing here knows
// what a ballot holds; booth.h, beside it, knows no person. JSON shapes: docs/api/openapi.json.
//
// Thread rule: values and pure functions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/json_fields.h"
#include "core/election/definition.h"
#include "core/events/files.h"
#include "core/events/values.h"
#include "core/wire/pass.h"

namespace stimme::wire {

// POST check-ins. The desk repeats exactly this request until it is answered.
struct CheckInRequest {
    std::string voter;            // number in the register
    election::PublicKey blinded;  // the blinded t
    bool card_taken = false;      // the voter has handed in their polling card
};
struct CheckInAnswer {
    StyleId style;
    election::PublicKey evaluated;
    ByteArray<32> proof_challenge;  // DLEQ proof of RFC 9497
    ByteArray<32> proof_response;
};

// GET voters/{number}, GET voters?q=…
struct VoterView {
    std::string number;
    std::string family_name;
    std::string given_names;
    std::string birth_date;
    std::string address;
    StationId station;  // where they vote
    StyleId style;
    bool eligible;
    std::vector<std::string> reasons;                  // codes, where not eligible
    std::optional<StationId> checked_in_at;            // where they were checked in
    std::optional<StationId> paper_at = std::nullopt;  // where they voted on paper
    bool polling_card = false;    // one was issued: they vote by post, or here only when they hand it in
    bool register_block = false;  // nothing of the entry is told to others
};

// POST voids: the pass comes back unused, the check-in is undone.
struct VoidRequest {
    std::string voter;
    PassProof pass;
    events::ActSignature signature;  // of the desk under the pass-voided entry
};

// POST check-in-moves: another person was checked in than the one who came, and the pass is used. Two members
// of the board move the check-in to the right entry.
struct MoveRequest {
    std::string from, to;                // numbers in the register
    std::vector<std::string> members{};  // two names
};
struct MoveAnswer {
    std::string to;
};

// POST paper-votes: rows that were ticked in the printed roll, or voters who want paper. Withdrawn: this desk
// had entered them by mistake.
struct PaperRequest {
    std::vector<std::string> voters;
    bool withdrawn = false;
    static constexpr std::size_t most = 500;
};
// Somebody who voted on paper and shouldn't have.
struct PaperConflict {
    std::string voter;
    std::string reason;  // already-checked-in, already-on-paper, voter-not-eligible, voter-other-station
    std::optional<StationId> station = std::nullopt;  // where else they voted
};
struct PaperAnswer {
    std::uint64_t entered = 0;             // or withdrawn, conflicts not among them
    std::uint64_t again = 0;               // were entered here before
    std::vector<PaperConflict> conflicts;  // kept for the station's record
};

// POST roll/polling-cards, by an official: a card is issued, or taken back.
struct CardRequest {
    std::string voter;
    bool withdrawn = false;
};

// GET station-records/{station}: what the board's written record of the day must tell of single entries.
struct StationRecord {
    struct Move {
        SignerId desk;
        MoveRequest what;
    };
    std::vector<Move> moves;  // in order of `to`
    std::uint64_t paper = 0;  // voters on paper, conflicts not among them
    std::vector<PaperConflict> conflicts;
};

json::Value to_json(const CheckInRequest& request);
json::Value to_json(const CheckInAnswer& answer);
json::Value to_json(const VoterView& voter);
json::Value to_json(const VoidRequest& request);
json::Value to_json(const MoveRequest& request);
json::Value to_json(const MoveAnswer& answer);
json::Value to_json(const PaperRequest& request);
json::Value to_json(const PaperAnswer& answer);
json::Value to_json(const StationRecord& record);
json::Value to_json(const CardRequest& request);

void read(json::Fields& in, CheckInRequest& request);
void read(json::Fields& in, CheckInAnswer& answer);
void read(json::Fields& in, VoterView& voter);
void read(json::Fields& in, VoidRequest& request);
void read(json::Fields& in, MoveRequest& request);
void read(json::Fields& in, MoveAnswer& answer);
void read(json::Fields& in, PaperRequest& request);
void read(json::Fields& in, PaperAnswer& answer);
void read(json::Fields& in, StationRecord& record);
void read(json::Fields& in, CardRequest& request);

}  // namespace stimme::wire
