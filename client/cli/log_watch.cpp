#include "client/cli/log_watch.h"

#include <fmt/format.h>

#include "client/cli/exit_code.h"
#include "core/base/file.h"

namespace stimme::client::cli {
namespace {

Result<std::string> read_kept_note(std::string_view text) {
    STIMME_TRY(const json::Value value, json::parse(text));
    json::Problems problems;
    json::Fields in(value, problems);
    std::string note = in.text("checkpoint", log::max_note_size);
    in.finish();
    STIMME_CHECK(problems.status("log-view-invalid"));
    return note;
}

}  // namespace

log::LogVerifier log_verifier(const election::Definition& definition) {
    return {definition.log.origin, definition.log.key};
}

std::vector<log::WitnessVerifier> witness_verifiers(const election::Definition& definition) {
    std::vector<log::WitnessVerifier> result;
    for (const auto& witness : definition.witnesses) result.push_back({witness.name, witness.key});
    return result;
}

LogWatch::LogWatch(FetchFile fetch, election::ValidDefinition definition, std::filesystem::path kept)
    : fetch_(std::move(fetch)), definition_(std::move(definition)), path_(std::move(kept)) {}

Result<LogWatch::Kept> LogWatch::read_kept() const {
    auto text = read_file(path_);
    if (!text && text.error().code == "file-missing") return Kept{{0, log::empty_root()}, ""};
    if (!text) return std::move(text).error();
    auto note = read_kept_note(as_text(*text));
    if (!note) return corrupt("log-view-invalid", path_.string() + ": " + note.error().message);
    STIMME_TRY(const auto opened, verified(log::open_checkpoint(*note, log_verifier(*definition_), {}, 0)));
    return Kept{{opened.checkpoint.size, opened.checkpoint.root}, *std::move(note)};
}

Result<LogWatch::Kept> LogWatch::fetch_newest(const Kept& before) const {
    auto text = fetch_("checkpoint");
    const bool missing = !text && text.error().kind == ErrorKind::not_found;
    if (missing && before.view.size == 0) return Kept{{0, log::empty_root()}, ""};
    if (!text) return std::move(text).error();
    const auto witnesses = witness_verifiers(*definition_);
    STIMME_TRY(const auto opened,
               verified(log::open_checkpoint(as_text(*text), log_verifier(*definition_), witnesses, 0)));
    return Kept{{opened.checkpoint.size, opened.checkpoint.root}, std::string(as_text(*text))};
}

Status LogWatch::check_continues(const Kept& before, const Kept& now) {
    if (now.view.size < before.view.size)
        return corrupt("log-went-back", fmt::format("the log has {} entries, but it had {} before",
                                                    now.view.size, before.view.size));
    if (before.view.size == 0) return {};
    LogTiles tiles(fetch_, now.view.size);
    log::Proof proof;
    if (now.view.size > before.view.size) {
        STIMME_TRY(proof, tiles.consistency_proof(before.view.size));
    }
    return verified(
        log::verify_consistency(before.view.size, now.view.size, before.view.root, now.view.root, proof));
}

Result<events::LogView> LogWatch::advance() {
    STIMME_TRY(const Kept before, read_kept());
    STIMME_TRY(const Kept now, fetch_newest(before));
    STIMME_CHECK(check_continues(before, now));
    if (now.checkpoint != before.checkpoint) {
        const json::Object kept{{"checkpoint", now.checkpoint}};
        STIMME_CHECK(write_file(path_, as_bytes(json::canonical(kept)), FileMode::private_file));
    }
    view_ = now.view;
    checkpoint_ = now.checkpoint;
    return view_;
}

Result<Bytes> LogWatch::entry(std::uint64_t index) {
    LogTiles tiles(fetch_, view_.size);
    STIMME_TRY(auto bundle, tiles.bundle(index / log::tile_width));
    Bytes entry = std::move(bundle[index % log::tile_width]);
    STIMME_TRY(const log::Proof proof, tiles.inclusion_proof(index));
    STIMME_CHECK(
        verified(log::verify_inclusion(log::hash_leaf(entry), index, view_.size, proof, view_.root)));
    return entry;
}

}  // namespace stimme::client::cli
