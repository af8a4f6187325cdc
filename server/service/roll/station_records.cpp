#include "server/service/roll/station_records.h"

#include <algorithm>

#include <fmt/format.h>

namespace stimme::service {
namespace {

Error nobody(std::string_view number) {
    return not_found("voter-not-found",
                     fmt::format("nobody in the register has the number {}; nothing was entered", number));
}

Error station_closed() {
    return conflict("station-closed", "this station is closed");
}

}  // namespace

Status StationRecords::check_may_vote(const Desk& desk, const store::VoterRow& voter) const {
    STIMME_CHECK(check_station(definition_, desk, voter.person));
    if (!voter.person.may_vote()) return not_eligible(voter.person);
    STIMME_CHECK(check_not_voted(voter));
    if (voter.polling_card) return card_issued();
    return check_not_being_struck(rows_, voter.person);
}

Result<wire::MoveAnswer> StationRecords::move(const Desk& desk, const wire::MoveRequest& request) {
    if (request.members.size() != 2 || request.members[0].empty() || request.members[1].empty() ||
        request.members[0] == request.members[1])
        return invalid("members-missing", "two members of the board move a check-in; right are two names");
    STIMME_TRY(const auto from, find_person(rows_, request.from));
    STIMME_TRY(const auto to, find_person(rows_, request.to));
    STIMME_TRY(auto row, rows_.check_in(request.from));
    if (!row) return conflict("voter-not-checked-in", "this voter isn't checked in");
    if (row->station != *desk.station)
        return conflict("voter-other-station",
                        "this voter was checked in at the station " + row->station.str());
    STIMME_TRY(const bool closed, rows_.is_closed(row->station));
    if (closed) return station_closed();
    STIMME_TRY(const auto voids, rows_.voids());
    for (const store::VoidIntent& intent : voids)
        if (intent.number == request.from)
            return conflict("void-pending", "this voter's pass is being voided");
    STIMME_CHECK(check_may_vote(desk, to));
    if (to.person.style != from.person.style)
        return conflict("style-differs",
                        "these two vote on different ballot papers; the pass is for the first one");
    STIMME_CHECK(rows_.remove_check_in(request.from));
    row->number = request.to;
    STIMME_CHECK(rows_.add_check_in(*row));
    STIMME_CHECK(paper_.add_moved(
        {request.to, request.from, row->station, desk.id, request.members[0], request.members[1]}));
    STIMME_CHECK(rows_.count_move(desk.id));
    return wire::MoveAnswer{request.to};
}

Result<wire::PaperAnswer> StationRecords::mark_paper(const Desk& desk, const wire::PaperRequest& request) {
    STIMME_TRY(const bool closed, rows_.is_closed(*desk.station));
    if (closed) return station_closed();
    wire::PaperAnswer answer;
    for (const std::string& number : request.voters)
        STIMME_CHECK(request.withdrawn ? withdraw(desk, number, answer) : enter(desk, number, answer));
    if (answer.entered == 0) return answer;
    STIMME_CHECK(request.withdrawn ? rows_.count_withdrawn(desk.id, answer.entered)
                                   : rows_.count_paper(desk.id, answer.entered));
    return answer;
}

Status StationRecords::enter(const Desk& desk, const std::string& number, wire::PaperAnswer& answer) {
    STIMME_TRY(const auto before, paper_.row(number, *desk.station));
    if (before) {
        ++answer.again;
        return {};
    }
    STIMME_TRY(const auto voter, rows_.voter(number));
    if (!voter) return nobody(number);
    Status may = check_station(definition_, desk, voter->person);
    if (may && !voter->person.may_vote()) may = not_eligible(voter->person);
    if (may) may = check_not_voted(*voter);
    const store::PaperRow row{number, *desk.station, desk.id, may ? "" : may.error().code};
    STIMME_CHECK(paper_.add(row));
    if (may) {
        ++answer.entered;
    } else {
        answer.conflicts.push_back(conflict_of(row, *voter));
    }
    return {};
}

Status StationRecords::withdraw(const Desk& desk, const std::string& number, wire::PaperAnswer& answer) {
    STIMME_TRY(const auto row, paper_.row(number, *desk.station));
    if (!row || row->desk != desk.id)
        return not_found(
            "paper-vote-unknown",
            fmt::format("this desk has entered no paper vote of {}; nothing was withdrawn", number));
    STIMME_CHECK(paper_.remove(number, *desk.station));
    answer.entered += row->conflict.empty() ? 1 : 0;
    return {};
}

wire::PaperConflict StationRecords::conflict_of(const store::PaperRow& row,
                                                const store::VoterRow& voter) const {
    wire::PaperConflict conflict{row.number, row.conflict};
    if (row.conflict == "already-checked-in") conflict.station = voter.checked_in_at;
    if (row.conflict == "already-on-paper") conflict.station = voter.paper_at;
    if (row.conflict == "voter-other-station" && !voter.person.register_block)
        conflict.station = StationId(voter.person.station);
    return conflict;
}

Result<wire::StationRecord> StationRecords::record(const StationId& station) const {
    if (definition_.station(station) == nullptr)
        return not_found("station-unknown", "the election has no station of this name");
    wire::StationRecord record;
    STIMME_TRY(const auto moves, paper_.moved_at(station));
    for (const store::MovedRow& row : moves)
        record.moves.push_back({row.desk, {row.from, row.number, {row.member_1, row.member_2}}});
    STIMME_TRY(const auto rows, paper_.rows_at(station));
    for (const store::PaperRow& row : rows) {
        if (row.conflict.empty()) {
            ++record.paper;
            continue;
        }
        STIMME_TRY(const auto voter, find_person(rows_, row.number));
        record.conflicts.push_back(conflict_of(row, voter));
    }
    return record;
}

Status StationRecords::set_card(const SignerId& official, const wire::CardRequest& request,
                                Journal& journal) {
    STIMME_TRY(const auto voter, find_person(rows_, request.voter));
    if (!request.withdrawn) {
        if (!voter.person.may_vote()) return not_eligible(voter.person);
        STIMME_CHECK(check_not_voted(voter));
    }
    STIMME_TRY(const bool changed,
               request.withdrawn ? paper_.remove_card(request.voter) : paper_.add_card(request.voter));
    if (!changed) return {};
    STIMME_TRY(const auto chained,
               journal.append({{"type", request.withdrawn ? "polling-card-withdrawn" : "polling-card-issued"},
                               {"official", official.str()},
                               {"person", request.voter}}));
    static_cast<void>(chained);
    return {};
}

}  // namespace stimme::service
