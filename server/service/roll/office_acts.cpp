#include "server/service/roll/office_acts.h"

#include <fmt/format.h>

namespace stimme::service {

Status check_draft(const Actor& actor) {
    if (actor.phase == election::Phase::draft) return {};
    return conflict("roll-sealed",
                    "the roll is sealed; from now on there are corrections by two officials only");
}

Error person_not_found(std::string_view number) {
    return not_found("person-not-found", fmt::format("nobody on the roll has the number {}", number));
}

Result<store::EntryRow> unchanged(const store::PeopleRows& rows, std::string_view number,
                                  std::int64_t version) {
    STIMME_TRY(auto entry, rows.find(number));
    if (!entry) return person_not_found(number);
    if (entry->version != version)
        return conflict("person-changed",
                        "somebody else changed this entry meanwhile; look at it again, then decide");
    return *std::move(entry);
}

Status keep(store::PeopleRows& rows, const RollDecision& decision, store::EntryRow& entry) {
    ++entry.version;
    decision.decide(entry);
    return rows.update(entry);
}

json::Object act_of(std::string_view type, const Actor& actor) {
    return {{"type", type}, {"official", actor.official.str()}};
}

}  // namespace stimme::service
