// The one place where something is hashed for the protocol; every domain tag is listed here once. A hash says
// what it is for, and where each of its parts ends, so no hash of one kind is ever a hash of another.
// See docs/protocol.md, sections 1.2 and 1.3.
//
//     H(tag, parts…) = SHA-256( u8 length ‖ tag ‖ for each part: u32be length ‖ part )
//     scalar(purpose, parts…) = hash_to_field( for each part: u32be length ‖ part ), DST
//     "Stimme-V1-<purpose>"
//
// Points stand in a part as their 64 raw bytes, scalars as 32.
//
// Thread rule: pure functions; a TaggedHash belongs to one thread.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>

#include "core/base/bytes.h"
#include "core/crypto/scalar.h"
#include "core/crypto/sha256.h"

namespace stimme::crypto {

enum class Tag {
    definition,      // h_D: the bytes of the definition
    election,        // h_E: h_D, then every commitment of the trustees in order
    ceremony,        // a message of the key ceremony, signed by its trustee
    election_key,    // what a trustee signs when accepting the key
    seed,            // κ, from which all scalars of a ballot come
    ciphertexts,     // h_B: h_E, context, all ciphertexts of a ballot
    cast,            // y = H("cast", x), the last bytes of a ballot
    ballot,          // the tracking code
    roll_leaf,       // a voter's leaf of the roll
    act,             // what a person signs
    lot_commitment,  // a number that an official keeps for a lot
    lot_order,       // the order in which the tied are drawn
    journal,         // an act of the private journal, chained
    file,            // a file of the record
    audit_draw,      // which group is counted by hand next
};
std::string_view name(Tag tag);

enum class Purpose {
    schnorr,       // knowledge of a coefficient of a trustee's polynomial
    hpke_opening,  // a trustee opens a ciphertext to accuse its sender
    range,         // a selection or a sum lies in its range
    randomness,    // the scalars of a ballot, from its seed
    share,         // a decryption share
};
std::string_view dst(Purpose purpose);

using Parts = std::initializer_list<ByteView>;

// REQUIRES: each part shorter than 2^32 bytes.
Hash hash(Tag tag, Parts parts);
Hash hash(Tag tag, std::span<const ByteView> parts);

Scalar hash_to_scalar(Purpose purpose, Parts parts);
Scalar hash_to_scalar(Purpose purpose, std::span<const ByteView> parts);
// The same number, kept secret.
SecretScalar hash_to_secret_scalar(Purpose purpose, Parts parts);

// H(tag, parts…) for parts that are many, or too long to be held at once.
class TaggedHash {
  public:
    explicit TaggedHash(Tag tag);

    TaggedHash& part(ByteView part) {
        return begin_part(static_cast<std::uint32_t>(part.size())).append(part);
    }
    // A part in pieces. REQUIRES: the appended pieces have `length` bytes together.
    TaggedHash& begin_part(std::uint32_t length);
    TaggedHash& append(ByteView piece);
    // REQUIRES: called once, last.
    Hash finish() { return hash_.finish(); }

  private:
    Sha256 hash_;
};

}  // namespace stimme::crypto
