// Small values of which entries and messages are made, for whoever needs one of them and no entries
// (core/events/entry.h).
//
// Thread rule: values.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/ids.h"

namespace stimme::events {

using PassNumber = ByteArray<10>;  // t
using PassTag = ByteArray<5>;
using Signature = ByteArray<64>;  // ECDSA P-256, r‖s
// A value for each position of each contest of a style.
using Selections = std::vector<std::vector<std::uint16_t>>;

struct SchnorrProof {
    ByteArray<32> challenge;
    ByteArray<32> response;
    bool operator==(const SchnorrProof&) const = default;
};

// What opens a ballot: whoever has both can recompute its body.
struct Opening {
    ByteArray<32> seed;
    Selections selections;
    bool operator==(const Opening&) const = default;
};

// A person's signature under an entry, with the checkpoint that this person's program had verified.
struct ActSignature {
    SignerId signer;
    std::uint64_t size;
    Hash root;
    Signature signature;
    bool operator==(const ActSignature&) const = default;
};

}  // namespace stimme::events
