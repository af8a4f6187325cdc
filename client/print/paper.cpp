#include "client/print/paper.h"

namespace stimme::print {
namespace {

// "08:00" of "2025-09-14T08:00:00+02:00"; the definition's rules have checked its form.
std::string time_of_day(const std::string& time) {
    return time.size() < 16 ? time : time.substr(11, 5);
}

}  // namespace

ElectionOnPaper on_paper(const election::Definition& definition) {
    const election::Calendar& calendar = definition.calendar;
    return {definition.titles, calendar.election_day, time_of_day(calendar.polls_open),
            time_of_day(calendar.polls_close), definition.check_in};
}

}  // namespace stimme::print
