#include "server/store/roll/roll_store.h"

#include <array>

#include <fmt/format.h>

#include "core/base/clock.h"
#include "core/roll/register/register_row.h"
#include "server/store/roll/schemas.h"
#include "server/store/rows.h"

namespace stimme::store {
namespace {

constexpr std::array<std::string_view, 3> standing_names = {"none", "enrolled", "admitted"};

constexpr std::string_view voter_columns =
    "SELECT p.number, p.register, p.station, p.style, p.standing, p.reasons, p.salt, p.leaf, c.station, "
    "(SELECT v.station FROM paper_vote v WHERE v.number = p.number AND v.conflict = ''), "
    "EXISTS (SELECT 1 FROM polling_card k WHERE k.number = p.number) "
    "FROM person p LEFT JOIN check_in c USING (number) ";

std::string select_voters(std::string_view where) {
    return std::string(voter_columns).append(where);
}

// What is told of where somebody lives.
std::string address_of(const roll::Person& person) {
    if (person.register_block) return {};
    const std::string_view space = person.street.empty() || person.house_number.empty() ? "" : " ";
    return fmt::format("{}{}{}, {} {}", person.street, space, person.house_number, person.postcode,
                       person.city);
}

PersonRow read_person(const Statement& row) {
    roll::Person person = roll::person_of(row.text(0), row.text(1));
    std::string address = address_of(person);
    return {std::move(person.number),
            std::move(person.family_name),
            std::move(person.given_names),
            format_date(person.born),
            std::move(address),
            std::string(row.text(2)),
            StyleId(std::string(row.text(3))),
            standing_named(row.text(4)),
            split_words(row.text(5)),
            person.register_block,
            optional_array<16>(row, 6),
            optional_array<32>(row, 7)};
}

VoterRow read_voter(const Statement& row) {
    VoterRow voter{read_person(row), {}, {}};
    if (!row.is_null(8)) voter.checked_in_at = StationId(std::string(row.text(8)));
    if (!row.is_null(9)) voter.paper_at = StationId(std::string(row.text(9)));
    voter.polling_card = row.integer(10) != 0;
    return voter;
}

CheckInRow read_check_in(const Statement& row) {
    return {std::string(row.text(0)), StationId(std::string(row.text(1))), SignerId(std::string(row.text(2))),
            row.array<33>(3), row.array<97>(4)};
}

OnceRow read_once(const Statement& row) {
    return {std::string(row.text(0)), row.array<32>(1), StationId(std::string(row.text(2))),
            StyleId(std::string(row.text(3))), row.array<97>(4)};
}

VoidIntent read_void(const Statement& row) {
    return {row.array<10>(0), std::string(row.text(1)), SignerId(std::string(row.text(2)))};
}

CorrectionIntent read_correction(const Statement& row) {
    return {row.array<32>(0), row.integer(1) != 0};
}

StationId read_station(const Statement& row) {
    return StationId(std::string(row.text(0)));
}

Hash read_hash(const Statement& row) {
    return row.array<32>(0);
}

JournalRow read_journal(const Statement& row) {
    return {std::string(row.text(0)), row.array<32>(1)};
}

}  // namespace

std::string_view to_string(Standing standing) {
    return standing_names[static_cast<std::size_t>(standing)];
}

Standing standing_named(std::string_view name) {
    std::size_t i = standing_names.size() - 1;
    while (i > 0 && standing_names[i] != name) --i;
    return static_cast<Standing>(i);
}

Schema roll_schema() {
    return {"roll", 0x53746d52, {schema::roll_1}};
}

Result<std::optional<VoterRow>> RollRows::voter(std::string_view number) const {
    return guarded([&]() -> Result<std::optional<VoterRow>> {
        static const std::string sql = select_voters("WHERE p.number = ?");
        Statement query(connection_, sql);
        query.bind(number);
        return first_row(query, read_voter);
    });
}

Result<std::optional<PersonRow>> RollRows::person_of(const Hash& leaf) const {
    return guarded([&]() -> Result<std::optional<PersonRow>> {
        static const std::string sql = select_voters("WHERE p.leaf = ?");
        Statement query(connection_, sql);
        query.bind(leaf);
        return first_row(query, read_person);
    });
}

Status RollRows::index_leaves() {
    return write(connection_, "CREATE UNIQUE INDEX IF NOT EXISTS person_leaf ON person (leaf)");
}

Status RollRows::set_leaf(std::string_view number, const events::Salt& salt, const Hash& leaf) {
    return write(connection_, "UPDATE person SET salt = ?, leaf = ? WHERE number = ?", salt, leaf, number);
}

Status RollRows::admit(const Hash& leaf) {
    return write(connection_,
                 "UPDATE person SET standing = 'admitted', reasons = '' WHERE leaf = ? AND standing = 'none'",
                 leaf);
}

Status RollRows::strike(const Hash& leaf, std::string_view reason) {
    return write(connection_,
                 "UPDATE person SET standing = 'none', reasons = ?, salt = NULL, leaf = NULL WHERE leaf = ?",
                 reason, leaf);
}

Status RollRows::each_voter(const std::function<Status(const PersonRow&)>& read) const {
    return guarded([&]() -> Status {
        static const std::string sql = select_voters("WHERE p.standing <> 'none' ORDER BY p.number");
        Statement query(connection_, sql);
        while (query.step()) STIMME_CHECK(read(read_person(query)));
        return {};
    });
}

Result<std::vector<events::ParticipationRow>> RollRows::participation() const {
    return guarded([&]() -> Result<std::vector<events::ParticipationRow>> {
        Statement query(
            connection_,
            "SELECT p.leaf, c.station, v.station FROM person p LEFT JOIN check_in c USING (number) "
            "LEFT JOIN paper_vote v ON v.number = p.number AND v.conflict = '' "
            "WHERE p.standing <> 'none' ORDER BY p.leaf");
        std::vector<events::ParticipationRow> rows;
        while (query.step()) {
            rows.push_back({query.array<32>(0)});
            const bool paper = !query.is_null(2);
            if (!paper && query.is_null(1)) continue;
            rows.back().station = StationId(std::string(query.text(paper ? 2 : 1)));
            rows.back().paper = paper;
        }
        return rows;
    });
}

Result<std::vector<Hash>> RollRows::leaves_checked_in(const StationId& station) const {
    return guarded([&]() -> Result<std::vector<Hash>> {
        Statement query(
            connection_,
            "SELECT leaf FROM check_in c JOIN person USING (number) WHERE c.station = ? ORDER BY leaf");
        query.bind(station.str());
        return all_rows(query, read_hash);
    });
}

Result<std::map<StationId, std::uint64_t>> RollRows::check_ins_at_stations() const {
    return guarded([&]() -> Result<std::map<StationId, std::uint64_t>> {
        Statement query(connection_, "SELECT station, count(*) FROM check_in GROUP BY station");
        std::map<StationId, std::uint64_t> counts;
        while (query.step())
            counts.emplace(StationId(std::string(query.text(0))),
                           static_cast<std::uint64_t>(query.integer(1)));
        return counts;
    });
}

Result<std::optional<CheckInRow>> RollRows::check_in(std::string_view number) const {
    return guarded([&]() -> Result<std::optional<CheckInRow>> {
        Statement query(connection_,
                        "SELECT number, station, desk, blinded, answer FROM check_in WHERE number = ?");
        query.bind(number);
        return first_row(query, read_check_in);
    });
}

Status RollRows::add_check_in(const CheckInRow& row) {
    return write(connection_, "INSERT INTO check_in VALUES (?, ?, ?, ?, ?)", row.number, row.station.str(),
                 row.desk.str(), row.blinded, row.answer);
}

Status RollRows::remove_check_in(std::string_view number) {
    return write(connection_, "DELETE FROM check_in WHERE number = ?", number);
}

Result<std::optional<OnceRow>> RollRows::once(std::string_view key) const {
    return guarded([&]() -> Result<std::optional<OnceRow>> {
        Statement query(connection_,
                        "SELECT key, digest, station, style, answer FROM idempotency WHERE key = ?");
        query.bind(key);
        return first_row(query, read_once);
    });
}

Status RollRows::add_once(const OnceRow& row) {
    return write(connection_, "INSERT OR IGNORE INTO idempotency VALUES (?, ?, ?, ?, ?)", row.key, row.digest,
                 row.station.str(), row.style.str(), row.answer);
}

Status RollRows::drop_once(const StationId& station) {
    return write(connection_, "DELETE FROM idempotency WHERE station = ?", station.str());
}

Status RollRows::count_check_in(const SignerId& desk) {
    return write(connection_,
                 "INSERT INTO desk_count (desk, checked_in) VALUES (?, 1) "
                 "ON CONFLICT (desk) DO UPDATE SET checked_in = checked_in + 1",
                 desk.str());
}

Status RollRows::count_void(const SignerId& desk) {
    return write(connection_,
                 "INSERT INTO desk_count (desk, voided) VALUES (?, 1) "
                 "ON CONFLICT (desk) DO UPDATE SET voided = voided + 1",
                 desk.str());
}

Status RollRows::count_move(const SignerId& desk) {
    return write(connection_,
                 "INSERT INTO desk_count (desk, moved) VALUES (?, 1) "
                 "ON CONFLICT (desk) DO UPDATE SET moved = moved + 1",
                 desk.str());
}

Status RollRows::count_paper(const SignerId& desk, std::uint64_t count) {
    return write(connection_,
                 "INSERT INTO desk_count (desk, paper) VALUES (?, ?) "
                 "ON CONFLICT (desk) DO UPDATE SET paper = paper + excluded.paper",
                 desk.str(), static_cast<std::int64_t>(count));
}

Status RollRows::count_withdrawn(const SignerId& desk, std::uint64_t count) {
    return write(connection_, "UPDATE desk_count SET withdrawn = withdrawn + ? WHERE desk = ?",
                 static_cast<std::int64_t>(count), desk.str());
}

Result<DeskTally> RollRows::desk_tally(const SignerId& desk) const {
    return guarded([&]() -> Result<DeskTally> {
        Statement query(connection_,
                        "SELECT checked_in, voided, moved, paper, withdrawn FROM desk_count WHERE desk = ?");
        query.bind(desk.str());
        if (!query.step()) return DeskTally{};
        const auto count = [&](int column) { return static_cast<std::uint64_t>(query.integer(column)); };
        return DeskTally{count(0), count(1), count(2), count(3), count(4)};
    });
}

Status RollRows::add_void(const VoidIntent& intent) {
    return write(connection_, "INSERT INTO void_intent VALUES (?, ?, ?)", intent.t, intent.number,
                 intent.desk.str());
}

Status RollRows::drop_void(const events::PassNumber& t) {
    return write(connection_, "DELETE FROM void_intent WHERE t = ?", t);
}

Result<std::optional<VoidIntent>> RollRows::void_of(const events::PassNumber& t) const {
    return guarded([&]() -> Result<std::optional<VoidIntent>> {
        Statement query(connection_, "SELECT t, number, desk FROM void_intent WHERE t = ?");
        query.bind(t);
        return first_row(query, read_void);
    });
}

Result<std::vector<VoidIntent>> RollRows::voids() const {
    return guarded([&]() -> Result<std::vector<VoidIntent>> {
        Statement query(connection_, "SELECT t, number, desk FROM void_intent ORDER BY t");
        return all_rows(query, read_void);
    });
}

Status RollRows::add_correction(const CorrectionIntent& intent) {
    return write(connection_, "INSERT OR IGNORE INTO correction_intent VALUES (?, ?)", intent.leaf,
                 std::int64_t{intent.struck});
}

Status RollRows::drop_correction(const Hash& leaf) {
    return write(connection_, "DELETE FROM correction_intent WHERE leaf = ?", leaf);
}

Result<std::vector<CorrectionIntent>> RollRows::corrections() const {
    return guarded([&]() -> Result<std::vector<CorrectionIntent>> {
        Statement query(connection_, "SELECT leaf, struck FROM correction_intent ORDER BY leaf");
        return all_rows(query, read_correction);
    });
}

Status RollRows::add_closed(const StationId& station) {
    return write(connection_, "INSERT OR IGNORE INTO closed_station VALUES (?)", station.str());
}

Status RollRows::drop_closed(const StationId& station) {
    return write(connection_, "DELETE FROM closed_station WHERE station = ?", station.str());
}

Result<std::vector<StationId>> RollRows::closed() const {
    return guarded([&]() -> Result<std::vector<StationId>> {
        Statement query(connection_, "SELECT station FROM closed_station ORDER BY station");
        return all_rows(query, read_station);
    });
}

Result<bool> RollRows::is_closed(const StationId& station) const {
    return guarded([&]() -> Result<bool> {
        Statement query(connection_, "SELECT 1 FROM closed_station WHERE station = ?");
        query.bind(station.str());
        return query.step();
    });
}

Result<std::vector<JournalRow>> RollRows::journal() const {
    return guarded([&]() -> Result<std::vector<JournalRow>> {
        Statement query(connection_, "SELECT act, head FROM journal ORDER BY seq");
        return all_rows(query, read_journal);
    });
}

Result<std::optional<JournalRow>> RollRows::last_of_journal() const {
    return guarded([&]() -> Result<std::optional<JournalRow>> {
        Statement query(connection_, "SELECT act, head FROM journal ORDER BY seq DESC LIMIT 1");
        return first_row(query, read_journal);
    });
}

Status RollRows::add_to_journal(const JournalRow& row) {
    return write(connection_, "INSERT INTO journal SELECT coalesce(max(seq) + 1, 0), ?, ? FROM journal",
                 row.act, row.head);
}

}  // namespace stimme::store
