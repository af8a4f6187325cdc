// Which acts of the journal somebody asks for.
//
// Thread rule: a value.
#pragma once

#include <string>
#include <string_view>

namespace stimme::service {

// What is empty matches all.
struct JournalFilter {
    std::string person;
    std::string official;
    std::string type;
    std::string from, until;  // UTC times or days, as text; `until` includes what begins with it

    // `act` is one of the journal, as it is chained.
    bool matches(std::string_view act) const;
};

}  // namespace stimme::service
