#include "client/booth/opened_ballot.h"

#include <fmt/format.h>

#include "core/events/entry.h"

namespace stimme::booth {
namespace {

constexpr std::string_view format = "stimme-opened-ballot/1";

std::string position_in_words(const election::Contest& contest, std::size_t position) {
    if (position < contest.options.size()) return contest.options[position].name;
    return contest.invalid_position() == position ? "explicitly invalid" : "blank";
}

}  // namespace

json::Object to_json(const OpenedBallot& ballot) {
    return {{"format", format},
            {"election", to_hex(ballot.context.election)},
            {"station", ballot.context.station.str()},
            {"style", ballot.context.style.str()},
            {"t", to_hex(ballot.context.t)},
            {"tracking_code", to_hex(ballot.tracking_code)},
            {"seed", to_hex(ballot.opening.seed)},
            {"selections", events::to_json(ballot.opening.selections)}};
}

Result<OpenedBallot> parse_opened_ballot(std::string_view text) {
    STIMME_TRY(const json::Value value, json::parse(text));
    json::Problems problems;
    json::Fields in(value, problems);
    in.one_of("format", {format});
    OpenedBallot ballot;
    ballot.context.election = in.hex<32>("election");
    ballot.context.station = in.name<StationKind>("station");
    ballot.context.style = in.name<StyleKind>("style");
    ballot.context.t = in.hex<10>("t");
    ballot.tracking_code = in.hex<32>("tracking_code");
    ballot.opening.seed = in.hex<32>("seed");
    ballot.opening.selections = events::read_selections(in, "selections");
    in.finish();
    STIMME_CHECK(problems.status("opened-ballot-invalid"));
    return ballot;
}

std::string title_of(const election::Titles& titles, const std::string& language,
                     const election::Definition& definition) {
    const auto found = titles.find(language);
    if (found != titles.end()) return found->second;
    return titles.at(definition.languages.front());
}

std::vector<std::string> describe(const ballot::Layout& layout, const events::Selections& selections,
                                  const std::string& language) {
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < layout.contests().size(); ++i) {
        const election::Contest& contest = layout.contest(layout.contests()[i]);
        lines.push_back(title_of(contest.titles, language, *layout.definition()));
        for (std::size_t position = 0; position < contest.positions(); ++position) {
            const unsigned votes = selections[i][position];
            if (votes != 0)
                lines.push_back(fmt::format("  {} x  {}", votes, position_in_words(contest, position)));
        }
    }
    return lines;
}

}  // namespace stimme::booth
