#include "server/service/roll/roll_stations.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "core/crypto/sha256.h"
#include "core/roll/stations/assignment_file.h"
#include "core/roll/statistics/suppression.h"
#include "server/service/roll/answered_once.h"

namespace stimme::service {
namespace {

using store::EntryRow;
using store::PeopleRows;
using store::Presence;
using store::StationRows;
using wire::StationsAnswer;

constexpr std::size_t people_at_once = 1000;

std::string content_of(const roll::Assignment& assignment, roll::Source part) {
    const json::Value document = assignment.to_json();
    return json::canonical(*document.get<json::Object>()->find(to_string(part)));
}

// Who was entered by mistake or is no longer in the register isn't counted, unless they may vote.
bool is_counted(const EntryRow& entry) {
    return entry.may_vote() || entry.presence == Presence::present || entry.presence == Presence::returned;
}

// Decides everyone on the roll again, and keeps what that changes.
class Recount {
  public:
    Recount(const election::ValidDefinition& definition, const RollDecision& decision,
            store::Connection& connection, bool keep)
        : decision_(decision), people_(connection), stations_(connection), keep_(keep) {
        for (const election::Station& station : definition->stations) voters_[station.id.str()] = 0;
    }

    Status everyone() {
        std::string after;
        while (true) {
            STIMME_TRY(const auto numbers, stations_.numbers(after, people_at_once));
            for (const std::string& number : numbers) STIMME_CHECK(one(number));
            if (numbers.size() < people_at_once) return stations_.move(moved_);
            after = numbers.back();
        }
    }

    // What was counted.
    StationsAnswer answer() && {
        answer_.stations.assign(voters_.begin(), voters_.end());
        return std::move(answer_);
    }

  private:
    Status one(const std::string& number) {
        STIMME_TRY(const auto before, people_.find(number));
        if (!before) return {};
        EntryRow after = *before;
        decision_.decide(after);
        count(*before, after);
        const bool changes =
            after.station != before->station || after.style != before->style || after.leaf != before->leaf;
        return keep_ && changes ? keep(after) : Status();
    }

    // Whether somebody may vote, and why not, doesn't follow from the station.
    Status keep(const EntryRow& entry) {
        moved_.push_back({entry.person.number, entry.station, entry.style, entry.leaf});
        if (moved_.size() < StationRows::most_moved) return {};
        return stations_.move(std::exchange(moved_, {}));
    }

    void count(const EntryRow& before, const EntryRow& after) {
        ++answer_.people;
        if (after.station != before.station) ++answer_.moved;
        if (!after.may_vote()) return;
        ++(after.station.empty() ? answer_.without_station : voters_[after.station]);
    }

    const RollDecision& decision_;
    PeopleRows people_;
    StationRows stations_;
    const bool keep_;
    std::vector<store::StationOfPerson> moved_;  // not written yet
    StationsAnswer answer_;
    std::map<std::string, std::uint64_t> voters_;
};

// Errors: store-damaged.
Result<wire::StationsPartView> view_of(const store::StationPartRow& row) {
    STIMME_TRY(const json::Value act, json::parse(row.act));
    json::Problems problems;
    json::Fields in(act, problems);
    wire::StationsPartView view;
    view.part = row.part;
    view.size = static_cast<std::uint64_t>(in.integer("size", 0, json::max_integer));
    view.at = in.text("at");
    view.official = in.name<SignerKind>("official");
    if (!problems.empty()) return corrupt("store-damaged", "the act that brought a part can't be read");
    return view;
}

}  // namespace

// What an act makes of the assignment.
struct RollStations::Change {
    roll::Source part;
    std::uint64_t size;
    roll::Assignment after;
    std::optional<store::StationPartRow> row;  // to be kept, still without its act; nothing: the part goes
    Hash file{};                               // SHA-256 of what was brought
    bool same = false;                         // it is there already
};

template <class Prepare>
Result<StationsAnswer> RollStations::change(bool dry_run, const Actor& actor, Prepare prepare) {
    if (dry_run) {
        return database_.read([&](store::Connection& connection) -> Result<StationsAnswer> {
            STIMME_TRY(const Change change, prepare(StationRows(connection)));
            STIMME_TRY(StationsAnswer answer, decide_again(connection, change, false));
            answer.dry_run = true;
            return answer;
        });
    }
    auto done = writer_.call<StationsAnswer>([&](store::Connection& connection) -> Result<StationsAnswer> {
        PeopleRows people(connection);
        return answered_once<StationsAnswer>(people, actor.once, [&]() -> Result<StationsAnswer> {
            STIMME_CHECK(check_draft(actor));
            STIMME_TRY(const Change change, prepare(StationRows(connection)));
            return apply(connection, change, actor);
        });
    });
    if (done && !done->same) search_.people_changed();
    return done;
}

Result<StationsAnswer> RollStations::bring(ByteView csv, bool dry_run, const Actor& actor) {
    return change(dry_run, actor, [&](const StationRows& rows) -> Result<Change> {
        if (definition_->stations.empty())
            return conflict("stations-none",
                            "this election has no polling stations, so nobody is assigned to one");
        STIMME_TRY(const roll::AssignmentPart part, roll::read_assignment(csv, definition_->stations));
        STIMME_TRY(const roll::Assignment now, service::read_assignment(rows, *definition_));
        STIMME_TRY(const auto digests, rows.digests());
        Change made{source_of(part), size_of(part), now.with(part), {}, crypto::sha256(csv)};
        const std::string name(to_string(made.part));
        std::string content = content_of(made.after, made.part);
        const Hash digest = crypto::sha256(as_bytes(content));
        made.same = std::find(digests.begin(), digests.end(), std::pair(name, digest)) != digests.end();
        made.row = store::StationPartRow{name, digest, std::move(content), ""};
        return made;
    });
}

Result<StationsAnswer> RollStations::take_away(const wire::StationsRemoval& request, const Actor& actor) {
    const auto part = roll::part_named(request.part);
    if (!part)
        return invalid("stations-part-unknown",
                       fmt::format("\"{}\": right is list, streets or areas", request.part));
    return change(request.dry_run, actor, [&](const StationRows& rows) -> Result<Change> {
        STIMME_TRY(const roll::Assignment now, service::read_assignment(rows, *definition_));
        STIMME_TRY(const auto parts, rows.parts());
        for (const store::StationPartRow& row : parts) {
            if (row.part != request.part) continue;
            STIMME_TRY(const auto brought, view_of(row));
            return Change{*part, brought.size, now.without(*part), {}};
        }
        return not_found(
            "stations-part-none",
            fmt::format("there are no {} to take away: the office has brought none", request.part));
    });
}

Result<StationsAnswer> RollStations::apply(store::Connection& connection, const Change& change,
                                           const Actor& actor) {
    if (change.same) return decide_again(connection, change, false);
    STIMME_TRY(const StationsAnswer answer, decide_again(connection, change, true));
    json::Object act{{"type", change.row ? "stations-assigned" : "stations-taken-away"},
                     {"official", actor.official.str()},
                     {"part", answer.part},
                     {"size", answer.size},
                     {"moved", answer.moved},
                     {"without_station", answer.without_station}};
    if (change.row) act.set("file", to_hex(change.file));
    Journal journal(connection, definition_.hash(), clock_);
    STIMME_TRY(std::string text, journal.append(std::move(act)));
    StationRows rows(connection);
    if (!change.row) {
        STIMME_CHECK(rows.drop(answer.part));
        return answer;
    }
    store::StationPartRow row = *change.row;
    row.act = std::move(text);
    STIMME_CHECK(rows.set(row));
    return answer;
}

Result<StationsAnswer> RollStations::decide_again(store::Connection& connection, const Change& change,
                                                  bool keep) const {
    RollDecision decision(definition_, random_);
    decision.use(change.after);
    Recount recount(definition_, decision, connection, keep);
    STIMME_CHECK(recount.everyone());
    StationsAnswer answer = std::move(recount).answer();
    answer.part = to_string(change.part);
    answer.size = change.size;
    answer.same = change.same;
    return answer;
}

Result<wire::StationsView> RollStations::view() const {
    return database_.read([&](store::Connection& connection) -> Result<wire::StationsView> {
        const StationRows rows(connection);
        STIMME_TRY(const auto parts, rows.parts());
        STIMME_TRY(auto voters, rows.voters());
        wire::StationsView view;
        for (const store::StationPartRow& row : parts) {
            STIMME_TRY(wire::StationsPartView part, view_of(row));
            view.parts.push_back(std::move(part));
        }
        std::sort(view.parts.begin(), view.parts.end(), [](const auto& a, const auto& b) {
            return roll::part_named(a.part) < roll::part_named(b.part);
        });
        for (const election::Station& station : definition_->stations)
            view.stations.emplace_back(station.id.str(), voters[station.id.str()]);
        std::sort(view.stations.begin(), view.stations.end());
        if (!definition_->stations.empty()) view.without_station = voters[""];
        return view;
    });
}

Result<roll::StationReport> RollStations::check() const {
    return database_.read([&](store::Connection& connection) -> Result<roll::StationReport> {
        STIMME_TRY(roll::Assignment now, service::read_assignment(StationRows(connection), *definition_));
        roll::StationCheck check(std::move(now));
        if (definition_->stations.empty()) return check.report();
        STIMME_CHECK(PeopleRows(connection).each([&](const EntryRow& entry) -> Status {
            check.add(entry.person, entry.may_vote());
            return {};
        }));
        return check.report();
    });
}

Result<roll::Statistics> RollStations::statistics(const std::optional<Publication>& publication) const {
    return database_.read([&](store::Connection& connection) -> Result<roll::Statistics> {
        roll::StatisticsCounter counter(definition_->calendar.election_day);
        STIMME_CHECK(PeopleRows(connection).each([&](const EntryRow& entry) -> Status {
            if (is_counted(entry)) counter.add(entry.person, entry.station, entry.reasons);
            return {};
        }));
        roll::Statistics counted = counter.statistics();
        if (!publication) return counted;
        const roll::Topic left_out =
            publication->places == roll::Topic::station ? roll::Topic::district : roll::Topic::station;
        std::erase_if(counted.tables, [&](const auto& table) { return table.topic == left_out; });
        return suppressed(counted, publication->threshold);
    });
}

}  // namespace stimme::service
