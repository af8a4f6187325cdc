#include "core/election/rules.h"

#include <algorithm>
#include <functional>
#include <set>

#include <fmt/format.h>

#include "core/crypto/point.h"

namespace stimme::election {
namespace {

constexpr std::size_t max_body_bytes = std::size_t{1} << 20;
constexpr std::size_t max_entry_size = 60'000;

// The rules, each a function of its number (D17 is checked where dated rules are read); all note their
// problems in one place.
class RuleCheck {
  public:
    RuleCheck(const Definition& definition, json::Problems& problems) : d_(definition), problems_(problems) {}

    void d1_names_are_unique() {
        unique("D1", "/contests", d_.contests, [](const Contest& c) { return c.id.str(); });
        unique("D1", "/styles", d_.styles, [](const Style& s) { return s.id.str(); });
        unique("D1", "/districts", d_.districts, [](const District& d) { return d.id.str(); });
        unique("D1", "/stations", d_.stations, [](const Station& s) { return s.id.str(); });
        for (std::size_t i = 0; i < d_.contests.size(); ++i) {
            unique("D1", fmt::format("/contests/{}/options", i), d_.contests[i].options,
                   [](const Option& o) { return o.id.str(); });
            unique("D1", fmt::format("/contests/{}/lists", i), d_.contests[i].lists,
                   [](const ListOfOptions& l) { return l.id; });
        }
    }

    void d2_signers_and_keys_are_unique() {
        for (std::size_t i = 0; i < d_.officials.size(); ++i) {
            signer(fmt::format("/officials/{}", i), d_.officials[i].id, "key", d_.officials[i].key);
        }
        for (std::size_t i = 0; i < d_.stations.size(); ++i) {
            key_holders(fmt::format("/stations/{}/desks", i), d_.stations[i].desks);
            key_holders(fmt::format("/stations/{}/booths", i), d_.stations[i].booths);
        }
        if (!d_.trustees) return;
        for (std::size_t i = 0; i < d_.trustees->members.size(); ++i) {
            const Trustee& trustee = d_.trustees->members[i];
            const std::string place = fmt::format("/trustees/members/{}", i);
            signer(place, trustee.id, "signing_key", trustee.signing_key);
            key(place + "/encryption_key", trustee.encryption_key);
        }
    }

    void d3_references_exist() {
        std::set<DistrictId> districts;
        for (const District& district : d_.districts) districts.insert(district.id);
        const auto require_district = [&](std::string place, const DistrictId& id) {
            if (!districts.contains(id)) note(std::move(place), "D3: there is no district \"{}\"", id.str());
        };
        for (std::size_t i = 0; i < d_.districts.size(); ++i) {
            if (d_.districts[i].parent)
                require_district(fmt::format("/districts/{}/parent", i), *d_.districts[i].parent);
        }
        for (std::size_t i = 0; i < d_.stations.size(); ++i) {
            require_district(fmt::format("/stations/{}/district", i), d_.stations[i].district);
        }
        for (std::size_t i = 0; i < d_.styles.size(); ++i) {
            for (const DistrictId& id : d_.styles[i].districts) {
                require_district(fmt::format("/styles/{}/districts", i), id);
            }
        }
        for (std::size_t i = 0; i < d_.contests.size(); ++i) lists_exist(i);
    }

    void d4_districts_form_a_forest() {
        for (std::size_t i = 0; i < d_.districts.size(); ++i) {
            std::optional<DistrictId> at = d_.districts[i].id;
            for (std::size_t steps = 0; at; ++steps) {
                if (steps > d_.districts.size()) {
                    note(fmt::format("/districts/{}/parent", i), "D4: its parents form a circle");
                    break;
                }
                at = parent_of(*at);
            }
        }
    }

    void d5_votes_fit() {
        for (std::size_t i = 0; i < d_.contests.size(); ++i) {
            const Contest& contest = d_.contests[i];
            if (contest.votes_per_option > contest.votes_per_voter) {
                note(fmt::format("/contests/{}/votes_per_option", i),
                     "D5: {} is more than the {} votes of a voter", contest.votes_per_option,
                     contest.votes_per_voter);
            }
            if (std::all_of(contest.options.begin(), contest.options.end(),
                            [](const Option& o) { return o.outside_sum; })) {
                note(fmt::format("/contests/{}/options", i), "D5: at least one option must count as a vote");
            }
        }
    }

    void d6_polls_open_before_they_close() {
        const Calendar& calendar = d_.calendar;
        if (*parse_time(calendar.polls_open) >= *parse_time(calendar.polls_close)) {
            note("/calendar/polls_close", "D6: must be later than polls_open");
        }
        const std::string day = format_date(calendar.election_day);
        if (!calendar.polls_open.starts_with(day))
            note("/calendar/polls_open", "D6: must be on election day, {}", day);
        if (!calendar.polls_close.starts_with(day))
            note("/calendar/polls_close", "D6: must be on election day, {}", day);
    }

    void d7_two_officials() {
        if (d_.officials.size() < 2) {
            note("/officials", "D7: {} found; at least two, since nobody acts alone", d_.officials.size());
        }
    }

    void d8_threshold_fits() {
        if (!d_.trustees) return;
        const std::size_t k = d_.trustees->threshold;
        const std::size_t n = d_.trustees->members.size();
        if (k > n || n >= 2 * k) {
            note("/trustees/threshold", "D8: {} of {}; right is k of n with k <= n < 2k", k, n);
        }
        for (std::size_t i = 0; i < d_.stations.size(); ++i) {
            if (d_.stations[i].desks.empty())
                note(fmt::format("/stations/{}/desks", i), "D8: needs at least one");
            if (d_.stations[i].booths.empty())
                note(fmt::format("/stations/{}/booths", i), "D8: needs at least one");
        }
    }

    void d9_styles_cover_contests() {
        std::set<std::size_t> covered;
        for (std::size_t i = 0; i < d_.styles.size(); ++i) {
            const auto& contests = d_.styles[i].contests;
            if (std::adjacent_find(contests.begin(), contests.end(), std::greater_equal<>()) !=
                contests.end()) {
                note(fmt::format("/styles/{}/contests", i),
                     "D9: name each contest once, in the definition's order");
            }
            covered.insert(contests.begin(), contests.end());
        }
        for (std::size_t i = 0; i < d_.contests.size(); ++i) {
            if (!covered.contains(i)) note(fmt::format("/contests/{}", i), "D9: stands in no ballot style");
        }
    }

    void d10_everybody_gets_a_style() {
        const Style& last = d_.styles.back();
        if (!last.districts.empty() || !last.groups.empty()) {
            note(fmt::format("/styles/{}", d_.styles.size() - 1),
                 "D10: the last style must be for everybody, without districts and groups");
        }
    }

    void d11_areas_belong_to_one_station() {
        std::map<std::string, std::size_t> owner;
        for (std::size_t i = 0; i < d_.stations.size(); ++i) {
            for (const std::string& area : d_.stations[i].areas) {
                const auto [at, fresh] = owner.emplace(area, i);
                if (!fresh) {
                    note(fmt::format("/stations/{}/areas", i),
                         "D11: \"{}\" already belongs to station \"{}\"", area,
                         d_.stations[at->second].id.str());
                }
            }
        }
    }

    void d12_witnesses_fit() {
        if (d_.witness_quorum > d_.witnesses.size()) {
            note("/witnesses/quorum", "D12: {} of {} witnesses", d_.witness_quorum, d_.witnesses.size());
        }
        std::set<std::string> names{d_.log.origin};
        std::set<ByteArray<32>> keys{d_.log.key};
        for (std::size_t i = 0; i < d_.witnesses.size(); ++i) {
            const std::string place = fmt::format("/witnesses/members/{}", i);
            const std::string& name = d_.witnesses[i].name;
            if (!names.insert(name).second) note(place + "/name", "D12: \"{}\" stands twice", name);
            if (!keys.insert(d_.witnesses[i].key).second) note(place + "/key", "D12: this key stands twice");
            if (!is_key_name(name)) note(place + "/name", "D12: not empty, without blanks and plus signs");
        }
        if (!is_key_name(d_.log.origin)) note("/log/origin", "D12: not empty, without blanks and plus signs");
    }

    void d13_titles_exist_in_every_language() {
        titles("/titles", d_.titles);
        for (std::size_t i = 0; i < d_.contests.size(); ++i) {
            titles(fmt::format("/contests/{}/titles", i), d_.contests[i].titles);
        }
    }

    void d14_sealing_fits_an_entry() {
        const std::size_t n = d_.trustees ? d_.trustees->members.size() : 0;
        const std::size_t k = d_.trustees ? d_.trustees->threshold : 0;
        const std::size_t bytes = 230 * n * k + 240 * n + 170 * d_.stations.size() * d_.styles.size();
        if (bytes > max_entry_size) {
            note("", "D14: {} trustees, {} stations and {} styles make too large an entry", n,
                 d_.stations.size(), d_.styles.size());
        }
    }

    void d15_bodies_are_bounded() {
        for (std::size_t i = 0; i < d_.styles.size(); ++i) {
            const std::size_t size = body_size(d_, d_.styles[i]);
            if (size > max_body_bytes) {
                note(fmt::format("/styles/{}", i), "D15: a ballot of {} bytes; at most {}", size,
                     max_body_bytes);
            }
        }
    }

    void d16_entries_of_the_close_fit() {
        std::set<DistrictId> with_station;
        for (const Station& station : d_.stations) with_station.insert(station.district);
        std::size_t tally = 0, result = 0;
        for (std::size_t i = 0; i < d_.contests.size(); ++i) {
            const std::size_t groups = with_station.size() * styles_with(i);
            const std::size_t positions = d_.contests[i].positions();
            tally += groups * (170 + 9 * positions);
            // The majority clause can double the seats.
            const bool extra = d_.contests[i].seat_rules.majority_clause == MajorityClause::extra_seats;
            const std::size_t seats = std::size_t{d_.contests[i].seats} * (extra ? 2 : 1);
            result += 120 + 17 * positions + 36 * std::min(seats, d_.contests[i].candidates());
            if (d_.trustees && 240 * positions + 66 * groups > max_entry_size) {
                note(fmt::format("/contests/{}", i), "D16: {} positions and {} groups make too large a share",
                     positions, groups);
            }
        }
        const std::size_t groups = with_station.size() * d_.styles.size();
        if (tally > max_entry_size || result > max_entry_size ||
            170 * d_.stations.size() * d_.styles.size() + 190 * groups > max_entry_size) {
            note("",
                 "D16: {} stations, {} districts with one, {} styles and {} contests make too large an entry",
                 d_.stations.size(), with_station.size(), d_.styles.size(), d_.contests.size());
        }
    }

    void d18_applications_come_before_the_election() {
        application_day("/eligibility", d_.eligibility);
        if (d_.candidacy) application_day("/candidacy", *d_.candidacy);
    }

    void d19_the_roll_is_made_in_order() {
        const RollDates& dates = d_.calendar.deadlines;
        if (dates.inspection_from.has_value() != dates.inspection_until.has_value())
            note("/calendar/deadlines", "D19: inspection_from and inspection_until go together");
        const DayOf election{"election_day", d_.calendar.election_day};
        in_order({{"roll_drawn", dates.roll_drawn},
                  {"inspection_from", dates.inspection_from},
                  {"inspection_until", dates.inspection_until},
                  {"objections_until", dates.objections_until},
                  {"appeals_until", dates.appeals_until},
                  {"roll_closes", dates.roll_closes},
                  election});
        in_order({{"roll_drawn", dates.roll_drawn},
                  {"notices_until", dates.notices_until},
                  {"inspection_until", dates.inspection_until}});
        if (!dates.inspection_until)
            in_order({{"notices_until", dates.notices_until}, {"roll_closes", dates.roll_closes}, election});
        const auto& applications = d_.eligibility.application_until;
        if (applications && dates.roll_closes && *applications > *dates.roll_closes)
            note("/calendar/deadlines/roll_closes", "D19: must not be before application_until, {}",
                 format_date(*applications));
    }

    void d20_names_of_a_contest_differ() {
        for (std::size_t i = 0; i < d_.contests.size(); ++i) {
            const Contest& contest = d_.contests[i];
            std::set<std::string> names;
            for (const Option& option : contest.options) names.insert(option.id.str());
            for (std::size_t j = 0; j < contest.lists.size(); ++j) {
                const ListOfOptions& list = contest.lists[j];
                const std::string place = fmt::format("/contests/{}/lists/{}", i, j);
                differs(names, place, list.id);
                for (std::size_t k = 0; k < list.candidates.size(); ++k) {
                    differs(names, fmt::format("{}/candidates/{}", place, k), list.candidates[k].id.str());
                }
            }
        }
    }

    void d21_lists_fit_the_seat_method() {
        for (std::size_t i = 0; i < d_.contests.size(); ++i) {
            const std::string place = fmt::format("/contests/{}", i);
            if (d_.contests[i].seat_rules.has_lists()) {
                lists_have_votes(place, d_.contests[i]);
            } else {
                only_persons(place, d_.contests[i]);
            }
            if (d_.contests[i].seat_rules.method == SeatMethod::yes_no) one_list(place, d_.contests[i]);
        }
    }

    void d22_limits_are_for_groups_of_candidates() {
        for (std::size_t i = 0; i < d_.contests.size(); ++i) {
            const auto& limits = d_.contests[i].seat_rules.limits;
            const auto& options = d_.contests[i].options;
            for (std::size_t j = 0; j < limits.size(); ++j) {
                const bool found = !limits[j].group ||
                                   std::any_of(options.begin(), options.end(), [&](const Option& option) {
                                       return option.group == limits[j].group;
                                   });
                if (!found)
                    note(fmt::format("/contests/{}/seat_rules/limits/{}/group", i, j),
                         "D22: no option is of group \"{}\"", *limits[j].group);
            }
            for (std::size_t j = 0; j < options.size(); ++j) {
                if (!options[j].group.empty() && !options[j].is_person())
                    note(fmt::format("/contests/{}/options/{}/group", i, j),
                         "D22: only a person has a group");
            }
        }
    }

    void d23_substitutes_are_personal() {
        for (std::size_t i = 0; i < d_.contests.size(); ++i) {
            const Contest& contest = d_.contests[i];
            const bool personal = contest.substitutes == Substitutes::personal;
            for (std::size_t j = 0; j < contest.options.size(); ++j) {
                if (contest.options[j].substitute.empty()) continue;
                const std::string place = fmt::format("/contests/{}/options/{}/substitute", i, j);
                if (!personal) note(place, "D23: goes with \"substitutes\": \"personal\"");
                if (!contest.options[j].is_person()) note(place, "D23: only a person has a substitute");
            }
            for (std::size_t j = 0; j < contest.lists.size(); ++j) {
                for (std::size_t k = 0; k < contest.lists[j].candidates.size(); ++k) {
                    if (!personal && !contest.lists[j].candidates[k].substitute.empty())
                        note(fmt::format("/contests/{}/lists/{}/candidates/{}/substitute", i, j, k),
                             "D23: goes with \"substitutes\": \"personal\"");
                }
            }
        }
    }

    void d24_enough_candidates_stand() {
        for (std::size_t i = 0; i < d_.contests.size(); ++i) {
            const std::size_t candidates = d_.contests[i].candidates();
            if (candidates < d_.contests[i].least_candidates) {
                note(fmt::format("/contests/{}", i),
                     "D24: the election isn't held: {} candidates stand, at least {} are needed", candidates,
                     d_.contests[i].least_candidates);
            }
        }
    }

    void d25_list_votes_have_candidates() {
        for (std::size_t i = 0; i < d_.contests.size(); ++i) {
            const Contest& contest = d_.contests[i];
            if (!contest.list_vote) continue;
            if (contest.lists.empty())
                note(fmt::format("/contests/{}/list_vote", i), "D25: goes with lists; there are none");
            for (std::size_t j = 0; j < contest.lists.size(); ++j) {
                if (persons_of(contest, contest.lists[j].id) == 0)
                    note(fmt::format("/contests/{}/lists/{}", i, j),
                         "D25: no option is a person of this list, whom a vote for it could go to");
            }
        }
    }

    void d26_ballots_are_printed_by_booths() {
        if (d_.printed_ballots && !d_.trustees)
            note("/printed_ballots",
                 "D26: goes with trustees: without them the election is on paper only, and no booth prints");
    }

  private:
    void differs(std::set<std::string>& names, const std::string& place, const std::string& name) {
        if (!names.insert(name).second)
            note(place + "/id", "D20: \"{}\" already names an option, a list or a candidate", name);
    }

    static std::size_t persons_of(const Contest& contest, const std::string& list) {
        return static_cast<std::size_t>(
            std::count_if(contest.options.begin(), contest.options.end(),
                          [&](const Option& option) { return option.list == list && option.is_person(); }));
    }

    void only_persons(const std::string& place, const Contest& contest) {
        for (std::size_t j = 0; j < contest.options.size(); ++j) {
            if (contest.options[j].whole_list)
                note(fmt::format("{}/options/{}/whole_list", place, j), "D21: doesn't go with most-votes");
        }
        for (std::size_t j = 0; j < contest.lists.size(); ++j) {
            if (!contest.lists[j].candidates.empty())
                note(fmt::format("{}/lists/{}/candidates", place, j), "D21: don't go with most-votes");
        }
        if (contest.list_order != ListOrder::fixed)
            note(place + "/seat_rules/list_order", "D21: doesn't go with most-votes");
    }

    void lists_have_votes(const std::string& place, const Contest& contest) {
        for (std::size_t j = 0; j < contest.options.size(); ++j) {
            const Option& option = contest.options[j];
            if (option.whole_list && (!option.list || option.outside_sum))
                note(fmt::format("{}/options/{}/whole_list", place, j),
                     "D21: goes with a \"list\" and without \"outside_sum\"");
        }
        for (std::size_t j = 0; j < contest.lists.size(); ++j) {
            const ListOfOptions& list = contest.lists[j];
            const std::string at = fmt::format("{}/lists/{}", place, j);
            const bool listed = !list.candidates.empty();
            const bool whole =
                std::any_of(contest.options.begin(), contest.options.end(),
                            [&](const Option& o) { return o.list == list.id && o.whole_list; });
            const bool persons = persons_of(contest, list.id) > 0;
            if (listed && persons)
                note(at + "/candidates", "D21: its candidates are either all here or all options");
            if (!listed && !persons) note(at, "D21: has no candidates");
            if (listed && !whole) note(at, "D21: needs an option with \"whole_list\" to be voted for");
            if (listed && contest.list_order == ListOrder::votes)
                note(at + "/candidates",
                     "D21: \"list_order\": \"votes\" goes with candidates that are options");
        }
    }

    void one_list(const std::string& place, const Contest& contest) {
        std::size_t yes = 0, no = 0;
        for (const Option& option : contest.options) {
            if (option.outside_sum) continue;
            yes += option.whole_list ? 1 : 0;
            no += option.list ? 0 : 1;
        }
        if (contest.lists.size() == 1 && yes == 1 && no == 1) return;
        note(
            place,
            "D21: yes-no goes with one list, one option for it, with \"whole_list\", and one without \"list\" "
            "against it");
    }

    struct DayOf {
        std::string_view key;
        std::optional<Day> day;
    };

    // Notes each of those days that is later than the next one which is set.
    void in_order(std::initializer_list<DayOf> days) {
        const DayOf* earlier = nullptr;
        for (const DayOf& day : days) {
            if (!day.day) continue;
            if (earlier != nullptr && *earlier->day > *day.day) {
                note(fmt::format("/calendar/deadlines/{}", earlier->key), "D19: must not be after {}, {}",
                     day.key, format_date(*day.day));
            }
            earlier = &day;
        }
    }

    void application_day(const std::string& place, const EligibilityRules& rules) {
        if (rules.application_until && *rules.application_until > d_.calendar.election_day)
            note(place, "D18: application_until must not be after election day, {}",
                 format_date(d_.calendar.election_day));
    }

    std::size_t styles_with(std::size_t contest) const {
        return static_cast<std::size_t>(
            std::count_if(d_.styles.begin(), d_.styles.end(), [&](const Style& style) {
                return std::find(style.contests.begin(), style.contests.end(), contest) !=
                       style.contests.end();
            }));
    }

    template <class... Parts>
    void note(std::string place, fmt::format_string<Parts...> message, Parts&&... parts) {
        problems_.add(std::move(place), fmt::format(message, std::forward<Parts>(parts)...));
    }

    template <class Items, class NameOf>
    void unique(std::string_view rule, const std::string& place, const Items& items, NameOf name_of) {
        std::set<std::string> seen;
        for (std::size_t i = 0; i < items.size(); ++i) {
            if (!seen.insert(name_of(items[i])).second) {
                note(fmt::format("{}/{}/id", place, i), "{}: \"{}\" stands twice", rule, name_of(items[i]));
            }
        }
    }

    void key(const std::string& place, const PublicKey& value) {
        if (!crypto::Point::from_sec1(value).ok())
            note(place, "D2: not a point of P-256 in compressed form (33 bytes)");
        if (!keys_.insert(value).second) note(place, "D2: this key stands twice");
    }

    void signer(const std::string& place, const SignerId& id, std::string_view member,
                const PublicKey& value) {
        if (!signers_.insert(id).second) note(place + "/id", "D2: \"{}\" stands twice", id.str());
        key(fmt::format("{}/{}", place, member), value);
    }

    void key_holders(const std::string& place, const std::vector<KeyHolder>& holders) {
        for (std::size_t i = 0; i < holders.size(); ++i) {
            signer(fmt::format("{}/{}", place, i), holders[i].id, "key", holders[i].key);
        }
    }

    void lists_exist(std::size_t contest) {
        std::set<std::string> lists;
        for (const ListOfOptions& list : d_.contests[contest].lists) lists.insert(list.id);
        for (std::size_t i = 0; i < d_.contests[contest].options.size(); ++i) {
            const Option& option = d_.contests[contest].options[i];
            if (option.list && !lists.contains(*option.list)) {
                note(fmt::format("/contests/{}/options/{}/list", contest, i), "D3: there is no list \"{}\"",
                     *option.list);
            }
        }
    }

    std::optional<DistrictId> parent_of(const DistrictId& id) const {
        for (const District& district : d_.districts) {
            if (district.id == id) return district.parent;
        }
        return std::nullopt;
    }

    void titles(const std::string& place, const Titles& found) {
        for (const std::string& language : d_.languages) {
            if (!found.contains(language)) note(place, "D13: there is no text for language \"{}\"", language);
        }
        for (const auto& [language, text] : found) {
            if (std::find(d_.languages.begin(), d_.languages.end(), language) == d_.languages.end()) {
                note(place + "/" + language, "D13: \"{}\" isn't a language of this election", language);
            }
        }
    }

    // A key name of a signed note.
    static bool is_key_name(std::string_view name) {
        return !name.empty() && std::none_of(name.begin(), name.end(), [](char c) {
            return c == '+' || static_cast<unsigned char>(c) <= ' ' || c == '\x7f';
        });
    }

    const Definition& d_;
    json::Problems& problems_;
    std::set<SignerId> signers_;
    std::set<PublicKey> keys_;
};

}  // namespace

void check_rules(const Definition& definition, json::Problems& problems) {
    RuleCheck check(definition, problems);
    check.d1_names_are_unique();
    check.d2_signers_and_keys_are_unique();
    check.d3_references_exist();
    check.d4_districts_form_a_forest();
    check.d5_votes_fit();
    check.d6_polls_open_before_they_close();
    check.d7_two_officials();
    check.d8_threshold_fits();
    check.d9_styles_cover_contests();
    check.d10_everybody_gets_a_style();
    check.d11_areas_belong_to_one_station();
    check.d12_witnesses_fit();
    check.d13_titles_exist_in_every_language();
    check.d14_sealing_fits_an_entry();
    check.d15_bodies_are_bounded();
    check.d16_entries_of_the_close_fit();
    check.d18_applications_come_before_the_election();
    check.d19_the_roll_is_made_in_order();
    check.d20_names_of_a_contest_differ();
    check.d21_lists_fit_the_seat_method();
    check.d22_limits_are_for_groups_of_candidates();
    check.d23_substitutes_are_personal();
    check.d24_enough_candidates_stand();
    check.d25_list_votes_have_candidates();
    check.d26_ballots_are_printed_by_booths();
}

std::size_t body_size(const Definition& definition, const Style& style) {
    constexpr std::size_t ciphertext = 128;
    constexpr std::size_t branch = 192;
    std::size_t size = 32;  // y
    for (const std::size_t index : style.contests) {
        const Contest& contest = definition.contests[index];
        for (std::size_t position = 0; position < contest.positions(); ++position) {
            size += ciphertext + branch * (contest.max_value(position) + 1);
        }
        size += branch * contest.votes_per_voter;
    }
    return size;
}

}  // namespace stimme::election
