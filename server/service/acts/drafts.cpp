#include "server/service/acts/drafts.h"

#include <vector>

#include <fmt/format.h>

namespace stimme::service {
namespace {

using election::EntryType;

// Problems that keep an election from being sealed.
class Unready {
  public:
    void add(std::string_view code, std::string_view message) {
        if (first_.empty()) first_ = code;
        lines_ += fmt::format("{}{}: {}", lines_.empty() ? "" : "\n", code, message);
    }
    Status status() const { return first_.empty() ? Status() : conflict(first_, lines_); }

  private:
    std::string first_;
    std::string lines_;
};

}  // namespace

bool Drafts::drafts(EntryType type) {
    switch (type) {
        case EntryType::election_sealed:
        case EntryType::polls_opened:
        case EntryType::station_closed:
        case EntryType::polls_closed:
        case EntryType::tally:
        case EntryType::result:
        case EntryType::certified:
            return true;
        default:
            return false;
    }
}

Status Drafts::prepare(const DraftRequest& request) {
    if (!drafts(request.type))
        return not_found("draft-unknown",
                         fmt::format("the server makes no \"{}\"", election::to_string(request.type)));
    const auto phase = log_.read([](const auto& state, const auto&) { return state.phase(); });
    STIMME_CHECK(election::next_phase(phase, request.type));
    if (request.type == EntryType::election_sealed) STIMME_CHECK(roll_.index_leaves());
    if (request.type == EntryType::polls_closed) STIMME_CHECK(closing_.files());
    if (request.type == EntryType::tally) STIMME_CHECK(closing_.tally());
    return {};
}

Result<events::Content> Drafts::make(store::Connection& connection, const DraftRequest& request) {
    STIMME_CHECK(election::next_phase(log_.state().phase(), request.type));
    switch (request.type) {
        case EntryType::election_sealed:
            return seal(connection);
        case EntryType::polls_opened:
            return events::Content(events::PollsOpened{});
        case EntryType::station_closed:
            return close_station(request.station);
        case EntryType::polls_closed:
            return close_polls();
        case EntryType::tally: {
            STIMME_TRY(events::Tally tally, closing_.tally());
            return events::Content(std::move(tally));
        }
        case EntryType::result:
            return result();
        case EntryType::certified:
            if (!log_.state().result()) return conflict("result-missing", "there is no result to certify");
            return events::Content(events::Certified{});
        default:
            return not_found("draft-unknown", "there is no such draft");
    }
}

Result<events::Content> Drafts::seal(store::Connection& connection) {
    const election::ValidDefinition& definition = log_.definition();
    Unready unready;
    events::ElectionSealed sealed;
    sealed.definition = definition.hash();
    if (definition->trustees) {
        STIMME_TRY(const events::Ceremony ceremony, ceremony_.replay(connection));
        if (!ceremony.complete()) {
            unready.add("ceremony-incomplete",
                        fmt::format("{} messages of the trustees are missing", ceremony.missing().size()));
        } else {
            sealed.election = ceremony.keys()->election;
            sealed.trustees = ceremony.trustee_keys();
        }
    } else {
        sealed.election = events::election_hash(definition.hash(), {});
    }
    STIMME_TRY(const RollFingerprint roll, roll_.fingerprint());
    STIMME_TRY(const std::uint64_t without_station, roll_.without_station());
    if (roll.count == 0) unready.add("roll-empty", "nobody on the roll may vote");
    if (without_station > 0) {
        unready.add(
            "roll-without-station",
            fmt::format("{} people who may vote belong to no polling station; `stimme roll gaps` names "
                        "their streets",
                        without_station));
    }
    STIMME_TRY(const std::size_t undecided, roll_.office().entries.count_conflicts());
    if (undecided > 0) {
        unready.add("roll-conflicts",
                    fmt::format("{} entries of the roll wait for a decision of the office", undecided));
    }
    STIMME_CHECK(unready.status());
    STIMME_TRY(const auto keys, make_pass_keys_());
    sealed.pass_keys = keys->public_keys();
    sealed.roll_root = roll.root;
    sealed.roll_count = roll.count;
    return events::Content(std::move(sealed));
}

Result<events::Content> Drafts::close_station(const std::optional<StationId>& station) {
    if (!station) return not_found("station-unknown", "the query must name the station");
    if (log_.state().station_closed(*station)) return conflict("station-closed", "this station is closed");
    STIMME_TRY(auto desks, roll_.desk_counts(*station));
    return events::Content(events::StationClosed{*station, std::move(desks)});
}

Result<events::Content> Drafts::close_polls() {
    STIMME_TRY(ClosingFiles files, closing_.files());
    STIMME_TRY(const auto rows, roll_.participation());
    STIMME_TRY(const Hash participation, closing_.write_participation(rows));
    STIMME_TRY(const Hash journal, roll_.journal_head());
    STIMME_TRY(const auto keys, make_pass_keys_());
    return events::Content(
        events::PollsClosed{keys->secrets(), files.tags, participation, std::move(files.ballots), journal});
}

Result<events::Content> Drafts::result() {
    const events::ElectionState& state = log_.state();
    STIMME_TRY(const tally::Figures figures, tally::figures_of(state));
    STIMME_TRY(events::ElectionResult result, tally::make_result(state.definition(), figures));
    if (state.result()) {
        result.supersedes = state.result_index();
        result.reason = "new figures";
    }
    return events::Content(std::move(result));
}

}  // namespace stimme::service
