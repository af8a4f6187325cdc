#include "client/evidence/folded_log.h"

#include <fmt/format.h>

#include "client/cli/progress.h"
#include "core/events/act.h"

namespace stimme::evidence {

LogFolder::LogFolder(const election::ValidDefinition& definition, const events::LogView& view)
    : folded_(definition) {
    folded_.view = view;
}

Status LogFolder::check_signatures(const events::Entry& entry) const {
    const std::uint64_t index = folded_.state.size();
    const auto root_at = [this](std::uint64_t size) { return tree_.root(size); };
    return events::verify_signatures(folded_.state, folded_.keys->election, entry, index, root_at);
}

Status LogFolder::add_checked(ByteView bytes) {
    STIMME_TRY(const events::Entry entry, events::decode(as_text(bytes)));
    STIMME_CHECK(folded_.state.check(entry));
    if (const auto* sealed = std::get_if<events::ElectionSealed>(&entry.content)) {
        STIMME_TRY(folded_.keys, events::verify_sealed_keys(folded_.state.definition(), *sealed));
    }
    STIMME_CHECK(check_signatures(entry));
    STIMME_CHECK(folded_.state.apply(folded_.state.size(), entry));
    tree_.append_entry(bytes);
    return {};
}

Status LogFolder::add(ByteView entry) {
    Status added = add_checked(entry);
    if (added) return added;
    return unverified(std::move(added).error().at(fmt::format("entry {} of the log", tree_.size())));
}

Result<FoldedLog> LogFolder::finish() && {
    if (tree_.size() != folded_.view.size || tree_.root() != folded_.view.root)
        return corrupt("log-root-differs", "the entries of the log aren't those of its checkpoint");
    return std::move(folded_);
}

Result<FoldedLog> fold_log(session::Session& session, cli::Output& out) {
    STIMME_TRY(const events::LogView view, session.watch());
    LogFolder folder(session.definition(), view);
    log::LogTiles tiles(session.record_files(), view.size);
    cli::Progress progress(out, "Verifying the log", view.size);
    for (std::uint64_t index = 0; index * log::tile_width < view.size; ++index) {
        STIMME_TRY(const auto entries, tiles.bundle(index));
        for (const Bytes& entry : entries) STIMME_CHECK(folder.add(entry));
        progress.at(index * log::tile_width + entries.size());
    }
    return std::move(folder).finish();
}

}  // namespace stimme::evidence
