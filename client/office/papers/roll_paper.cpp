#include "client/office/papers/roll_paper.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "client/print/decision_letter.h"
#include "client/print/inspection_list.h"
#include "client/print/station_roll.h"
#include "client/print/voting_notice.h"
#include "client/session/session.h"
#include "core/election/deadlines.h"
#include "core/net/client/url.h"
#include "core/roll/register/register_row.h"
#include "core/roll/search/collation.h"
#include "core/wire/roll.h"

namespace stimme::office {
namespace {

using cli::Context;

// One line of GET roll/entries.
struct Line {
    json::Object person;
    std::string presence, station, style, standing, code;
    std::vector<std::string> reasons;
};
void read(json::Fields& in, Line& line) {
    const json::Value* person = in.any("person");
    if (person != nullptr && person->get<json::Object>() != nullptr)
        line.person = *person->get<json::Object>();
    line.presence = in.text("presence", 32);
    line.station = in.text("station", 32);
    line.style = in.text("style", 32);
    line.standing = in.text("standing", 32);
    line.reasons = in.texts("reasons", 0, 100);
    if (in.has("code")) line.code = in.text("code", 200);
}

struct Voter {
    Line line;
    roll::Person person;
    std::string key;  // of the German order
    bool may_vote() const { return line.standing != "none"; }
};

Result<Voter> voter_of(std::string_view text) {
    Voter voter;
    STIMME_TRY(voter.line, wire::parse<Line>(text));
    STIMME_TRY(voter.person, roll::person_from_json(voter.line.person));
    voter.key = roll::german_key(voter.person.family_name, voter.person.given_names, voter.person.number);
    return voter;
}

// Those of whom `wanted` holds, in German order. Never all of them as text at once.
Result<std::vector<Voter>> voters(session::Session& session,
                                  const std::function<bool(const Voter&)>& wanted) {
    std::vector<Voter> found;
    std::string rest;
    STIMME_CHECK(session.api().get_to(session.path("roll/entries"), [&](ByteView piece) -> Status {
        rest += as_text(piece);
        std::size_t at = 0;
        for (std::size_t end; (end = rest.find('\n', at)) != std::string::npos; at = end + 1) {
            auto voter = voter_of(std::string_view(rest).substr(at, end - at));
            if (!voter) return session::Session::answer_malformed("roll/entries", voter.error());
            if (wanted(*voter)) found.push_back(*std::move(voter));
        }
        rest.erase(0, at);
        return {};
    }));
    std::sort(found.begin(), found.end(), [](const Voter& a, const Voter& b) { return a.key < b.key; });
    return found;
}

// The language in which people of a nationality are written to, beside German, where the election has it.
std::optional<words::Language> language_of(const roll::Person& person,
                                           const election::Definition& definition) {
    struct Spoken {
        std::string_view nationality, language;
    };
    constexpr std::array<Spoken, 50> spoken = {
        Spoken{"TUR", "tr"}, {"SYR", "ar"}, {"IRQ", "ar"}, {"LBN", "ar"}, {"JOR", "ar"}, {"EGY", "ar"},
        {"MAR", "ar"},       {"DZA", "ar"}, {"TUN", "ar"}, {"LBY", "ar"}, {"YEM", "ar"}, {"SDN", "ar"},
        {"SAU", "ar"},       {"PSE", "ar"}, {"KWT", "ar"}, {"ARE", "ar"}, {"QAT", "ar"}, {"BHR", "ar"},
        {"OMN", "ar"},       {"MRT", "ar"}, {"IRN", "fa"}, {"AFG", "fa"}, {"UKR", "uk"}, {"RUS", "ru"},
        {"BLR", "ru"},       {"KAZ", "ru"}, {"KGZ", "ru"}, {"TJK", "ru"}, {"UZB", "ru"}, {"TKM", "ru"},
        {"VNM", "vi"},       {"POL", "pl"}, {"ROU", "ro"}, {"MDA", "ro"}, {"FRA", "fr"}, {"BEL", "fr"},
        {"LUX", "fr"},       {"CIV", "fr"}, {"SEN", "fr"}, {"TGO", "fr"}, {"BEN", "fr"}, {"CMR", "fr"},
        {"COG", "fr"},       {"COD", "fr"}, {"GIN", "fr"}, {"MLI", "fr"}, {"NER", "fr"}, {"BFA", "fr"},
        {"TCD", "fr"},       {"MDG", "fr"}};
    for (const std::string& nationality : person.nationalities) {
        const auto found = std::find_if(spoken.begin(), spoken.end(),
                                        [&](const Spoken& one) { return one.nationality == nationality; });
        if (found == spoken.end()) continue;
        const auto& offered = definition.languages;
        if (std::find(offered.begin(), offered.end(), found->language) == offered.end()) continue;
        return words::Language::find(found->language);
    }
    return std::nullopt;
}

print::PersonName name_of(const roll::Person& person) {
    return {person.family_name, person.given_names};
}

print::Address address_of(const roll::Person& person) {
    return {person.street, person.house_number, person.postcode, person.city};
}

Result<print::PollingPlace> place_of(const election::ValidDefinition& definition,
                                     const std::string& station) {
    const election::Station* place = definition.station(StationId(station));
    if (place == nullptr)
        return not_found("station-unknown", fmt::format("the election has no station \"{}\"", station));
    return print::PollingPlace{place->id.str(), place->name, place->address, {}};
}

print::Sender sender_of(const session::Session& session, const SenderOptions& options) {
    return {session.definition()->authority, options.address, options.contact};
}

print::Day today(const session::Session& session, const Context& context) {
    return election::local_day(session.definition(), context.clock.now());
}

// What the option says, else the deadline.
Result<print::Day> day_of(const std::string& text, const std::optional<election::Day>& deadline,
                          std::string_view option) {
    if (!text.empty()) return parse_date(text);
    if (deadline) return *deadline;
    return invalid("day-missing",
                   fmt::format("the definition sets no such deadline; say it with {}", option));
}

void tell(const print::Printed& printed, std::size_t people, const std::filesystem::path& file,
          Context& context) {
    for (const std::string& text : printed.unprintable)
        context.out.note(fmt::format("No font of this machine has all letters of \"{}\".", text));
    context.out.line(fmt::format("{} people on {} pages, written to {}. Delete it when it is printed.",
                                 people, printed.pages, file.string()));
    context.out.document(json::Object{{"file", file.string()}, {"pages", printed.pages}, {"people", people}});
}

Result<std::vector<print::Notice>> notices_of(const std::vector<Voter>& voters,
                                              const election::ValidDefinition& definition) {
    std::vector<print::Notice> notices;
    for (const Voter& voter : voters) {
        STIMME_TRY(print::PollingPlace place, place_of(definition, voter.line.station));
        notices.push_back({name_of(voter.person), address_of(voter.person), voter.person.number,
                           std::move(place), language_of(voter.person, *definition), voter.line.code});
    }
    return notices;
}

print::StationVoter station_voter(const Voter& voter) {
    using Standing = print::Standing;
    const roll::Person& person = voter.person;
    print::StationVoter row{person.number, name_of(person), static_cast<int>(person.born.year()),
                            address_of(person), voter.line.style};
    if (person.register_block) row.address = print::RegisterBlock{};
    row.standing = !voter.may_vote()                   ? Standing::struck_off
                   : voter.line.standing == "admitted" ? Standing::admitted
                                                       : Standing::entered;
    return row;
}

bool is_struck(const Voter& voter) {
    const auto& reasons = voter.line.reasons;
    return std::find(reasons.begin(), reasons.end(), "struck-off") != reasons.end();
}

}  // namespace

Status roll_letters(const LettersOptions& options, Context& context) {
    STIMME_TRY(auto session, session::Session::open(context));
    const election::ValidDefinition& definition = session.definition();
    STIMME_TRY(const print::Day objections,
               day_of(options.objections_until, definition->calendar.deadlines.objections_until,
                      "--objections-until"));
    const auto& asked = options.numbers;
    STIMME_TRY(auto found, voters(session, [&](const Voter& voter) {
                   return voter.may_vote() &&
                          (asked.empty() ||
                           std::find(asked.begin(), asked.end(), voter.person.number) != asked.end());
               }));
    std::stable_sort(found.begin(), found.end(),
                     [](const Voter& a, const Voter& b) { return a.line.station < b.line.station; });
    STIMME_TRY(const auto notices, notices_of(found, definition));
    const print::NoticeText text{sender_of(session, options.sender),
                                 print::on_paper(*definition),
                                 today(session, context),
                                 objections,
                                 {}};
    STIMME_TRY(const auto printed, print::print_notices(options.out, text, notices));
    tell(printed, notices.size(), options.out, context);
    return {};
}

Status roll_station_roll(const StationRollOptions& options, Context& context) {
    STIMME_TRY(auto session, session::Session::open(context));
    const election::ValidDefinition& definition = session.definition();
    STIMME_TRY(print::PollingPlace place, place_of(definition, options.station));
    STIMME_TRY(const auto found, voters(session, [&](const Voter& voter) {
                   return voter.line.station == options.station && (voter.may_vote() || is_struck(voter));
               }));
    std::vector<print::StationVoter> rows;
    for (const Voter& voter : found) rows.push_back(station_voter(voter));
    const print::StationRoll head{definition->authority, print::on_paper(*definition), std::move(place),
                                  today(session, context)};
    STIMME_TRY(const auto printed, print::print_station_roll(options.out, head, rows));
    tell(printed, rows.size(), options.out, context);
    return {};
}

Status roll_inspection_list(const InspectionOptions& options, Context& context) {
    STIMME_TRY(auto session, session::Session::open(context));
    const election::ValidDefinition& definition = session.definition();
    const auto& deadlines = definition->calendar.deadlines;
    STIMME_TRY(const print::Day from, day_of(options.from, deadlines.inspection_from, "--from"));
    STIMME_TRY(const print::Day until, day_of(options.until, deadlines.inspection_until, "--until"));
    STIMME_TRY(const auto found, voters(session, [](const Voter& voter) { return voter.may_vote(); }));
    std::vector<print::InspectionRow> rows;
    for (const Voter& voter : found) {
        print::ListedPerson listed{voter.person.number, name_of(voter.person), {}};
        if (options.birth_years) listed.birth_year = static_cast<int>(voter.person.born.year());
        if (auto row = print::InspectionRow::of(std::move(listed), voter.person.register_block))
            rows.push_back(*std::move(row));
    }
    const print::InspectionList head{definition->authority, print::on_paper(*definition), from, until,
                                     today(session, context)};
    STIMME_TRY(const auto printed, print::print_inspection_list(options.out, head, rows));
    tell(printed, rows.size(), options.out, context);
    return {};
}

Status roll_decision_letter(const DecisionLetterOptions& options, Context& context) {
    STIMME_TRY(auto session, session::Session::open(context));
    STIMME_TRY(const auto matters, session.get<wire::MatterViews>("roll/matters"));
    const auto id = static_cast<std::int64_t>(options.matter);
    const auto matter = std::find_if(matters.matters.begin(), matters.matters.end(),
                                     [&](const wire::MatterView& one) { return one.id == id; });
    if (matter == matters.matters.end())
        return not_found("matter-not-found", fmt::format("there is no matter {}", id));
    using Kind = wire::MatterView::Kind;
    using Outcome = wire::MatterDecision::Outcome;
    if (!matter->decision || matter->decision->outcome == Outcome::withdrawn || matter->kind == Kind::appeal)
        return invalid("matter-no-letter",
                       "this letter tells a decision about an application or an objection");
    STIMME_TRY(const auto entry,
               session.get<wire::EntryView>("roll/people/" + net::percent_encoded(matter->number)));
    STIMME_TRY(const auto person, roll::person_from_json(entry.person));
    STIMME_TRY(const print::Day received, parse_date(matter->received));
    print::Decision letter{
        sender_of(session, options.sender),
        print::on_paper(*session.definition()),
        name_of(person),
        address_of(person),
        language_of(person, *session.definition()),
        fmt::format("{}", id),
        matter->kind == Kind::application ? print::Matter::application : print::Matter::objection,
        matter->decision->outcome == Outcome::granted ? print::Outcome::granted : print::Outcome::refused,
        received,
        today(session, context),
        {},
        matter->decision->reason,
        {},
        options.signed_by};
    if (letter.outcome == print::Outcome::refused) letter.reasons = entry.reasons;
    const auto& appeals = session.definition()->calendar.deadlines.appeals_until;
    if (!options.appeal_to.empty()) {
        STIMME_TRY(const print::Day until, day_of(options.appeal_until, appeals, "--appeal-until"));
        letter.appeal = print::Appeal{until, options.appeal_to};
    }
    STIMME_TRY(const auto printed, print::print_decision(options.out, letter));
    tell(printed, 1, options.out, context);
    return {};
}

}  // namespace stimme::office
