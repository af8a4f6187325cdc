#include "core/election/definition.h"

#include <algorithm>

#include "core/crypto/transcript.h"
#include "core/election/filled_text.h"
#include "core/election/rules.h"

namespace stimme::election {
namespace {

constexpr std::size_t max_definition_bytes = std::size_t{4} << 20;

Titles read_titles(json::Fields in) {
    Titles titles;
    for (const std::string& language : in.keys()) titles[language] = in.text(language);
    in.finish();
    return titles;
}

PublicKey read_key(json::Fields& in, std::string_view key) {
    return in.hex<33>(key);
}

RollDates read_roll_dates(json::Fields in) {
    const auto day = [&](std::string_view key) { return read_optional_day(in, key); };
    RollDates dates;
    dates.roll_drawn = day("roll_drawn");
    dates.notices_until = day("notices_until");
    dates.inspection_from = day("inspection_from");
    dates.inspection_until = day("inspection_until");
    dates.objections_until = day("objections_until");
    dates.appeals_until = day("appeals_until");
    dates.roll_closes = day("roll_closes");
    in.finish();
    return dates;
}

Calendar read_calendar(json::Fields in) {
    Calendar calendar;
    calendar.time_zone = in.text("time_zone", 64);
    calendar.election_day = read_day(in, "election_day").value_or(Day{});
    const auto time = [&](std::string_view key) {
        std::string text = in.text(key);
        if (const auto parsed = parse_time(text); !parsed && !text.empty())
            in.problem(key, parsed.error().message);
        return text;
    };
    calendar.polls_open = time("polls_open");
    calendar.polls_close = time("polls_close");
    if (in.has("deadlines")) calendar.deadlines = read_roll_dates(in.object("deadlines"));
    in.finish();
    return calendar;
}

constexpr std::size_t max_name_bytes = 512;

Option read_option(json::Fields& in) {
    Option option;
    option.id = in.name<OptionKind>("id");
    option.name = in.text("name", max_name_bytes);
    if (in.has("list")) option.list = in.text("list", 32);
    if (in.has("outside_sum")) option.outside_sum = in.boolean("outside_sum");
    if (in.has("whole_list")) option.whole_list = in.boolean("whole_list");
    if (in.has("group")) option.group = read_filled_text(in, "group", max_group_bytes);
    if (in.has("substitute")) option.substitute = read_filled_text(in, "substitute", max_name_bytes);
    return option;
}

ListOfOptions read_list(json::Fields& in) {
    ListOfOptions list;
    list.id = in.name<struct ListKind>("id").str();
    list.name = in.text("name", max_name_bytes);
    if (!in.has("candidates")) return list;
    in.each("candidates", 1, 500, [&](json::Fields& item) {
        ListedCandidate candidate;
        candidate.id = item.name<OptionKind>("id");
        candidate.name = item.text("name", max_name_bytes);
        if (item.has("substitute"))
            candidate.substitute = read_filled_text(item, "substitute", max_name_bytes);
        list.candidates.push_back(std::move(candidate));
    });
    return list;
}

PaperRules read_paper_rules(json::Fields in) {
    PaperRules rules;
    if (in.has("over_option"))
        rules.over_option = static_cast<PaperRules::OverOption>(in.one_of("over_option", {"invalid", "cut"}));
    if (in.has("over_voter"))
        rules.over_voter =
            static_cast<PaperRules::OverVoter>(in.one_of("over_voter", {"invalid", "cut-within-list"}));
    in.finish();
    return rules;
}

OtherSeats read_other_seats(json::Fields in) {
    OtherSeats seats;
    if (in.has("delegated")) seats.delegated = static_cast<unsigned>(in.integer("delegated", 0, 500));
    if (in.has("co_opted")) seats.co_opted = static_cast<unsigned>(in.integer("co_opted", 0, 500));
    in.finish();
    return seats;
}

void read_contest_rules(json::Fields in, Contest& contest) {
    read_seat_rules(in, contest.seat_rules, contest.seats);
    if (in.has("list_order"))
        contest.list_order = static_cast<ListOrder>(in.one_of("list_order", {"fixed", "votes"}));
    if (in.has("substitutes"))
        contest.substitutes =
            static_cast<Substitutes>(in.one_of("substitutes", {"next", "personal", "none"}));
    if (in.has("least_candidates"))
        contest.least_candidates = static_cast<unsigned>(in.integer("least_candidates", 1, 1000));
    if (in.has("other_seats")) contest.other_seats = read_other_seats(in.object("other_seats"));
    in.finish();
}

Contest read_contest(json::Fields& in) {
    Contest contest;
    contest.id = in.name<ContestKind>("id");
    contest.titles = read_titles(in.object("titles"));
    contest.seats = static_cast<unsigned>(in.integer("seats", 1, 500));
    contest.votes_per_voter = static_cast<unsigned>(in.integer("votes_per_voter", 1, 128));
    contest.votes_per_option = static_cast<unsigned>(in.integer("votes_per_option", 1, 16));
    contest.invalid_option = in.boolean("invalid_option");
    contest.blank_option = in.boolean("blank_option");
    if (in.has("list_vote")) contest.list_vote = in.boolean("list_vote");
    in.each("options", 1, 500, [&](json::Fields& item) { contest.options.push_back(read_option(item)); });
    if (in.has("lists"))
        in.each("lists", 1, 100, [&](json::Fields& item) { contest.lists.push_back(read_list(item)); });
    contest.seat_rules.method = static_cast<SeatMethod>(
        in.one_of("seat_method", {"most-votes", "sainte-lague", "dhondt", "hare-niemeyer", "yes-no"}));
    in.one_of("tie_rule", {"lot"});
    if (in.has("paper_rules")) contest.paper_rules = read_paper_rules(in.object("paper_rules"));
    if (in.has("seat_rules")) read_contest_rules(in.object("seat_rules"), contest);
    return contest;
}

Style read_style(json::Fields& in, const std::vector<Contest>& contests) {
    Style style;
    style.id = in.name<StyleKind>("id");
    for (const ContestId& id : in.names<ContestKind>("contests", 1, 16)) {
        const auto found =
            std::find_if(contests.begin(), contests.end(), [&](const Contest& c) { return c.id == id; });
        if (found == contests.end()) {
            in.problem("contests", "D3: there is no contest \"" + id.str() + "\"");
        } else {
            style.contests.push_back(static_cast<std::size_t>(found - contests.begin()));
        }
    }
    if (in.has("districts")) style.districts = in.names<DistrictKind>("districts", 1, 1000);
    if (in.has("groups")) {
        for (const std::string& text : in.texts("groups", 1, group_count)) {
            const std::optional<Group> group = group_named(text);
            if (group) {
                style.groups.push_back(*group);
            } else {
                in.problem("groups", "\"" + text + "\" isn't a group of eligibility");
            }
        }
    }
    return style;
}

District read_district(json::Fields& in) {
    District district;
    district.id = in.name<DistrictKind>("id");
    district.title = in.text("title", 512);
    if (in.has("parent")) district.parent = in.name<DistrictKind>("parent");
    return district;
}

std::vector<KeyHolder> read_key_holders(json::Fields& in, std::string_view key) {
    std::vector<KeyHolder> holders;
    in.each(key, 0, 64, [&](json::Fields& item) {
        KeyHolder holder;
        holder.id = item.name<SignerKind>("id");
        holder.key = read_key(item, "key");
        holders.push_back(std::move(holder));
    });
    return holders;
}

Station read_station(json::Fields& in) {
    Station station;
    station.id = in.name<StationKind>("id");
    station.name = in.text("name", 512);
    station.address = in.text("address", 512);
    station.district = in.name<DistrictKind>("district");
    station.areas = in.texts("areas", 0, 1000);
    station.desks = read_key_holders(in, "desks");
    station.booths = read_key_holders(in, "booths");
    return station;
}

Official read_official(json::Fields& in) {
    Official official;
    official.id = in.name<SignerKind>("id");
    official.name = in.text("name", 512);
    official.key = read_key(in, "key");
    return official;
}

PrintedBallots read_printed_ballots(json::Fields in) {
    PrintedBallots printed;
    if (in.has("risk_limit")) printed.risk_limit = static_cast<unsigned>(in.integer("risk_limit", 1, 500));
    in.finish();
    return printed;
}

Trustees read_trustees(json::Fields in) {
    Trustees trustees;
    trustees.threshold = static_cast<unsigned>(in.integer("threshold", 1, 32));
    in.each("members", 1, 32, [&](json::Fields& item) {
        Trustee trustee;
        trustee.id = item.name<SignerKind>("id");
        trustee.name = item.text("name", 512);
        trustee.signing_key = read_key(item, "signing_key");
        trustee.encryption_key = read_key(item, "encryption_key");
        trustees.members.push_back(std::move(trustee));
    });
    in.finish();
    return trustees;
}

Log read_log(json::Fields in) {
    Log log;
    log.origin = in.text("origin", 255);
    log.key = in.hex<32>("key");
    in.finish();
    return log;
}

}  // namespace

const std::string* Contest::name_of(const OptionId& named) const {
    for (const Option& option : options) {
        if (option.id == named) return &option.name;
    }
    for (const ListOfOptions& list : lists) {
        if (list.id == named.str()) return &list.name;
        for (const ListedCandidate& candidate : list.candidates) {
            if (candidate.id == named) return &candidate.name;
        }
    }
    return nullptr;
}

const std::string* Contest::substitute_of(const OptionId& named) const {
    const auto given = [](const std::string& name) { return name.empty() ? nullptr : &name; };
    for (const Option& option : options) {
        if (option.id == named) return given(option.substitute);
    }
    for (const ListOfOptions& list : lists) {
        for (const ListedCandidate& candidate : list.candidates) {
            if (candidate.id == named) return given(candidate.substitute);
        }
    }
    return nullptr;
}

std::size_t Contest::candidates() const {
    std::size_t count = 0;
    for (const Option& option : options) {
        if (option.is_person() && seat_rules.method != SeatMethod::yes_no) ++count;
    }
    for (const ListOfOptions& list : lists) count += list.candidates.size();
    return count;
}

std::string Contest::position_name(std::size_t position) const {
    if (position < options.size()) return options[position].id.str();
    return invalid_position() == position ? "invalid" : "blank";
}

std::string_view to_string(Role role) {
    constexpr std::string_view names[] = {"official", "desk", "booth", "trustee"};
    return names[static_cast<std::size_t>(role)];
}

Definition read_definition(json::Fields& in) {
    Definition definition;
    in.one_of("format", {"stimme-election/1"});
    definition.id = in.name<ElectionKind>("id");
    definition.titles = read_titles(in.object("titles"));
    definition.authority = in.text("authority", 512);
    definition.languages = in.texts("languages", 1, 40);
    definition.calendar = read_calendar(in.object("calendar"));
    const Day day = definition.calendar.election_day;
    definition.eligibility = read_rules_in_force(in, "eligibility", day);
    if (in.has("candidacy")) definition.candidacy = read_rules_in_force(in, "candidacy", day);
    in.each("contests", 1, 16,
            [&](json::Fields& item) { definition.contests.push_back(read_contest(item)); });
    in.each("styles", 1, 64,
            [&](json::Fields& item) { definition.styles.push_back(read_style(item, definition.contests)); });
    in.each("districts", 1, 1000,
            [&](json::Fields& item) { definition.districts.push_back(read_district(item)); });
    in.each("stations", 0, 1000,
            [&](json::Fields& item) { definition.stations.push_back(read_station(item)); });
    definition.check_in = static_cast<CheckInPlace>(in.one_of("check_in", {"own-station", "any-station"}));
    definition.min_ballots = static_cast<unsigned>(in.integer("min_ballots", 1, 1'000'000));
    definition.below_min_ballots =
        static_cast<BelowMinimum>(in.one_of("below_min_ballots", {"publish", "cancel"}));
    in.each("officials", 0, 64,
            [&](json::Fields& item) { definition.officials.push_back(read_official(item)); });
    if (in.has("trustees")) definition.trustees = read_trustees(in.object("trustees"));
    if (in.has("printed_ballots"))
        definition.printed_ballots = read_printed_ballots(in.object("printed_ballots"));
    definition.log = read_log(in.object("log"));
    json::Fields witnesses = in.object("witnesses");
    definition.witness_quorum = static_cast<unsigned>(witnesses.integer("quorum", 0, 64));
    witnesses.each("members", 0, 64, [&](json::Fields& item) {
        Witness witness;
        witness.name = item.text("name", 255);
        witness.key = item.hex<32>("key");
        definition.witnesses.push_back(std::move(witness));
    });
    witnesses.finish();
    in.finish();
    return definition;
}

Result<ValidDefinition> ValidDefinition::from_json(const json::Value& document) {
    json::Problems problems;
    json::Fields in(document, problems);
    auto data = std::make_shared<Data>();
    data->definition = read_definition(in);
    if (problems.empty()) check_rules(data->definition, problems);
    STIMME_CHECK(problems.status("definition-invalid"));

    const Definition& definition = data->definition;
    for (const Official& official : definition.officials) {
        data->holders.push_back({Role::official, official.id, std::nullopt, official.key});
    }
    for (const Station& station : definition.stations) {
        for (const KeyHolder& desk : station.desks) {
            data->holders.push_back({Role::desk, desk.id, station.id, desk.key});
        }
        for (const KeyHolder& booth : station.booths) {
            data->holders.push_back({Role::booth, booth.id, station.id, booth.key});
        }
    }
    if (definition.trustees) {
        for (const Trustee& trustee : definition.trustees->members) {
            data->holders.push_back({Role::trustee, trustee.id, std::nullopt, trustee.signing_key});
        }
    }
    data->canonical = json::canonical(document);
    data->hash = crypto::hash(crypto::Tag::definition, {as_bytes(data->canonical)});
    return ValidDefinition(std::move(data));
}

Result<ValidDefinition> ValidDefinition::parse(std::string_view text) {
    STIMME_TRY(const json::Value document, json::parse(text, {.bytes = max_definition_bytes}));
    return from_json(document);
}

Result<ValidDefinition> ValidDefinition::parse_canonical(std::string_view text) {
    STIMME_TRY(const json::Value document, json::parse_canonical(text, {.bytes = max_definition_bytes}));
    return from_json(document);
}

const Station* ValidDefinition::station(const StationId& id) const {
    const auto& all = data_->definition.stations;
    const auto found = std::find_if(all.begin(), all.end(), [&](const Station& s) { return s.id == id; });
    return found == all.end() ? nullptr : &*found;
}

const Style* ValidDefinition::style(const StyleId& id) const {
    const auto& all = data_->definition.styles;
    const auto found = std::find_if(all.begin(), all.end(), [&](const Style& s) { return s.id == id; });
    return found == all.end() ? nullptr : &*found;
}

std::optional<std::size_t> ValidDefinition::contest_index(const ContestId& id) const {
    const auto& all = data_->definition.contests;
    const auto found = std::find_if(all.begin(), all.end(), [&](const Contest& c) { return c.id == id; });
    return found == all.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - all.begin()));
}

const Holder* ValidDefinition::holder(const SignerId& id) const {
    const auto& all = data_->holders;
    const auto found = std::find_if(all.begin(), all.end(), [&](const Holder& h) { return h.id == id; });
    return found == all.end() ? nullptr : &*found;
}

std::optional<unsigned> ValidDefinition::trustee_index(const SignerId& id) const {
    if (!data_->definition.trustees) return std::nullopt;
    const auto& all = data_->definition.trustees->members;
    const auto found = std::find_if(all.begin(), all.end(), [&](const Trustee& t) { return t.id == id; });
    return found == all.end() ? std::nullopt : std::optional(static_cast<unsigned>(found - all.begin()) + 1);
}

}  // namespace stimme::election
