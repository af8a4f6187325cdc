#include "server/service/log/public_log.h"

#include <limits>

#include <fmt/format.h>

#include "server/store/ballots/ballot_store.h"

namespace stimme::service {
namespace {

constexpr std::uint64_t all = std::numeric_limits<std::int64_t>::max();

Error damaged(std::string message) {
    return corrupt("log-damaged", std::move(message));
}

}  // namespace

PublicLog::PublicLog(store::Database& database, election::ValidDefinition definition, crypto::LogKey key)
    : database_(database),
      definition_(std::move(definition)),
      key_(std::move(key)),
      state_(std::make_unique<events::ElectionState>(definition_)) {}

PublicLog::~PublicLog() {
    if (writer_) writer_->stop();
}

Result<std::unique_ptr<PublicLog>> PublicLog::open(store::Database& database,
                                                   election::ValidDefinition definition, crypto::LogKey key,
                                                   Report report) {
    std::unique_ptr<PublicLog> log(new PublicLog(database, std::move(definition), std::move(key)));
    const Status loaded = database.read([&](store::Connection& connection) -> Status {
        STIMME_CHECK(log->load(connection));
        return log->check_published(connection);
    });
    if (!loaded) return loaded.error();
    log->last_checkpoint_ = log->tree_.size();
    log->publish();
    store::WriterHooks hooks;
    hooks.before_commit = [log = log.get()](store::Connection& c) { return log->before_commit(c); };
    hooks.after_commit = [log = log.get()] { log->publish(); };
    hooks.on_commit_failed = [log = log.get()](store::Connection& c, const Error&) {
        log->torn_ = false;
        if (log->damaged_ || log->state_->size() != log->last_checkpoint_) log->damaged_ = !log->load(c).ok();
    };
    hooks.report = std::move(report);
    STIMME_TRY(log->writer_, store::Writer::start(database, std::move(hooks)));
    return log;
}

Status PublicLog::load(store::Connection& connection) {
    auto state = std::make_unique<events::ElectionState>(definition_);
    log::Tree tree;
    const auto take = [&](std::uint64_t index, std::string_view bytes) -> Status {
        if (index != state->size()) return damaged(fmt::format("entry {} is missing", state->size()));
        const auto entry = events::decode(bytes);
        if (!entry) return damaged(fmt::format("entry {}: {}", index, entry.error().message));
        if (auto status = state->apply(index, *entry); !status)
            return damaged(fmt::format("entry {}: {}", index, status.error().message));
        tree.append_entry(as_bytes(bytes));
        return {};
    };
    STIMME_CHECK(store::BallotRows(connection).each_entry(0, all, take));
    const std::unique_lock lock(mutex_);
    state_ = std::move(state);
    tree_ = std::move(tree);
    return {};
}

Status PublicLog::check_published(store::Connection& connection) const {
    STIMME_TRY(const auto checkpoints, store::BallotRows(connection).checkpoints());
    for (const auto& [size, root] : checkpoints) {
        if (size > tree_.size() || tree_.root(size) != root)
            return damaged(fmt::format("the log isn't the one that was published at size {}", size));
    }
    const std::uint64_t last = checkpoints.empty() ? 0 : checkpoints.back().first;
    if (last != tree_.size()) return damaged("entries were added that no checkpoint covers");
    return {};
}

Result<std::uint64_t> PublicLog::append(store::Connection& connection, const events::Entry& entry) {
    if (damaged_) return damaged("the log can't be read: restart the server");
    STIMME_CHECK(state_->check(entry));
    const std::string bytes = events::encode(entry);
    if (bytes.size() > events::max_entry_bytes)
        return invalid("entry-too-large", "an entry of the log stays below 64 KiB");
    const std::uint64_t index = state_->size();
    STIMME_CHECK(store::BallotRows(connection).append_entry(index, bytes));
    const std::unique_lock lock(mutex_);
    STIMME_CHECK(state_->apply(index, entry));
    tree_.append_entry(as_bytes(bytes));
    return index;
}

Status PublicLog::before_commit(store::Connection& connection) {
    if (torn_) return internal("batch-torn", "an act failed half-way and is undone");
    if (tree_.size() == last_checkpoint_) return {};
    return store::BallotRows(connection).add_checkpoint(tree_.size(), tree_.root());
}

void PublicLog::publish() {
    const bool grown = tree_.size() != last_checkpoint_;
    last_checkpoint_ = tree_.size();
    log::SignedCheckpoint checkpoint = sign(last_checkpoint_);
    if (!grown) {
        if (auto text = checkpoint_at(last_checkpoint_)) checkpoint.text = *std::move(text);
    }
    auto now = std::make_shared<const Published>(
        Published{checkpoint.checkpoint, std::move(checkpoint.text), state_->phase()});
    const std::lock_guard lock(published_mutex_);
    published_ = std::move(now);
}

std::shared_ptr<const Published> PublicLog::published() const {
    const std::lock_guard lock(published_mutex_);
    return published_;
}

events::ElectionState PublicLog::snapshot() const {
    return read([](const events::ElectionState& state, const log::Tree&) { return state; });
}

// All receipts of one commit carry the same checkpoint, so the last one that was signed is kept.
log::SignedCheckpoint PublicLog::sign(std::uint64_t size) const {
    const log::Checkpoint wanted{definition_->log.origin, size, tree_.root(size)};
    const std::lock_guard lock(signed_mutex_);
    if (!signed_ || signed_->checkpoint != wanted) signed_ = log::sign_checkpoint(wanted, key_);
    return *signed_;
}

Result<TileCache::Content> PublicLog::tile(const log::TileId& tile) const {
    if (tile.width == log::tile_width) {
        if (auto cached = tiles_.find(tile)) return cached;
    }
    STIMME_TRY(const Bytes read, read_tile(tile));
    auto content = std::make_shared<const std::string>(as_text(read));
    if (tile.width == log::tile_width) tiles_.add(tile, content);
    return TileCache::Content(std::move(content));
}

Result<Bytes> PublicLog::read_tile(const log::TileId& tile) const {
    const std::uint64_t size = published()->checkpoint.size;
    if (tile.kind == log::TileId::Kind::hashes)
        return read([&](const auto&, const log::Tree& tree) { return log::hash_tile(tree, tile, size); });
    if (!log::tile_exists(tile, size)) return not_found("tile-missing", "the log isn't that long");
    return database_.read([&](store::Connection& connection) -> Result<Bytes> {
        Bytes bundle;
        const store::BallotRows rows(connection);
        const Status read = rows.each_entry(tile.index * log::tile_width, tile.width,
                                            [&](std::uint64_t, std::string_view bytes) {
                                                return log::append_to_bundle(bundle, as_bytes(bytes));
                                            });
        if (!read) return read.error();
        return bundle;
    });
}

Result<std::string> PublicLog::receipt(std::uint64_t index) const {
    return database_.read([&](store::Connection& connection) -> Result<std::string> {
        const store::BallotRows rows(connection);
        STIMME_TRY(const std::uint64_t size, rows.checkpoint_covering(index));
        Bytes entry;
        STIMME_CHECK(rows.each_entry(index, 1, [&](std::uint64_t, std::string_view bytes) -> Status {
            entry = to_bytes(as_bytes(bytes));
            return {};
        }));
        return this->receipt(index, entry, size);
    });
}

Result<std::string> PublicLog::receipt(std::uint64_t index, ByteView entry, std::uint64_t size) const {
    const std::shared_lock lock(mutex_);
    STIMME_TRY(const log::Receipt receipt, log::make_receipt(tree_, index, entry, sign(size)));
    return log::write_receipt(receipt);
}

Result<std::string> PublicLog::checkpoint_at(std::uint64_t size) const {
    return database_.read([&](store::Connection& connection) -> Result<std::string> {
        const store::BallotRows rows(connection);
        if (size != 0) {
            const auto covering = rows.checkpoint_covering(size - 1);
            if (!covering || *covering != size)
                return not_found("checkpoint-unknown",
                                 fmt::format("no checkpoint of size {} was published", size));
        }
        STIMME_TRY(const auto lines, rows.cosignatures(size));
        const std::shared_lock lock(mutex_);
        std::string text = sign(size).text;
        for (const std::string& line : lines) text += line;
        return text;
    });
}

log::LogVerifier PublicLog::verifier() const {
    return {definition_->log.origin, definition_->log.key};
}

std::vector<log::WitnessVerifier> PublicLog::witnesses() const {
    std::vector<log::WitnessVerifier> witnesses;
    for (const auto& witness : definition_->witnesses) witnesses.push_back({witness.name, witness.key});
    return witnesses;
}

void PublicLog::add_cosignature(std::uint64_t size, std::string line, Done<std::uint64_t> done) {
    submit<std::uint64_t>(
        [this, size, line = std::move(line)](store::Connection& connection) -> Result<std::uint64_t> {
            STIMME_CHECK(checkpoint_at(size));
            if (line.empty() || line.find('\n') != line.size() - 1)
                return invalid("cosignature-line", "a signature is one line with its line feed");
            STIMME_TRY(const auto opened,
                       log::open_checkpoint(sign(size).text + line, verifier(), witnesses(), 0));
            if (opened.cosignatures.size() != 1)
                return invalid("cosignature-unknown", "the line isn't one of a witness of this election");
            STIMME_CHECK(store::BallotRows(connection)
                             .add_cosignature(size, opened.cosignatures.front().witness, line));
            return size;
        },
        std::move(done));
}

Status PublicLog::check_quorum(std::uint64_t size) const {
    if (definition_->witness_quorum == 0) return {};
    STIMME_TRY(const std::string text, checkpoint_at(size));
    const auto opened = log::open_checkpoint(text, verifier(), witnesses(), definition_->witness_quorum);
    if (opened) return {};
    return conflict("witness-quorum",
                    fmt::format("the checkpoint of size {} needs the signatures of {} witnesses", size,
                                definition_->witness_quorum));
}

}  // namespace stimme::service
