#include "core/events/act.h"

#include <fmt/format.h>

#include "core/crypto/transcript.h"

namespace stimme::events {

Hash act_digest(const Hash& election, const Content& content, const SignerId& signer, const LogView& view) {
    const std::string text = encode_content(content);
    return crypto::hash(crypto::Tag::act,
                        {election, as_bytes(text), as_bytes(signer.str()), u64be(view.size), view.root});
}

ActSignature sign_act(const crypto::SigningKey& key, const SignerId& signer, const Hash& election,
                      const Content& content, const LogView& view) {
    return {signer, view.size, view.root, key.sign(act_digest(election, content, signer, view))};
}

Status verify_act_signature(const ElectionState& state, const Hash& election, const Content& content,
                            const ActSignature& signature, std::uint64_t index, const RootAt& root_at) {
    if (signature.size > index) {
        return forbidden(
            "signature-stale",
            fmt::format("it names a log of {} entries, but the entry is number {}", signature.size, index));
    }
    if (root_at(signature.size) != signature.root) {
        return forbidden("signature-root",
                         fmt::format("this log had another root at size {}", signature.size));
    }
    STIMME_TRY(const auto key, crypto::VerifyKey::from_sec1(state.key_of(signature.signer)));
    return key.verify(act_digest(election, content, signature.signer, {signature.size, signature.root}),
                      signature.signature);
}

Status verify_signatures(const ElectionState& state, const Hash& election, const Entry& entry,
                         std::uint64_t index, const RootAt& root_at) {
    for (const ActSignature& signature : entry.signed_by) {
        if (state.definition().holder(signature.signer) == nullptr) {
            return forbidden("signer-unknown",
                             fmt::format("the definition knows no \"{}\"", signature.signer.str()));
        }
        if (auto status = verify_act_signature(state, election, entry.content, signature, index, root_at);
            !status) {
            return std::move(status).error().at(fmt::format("signature of {}", signature.signer.str()));
        }
    }
    return {};
}

}  // namespace stimme::events
