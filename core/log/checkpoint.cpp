#include "core/log/checkpoint.h"

#include <cassert>
#include <limits>
#include <utility>

#include "core/log/text.h"

namespace stimme::log {
namespace {

constexpr std::size_t signature_size = 64;
constexpr std::size_t time_size = 8;

// tlog-cosignature, "Ed25519 signed message".
std::string cosigned_message(std::string_view body, std::uint64_t time) {
    return "cosignature/v1\ntime " + std::to_string(time) + "\n" + std::string(body);
}

Error bad_signature(std::string_view name) {
    return invalid("checkpoint-signature",
                   "the signature of " + std::string(name) + " is not one over this checkpoint");
}

template <SignatureType type>
bool is_by(const NoteSignature& signature, const Verifier<type>& verifier) {
    return signature.name == verifier.name && signature.key_id == verifier.id();
}

Status check_log_signature(const Note& note, const LogVerifier& log) {
    bool found = false;
    for (const NoteSignature& signature : note.signatures) {
        if (!is_by(signature, log)) continue;
        if (!crypto::verify_ed25519(log.key, as_bytes(note.text), signature.signature))
            return bad_signature(log.name);
        found = true;
    }
    if (!found) return invalid("checkpoint-unsigned", "the checkpoint carries no signature of " + log.name);
    return {};
}

Result<Cosignature> check_cosignature(std::string_view body, const NoteSignature& signature,
                                      const WitnessVerifier& witness) {
    if (signature.signature.size() != time_size + signature_size) return bad_signature(witness.name);
    std::uint64_t time = 0;
    for (std::size_t i = 0; i < time_size; ++i) time = time << 8 | signature.signature[i];
    if (time > std::uint64_t{std::numeric_limits<std::int64_t>::max()}) return bad_signature(witness.name);
    const std::string message = cosigned_message(body, time);
    const ByteView signed_part = ByteView(signature.signature).subspan(time_size);
    if (!crypto::verify_ed25519(witness.key, as_bytes(message), signed_part))
        return bad_signature(witness.name);
    return Cosignature{witness.name, TimePoint(std::chrono::seconds(static_cast<std::int64_t>(time)))};
}

// The first cosignature of each witness; every one must verify.
Result<std::vector<Cosignature>> check_cosignatures(const Note& note,
                                                    std::span<const WitnessVerifier> witnesses) {
    std::vector<Cosignature> all;
    for (const WitnessVerifier& witness : witnesses) {
        bool counted = false;
        for (const NoteSignature& signature : note.signatures) {
            if (!is_by(signature, witness)) continue;
            STIMME_TRY(auto cosignature, check_cosignature(note.text, signature, witness));
            if (!std::exchange(counted, true)) all.push_back(std::move(cosignature));
        }
    }
    return all;
}

}  // namespace

std::string checkpoint_body(const Checkpoint& checkpoint) {
    return checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" + to_base64(checkpoint.root) +
           "\n";
}

Result<Checkpoint> parse_checkpoint_body(std::string_view text) {
    const auto origin = take_line(text);
    const auto size = take_line(text);
    const auto root = take_line(text);
    if (!root) return invalid("checkpoint-syntax", "a checkpoint has three lines: origin, size and root");
    if (!text.empty()) return invalid("checkpoint-extension", "a fourth line; three are right");
    if (!is_key_name(*origin)) return invalid("checkpoint-origin", "the origin is no name of a log");
    const auto count = parse_decimal(*size);
    if (!count) return invalid("checkpoint-size", "the second line must be a number without leading zeros");
    const auto bytes = from_base64(*root);
    if (!bytes || bytes->size() != 32) {
        return invalid("checkpoint-root", "the third line must be base64 of 32 bytes");
    }
    return Checkpoint{std::string(*origin), *count, to_array<32>(*bytes)};
}

SignedCheckpoint sign_checkpoint(const Checkpoint& checkpoint, const crypto::LogKey& key) {
    assert(is_key_name(checkpoint.origin));
    const std::string body = checkpoint_body(checkpoint);
    const KeyId id = key_id(checkpoint.origin, SignatureType::log, key.verify_key());
    const NoteSignature signature{checkpoint.origin, id, to_bytes(key.sign(as_bytes(body)))};
    return {checkpoint, body + "\n" + signature_line(signature), {}};
}

std::string cosign(const Checkpoint& checkpoint, std::string_view witness, const crypto::LogKey& key,
                   TimePoint time) {
    assert(is_key_name(witness) && time.time_since_epoch().count() >= 0);
    const auto seconds = static_cast<std::uint64_t>(time.time_since_epoch().count());
    const std::string message = cosigned_message(checkpoint_body(checkpoint), seconds);
    Bytes signature = to_bytes(u64be(seconds));
    append(signature, key.sign(as_bytes(message)));
    const KeyId id = key_id(witness, SignatureType::witness, key.verify_key());
    return signature_line({std::string(witness), id, std::move(signature)});
}

Result<SignedCheckpoint> open_checkpoint(std::string_view text, const LogVerifier& log,
                                         std::span<const WitnessVerifier> witnesses, std::size_t quorum) {
    STIMME_TRY(const Note note, parse_note(text));
    STIMME_TRY(Checkpoint checkpoint, parse_checkpoint_body(note.text));
    if (checkpoint.origin != log.name) {
        return invalid("checkpoint-wrong-origin",
                       "a checkpoint of " + checkpoint.origin + "; one of " + log.name + " is right");
    }
    STIMME_CHECK(check_log_signature(note, log));
    STIMME_TRY(auto cosignatures, check_cosignatures(note, witnesses));
    if (cosignatures.size() < quorum) {
        return invalid("witness-quorum", std::to_string(cosignatures.size()) + " witnesses have signed; " +
                                             std::to_string(quorum) + " must");
    }
    return SignedCheckpoint{std::move(checkpoint), std::string(text), std::move(cosignatures)};
}

}  // namespace stimme::log
