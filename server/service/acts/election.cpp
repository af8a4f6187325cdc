#include "server/service/acts/election.h"

#include <algorithm>
#include <future>

#include <fmt/format.h>

#include "core/base/file.h"
#include "core/crypto/passphrase.h"
#include "server/service/acts/act_service.h"
#include "server/service/acts/agreement.h"
#include "server/service/acts/continuity.h"
#include "server/service/acts/roll_proofs.h"
#include "server/service/acts/void_service.h"
#include "server/service/acts/wait_for.h"
#include "server/service/ballots/booth_service.h"
#include "server/service/ballots/closing.h"
#include "server/service/ballots/pass_service.h"
#include "server/service/log/ceremony_service.h"
#include "server/service/roll/roll_service.h"
#include "server/store/ballots/ballot_store.h"

namespace stimme::service {
namespace {

constexpr std::size_t max_key_file = 4096;
constexpr std::size_t max_definition = std::size_t{1} << 20;

Passphrase view(const std::optional<std::string>& passphrase) {
    return passphrase ? Passphrase(*passphrase) : std::nullopt;
}

bool contains_all(const std::set<Hash>& all, const std::vector<Hash>& some) {
    return std::all_of(some.begin(), some.end(), [&](const Hash& leaf) { return all.contains(leaf); });
}

}  // namespace

Result<crypto::LogKey> load_log_key(const std::filesystem::path& file,
                                    const std::optional<std::string>& passphrase) {
    STIMME_TRY(const Bytes stored, read_file(file, max_key_file));
    if (!crypto::is_passphrase_container(stored)) return crypto::LogKey::from_pem(as_text(stored));
    if (!passphrase)
        return forbidden("passphrase-needed",
                         fmt::format("{} is encrypted: give its passphrase", file.string()));
    STIMME_TRY(const crypto::SecretBuffer pem, crypto::open_with_passphrase(*passphrase, stored));
    return crypto::LogKey::from_pem(as_text(pem.reveal()));
}

Result<crypto::LogVerifyKey> create_log_key(const std::filesystem::path& file,
                                            const std::optional<std::string>& passphrase, Random& random) {
    const crypto::LogKey key = crypto::LogKey::random(random);
    const crypto::SecretBuffer pem = key.to_pem();
    const Bytes content =
        passphrase ? crypto::seal_with_passphrase(*passphrase, pem.reveal(), random) : Bytes();
    STIMME_CHECK(create_file(file, passphrase ? ByteView(content) : pem.reveal(), FileMode::private_file));
    return key.verify_key();
}

Result<std::shared_ptr<Election>> Election::open(const std::filesystem::path& folder,
                                                 Environment& environment) {
    STIMME_TRY(store::FolderLock lock, store::FolderLock::acquire(folder));
    std::shared_ptr<Election> election(new Election(std::move(lock), environment.workers));
    STIMME_CHECK(election->open_parts(folder, environment));
    STIMME_CHECK(election->settle());
    return election;
}

Election::Election(store::FolderLock lock, Workers& workers) : lock_(std::move(lock)), workers_(workers) {}

Election::~Election() {
    stop();
}

void Election::stop() {
    if (log_) log_->stop();
    if (roll_) roll_->stop();
}

Status Election::open_parts(const std::filesystem::path& folder, Environment& environment) {
    STIMME_TRY(const Bytes text, read_file(folder / "definition.json", max_definition));
    STIMME_TRY(auto definition, election::ValidDefinition::parse_canonical(as_text(text)));
    if (definition->id.str() != folder.filename())
        return conflict("definition-folder",
                        fmt::format("this is the definition of \"{}\"", definition->id.str()));
    STIMME_TRY(crypto::LogKey key, load_log_key(folder / "log.key", environment.passphrase));
    if (key.verify_key() != definition->log.key)
        return conflict("log-key-differs", "log.key isn't the key that the definition names");
    STIMME_TRY(ballots_, store::Database::open(folder / "ballots.db", store::ballots_schema()));
    STIMME_TRY(log_, PublicLog::open(*ballots_, definition, std::move(key), environment.report));
    STIMME_TRY(roll_, RollService::open(folder, definition, environment.random, environment.clock,
                                        environment.report));
    roll_proofs_ = std::make_unique<RollProofs>(*log_, *roll_);
    sealed_ = std::make_unique<SealedKeysCache>(*log_);
    ceremony_ = std::make_unique<CeremonyService>(*log_);
    closing_ = std::make_unique<Closing>(*log_, *sealed_, folder / "record");
    const TagMatches tags = [this](const StationId& station, const StyleId& style, const pass::Pass& pass) {
        const auto keys = roll_->pass_keys();
        return keys && keys->tag_matches(station, style, pass);
    };
    book_ = std::make_unique<BoothBook>(*log_);
    booths_ = std::make_unique<BoothService>(*log_, *sealed_, *book_, tags, environment.workers);
    passes_ = std::make_unique<PassService>(*log_, *book_, tags, environment.workers);
    voids_ = std::make_unique<VoidService>(*log_, *roll_, tags, environment.workers);
    const auto pass_keys = [this, folder, &environment]() -> Result<std::shared_ptr<const PassKeys>> {
        STIMME_CHECK(load_pass_keys(folder, environment));
        return roll_->pass_keys();
    };
    drafts_ = std::make_unique<Drafts>(*log_, *roll_, *ceremony_, *closing_, pass_keys);
    acts_ = std::make_unique<ActService>(*log_, *roll_, *closing_, *drafts_, environment.workers);
    STIMME_TRY(continuity_, Continuity::open(*log_, *roll_, folder / "evidence", environment.report));
    return phase() == election::Phase::draft ? Status() : load_pass_keys(folder, environment);
}

Status Election::load_pass_keys(const std::filesystem::path& folder, Environment& environment) {
    if (roll_->pass_keys()) return {};
    const std::filesystem::path file = folder / "pass.keys";
    const bool draft =
        log_->read([](const auto& state, const auto&) { return state.phase(); }) == election::Phase::draft;
    auto keys =
        draft ? PassKeys::load_or_create(file, definition(), view(environment.passphrase), environment.random)
              : PassKeys::load(file, definition(), view(environment.passphrase));
    if (!keys) return std::move(keys).error();
    if (!draft && keys->public_keys() !=
                      log_->read([](const auto& state, const auto&) { return state.sealed().pass_keys; }))
        return corrupt("pass-keys-differ", "pass.keys aren't the keys that were sealed");
    roll_->use_pass_keys(std::make_shared<const PassKeys>(*std::move(keys)));
    return {};
}

Status Election::settle() {
    const events::ElectionState state = log_->snapshot();
    STIMME_CHECK(check_journal(*log_, *roll_));
    if (state.phase() != election::Phase::draft) STIMME_CHECK(roll_->index_leaves());
    STIMME_CHECK(finish_begun(state));
    STIMME_CHECK(check_roll(state, *roll_));
    STIMME_CHECK(complete_journal(*log_, *roll_));
    return state.polls_closed() ? check_record(*state.polls_closed()) : Status();
}

Status Election::finish_begun(const events::ElectionState& state) {
    STIMME_TRY(const auto voids, roll_->pending_voids());
    for (const events::PassNumber& t : voids) {
        const bool logged = state_of_pass(state, t).status == wire::PassStateAnswer::Status::voided;
        STIMME_CHECK(wait_for([&](Done<void> done) {
            logged ? roll_->finish_void(t, std::move(done)) : roll_->abandon_void(t, std::move(done));
        }));
    }
    STIMME_TRY(const events::RollCorrected pending, roll_->pending_corrections());
    if (!pending.added.empty() || !pending.struck.empty()) {
        const bool logged = contains_all(state.added_leaves(), pending.added) &&
                            contains_all(state.struck_leaves(), pending.struck);
        STIMME_CHECK(wait_for([&](Done<void> done) {
            logged ? roll_->finish_correction(pending, std::move(done))
                   : roll_->abandon_correction(pending, std::move(done));
        }));
    }
    STIMME_TRY(const auto stations, roll_->closing_stations());
    for (const StationId& station : stations) {
        const bool logged = state.station_closed(station);
        STIMME_CHECK(wait_for([&](Done<void> done) {
            logged ? roll_->finish_close(station, std::move(done))
                   : roll_->abandon_close(station, std::move(done));
        }));
    }
    return {};
}

Status Election::check_record(const events::PollsClosed& closed) {
    STIMME_TRY(const ClosingFiles files, closing_->files());
    STIMME_TRY(const auto rows, roll_->participation());
    STIMME_TRY(const Hash participation, closing_->write_participation(rows));
    if (files.tags == closed.tags && files.ballots == closed.ballots && participation == closed.participation)
        return {};
    return corrupt("record-differs", "the ballots or the roll aren't those that were published at the close");
}

bool Election::station_closed(const StationId& station) const {
    return log_->read([&](const auto& state, const auto&) { return state.station_closed(station); });
}

std::optional<election::Holder> Election::holder_of_key(const election::PublicKey& key) const {
    return log_->read(
        [&](const events::ElectionState& state, const auto&) -> std::optional<election::Holder> {
            const election::Holder* holder = state.holder_of(key);
            return holder == nullptr ? std::nullopt : std::optional(*holder);
        });
}

std::optional<Hash> Election::election_hash() const {
    if (phase() != election::Phase::draft)
        return log_->read([](const auto& state, const auto&) { return state.sealed().election; });
    if (!definition()->trustees) return events::election_hash(definition().hash(), {});
    const auto ceremony = ceremony_->replay();
    if (!ceremony || !ceremony->keys()) return std::nullopt;
    return ceremony->keys()->election;
}

}  // namespace stimme::service
