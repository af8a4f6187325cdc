// Who may vote, decided from the register, the rules of the definition and the day of the election. A
// decision carries every reason that speaks against it, always in the same order.
//
// How the register is read: German is who has DEU among their nationalities; XXA (stateless) is no other
// nationality. A person in an excepted group, or in none of the groups, has the reason `nationality`; one who
// is only in groups that vote on application and hasn't applied has `application-missing`, and who applied
// after the last day for it `application-late`. How groups overlap stands at election::EligibilityRules. A
// foreigner whose residence status is excepted, written exactly so, has `residence-status`; what the register
// still says about a German's status counts nothing. Someone with a
// secondary dwelling has no main residence in the city, whatever its date. Who has no date of entry is taken
// to be in Germany since the beginning of their main residence. Who moved away or died on election day or
// before is `moved-away-or-deceased`.
//
// Thread rule: pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/election/eligibility_rules.h"
#include "core/roll/register/person.h"

namespace stimme::roll {

// In the order in which they are told.
enum class Reason {
    application_missing,
    application_late,
    nationality,
    age,
    no_main_residence,
    residence,
    time_in_country,
    excluded,
    residence_status,
    moved_away_or_deceased,
};
constexpr std::size_t reason_count = 10;

// "application-missing", ...: stable, part of the API. Their sentences are in client/po.
std::string_view code_of(Reason reason);

// The reasons against; none means eligible. Two bytes.
class Decision {
  public:
    void add(Reason reason) { bits_ = static_cast<std::uint16_t>(bits_ | bit(reason)); }
    bool eligible() const { return bits_ == 0; }
    bool has(Reason reason) const { return (bits_ & bit(reason)) != 0; }
    std::vector<Reason> reasons() const;

    bool operator==(const Decision&) const = default;

  private:
    static std::uint16_t bit(Reason reason) {
        return static_cast<std::uint16_t>(1U << static_cast<unsigned>(reason));
    }
    static_assert(reason_count <= 16);
    std::uint16_t bits_ = 0;
};

// The groups that the person is in on that day, in the order of election::Group. The rules are asked only for
// naturalised_within.
std::vector<election::Group> groups_of(const Person& person, const election::EligibilityRules& rules,
                                       Day election_day);

Decision decide(const Person& person, const election::EligibilityRules& rules, Day election_day);

}  // namespace stimme::roll
