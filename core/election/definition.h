// The definition of an election: everything that is fixed before the polls open (docs/protocol.md, section
// 2).
//
// A Definition is only what a document says. A ValidDefinition has passed all numbered rules and can't be had
// otherwise; everything beyond this folder takes a ValidDefinition. It also knows the canonical bytes and
// h_D.
//
// Thread rule: values; a ValidDefinition is immutable and may be shared.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/base/json_fields.h"
#include "core/election/eligibility_rules.h"
#include "core/election/seat_rules.h"

namespace stimme::election {

using PublicKey = ByteArray<33>;                    // a P-256 point, SEC 1 compressed
using Titles = std::map<std::string, std::string>;  // language code -> text

// Days of the making of the roll, each where the statute sets one. The last day for applications stands in
// the rules of eligibility.
struct RollDates {
    std::optional<Day> roll_drawn;        // the roll is drawn up from the register as of this day
    std::optional<Day> notices_until;     // everyone on the roll has their voting notice
    std::optional<Day> inspection_from;   // the roll lies open from here ...
    std::optional<Day> inspection_until;  // ... to here
    std::optional<Day> objections_until;  // against what stands in the roll
    std::optional<Day> appeals_until;     // against decisions on objections
    std::optional<Day> roll_closes;       // no changes afterwards but single acts
};

struct Calendar {
    std::string time_zone;  // IANA name, for people; the times carry their own offset
    Day election_day{};
    std::string polls_open;  // RFC 3339, kept as written
    std::string polls_close;
    RollDates deadlines;
};

struct Option {
    OptionId id;
    std::string name;
    std::optional<std::string> list;  // id of one of the contest's lists
    bool outside_sum = false;         // counted apart: range 0..1, no part of the voter's votes
    bool whole_list = false;          // a vote for its list, and for nobody on it
    std::string group = {};           // that limits are about; empty: none
    std::string substitute = {};      // name of the personal substitute; empty: none

    // Whether it is somebody who can be elected.
    bool is_person() const { return !outside_sum && !whole_list; }
};

// Somebody on a list for whom nobody can vote by name.
struct ListedCandidate {
    OptionId id;
    std::string name;
    std::string substitute;  // as that of an option
};

struct ListOfOptions {
    std::string id;
    std::string name;
    // In the order of the list; empty where its candidates are options.
    std::vector<ListedCandidate> candidates = {};
};

// Who of a list gets its seats.
enum class ListOrder {
    fixed,  // in the order of the list
    votes,  // by their own votes, and where these are equal in the order of the list
};

// Who takes the place of a member who leaves.
enum class Substitutes {
    next,      // who comes next: of the list, in its order; with most-votes, by votes
    personal,  // each member has one of their own, elected with them
    none,
};

// Seats of the board that this election doesn't fill.
struct OtherSeats {
    unsigned delegated = 0;  // sent by the council
    unsigned co_opted = 0;   // chosen by the board

    bool operator==(const OtherSeats&) const = default;
};

// What a paper ballot is worth on which more is marked than the voter has (a booth doesn't let it come to
// that).
struct PaperRules {
    enum class OverOption { invalid, cut };  // more than R for one option: no vote counts, or R do
    // More than L votes: none counts; or where all are for people of one list, the surplus is taken away from
    // the bottom of the list.
    enum class OverVoter { invalid, cut_within_list };

    OverOption over_option = OverOption::invalid;
    OverVoter over_voter = OverVoter::invalid;
};

struct Contest {
    ContestId id;
    Titles titles;
    unsigned seats;
    unsigned votes_per_voter;   // L
    unsigned votes_per_option;  // R
    bool invalid_option;
    bool blank_option;
    std::vector<Option> options;
    std::vector<ListOfOptions> lists;
    SeatRules seat_rules = {};
    ListOrder list_order = ListOrder::fixed;
    Substitutes substitutes = Substitutes::next;
    unsigned least_candidates = 0;  // with fewer the election isn't held
    OtherSeats other_seats = {};
    bool list_vote = false;  // who marks a list gives its people the votes that they have left
    PaperRules paper_rules = {};

    // Positions: the options, then the invalid option, then the blank option, each where offered.
    std::size_t positions() const {
        return options.size() + (invalid_option ? 1 : 0) + (blank_option ? 1 : 0);
    }
    std::optional<std::size_t> invalid_position() const {
        return invalid_option ? std::optional(options.size()) : std::nullopt;
    }
    std::optional<std::size_t> blank_position() const {
        return blank_option ? std::optional(positions() - 1) : std::nullopt;
    }
    // Largest value of a position; the smallest is 0.
    unsigned max_value(std::size_t position) const {
        return position < options.size() && !options[position].outside_sum ? votes_per_option : 1;
    }
    // Weight of a position in the contest's sum: 0 outside it, L for invalid and blank, else 1.
    unsigned weight(std::size_t position) const {
        if (position >= options.size()) return votes_per_voter;
        return options[position].outside_sum ? 0 : 1;
    }
    // What an option, a list or somebody on a list is called; nullptr when there is none of that name.
    const std::string* name_of(const OptionId& named) const;
    // The name of somebody's personal substitute; nullptr where they have none.
    const std::string* substitute_of(const OptionId& named) const;
    // How many can be elected: options that are persons, and those on lists.
    std::size_t candidates() const;
    // "c07", or "invalid" or "blank" for the two that are no options.
    std::string position_name(std::size_t position) const;
};

struct Style {
    StyleId id;
    std::vector<std::size_t> contests;  // indices into Definition::contests, ascending
    std::vector<DistrictId> districts;  // empty: any
    std::vector<Group> groups;          // of nationality; empty: any
};

struct District {
    DistrictId id;
    std::string title;
    std::optional<DistrictId> parent;
};

struct KeyHolder {
    SignerId id;
    PublicKey key;
};

struct Station {
    StationId id;
    std::string name;
    std::string address;
    DistrictId district;
    std::vector<std::string> areas;  // of the register, whose people vote here
    std::vector<KeyHolder> desks;
    std::vector<KeyHolder> booths;
};

struct Official {
    SignerId id;
    std::string name;
    PublicKey key;
};

struct Trustee {
    SignerId id;
    std::string name;
    PublicKey signing_key;
    PublicKey encryption_key;
};

struct Trustees {
    unsigned threshold;            // k
    std::vector<Trustee> members;  // n; the index of a trustee is 1 + its place here
};

struct Log {
    std::string origin;
    ByteArray<32> key;  // Ed25519
};

struct Witness {
    std::string name;
    ByteArray<32> key;  // Ed25519
};

// Booths print each sealed ballot in plain text for the urn.
struct PrintedBallots {
    // Of an audit by hand count: the most, per mille, that a wrong result may pass it by chance.
    std::optional<unsigned> risk_limit;
};

enum class CheckInPlace { own_station, any_station };
enum class BelowMinimum { publish, cancel };

struct Definition {
    ElectionId id;
    Titles titles;
    std::string authority;
    std::vector<std::string> languages;
    Calendar calendar;
    EligibilityRules eligibility;               // who may vote, as in force on election day
    std::optional<EligibilityRules> candidacy;  // who may stand for election, where that differs
    std::vector<Contest> contests;
    std::vector<Style> styles;
    std::vector<District> districts;
    std::vector<Station> stations;
    CheckInPlace check_in;
    unsigned min_ballots;
    BelowMinimum below_min_ballots;
    std::vector<Official> officials;
    std::optional<Trustees> trustees;
    std::optional<PrintedBallots> printed_ballots;  // without it booths print none
    Log log;
    unsigned witness_quorum;
    std::vector<Witness> witnesses;

    const EligibilityRules& candidacy_rules() const { return candidacy ? *candidacy : eligibility; }
};

enum class Role { official, desk, booth, trustee };
std::string_view to_string(Role role);

// Who a key of the definition belongs to.
struct Holder {
    Role role;
    SignerId id;
    std::optional<StationId> station;  // of desks and booths
    PublicKey key;
};

class ValidDefinition {
  public:
    // Reads a definition in any JSON form and checks every rule. Errors: those of json::parse, and
    // definition-invalid, whose message names each problem in a line of its own with pointer and rule number.
    static Result<ValidDefinition> parse(std::string_view text);
    // As parse; the text must be the canonical form, as the record holds it. Errors: also json-not-canonical.
    static Result<ValidDefinition> parse_canonical(std::string_view text);

    const Definition& operator*() const { return data_->definition; }
    const Definition* operator->() const { return &data_->definition; }

    const std::string& canonical() const { return data_->canonical; }
    const Hash& hash() const { return data_->hash; }  // h_D

    // nullptr when there is none of that name.
    const Station* station(const StationId& id) const;
    const Style* style(const StyleId& id) const;
    std::optional<std::size_t> contest_index(const ContestId& id) const;
    const Holder* holder(const SignerId& id) const;
    // The trustee's index (1 … n).
    std::optional<unsigned> trustee_index(const SignerId& id) const;
    const std::vector<Holder>& holders() const { return data_->holders; }

  private:
    struct Data {
        Definition definition;
        std::string canonical;
        Hash hash;
        std::vector<Holder> holders;
    };
    explicit ValidDefinition(std::shared_ptr<const Data> data) : data_(std::move(data)) {}
    static Result<ValidDefinition> from_json(const json::Value& document);

    std::shared_ptr<const Data> data_;
};

// Reads what the document says, noting every problem of form; the rules come after (rules.h).
Definition read_definition(json::Fields& in);

}  // namespace stimme::election
