#include "server/service/roll/roll_decision.h"

#include <algorithm>

#include "core/roll/rules/eligibility.h"

namespace stimme::service {
namespace {

// Far more than the largest file that an office may bring.
constexpr std::size_t largest_part = std::size_t{1} << 30;

bool contains(const auto& list, const auto& wanted) {
    return std::find(list.begin(), list.end(), wanted) != list.end();
}

std::vector<std::string> codes_of(const roll::Decision& decision) {
    std::vector<std::string> codes;
    for (const roll::Reason reason : decision.reasons()) codes.emplace_back(roll::code_of(reason));
    return codes;
}

// The earlier one; one of an unknown day counts as in time.
roll::Application earlier(const std::optional<roll::Application>& noted, roll::Day received_on) {
    if (!noted) return {received_on};
    return noted->received_on ? roll::Application{std::min(*noted->received_on, received_on)} : *noted;
}

// Who may vote, or stand, is decided of the person of the register, with an application that the office
// received.
template <class Use>
auto with_application(const store::EntryRow& entry, Use use) {
    if (!entry.applied_on) return use(entry.person);
    roll::Person person = entry.person;
    person.application = earlier(person.application, *entry.applied_on);
    return use(person);
}

}  // namespace

Result<roll::Assignment> read_assignment(const store::StationRows& rows,
                                         const election::Definition& definition) {
    STIMME_TRY(const auto parts, rows.parts());
    json::Object document{{"format", "stimme-assignment/1"}};
    for (const store::StationPartRow& row : parts) {
        STIMME_TRY(json::Value part, json::parse(row.content, {largest_part, 32}));
        document.set(row.part, std::move(part));
    }
    auto assignment = roll::Assignment::from_json(document, definition.stations);
    if (assignment) return assignment;
    return corrupt("store-damaged",
                   "the stored assignment to stations can't be read: " + assignment.error().message);
}

Status RollDecision::follow(store::Connection& connection) {
    const store::StationRows rows(connection);
    STIMME_TRY(auto digests, rows.digests());
    if (digests == followed_) return {};
    STIMME_TRY(assignment_, read_assignment(rows, *definition_));
    followed_ = std::move(digests);
    return {};
}

StyleId style_of(const election::ValidDefinition& definition, std::string_view station,
                 const std::vector<election::Group>& groups) {
    const election::Station* place =
        station.empty() ? nullptr : definition.station(StationId(std::string(station)));
    for (const election::Style& style : definition->styles) {
        const bool here =
            style.districts.empty() || (place != nullptr && contains(style.districts, place->district));
        const bool theirs = style.groups.empty() ||
                            std::any_of(groups.begin(), groups.end(),
                                        [&](election::Group group) { return contains(style.groups, group); });
        if (here && theirs) return style.id;
    }
    return definition->styles.back().id;
}

std::vector<std::string> RollDecision::reasons(const store::EntryRow& entry) const {
    switch (entry.presence) {
        case store::Presence::invalid:
            return {"invalid-entry"};
        case store::Presence::returned:
            return {"entry-undecided"};
        case store::Presence::present:
        case store::Presence::gone:
            break;
    }
    if (entry.ruling == store::Ruling::enrol) return {};
    auto codes = with_application(entry, [&](const roll::Person& person) {
        return codes_of(roll::decide(person, definition_->eligibility, definition_->calendar.election_day));
    });
    if (entry.presence == store::Presence::gone) codes.emplace_back("not-in-register");
    if (entry.ruling == store::Ruling::refuse) codes.emplace_back("refused-by-ruling");
    return codes;
}

std::vector<std::string> RollDecision::reasons_against_standing(const store::EntryRow& entry) const {
    return with_application(entry, [&](const roll::Person& person) {
        return codes_of(
            roll::decide(person, definition_->candidacy_rules(), definition_->calendar.election_day));
    });
}

void RollDecision::decide(store::EntryRow& entry) const {
    entry.station = assignment_.station_of(entry.person);
    entry.style =
        style_of(definition_, entry.station,
                 roll::groups_of(entry.person, definition_->eligibility, definition_->calendar.election_day));
    entry.reasons = reasons(entry);
    entry.standing = entry.reasons.empty() ? store::Standing::enrolled : store::Standing::none;
    entry.leaf.reset();
    if (!entry.may_vote()) return;
    if (!entry.salt) entry.salt = random_.bytes<16>();
    entry.leaf = events::roll_leaf(*entry.salt, entry.person.number, entry.style);
}

}  // namespace stimme::service
