#include "server/service/acts/agreement.h"

#include <algorithm>
#include <future>
#include <limits>
#include <map>

#include <fmt/format.h>

#include "server/store/ballots/ballot_store.h"

namespace stimme::service {
namespace {

using Acts = std::map<std::uint64_t, json::Value>;  // content by index in the log

Error ballots_older(std::uint64_t index) {
    return conflict(
        "ballots-older",
        fmt::format("ballots.db is older than roll.db, whose journal has an act as entry {} of the "
                    "log: put the newer copy of ballots.db in its place",
                    index));
}

Error roll_older(const std::string& what) {
    return conflict("roll-older", fmt::format("roll.db doesn't belong to ballots.db, it is older or another "
                                              "one: {}. Put the newer copy of roll.db in its place",
                                              what));
}

bool is_act(const events::Content& content) {
    const auto signers = election::transition(events::type_of(content)).signers;
    return signers != election::SignedBy::nobody && signers != election::SignedBy::one_desk;
}

Result<Acts> acts_in(const PublicLog& log) {
    return log.database().read([&](store::Connection& connection) -> Result<Acts> {
        Acts acts;
        const auto take = [&](std::uint64_t index, std::string_view bytes) -> Status {
            if (bytes.find("\"signed\"") == std::string_view::npos) return {};
            STIMME_TRY(const events::Entry entry, events::decode(bytes));
            if (is_act(entry.content)) acts.emplace(index, events::content_to_json(entry.content));
            return {};
        };
        STIMME_CHECK(
            store::BallotRows(connection).each_entry(0, std::numeric_limits<std::int64_t>::max(), take));
        return acts;
    });
}

// Acts of the log that stand in the journal, as it has them.
Result<Acts> acts_in(const RollService& roll) {
    STIMME_TRY(const auto rows, roll.journal_rows());
    Acts acts;
    for (const store::JournalRow& row : rows) {
        STIMME_TRY(const json::Value value, json::parse_canonical(row.act));
        const auto* object = value.get<json::Object>();
        const json::Value* index = object == nullptr ? nullptr : object->find("index");
        const json::Value* content = object == nullptr ? nullptr : object->find("act");
        if (index != nullptr && content != nullptr)
            acts.emplace(static_cast<std::uint64_t>(*index->get<std::int64_t>()), *content);
    }
    return acts;
}

Status check_passes(const events::ElectionState& state, const RollService& roll) {
    STIMME_TRY(const auto checked_in, roll.check_ins_at_stations());
    const auto& stations = state.definition()->stations;
    std::vector<std::uint64_t> used(stations.size());
    for (const auto& [t, pass] : state.passes())
        used[pass.station] += pass.status == events::PassState::Status::voided ? 0 : 1;
    for (std::size_t i = 0; i < stations.size(); ++i) {
        const auto found = checked_in.find(stations[i].id);
        const std::uint64_t people = found == checked_in.end() ? 0 : found->second;
        if (used[i] > people)
            return roll_older(
                fmt::format("ballots came with {} passes of the station {}, but only {} voters are "
                            "checked in there",
                            used[i], stations[i].id.str(), people));
    }
    return {};
}

Status check_closed_stations(const events::ElectionState& state, const RollService& roll) {
    for (const auto& [station, closed] : state.closed_stations()) {
        STIMME_TRY(const auto counts, roll.desk_counts(station));
        if (counts != closed.desks)
            return roll_older(
                fmt::format("the station {} was closed with other counts of its desks", station.str()));
    }
    return {};
}

Status check_fingerprint(const events::ElectionState& state, const RollService& roll) {
    STIMME_TRY(const auto rows, roll.participation());
    std::set<Hash> leaves;
    for (const events::ParticipationRow& row : rows) leaves.insert(row.leaf);
    bool same = true;
    for (const Hash& added : state.added_leaves()) same = leaves.erase(added) == 1 && same;
    for (const Hash& struck : state.struck_leaves()) same = leaves.insert(struck).second && same;
    const auto& sealed = state.sealed();
    same = same && leaves.size() == sealed.roll_count &&
           events::roll_root({leaves.begin(), leaves.end()}) == sealed.roll_root;
    return same ? Status() : roll_older("its voters aren't those of the log");
}

Status check_closing_journal(const events::ElectionState& state, const RollService& roll) {
    if (!state.polls_closed()) return {};
    STIMME_TRY(const auto rows, roll.journal_rows());
    const bool found = std::any_of(rows.begin(), rows.end(), [&](const store::JournalRow& row) {
        return row.head == state.polls_closed()->journal;
    });
    return found ? Status() : roll_older("its journal isn't the one with which the polls were closed");
}

}  // namespace

Status check_journal(const PublicLog& log, const RollService& roll) {
    STIMME_TRY(const Acts logged, acts_in(log));
    STIMME_TRY(const Acts journaled, acts_in(roll));
    for (const auto& [index, content] : journaled) {
        const auto found = logged.find(index);
        if (found == logged.end() || found->second != content) return ballots_older(index);
    }
    return {};
}

Status check_roll(const events::ElectionState& state, const RollService& roll) {
    if (state.phase() == election::Phase::draft) return {};
    STIMME_CHECK(check_fingerprint(state, roll));
    STIMME_CHECK(check_passes(state, roll));
    STIMME_CHECK(check_closed_stations(state, roll));
    return check_closing_journal(state, roll);
}

Status complete_journal(const PublicLog& log, RollService& roll) {
    STIMME_TRY(const Acts logged, acts_in(log));
    STIMME_TRY(const Acts journaled, acts_in(roll));
    for (const auto& [index, content] : logged) {
        if (journaled.contains(index)) continue;
        std::promise<Status> written;
        roll.journal(json::Object{{"act", content}, {"index", index}, {"recovered", true}},
                     [&](Status status) { written.set_value(std::move(status)); });
        STIMME_CHECK(written.get_future().get());
    }
    return {};
}

}  // namespace stimme::service
