#include "server/store/roll/people_store.h"

#include <algorithm>
#include <array>
#include <cassert>

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sqlite3.h>

#include "core/base/clock.h"
#include "core/roll/register/register_row.h"
#include "server/store/rows.h"

namespace stimme::store {
namespace {

constexpr std::array<std::string_view, 4> presence_names = {"present", "gone", "returned", "invalid"};
constexpr std::array<std::string_view, 3> ruling_names = {"none", "enrol", "refuse"};
constexpr std::array<std::string_view, 3> change_names = {"changed", "gone", "returned"};

constexpr std::string_view columns =
    "number, register, origin, presence, applied_on, ruling, version, station, style, standing, reasons, "
    "salt, leaf";
constexpr std::string_view marks = "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?";

std::string select(std::string_view rest) {
    return fmt::format("SELECT {} FROM person {}", columns, rest);
}

template <class T, std::size_t N>
std::optional<T> named(const std::array<std::string_view, N>& names, std::string_view name) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return std::nullopt;
    return static_cast<T>(found - names.begin());
}

std::string text_of(const std::optional<roll::Day>& day) {
    return day ? format_date(*day) : std::string();
}

std::optional<roll::Day> day_of(std::string_view text) {
    const auto day = text.empty() ? std::nullopt : std::optional(parse_date(text));
    return day && *day ? std::optional(**day) : std::nullopt;
}

// The texts of `entry` that have to live until the statement has run.
struct Texts {
    explicit Texts(const EntryRow& entry)
        : line(roll::register_line(entry.person)),
          presence(to_string(entry.presence)),
          applied_on(text_of(entry.applied_on)),
          ruling(to_string(entry.ruling)),
          standing(to_string(entry.standing)),
          reasons(fmt::format("{}", fmt::join(entry.reasons, " "))) {}

    std::string line, presence, applied_on, ruling, standing, reasons;
};

void bind_entry(Statement& statement, const EntryRow& entry, const Texts& texts) {
    statement.bind_borrowed(entry.person.number).bind_borrowed(texts.line);
    statement.bind(entry.origin).bind_borrowed(texts.presence).bind_borrowed(texts.applied_on);
    statement.bind_borrowed(texts.ruling).bind(entry.version);
    statement.bind_borrowed(entry.station).bind_borrowed(entry.style.str());
    statement.bind_borrowed(texts.standing).bind_borrowed(texts.reasons);
    bind_optional(statement, entry.salt);
    bind_optional(statement, entry.leaf);
}

EntryRow read_entry(const Statement& row) {
    EntryRow entry;
    entry.person = roll::person_of(row.text(0), row.text(1));
    int at = 2;
    entry.origin = row.integer(at++);
    entry.presence = presence_named(row.text(at++)).value_or(Presence::invalid);
    entry.applied_on = day_of(row.text(at++));
    entry.ruling = ruling_named(row.text(at++)).value_or(Ruling::none);
    entry.version = row.integer(at++);
    entry.station = row.text(at++);
    entry.style = StyleId(std::string(row.text(at++)));
    entry.standing = standing_named(row.text(at++));
    entry.reasons = split_words(row.text(at++));
    entry.salt = optional_array<16>(row, at++);
    entry.leaf = optional_array<32>(row, at++);
    return entry;
}

ImportRow read_import(const Statement& row) {
    return {row.integer(0), std::string(row.text(1)), row.integer(2) != 0};
}

std::string before_text(const EntryRow& before) {
    return json::canonical(json::Object{{"person", roll::to_json(before.person)},
                                        {"presence", std::string(to_string(before.presence))}});
}

// What this program wrote itself and can't read any more.
[[noreturn]] void damaged(std::string_view what) {
    throw SQLite::Exception(fmt::format("{} can't be read", what), SQLITE_CORRUPT);
}

json::Object object_of(std::string_view text) {
    const auto value = json::parse(text);
    const json::Object* object = value ? value->get<json::Object>() : nullptr;
    if (object == nullptr) damaged("a stored object");
    return *object;
}

roll::Person person_in(const json::Object& before) {
    const json::Value* const value = before.find("person");
    if (value == nullptr) damaged("whom an import changed");
    auto person = roll::person_from_json(*value);
    if (!person) damaged("whom an import changed");
    return *std::move(person);
}

Presence presence_in(const json::Object& before) {
    const json::Value* const value = before.find("presence");
    const auto* const name = value == nullptr ? nullptr : value->get<std::string>();
    const auto presence = name == nullptr ? std::nullopt : presence_named(*name);
    if (!presence) damaged("whom an import changed");
    return *presence;
}

ChangeRow read_change(const Statement& row) {
    const json::Object before = object_of(row.text(3));
    return {row.integer(0), std::string(row.text(1)),
            named<ChangeKind>(change_names, row.text(2)).value_or(ChangeKind::changed), person_in(before),
            presence_in(before)};
}

ConflictRow read_conflict(const Statement& row) {
    return {std::string(row.text(0)), row.integer(1),
            named<ChangeKind>(change_names, row.text(2)).value_or(ChangeKind::changed)};
}

MatterRow read_matter(const Statement& row) {
    MatterRow matter{row.integer(0), std::string(row.text(1)), object_of(row.text(2)), {}};
    if (!row.is_null(3)) matter.decision = object_of(row.text(3));
    return matter;
}

AnsweredAct read_answered(const Statement& row) {
    return {std::string(row.text(0)), row.array<32>(1), std::string(row.text(2))};
}

}  // namespace

std::string_view to_string(Presence presence) {
    return presence_names[static_cast<std::size_t>(presence)];
}

std::optional<Presence> presence_named(std::string_view name) {
    return named<Presence>(presence_names, name);
}

std::string_view to_string(Ruling ruling) {
    return ruling_names[static_cast<std::size_t>(ruling)];
}

std::optional<Ruling> ruling_named(std::string_view name) {
    return named<Ruling>(ruling_names, name);
}

std::string_view to_string(ChangeKind kind) {
    return change_names[static_cast<std::size_t>(kind)];
}

Result<bool> PeopleRows::empty() const {
    return guarded([&]() -> Result<bool> {
        Statement query(connection_, "SELECT 1 FROM person LIMIT 1");
        return !query.step();
    });
}

Status PeopleRows::add(const EntryRow& entry) {
    return guarded([&]() -> Status {
        static const std::string sql = fmt::format("INSERT INTO person ({}) VALUES ({})", columns, marks);
        Statement insert(connection_, sql);
        const Texts texts(entry);
        bind_entry(insert, entry, texts);
        insert.run();
        return {};
    });
}

Status PeopleRows::update(const EntryRow& entry) {
    return guarded([&]() -> Status {
        static const std::string sql =
            fmt::format("UPDATE person SET ({}) = ({}) WHERE number = ?", columns, marks);
        Statement statement(connection_, sql);
        const Texts texts(entry);
        bind_entry(statement, entry, texts);
        statement.bind(entry.person.number).run();
        return {};
    });
}

Status PeopleRows::remove(std::string_view number) {
    return write(connection_, "DELETE FROM person WHERE number = ?", number);
}

Result<std::optional<EntryRow>> PeopleRows::find(std::string_view number) const {
    return guarded([&]() -> Result<std::optional<EntryRow>> {
        static const std::string sql = select("WHERE number = ?");
        Statement query(connection_, sql);
        query.bind(number);
        return first_row(query, read_entry);
    });
}

Status PeopleRows::each(const std::function<Status(const EntryRow&)>& read) const {
    return guarded([&]() -> Status {
        static const std::string sql = select("ORDER BY number");
        Statement query(connection_, sql);
        while (query.step()) STIMME_CHECK(read(read_entry(query)));
        return {};
    });
}

Status PeopleRows::each_expected(const std::function<Status(std::string_view)>& read) const {
    return guarded([&]() -> Status {
        Statement query(connection_, "SELECT number FROM person WHERE origin > 0 AND presence <> 'gone'");
        while (query.step()) STIMME_CHECK(read(query.text(0)));
        return {};
    });
}

Status PeopleRows::each_brought_by(std::int64_t import,
                                   const std::function<Status(const EntryRow&)>& read) const {
    return guarded([&]() -> Status {
        static const std::string sql = select("WHERE origin = ? ORDER BY number");
        Statement query(connection_, sql);
        query.bind(import);
        while (query.step()) STIMME_CHECK(read(read_entry(query)));
        return {};
    });
}

Status PeopleRows::remove_brought_by(std::int64_t import) {
    return write(connection_, "DELETE FROM person WHERE origin = ?", import);
}

Result<std::int64_t> PeopleRows::next_import() const {
    return guarded([&]() -> Result<std::int64_t> {
        return connection_.integer("SELECT coalesce(max(id), 0) + 1 FROM import");
    });
}

Status PeopleRows::add_import(std::int64_t id, std::string_view act) {
    return write(connection_, "INSERT INTO import (id, act) VALUES (?, ?)", id, act);
}

Status PeopleRows::take_back(std::int64_t id) {
    return write(connection_, "UPDATE import SET taken_back = 1 WHERE id = ?", id);
}

Result<std::vector<ImportRow>> PeopleRows::imports() const {
    return guarded([&]() -> Result<std::vector<ImportRow>> {
        Statement query(connection_, "SELECT id, act, taken_back FROM import ORDER BY id");
        return all_rows(query, read_import);
    });
}

Status PeopleRows::add_change(std::int64_t import, ChangeKind kind, const EntryRow& before) {
    return write(connection_, "INSERT INTO import_change VALUES (?, ?, ?, ?)", import, before.person.number,
                 to_string(kind), before_text(before));
}

Result<std::vector<ChangeRow>> PeopleRows::changes(std::int64_t import, std::string_view after,
                                                   std::size_t limit) const {
    return guarded([&]() -> Result<std::vector<ChangeRow>> {
        Statement query(
            connection_,
            "SELECT import, number, kind, before FROM import_change WHERE import = ? AND number > ? "
            "ORDER BY number LIMIT ?");
        query.bind(import).bind(after).bind(static_cast<std::int64_t>(limit));
        return all_rows(query, read_change);
    });
}

Result<std::vector<ChangeRow>> PeopleRows::changes_of(std::string_view number) const {
    return guarded([&]() -> Result<std::vector<ChangeRow>> {
        Statement query(
            connection_,
            "SELECT import, number, kind, before FROM import_change WHERE number = ? ORDER BY import");
        query.bind(number);
        return all_rows(query, read_change);
    });
}

Status PeopleRows::drop_changes(std::int64_t import) {
    return write(connection_, "DELETE FROM import_change WHERE import = ?", import);
}

Status PeopleRows::add_conflict(const ConflictRow& conflict) {
    return write(connection_, "INSERT INTO conflict VALUES (?, ?, ?)", conflict.number, conflict.import,
                 to_string(conflict.kind));
}

Status PeopleRows::drop_conflicts(std::string_view number) {
    return write(connection_, "DELETE FROM conflict WHERE number = ?", number);
}

Status PeopleRows::drop_conflicts_of(std::int64_t import) {
    return write(connection_, "DELETE FROM conflict WHERE import = ?", import);
}

Result<std::vector<ConflictRow>> PeopleRows::conflicts() const {
    return guarded([&]() -> Result<std::vector<ConflictRow>> {
        Statement query(connection_,
                        "SELECT number, max(import), kind FROM conflict GROUP BY number ORDER BY number");
        return all_rows(query, read_conflict);
    });
}

Result<std::optional<ConflictRow>> PeopleRows::conflict_of(std::string_view number) const {
    return guarded([&]() -> Result<std::optional<ConflictRow>> {
        Statement query(
            connection_,
            "SELECT number, import, kind FROM conflict WHERE number = ? ORDER BY import DESC LIMIT 1");
        query.bind(number);
        return first_row(query, read_conflict);
    });
}

Result<std::int64_t> PeopleRows::add_matter(std::string_view number, const json::Object& entered) {
    return guarded([&]() -> Result<std::int64_t> {
        const std::int64_t id = connection_.integer("SELECT coalesce(max(id), 0) + 1 FROM matter");
        Statement insert(connection_, "INSERT INTO matter (id, number, entered) VALUES (?, ?, ?)");
        const std::string text = json::canonical(entered);
        insert.bind(id).bind(number).bind(text).run();
        return id;
    });
}

Status PeopleRows::decide_matter(std::int64_t id, const json::Object& decision) {
    return write(connection_, "UPDATE matter SET decision = ? WHERE id = ?", json::canonical(decision), id);
}

Result<std::optional<MatterRow>> PeopleRows::matter(std::int64_t id) const {
    return guarded([&]() -> Result<std::optional<MatterRow>> {
        Statement query(connection_, "SELECT id, number, entered, decision FROM matter WHERE id = ?");
        query.bind(id);
        return first_row(query, read_matter);
    });
}

Result<std::vector<MatterRow>> PeopleRows::matters() const {
    return guarded([&]() -> Result<std::vector<MatterRow>> {
        Statement query(connection_, "SELECT id, number, entered, decision FROM matter ORDER BY id");
        return all_rows(query, read_matter);
    });
}

Result<std::vector<MatterRow>> PeopleRows::matters_of(std::string_view number) const {
    return guarded([&]() -> Result<std::vector<MatterRow>> {
        Statement query(connection_,
                        "SELECT id, number, entered, decision FROM matter WHERE number = ? ORDER BY id");
        query.bind(number);
        return all_rows(query, read_matter);
    });
}

Status PeopleRows::add_distinct(std::string_view a, std::string_view b) {
    return write(connection_, "INSERT OR IGNORE INTO distinct_people VALUES (?, ?)", std::min(a, b),
                 std::max(a, b));
}

Result<std::vector<std::pair<std::string, std::string>>> PeopleRows::distinct() const {
    using Pairs = std::vector<std::pair<std::string, std::string>>;
    return guarded([&]() -> Result<Pairs> {
        Statement query(connection_, "SELECT a, b FROM distinct_people ORDER BY a, b");
        Pairs pairs;
        while (query.step()) pairs.emplace_back(query.text(0), query.text(1));
        return pairs;
    });
}

Result<std::optional<AnsweredAct>> PeopleRows::once(std::string_view key) const {
    return guarded([&]() -> Result<std::optional<AnsweredAct>> {
        Statement query(connection_, "SELECT key, digest, answer FROM answered_act WHERE key = ?");
        query.bind(key);
        return first_row(query, read_answered);
    });
}

Status PeopleRows::add_once(const AnsweredAct& act) {
    return write(connection_, "INSERT INTO answered_act VALUES (?, ?, ?)", act.key, act.digest, act.answer);
}

}  // namespace stimme::store
