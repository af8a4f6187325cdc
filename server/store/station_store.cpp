#include "server/store/station_store.h"

#include "server/store/rows.h"

namespace stimme::store {
namespace {

StationPartRow read_part(const Statement& row) {
    return {std::string(row.text(0)), row.array<32>(1), std::string(row.text(2)), std::string(row.text(3))};
}

std::pair<std::string, Hash> read_digest(const Statement& row) {
    return {std::string(row.text(0)), row.array<32>(1)};
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

}  // namespace stimme::store
