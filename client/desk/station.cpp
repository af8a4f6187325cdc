#include "client/desk/station.h"

#include "client/cli/progress.h"
#include "core/log/log_tiles.h"
#include "core/net/client/url.h"

namespace stimme::desk {
namespace {

struct Counter {
    const StationId& station;
    StationLog& log;

    void add(const StationId& at, std::uint64_t& count) const { count += at == station ? 1 : 0; }
    void operator()(const events::BallotSubmitted& e) const { add(e.station, log.submitted); }
    void operator()(const events::BallotCast& e) const { add(e.station, log.cast); }
    void operator()(const events::BallotChallenged& e) const { add(e.station, log.tested); }
    void operator()(const events::ChallengeFailed& e) const { add(e.station, log.failed); }
    void operator()(const events::BallotExpired& e) const { add(e.station, log.expired); }
    void operator()(const events::PassVoided& e) const { add(e.station, log.voided); }
    template <class Other>
    void operator()(const Other&) const {}
};

std::uint64_t bundles(std::uint64_t size) {
    return (size + log::tile_width - 1) / log::tile_width;
}

Status verify_place(log::LogTiles& tiles, const events::LogView& view, std::uint64_t index, ByteView entry) {
    STIMME_TRY(const log::Proof proof, tiles.inclusion_proof(index));
    return verified(log::verify_inclusion(log::hash_leaf(entry), index, view.size, proof, view.root));
}

const events::BallotSubmitted* as_submission(const Result<events::Entry>& entry,
                                             const events::PassNumber& t) {
    if (!entry) return nullptr;
    const auto* submitted = std::get_if<events::BallotSubmitted>(&entry->content);
    return submitted != nullptr && submitted->t == t ? submitted : nullptr;
}

Result<std::vector<wire::VoterView>> read_voters(std::string_view text) {
    STIMME_TRY(const json::Value value, json::parse(text));
    json::Problems problems;
    json::Fields in(value, problems);
    std::vector<wire::VoterView> voters;
    in.each("voters", 0, 10'000, [&](json::Fields& item) {
        read(item, voters.emplace_back());
        item.finish();
    });
    in.finish();
    STIMME_CHECK(problems.status("answer-malformed"));
    return voters;
}

}  // namespace

Result<PassKeys> Station::pass_keys() {
    STIMME_TRY(const session::SealedElection* const sealed, session.sealed());
    return pass_keys_of(sealed->content, id);
}

Result<Station> open_station(const cli::Context& context, const session::Session::Adjust& adjust) {
    STIMME_TRY(session::Session session, session::Session::open(context, adjust));
    const election::Holder* const desk = session.definition().holder(session.profile().id);
    if (desk == nullptr || desk->role != election::Role::desk || !desk->station)
        return forbidden("role-wrong", "this is the role folder of no desk");
    STIMME_TRY(session::FolderLock lock, session::FolderLock::take(session.folder().path()));
    STIMME_TRY(DeskStore store, DeskStore::open(session.folder().file("desk"), context.random));
    StationId id = *desk->station;
    return Station{std::move(lock), std::move(session), std::move(store), std::move(id)};
}

Result<StationLog> read_station_log(Station& station, cli::Output& out) {
    STIMME_TRY(const events::LogView view, station.session.watch());
    log::LogTiles tiles(station.session.record_files(), view.size);
    cli::Progress progress(out, "Reading the log", view.size);
    StationLog log;
    log::RootBuilder tree;
    for (std::uint64_t i = 0; i < bundles(view.size); ++i) {
        STIMME_TRY(const auto bundle, tiles.bundle(i));
        for (const Bytes& bytes : bundle) {
            tree.append_entry(bytes);
            STIMME_TRY(const auto entry, verified(events::decode(as_text(bytes))));
            std::visit(Counter{station.id, log}, entry.content);
        }
        progress.at(tree.size());
    }
    if (tree.size() != view.size || tree.root() != view.root)
        return corrupt("log-root", "the entries of the log aren't those of its checkpoint");
    return log;
}

Result<std::vector<wire::VoterView>> search_voters(session::Session& session, std::string_view query) {
    STIMME_TRY(const std::string text, session.get_text("voters?q=" + net::percent_encoded(query)));
    auto voters = read_voters(text);
    if (!voters) return session::Session::answer_malformed("voters", voters.error());
    return voters;
}

Result<events::BallotSubmitted> find_submission(Station& station, const events::PassNumber& t) {
    STIMME_TRY(const events::LogView view, station.session.watch());
    log::LogTiles tiles(station.session.record_files(), view.size);
    for (std::uint64_t i = bundles(view.size); i-- > 0;) {
        STIMME_TRY(const auto bundle, tiles.bundle(i));
        for (std::size_t j = bundle.size(); j-- > 0;) {
            const auto entry = events::decode(as_text(bundle[j]));
            const events::BallotSubmitted* const submitted = as_submission(entry, t);
            if (submitted == nullptr) continue;
            STIMME_CHECK(verify_place(tiles, view, i * log::tile_width + j, bundle[j]));
            return *submitted;
        }
    }
    return conflict("no-open-submission", "no ballot was submitted with this pass");
}

}  // namespace stimme::desk
