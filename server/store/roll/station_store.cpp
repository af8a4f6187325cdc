#include "server/store/roll/station_store.h"

#include <algorithm>

#include "server/store/rows.h"

namespace stimme::store {
namespace {

StationPartRow read_part(const Statement& row) {
    return {std::string(row.text(0)), row.array<32>(1), std::string(row.text(2)), std::string(row.text(3))};
}

std::pair<std::string, Hash> read_digest(const Statement& row) {
    return {std::string(row.text(0)), row.array<32>(1)};
}

// For as many people as go at once.
std::string move_statement() {
    std::string rows = "(?, ?, ?, ?)";
    for (std::size_t i = 1; i < StationRows::most_moved; ++i) rows += ", (?, ?, ?, ?)";
    return "UPDATE person SET station = to_be.column2, style = to_be.column3, leaf = to_be.column4 FROM "
           "(VALUES " +
           rows + ") to_be WHERE person.number = to_be.column1";
}

}  // namespace

Result<std::vector<StationPartRow>> StationRows::parts() const {
    return guarded([&]() -> Result<std::vector<StationPartRow>> {
        Statement query(connection_, "SELECT part, digest, content, act FROM station_part ORDER BY part");
        return all_rows(query, read_part);
    });
}

Result<StationDigests> StationRows::digests() const {
    return guarded([&]() -> Result<StationDigests> {
        Statement query(connection_, "SELECT part, digest FROM station_part ORDER BY part");
        return all_rows(query, read_digest);
    });
}

Status StationRows::set(const StationPartRow& row) {
    return write(connection_,
                 "INSERT OR REPLACE INTO station_part (part, digest, content, act) VALUES (?, ?, ?, ?)",
                 row.part, row.digest, row.content, row.act);
}

Status StationRows::drop(std::string_view part) {
    return write(connection_, "DELETE FROM station_part WHERE part = ?", part);
}

Result<std::map<std::string, std::uint64_t>> StationRows::voters() const {
    using Voters = std::map<std::string, std::uint64_t>;
    return guarded([&]() -> Result<Voters> {
        Statement query(connection_,
                        "SELECT station, count(*) FROM person WHERE standing <> 'none' GROUP BY station");
        Voters voters;
        while (query.step())
            voters.emplace(std::string(query.text(0)), static_cast<std::uint64_t>(query.integer(1)));
        return voters;
    });
}

Result<std::vector<std::string>> StationRows::numbers(std::string_view after, std::size_t limit) const {
    return guarded([&]() -> Result<std::vector<std::string>> {
        Statement query(connection_, "SELECT number FROM person WHERE number > ? ORDER BY number LIMIT ?");
        query.bind(after).bind(static_cast<std::int64_t>(limit));
        return all_rows(query, read_text);
    });
}

// Where they are fewer, the last one stands in the places behind it, too.
Status StationRows::move(const std::vector<StationOfPerson>& people) {
    if (people.empty()) return {};
    return guarded([&]() -> Status {
        static const std::string sql = move_statement();
        Statement update(connection_, sql);
        for (std::size_t i = 0; i < most_moved; ++i) {
            const StationOfPerson& person = people[std::min(i, people.size() - 1)];
            update.bind_borrowed(person.number).bind_borrowed(person.station);
            update.bind_borrowed(person.style.str());
            bind_optional(update, person.leaf);
        }
        update.run();
        return {};
    });
}

}  // namespace stimme::store
