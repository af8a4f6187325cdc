#include "client/words/words.h"

#include <fmt/args.h>
#include <fmt/format.h>

#include "client/words/table.h"

namespace stimme::words {
namespace {

struct CodedReason {
    std::string_view code;
    Sentence sentence;
};

constexpr CodedReason reasons[] = {
    {"application-missing",
     "You may vote only on application, and we have received no application from you."},
    {"application-late", "You applied after the deadline."},
    {"nationality", "People with your nationality do not vote in this election."},
    {"age", "You do not reach the minimum age by election day."},
    {"no-main-residence", "Your main residence is not in this city."},
    {"residence", "On election day your main residence has not been in this city for long enough."},
    {"time-in-country", "On election day you have not lived in Germany for long enough."},
    {"excluded", "You are excluded from voting, for example by a decision of a court."},
    {"residence-status", "The statute of this election excludes people with your residence status."},
    {"moved-away-or-deceased",
     "According to the resident register this person has moved away from the city or has died."},
    {"struck-off", "You were struck off the voter roll."},
    {"invalid-entry", "The entry in the voter roll was made by mistake."},
    {"not-in-register", "The resident register no longer names you."},
    {"entry-undecided",
     "The resident register names you again, and the election office is still checking your entry."},
    {"refused-by-ruling", "The election office decided so on an objection."},
};

constexpr auto codes = [] {
    std::array<std::string_view, std::size(reasons)> result;
    for (std::size_t i = 0; i < result.size(); ++i) result[i] = reasons[i].code;
    return result;
}();

constexpr std::string_view first_strong_isolate = "\u2068";
constexpr std::string_view pop_isolate = "\u2069";

}  // namespace

std::string_view say(Language language, Sentence sentence) {
    return table()[language.row()].said[sentence.place()];
}

std::string fill(Language language, std::size_t place, std::span<const std::string_view> values) {
    fmt::dynamic_format_arg_store<fmt::format_context> store;
    for (const std::string_view value : values) {
        if (language.right_to_left()) {
            store.push_back(fmt::format("{}{}{}", first_strong_isolate, value, pop_isolate));
        } else {
            store.push_back(value);
        }
    }
    return fmt::vformat(table()[language.row()].said[place], store);
}

std::optional<std::string_view> sentence(Language language, std::string_view reason_code) {
    for (const CodedReason& reason : reasons) {
        if (reason.code == reason_code) return say(language, reason.sentence);
    }
    return std::nullopt;
}

std::span<const std::string_view> reason_codes() {
    return codes;
}

}  // namespace stimme::words
