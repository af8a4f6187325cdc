#include "client/session/log_watch.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/base/file.h"

namespace stimme::session {
namespace {

constexpr std::string_view advice = "Do nothing more before an official knows why";

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

LogWatch::LogWatch(log::FetchFile fetch, election::ValidDefinition definition, std::filesystem::path kept)
    : fetch_(std::move(fetch)), definition_(std::move(definition)), path_(std::move(kept)) {}

Result<LogWatch::Kept> LogWatch::read_kept() const {
    auto text = read_file(path_);
    if (!text && text.error().code == "file-missing") return Kept{{0, log::empty_root()}, ""};
    if (!text) return std::move(text).error();
    auto note = read_kept_note(as_text(*text));
    if (!note) return corrupt("log-view-invalid", path_.string() + ": " + note.error().message);
    return open(*note);
}

Result<LogWatch::Kept> LogWatch::open(const std::string& note) const {
    const auto witnesses = witness_verifiers(*definition_);
    STIMME_TRY(const auto opened,
               verified(log::open_checkpoint(note, log_verifier(*definition_), witnesses, 0)));
    return Kept{{opened.checkpoint.size, opened.checkpoint.root}, note};
}

Result<LogWatch::Kept> LogWatch::fetch_newest(const Kept& before) const {
    const auto text = fetch_("checkpoint");
    const bool missing = !text && text.error().kind == ErrorKind::not_found;
    if (missing && before.view.size == 0) return Kept{{0, log::empty_root()}, ""};
    if (missing)
        return corrupt("log-went-back",
                       fmt::format("the server has no log, but it had one of {} entries", before.view.size));
    if (!text) return text.error();
    return open(std::string(as_text(*text)));
}

// A signed checkpoint that contradicts another is a proof against the log; it must not get lost.
Error LogWatch::refused(Error error, const Kept& now) const {
    const std::filesystem::path file = path_.parent_path() / "refused-checkpoint";
    if (now.checkpoint.empty() || error.kind != ErrorKind::corrupt) return error;
    if (create_file(file, as_bytes(now.checkpoint)))
        error.message += fmt::format("; its signed checkpoint is kept as evidence in {}", file.string());
    return error;
}

Status LogWatch::check_proof(const Kept& before, const Kept& now) {
    if (now.view.size < before.view.size)
        return corrupt("log-went-back",
                       fmt::format("the log has {} entries, but it had {} before: the server was "
                                   "put back to an older copy, or shows you another log. {}",
                                   now.view.size, before.view.size, advice));
    if (before.view.size == 0) return {};
    log::LogTiles tiles(fetch_, now.view.size);
    log::Proof proof;
    if (now.view.size > before.view.size) {
        STIMME_TRY(proof, tiles.consistency_proof(before.view.size));
    }
    Status status = verified(
        log::verify_consistency(before.view.size, now.view.size, before.view.root, now.view.root, proof));
    if (status || status.error().kind != ErrorKind::corrupt) return status;
    Error error = std::move(status).error();
    error.message = fmt::format(
        "the log doesn't continue the one that you saw with {} entries ({}): the server was put "
        "back to an older copy and went on, or shows you another log. {}",
        before.view.size, error.message, advice);
    return error;
}

Status LogWatch::check_continues(const Kept& before, const Kept& now) {
    Status status = check_proof(before, now);
    if (status) return status;
    return refused(std::move(status).error(), now);
}

Status LogWatch::take(const Kept& before, const Kept& now) {
    if (now.checkpoint != before.checkpoint) {
        const json::Object kept{{"checkpoint", now.checkpoint}};
        STIMME_CHECK(write_file(path_, as_bytes(json::canonical(kept)), FileMode::private_file));
    }
    if (now.view != view_) tiles_.reset();
    view_ = now.view;
    checkpoint_ = now.checkpoint;
    return {};
}

Result<events::LogView> LogWatch::advance() {
    STIMME_TRY(const Kept before, read_kept());
    STIMME_TRY(const Kept now, fetch_newest(before));
    STIMME_CHECK(check_continues(before, now));
    STIMME_CHECK(take(before, now));
    return view_;
}

std::string LogWatch::newest_known() {
    if (checkpoint_.empty()) {
        const auto kept = read_kept();
        if (kept) checkpoint_ = kept->checkpoint;
    }
    const std::size_t text = checkpoint_.find("\n\n");
    if (text == std::string::npos) return "";
    return checkpoint_.substr(0, checkpoint_.find('\n', text + 2) + 1);
}

log::LogTiles& LogWatch::tiles() {
    if (!tiles_) tiles_.emplace(fetch_, view_.size);
    return *tiles_;
}

Result<Bytes> LogWatch::entry(std::uint64_t index) {
    STIMME_TRY(auto bundle, tiles().bundle(index / log::tile_width));
    Bytes entry = std::move(bundle[index % log::tile_width]);
    STIMME_CHECK(check_place(index, entry));
    return entry;
}

Status LogWatch::check_place(std::uint64_t index, ByteView entry) {
    STIMME_TRY(const log::Proof proof, tiles().inclusion_proof(index));
    return verified(log::verify_inclusion(log::hash_leaf(entry), index, view_.size, proof, view_.root));
}

Status LogWatch::expect(std::uint64_t index, ByteView entry) {
    STIMME_TRY(const events::LogView view, advance());
    const Error absent = corrupt(
        "entry-not-in-log", fmt::format("the server says that this is entry {} of the log; it isn't", index));
    if (index >= view.size) return absent;
    STIMME_TRY(const log::Proof proof, tiles().inclusion_proof(index));
    if (!log::verify_inclusion(log::hash_leaf(entry), index, view.size, proof, view.root)) return absent;
    return {};
}

Result<std::optional<std::uint64_t>> LogWatch::find(std::uint64_t from, ByteView entry) {
    STIMME_TRY(const events::LogView view, advance());
    const std::uint64_t width = log::tile_width;
    for (std::uint64_t first = from / width * width; first < view.size; first += width) {
        STIMME_TRY(const auto bundle, tiles().bundle(first / width));
        for (std::size_t i = 0; i < bundle.size(); ++i) {
            if (first + i < from || !std::ranges::equal(bundle[i], entry)) continue;
            STIMME_CHECK(check_place(first + i, entry));
            return std::optional(first + i);
        }
    }
    return std::optional<std::uint64_t>();
}

Status LogWatch::meet(const std::string& checkpoint) {
    STIMME_TRY(const Kept before, read_kept());
    STIMME_TRY(const Kept other, open(checkpoint));
    if (other.view.size > before.view.size) {
        STIMME_CHECK(check_continues(before, other));
        return take(before, other);
    }
    Status status = check_proof(other, before);
    if (status) return status;
    return refused(std::move(status).error(), other);
}

}  // namespace stimme::session
