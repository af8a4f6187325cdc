#include "server/store/roll/paper_store.h"

#include "server/store/rows.h"

namespace stimme::store {
namespace {

MovedRow read_moved(const Statement& row) {
    return {std::string(row.text(0)),           std::string(row.text(1)), StationId(std::string(row.text(2))),
            SignerId(std::string(row.text(3))), std::string(row.text(4)), std::string(row.text(5))};
}

PaperRow read_paper(const Statement& row) {
    return {std::string(row.text(0)), StationId(std::string(row.text(1))), SignerId(std::string(row.text(2))),
            std::string(row.text(3))};
}

}  // namespace

Status PaperRows::add_moved(const MovedRow& row) {
    return write(
        connection_,
        "INSERT OR REPLACE INTO moved_check_in (number, from_number, station, desk, member_1, member_2) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        row.number, row.from, row.station.str(), row.desk.str(), row.member_1, row.member_2);
}

Result<std::optional<MovedRow>> PaperRows::moved_to(std::string_view number) const {
    return guarded([&]() -> Result<std::optional<MovedRow>> {
        Statement query(connection_,
                        "SELECT number, from_number, station, desk, member_1, member_2 FROM moved_check_in "
                        "WHERE number = ?");
        query.bind(number);
        return first_row(query, read_moved);
    });
}

Result<std::vector<MovedRow>> PaperRows::moved_at(const StationId& station) const {
    return guarded([&]() -> Result<std::vector<MovedRow>> {
        Statement query(connection_,
                        "SELECT number, from_number, station, desk, member_1, member_2 FROM moved_check_in "
                        "WHERE station = ? ORDER BY number");
        query.bind(station.str());
        return all_rows(query, read_moved);
    });
}

Status PaperRows::add(const PaperRow& row) {
    return write(connection_, "INSERT INTO paper_vote (number, station, desk, conflict) VALUES (?, ?, ?, ?)",
                 row.number, row.station.str(), row.desk.str(), row.conflict);
}

Status PaperRows::remove(std::string_view number, const StationId& station) {
    return write(connection_, "DELETE FROM paper_vote WHERE number = ? AND station = ?", number,
                 station.str());
}

Result<std::optional<PaperRow>> PaperRows::row(std::string_view number, const StationId& station) const {
    return guarded([&]() -> Result<std::optional<PaperRow>> {
        Statement query(
            connection_,
            "SELECT number, station, desk, conflict FROM paper_vote WHERE number = ? AND station = ?");
        query.bind(number).bind(station.str());
        return first_row(query, read_paper);
    });
}

Result<std::vector<PaperRow>> PaperRows::rows_at(const StationId& station) const {
    return guarded([&]() -> Result<std::vector<PaperRow>> {
        Statement query(connection_,
                        "SELECT number, station, desk, conflict FROM paper_vote WHERE station = ? "
                        "ORDER BY number");
        query.bind(station.str());
        return all_rows(query, read_paper);
    });
}

Result<bool> PaperRows::add_card(std::string_view number) {
    STIMME_TRY(const bool there, has_card(number));
    if (there) return false;
    STIMME_CHECK(write(connection_, "INSERT INTO polling_card (number) VALUES (?)", number));
    return true;
}

Result<bool> PaperRows::remove_card(std::string_view number) {
    STIMME_TRY(const bool there, has_card(number));
    if (!there) return false;
    STIMME_CHECK(write(connection_, "DELETE FROM polling_card WHERE number = ?", number));
    return true;
}

Result<bool> PaperRows::has_card(std::string_view number) const {
    return guarded([&]() -> Result<bool> {
        Statement query(connection_, "SELECT 1 FROM polling_card WHERE number = ?");
        query.bind(number);
        return query.step();
    });
}

}  // namespace stimme::store
