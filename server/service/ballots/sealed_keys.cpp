#include "server/service/ballots/sealed_keys.h"

namespace stimme::service {

Result<std::shared_ptr<const SealedKeys>> SealedKeysCache::get() {
    const std::lock_guard lock(mutex_);
    if (!made_) {
        STIMME_TRY(made_, make());
    }
    return made_;
}

Result<std::shared_ptr<const SealedKeys>> SealedKeysCache::make() const {
    const auto sealed = log_.read([](const events::ElectionState& state, const log::Tree&) {
        return state.phase() == election::Phase::draft ? std::nullopt : std::optional(state.sealed());
    });
    if (!sealed) return conflict("not-sealed", "the election isn't sealed yet");
    const election::ValidDefinition& definition = log_.definition();
    STIMME_TRY(events::ElectionKeys keys, events::verify_sealed_keys(definition, *sealed));
    auto made = std::make_shared<SealedKeys>(SealedKeys{std::move(keys), {}, {}});
    if (!made->keys.paper_only()) made->key.emplace(made->keys.key);
    for (const election::Style& style : definition->styles)
        made->layouts.emplace(style.id, ballot::Layout(definition, style));
    return std::shared_ptr<const SealedKeys>(std::move(made));
}

}  // namespace stimme::service
