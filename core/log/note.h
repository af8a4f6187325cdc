// Signed notes and their keys, as far as a log needs them: C2SP signed-note with Ed25519 keys of logs (type
// 1) and of witnesses (type 4, tlog-cosignature). A note is a text, an empty line, and one line for each
// signature: "— name base64(key id ‖ signature)" (docs/protocol.md, section 6.1).
//
// A key is known by its name and its id together; the id is four bytes of a hash and proves nothing by
// itself.
//
// Thread rule: pure functions and values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/crypto/signature.h"

namespace stimme::log {

enum class SignatureType : std::uint8_t {
    log = 0x01,      // Ed25519 over the text of the note
    witness = 0x04,  // Ed25519 over a time and the text: cosignature/v1
};

using KeyId = ByteArray<4>;

// Not empty, valid UTF-8, without control characters, plus signs and spaces of any alphabet.
bool is_key_name(std::string_view text);

// The first four bytes of SHA-256(name ‖ "\n" ‖ type ‖ public key).
KeyId key_id(std::string_view name, SignatureType type, const crypto::LogVerifyKey& key);
// "name+hex(key id)+base64(type ‖ public key)". REQUIRES: is_key_name(name).
std::string vkey(std::string_view name, SignatureType type, const crypto::LogVerifyKey& key);

// Whose signature is looked for in a note. The types differ, so that no witness is taken for the log.
template <SignatureType type>
struct Verifier {
    std::string name;  // REQUIRES: is_key_name(name)
    crypto::LogVerifyKey key;

    KeyId id() const { return key_id(name, type, key); }
    std::string vkey() const { return log::vkey(name, type, key); }
};
using LogVerifier = Verifier<SignatureType::log>;
using WitnessVerifier = Verifier<SignatureType::witness>;

// Accept exactly what vkey() writes. Errors: vkey-invalid, also for a key of another type and for an id that
// isn't the key's.
Result<LogVerifier> parse_log_vkey(std::string_view text);
Result<WitnessVerifier> parse_witness_vkey(std::string_view text);

struct NoteSignature {
    std::string name;
    KeyId key_id;
    Bytes signature;
};

struct Note {
    std::string text;  // with its final line break
    std::vector<NoteSignature> signatures;
};

constexpr std::size_t max_note_size = std::size_t{256} << 10;

// "— name base64(key id ‖ signature)\n".
std::string signature_line(const NoteSignature& signature);

// Takes a note apart; no signature is checked. Errors: note-too-large (above max_note_size), note-syntax (not
// UTF-8, a control character, no text, no signature, a line that isn't a signature line).
Result<Note> parse_note(std::string_view text);

}  // namespace stimme::log
