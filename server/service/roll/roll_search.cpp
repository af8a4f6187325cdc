#include "server/service/roll/roll_search.h"

#include "core/base/clock.h"

namespace stimme::service {
namespace {

roll::Entry index_entry(const roll::Person& person, const std::string& born, const std::string& station) {
    return {person.number,       person.family_name, person.given_names, born,    person.street,
            person.house_number, person.postcode,    person.city,        station, person.register_block};
}

}  // namespace

Result<std::shared_ptr<const roll::PeopleIndex>> RollSearch::index() {
    const std::lock_guard lock(mutex_);
    const std::uint64_t version = people_version_;
    if (index_version_ == version) return index_;
    roll::PeopleIndex::Builder builder;
    STIMME_CHECK(database_.read([&](store::Connection& connection) -> Status {
        return store::PeopleRows(connection).each([&](const store::EntryRow& entry) -> Status {
            builder.add(index_entry(entry.person, format_date(entry.person.born), entry.station));
            return {};
        });
    }));
    index_ = std::make_shared<const roll::PeopleIndex>(std::move(builder).build());
    index_version_ = version;
    return index_;
}

Result<std::vector<roll::SearchHit>> RollSearch::search(std::string_view query,
                                                        const roll::SearchScope& scope, std::size_t limit) {
    STIMME_TRY(const auto people, index());
    return people->search(query, scope, limit);
}

}  // namespace stimme::service
