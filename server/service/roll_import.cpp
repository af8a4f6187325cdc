#include "server/service/roll_import.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "core/roll/register.h"

namespace stimme::service {
namespace {

constexpr std::size_t told_problems = 100;

bool contains(const auto& list, const auto& wanted) {
    return std::find(list.begin(), list.end(), wanted) != list.end();
}

Status check_reading(const roll::Reading& reading) {
    if (reading.problem_count == 0) return {};
    std::string message =
        fmt::format("the register has {} problems and was not imported", reading.problem_count);
    const std::size_t told = std::min(told_problems, reading.problems.size());
    for (std::size_t i = 0; i < told; ++i) message += "\n" + roll::to_string(reading.problems[i]);
    if (told < reading.problem_count) message += fmt::format("\n… and {} more", reading.problem_count - told);
    return invalid("register-invalid", std::move(message));
}

// With a register block it isn't even stored.
std::string address_of(const roll::Person& person) {
    if (person.register_block) return {};
    return fmt::format("{} {}, {} {}", person.street, person.house_number, person.postcode, person.city);
}

class Import {
  public:
    Import(store::RollRows& rows, const election::ValidDefinition& definition, Random& random)
        : rows_(rows), definition_(definition), random_(random) {}

    void add(const roll::Person& person) {
        const roll::Decision decision =
            roll::decide(person, definition_->eligibility, definition_->calendar.election_day);
        const store::PersonRow row = row_of(person, decision);
        count(row);
        if (stored_) stored_ = rows_.add_person(row);
    }

    Result<wire::RollImportAnswer> finish() {
        STIMME_CHECK(stored_);
        answer_.reasons.assign(reasons_.begin(), reasons_.end());
        return answer_;
    }

  private:
    store::PersonRow row_of(const roll::Person& person, const roll::Decision& decision) {
        store::PersonRow row;
        row.number = person.number;
        row.family_name = person.family_name;
        row.given_names = person.given_names;
        row.birth_date = format_date(person.born);
        row.address = address_of(person);
        row.station = station_of_area(*definition_, person.district);
        row.style =
            style_of(definition_, row.station,
                     roll::groups_of(person, definition_->eligibility, definition_->calendar.election_day));
        row.register_block = person.register_block;
        for (const roll::Reason reason : decision.reasons()) row.reasons.emplace_back(roll::code_of(reason));
        if (decision.eligible()) enrol(row);
        return row;
    }

    void enrol(store::PersonRow& row) {
        row.standing = store::Standing::enrolled;
        row.salt = random_.bytes<16>();
        row.leaf = events::roll_leaf(*row.salt, row.number, row.style);
    }

    void count(const store::PersonRow& row) {
        ++answer_.people;
        for (const std::string& reason : row.reasons) ++reasons_[reason];
        if (!row.may_vote()) return;
        ++answer_.eligible;
        if (row.station.empty() && !definition_->stations.empty()) ++answer_.without_station;
    }

    store::RollRows& rows_;
    const election::ValidDefinition& definition_;
    Random& random_;
    Status stored_;
    wire::RollImportAnswer answer_{};
    std::map<std::string, std::uint64_t> reasons_;
};

}  // namespace

std::string station_of_area(const election::Definition& definition, std::string_view area) {
    for (const election::Station& station : definition.stations)
        if (contains(station.areas, area)) return station.id.str();
    return {};
}

StyleId style_of(const election::ValidDefinition& definition, std::string_view station,
                 const std::vector<election::Group>& groups) {
    const election::Station* place =
        station.empty() ? nullptr : definition.station(StationId(std::string(station)));
    for (const election::Style& style : definition->styles) {
        const bool here =
            style.districts.empty() || (place != nullptr && contains(style.districts, place->district));
        const bool theirs = style.groups.empty() ||
                            std::any_of(groups.begin(), groups.end(),
                                        [&](election::Group group) { return contains(style.groups, group); });
        if (here && theirs) return style.id;
    }
    return definition->styles.back().id;
}

Result<wire::RollImportAnswer> import_register(store::RollRows& rows,
                                               const election::ValidDefinition& definition, ByteView csv,
                                               Random& random) {
    STIMME_CHECK(rows.clear_people());
    Import import(rows, definition, random);
    STIMME_TRY(const roll::Reading reading,
               roll::read_register(csv, [&](roll::Person&& person) { import.add(person); }));
    STIMME_CHECK(check_reading(reading));
    STIMME_CHECK(reading.suffices_for(definition->eligibility));
    return import.finish();
}

}  // namespace stimme::service
