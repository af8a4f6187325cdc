#include "server/service/roll/roll_changes.h"

#include <algorithm>

namespace stimme::service {
namespace {

constexpr std::string_view struck_off = "struck-off";

Error leaf_unknown() {
    return not_found("leaf-unknown", "nobody in the register has this leaf");
}

Error may_vote_already() {
    return conflict("voter-eligible", "this person is on the roll already");
}

}  // namespace

Status RollChanges::begin_void(const Desk& desk, const std::string& voter, const events::PassNumber& t) {
    STIMME_TRY(const auto before, rows_.void_of(t));
    if (before && before->number == voter) return {};
    if (before) return conflict("void-pending", "this pass is being voided for another voter");
    STIMME_CHECK(check_void(desk, voter));
    return rows_.add_void({t, voter, desk.id});
}

Status RollChanges::check_void(const Desk& desk, const std::string& voter) const {
    STIMME_TRY(const store::VoterRow row, find_person(rows_, voter));
    if (!row.checked_in_at) return conflict("voter-not-checked-in", "this voter isn't checked in");
    if (*row.checked_in_at != *desk.station)
        return conflict("voter-other-station",
                        "this voter was checked in at the station " + row.checked_in_at->str());
    STIMME_TRY(const bool closed, rows_.is_closed(*desk.station));
    if (closed) return conflict("station-closed", "this station is closed");
    STIMME_TRY(const auto intents, rows_.voids());
    const bool pending = std::any_of(intents.begin(), intents.end(),
                                     [&](const store::VoidIntent& intent) { return intent.number == voter; });
    if (pending) return conflict("void-pending", "another pass of this voter is being voided");
    return {};
}

Status RollChanges::finish_void(const events::PassNumber& t) {
    STIMME_TRY(const auto intent, rows_.void_of(t));
    if (!intent) return {};
    STIMME_CHECK(rows_.drop_void(t));
    STIMME_CHECK(rows_.remove_check_in(intent->number));
    return rows_.count_void(intent->desk);
}

Status RollChanges::check_struck(const store::PersonRow& person) const {
    if (!person.may_vote()) return conflict("voter-not-eligible", "this person isn't on the roll");
    if (person.standing == store::Standing::admitted)
        return conflict("voter-admitted", "who was admitted by a correction can't be struck off again");
    STIMME_TRY(const auto check_in, rows_.check_in(person.number));
    if (check_in) return conflict("already-checked-in", "this voter was checked in and can't be struck off");
    STIMME_TRY(const store::VoterRow voter, find_person(rows_, person.number));
    if (voter.paper_at)
        return conflict("already-on-paper", "this voter voted on paper and can't be struck off");
    return {};
}

Result<Hash> RollChanges::leaf_to_strike(std::string_view number) const {
    STIMME_TRY(const store::VoterRow voter, find_person(rows_, number));
    STIMME_CHECK(check_struck(voter.person));
    return *voter.person.leaf;
}

Result<Hash> RollChanges::leaf_to_admit(std::string_view number, Random& random) {
    STIMME_TRY(const store::VoterRow voter, find_person(rows_, number));
    const store::PersonRow& person = voter.person;
    if (person.may_vote()) return may_vote_already();
    if (person.station.empty())
        return not_found("voter-without-station", "this person belongs to no polling station");
    if (person.leaf) return *person.leaf;
    const events::Salt salt = random.bytes<16>();
    const Hash leaf = events::roll_leaf(salt, person.number, person.style);
    STIMME_CHECK(rows_.set_leaf(person.number, salt, leaf));
    return leaf;
}

Status RollChanges::begin_struck(const Hash& leaf) {
    STIMME_TRY(const auto person, rows_.person_of(leaf));
    if (!person) return leaf_unknown();
    STIMME_CHECK(check_struck(*person));
    return rows_.add_correction({leaf, true});
}

Status RollChanges::begin_added(const Hash& leaf) {
    STIMME_TRY(const auto person, rows_.person_of(leaf));
    if (!person) return leaf_unknown();
    if (person->may_vote()) return may_vote_already();
    return rows_.add_correction({leaf, false});
}

Status RollChanges::begin_correction(const events::RollCorrected& correction) {
    for (const Hash& leaf : correction.struck) STIMME_CHECK(begin_struck(leaf));
    for (const Hash& leaf : correction.added) STIMME_CHECK(begin_added(leaf));
    return {};
}

Result<json::Array> RollChanges::take_begun(const std::vector<Hash>& leaves) {
    STIMME_TRY(const auto intents, rows_.corrections());
    json::Array numbers;
    for (const store::CorrectionIntent& intent : intents) {
        if (std::find(leaves.begin(), leaves.end(), intent.leaf) == leaves.end()) continue;
        STIMME_TRY(const auto person, rows_.person_of(intent.leaf));
        if (person) numbers.emplace_back(person->number);
        STIMME_CHECK(rows_.drop_correction(intent.leaf));
    }
    return numbers;
}

Status RollChanges::finish_correction(const events::RollCorrected& correction, Journal& journal) {
    STIMME_TRY(json::Array struck, take_begun(correction.struck));
    STIMME_TRY(json::Array added, take_begun(correction.added));
    if (struck.empty() && added.empty()) return {};
    for (const Hash& leaf : correction.struck) STIMME_CHECK(rows_.strike(leaf, struck_off));
    for (const Hash& leaf : correction.added) STIMME_CHECK(rows_.admit(leaf));
    STIMME_CHECK(journal.append({{"type", "roll-corrected"},
                                 {"struck", std::move(struck)},
                                 {"added", std::move(added)},
                                 {"reason", correction.reason}}));
    return {};
}

Status RollChanges::abandon_correction(const events::RollCorrected& correction) {
    for (const Hash& leaf : correction.struck) STIMME_CHECK(rows_.drop_correction(leaf));
    for (const Hash& leaf : correction.added) STIMME_CHECK(rows_.drop_correction(leaf));
    return {};
}

Result<std::vector<events::DeskCount>> RollChanges::desk_counts(const election::ValidDefinition& definition,
                                                                const StationId& station) const {
    const election::Station* place = definition.station(station);
    if (place == nullptr) return not_found("station-unknown", "the election has no station of this name");
    std::vector<events::DeskCount> counts;
    for (const election::KeyHolder& desk : place->desks) {
        STIMME_TRY(const store::DeskTally tally, rows_.desk_tally(desk.id));
        counts.push_back(
            {desk.id, tally.checked_in, tally.voided, tally.moved, tally.paper - tally.withdrawn});
    }
    std::sort(counts.begin(), counts.end(), [](const auto& a, const auto& b) { return a.desk < b.desk; });
    return counts;
}

Status RollChanges::check_no_voids(const StationId& station) const {
    STIMME_TRY(const auto intents, rows_.voids());
    for (const store::VoidIntent& intent : intents) {
        STIMME_TRY(const auto check_in, rows_.check_in(intent.number));
        if (check_in && check_in->station == station)
            return conflict("void-pending", "a pass of this station is being voided");
    }
    return {};
}

Result<json::Object> RollChanges::closing_act(const StationId& station) const {
    STIMME_TRY(const auto leaves, rows_.leaves_checked_in(station));
    return json::Object{{"type", "station-closing"},
                        {"station", station.str()},
                        {"checked_in", leaves.size()},
                        {"root", to_hex(events::roll_root(leaves))}};
}

Status RollChanges::begin_close(const election::ValidDefinition& definition,
                                const events::StationClosed& closed, Journal& journal) {
    STIMME_TRY(const bool begun, rows_.is_closed(closed.station));
    STIMME_TRY(const auto counts, desk_counts(definition, closed.station));
    if (counts != closed.desks)
        return conflict("desk-counts-changed", "the desks' counts have changed since this was drawn up");
    if (begun) return {};
    STIMME_CHECK(check_no_voids(closed.station));
    STIMME_CHECK(rows_.add_closed(closed.station));
    STIMME_TRY(const json::Object act, closing_act(closed.station));
    STIMME_CHECK(journal.append(act));
    return {};
}

}  // namespace stimme::service
