#include "server/service/ballots/closing.h"

#include <fstream>

#include <fmt/format.h>

#include "core/base/file.h"
#include "core/base/random.h"
#include "core/crypto/transcript.h"
#include "core/record/layout.h"
#include "core/tally/tally.h"
#include "server/store/ballots/ballot_store.h"

namespace stimme::service {
namespace {

constexpr std::size_t ballots_at_once = 64;

// A file that is written piece by piece and hashed on the way.
class HashedFile {
  public:
    explicit HashedFile(std::filesystem::path path)
        : path_(std::move(path)), temporary_(path_.string() + ".new") {
        std::error_code ignored;
        std::filesystem::create_directories(path_.parent_path(), ignored);
        out_.open(temporary_, std::ios::binary | std::ios::trunc);
    }
    void append(ByteView piece) {
        hash_.append(piece);
        out_.write(reinterpret_cast<const char*>(piece.data()), static_cast<std::streamsize>(piece.size()));
    }
    Result<Hash> finish() {
        out_.close();
        std::error_code error;
        if (out_) std::filesystem::rename(temporary_, path_, error);
        if (!out_ || error)
            return unavailable("file-unwritable", fmt::format("cannot write {}", path_.string()));
        return hash_.finish();
    }

  private:
    std::filesystem::path path_;
    std::filesystem::path temporary_;
    std::ofstream out_;
    events::FileHash hash_;
};

// Checks ballots of one style in batches and adds them up.
class Adder {
  public:
    Adder(const ballot::Layout& layout, const crypto::ElectionKey& key, tally::GroupSums& sums)
        : layout_(layout), key_(key), sums_(sums) {}

    Status add(ballot::Context context, ByteView body) {
        contexts_.push_back(std::move(context));
        bodies_.push_back(to_bytes(body));
        return bodies_.size() < ballots_at_once ? Status() : flush();
    }
    Status flush() {
        std::vector<ballot::SubmittedBallot> ballots;
        for (std::size_t i = 0; i < bodies_.size(); ++i) ballots.push_back({contexts_[i], bodies_[i]});
        for (auto& checked : ballot::check_all(layout_, key_, ballots, random_)) {
            if (!checked) return corrupt("ballot-damaged", checked.error().message);
            sums_.add(*checked);
        }
        contexts_.clear();
        bodies_.clear();
        return {};
    }

  private:
    const ballot::Layout& layout_;
    const crypto::ElectionKey& key_;
    tally::GroupSums& sums_;
    SystemRandom random_;
    std::vector<ballot::Context> contexts_;
    std::vector<Bytes> bodies_;
};

Status all_closed(const events::ElectionState& state) {
    for (const auto& station : state.definition()->stations) {
        if (!state.station_closed(station.id))
            return conflict("station-open", fmt::format("station \"{}\" isn't closed", station.id.str()));
    }
    return {};
}

Error not_closed() {
    return conflict("not-closed", "the polls aren't closed");
}

}  // namespace

Result<Hash> Closing::write_ballots(const DistrictId& district, const StyleId& style) {
    HashedFile file(path_of(record::ballots_path(district, style)));
    const Status written = log_.database().read([&](store::Connection& connection) -> Status {
        const store::BallotRows rows(connection);
        return rows.each_cast(district, style, [&](const store::Submission&, ByteView body) -> Status {
            file.append(body);
            return {};
        });
    });
    if (!written) return written.error();
    return file.finish();
}

Result<ClosingFiles> Closing::files() {
    const std::lock_guard lock(files_mutex_);
    if (files_) return *files_;
    const events::ElectionState state = log_.snapshot();
    STIMME_CHECK(all_closed(state));
    const auto tags = log_.database().read(
        [&](store::Connection& connection) { return store::BallotRows(connection).tags(); });
    if (!tags) return tags.error();
    const std::string text = events::write_tags(*tags);
    STIMME_CHECK(write_file(path_of(record::tags_path), as_bytes(text)));
    ClosingFiles made{events::file_hash(as_bytes(text)), {}};
    for (const record::BallotGroup& group : record::ballot_groups(state)) {
        const DistrictId& district = state.definition()->districts[group.district].id;
        const StyleId& style = state.definition()->styles[group.style].id;
        STIMME_TRY(const Hash hash, write_ballots(district, style));
        made.ballots.push_back({district, style, group.ballots, hash});
    }
    files_ = std::move(made);
    return *files_;
}

Result<Hash> Closing::write_participation(const std::vector<events::ParticipationRow>& rows) {
    const std::string text = events::write_participation(rows);
    STIMME_CHECK(write_file(path_of(record::participation_path), as_bytes(text)));
    return events::file_hash(as_bytes(text));
}

Result<tally::ShareContext> Closing::share_context() {
    STIMME_TRY(const auto sealed, sealed_.get());
    const std::uint64_t size = log_.read([](const auto& state, const auto&) { return state.closing_size(); });
    if (size == 0) return not_closed();
    const Hash root = log_.read([&](const auto&, const log::Tree& tree) { return tree.root(size); });
    return tally::ShareContext{log_.definition(), sealed->keys, {size, root}};
}

Status Closing::add_ballots(const election::District& district, const SealedKeys& sealed,
                            tally::GroupSums& sums) {
    return log_.database().read([&](store::Connection& connection) -> Status {
        for (const auto& [style, layout] : sealed.layouts) {
            Adder adder(layout, *sealed.key, sums);
            const auto add = [&](const store::Submission& ballot, ByteView body) {
                return adder.add({sealed.election(), ballot.station, ballot.style, ballot.t}, body);
            };
            STIMME_CHECK(store::BallotRows(connection).each_cast(district.id, style, add));
            STIMME_CHECK(adder.flush());
        }
        return {};
    });
}

Result<std::shared_ptr<const Closing::Summed>> Closing::summed() {
    const std::lock_guard lock(sums_mutex_);
    if (summed_) return summed_;
    STIMME_TRY(tally::ShareContext context, share_context());
    STIMME_TRY(const auto sealed, sealed_.get());
    tally::GroupSums sums(log_.definition());
    if (sealed->key) {
        for (const auto& district : log_.definition()->districts)
            STIMME_CHECK(add_ballots(district, *sealed, sums));
    }
    STIMME_TRY(auto groups, tally::groups_to_open(sums));
    summed_ = std::make_shared<const Summed>(Summed{std::move(context), std::move(sums), std::move(groups)});
    return summed_;
}

Status Closing::check_share(const events::DecryptionShare& share) {
    STIMME_TRY(const auto sums, summed());
    STIMME_CHECK(log_.check_quorum(sums->context.closing.size));
    for (const tally::OpenGroup& group : sums->groups) {
        if (group.group.name != share.group ||
            log_.definition()->contests[group.group.contest].id != share.contest)
            continue;
        STIMME_CHECK(tally::verify_share(sums->context, group, share));
        return {};
    }
    return not_found("share-group", "no such group is to be opened");
}

Result<events::Tally> Closing::tally() {
    STIMME_TRY(const auto sums, summed());
    const auto shares = log_.read([](const auto& state, const auto&) { return state.shares(); });
    const std::lock_guard lock(tally_mutex_);
    if (!tally_ || tally_->first != shares.size()) {
        STIMME_TRY(events::Tally made, tally::make_tally(sums->context, sums->sums, shares));
        tally_ = {shares.size(), std::move(made)};
    }
    return tally_->second;
}

}  // namespace stimme::service
