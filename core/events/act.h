// Acts of people: their signatures under entries of the log, and under the messages of the key ceremony
// (docs/protocol.md, sections 3 and 6.3). Nobody signs what their own program hasn't verified: a signature
// names the checkpoint that it stood on.
//
// Thread rule: pure functions.
#pragma once

#include <functional>

#include "core/crypto/signature.h"
#include "core/events/entry.h"
#include "core/events/state.h"

namespace stimme::events {

// A state of the log: its size and root.
struct LogView {
    std::uint64_t size = 0;
    Hash root{};
    bool operator==(const LogView&) const = default;
};

// (6.1)
Hash act_digest(const Hash& election, const Content& content, const SignerId& signer, const LogView& view);

ActSignature sign_act(const crypto::SigningKey& key, const SignerId& signer, const Hash& election,
                      const Content& content, const LogView& view);

// The root of the log when it had that many entries.
using RootAt = std::function<Hash(std::uint64_t size)>;

// Verifies one signature under `content`, which is to stand at `index`. `state` is the fold of all entries
// before. Errors (forbidden): signature-stale (size beyond the log), signature-root (not this log's root),
// and those of VerifyKey::verify. REQUIRES: the definition knows the signer.
Status verify_act_signature(const ElectionState& state, const Hash& election, const Content& content,
                            const ActSignature& signature, std::uint64_t index, const RootAt& root_at);

// All signatures of an entry. Errors: those of verify_act_signature, with the signer's name in front.
Status verify_signatures(const ElectionState& state, const Hash& election, const Entry& entry,
                         std::uint64_t index, const RootAt& root_at);

}  // namespace stimme::events
