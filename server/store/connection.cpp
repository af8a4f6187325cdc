#include "server/store/connection.h"

#include <new>
#include <stdexcept>

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <sqlite3.h>

namespace stimme::store {
namespace {

constexpr int lock_patience_ms = 10'000;
constexpr int most_wal_pages = 1000;

int flags(Access access) {
    // Without SQLite's own mutexes: a connection belongs to one thread at a time.
    return (access == Access::read_only ? SQLite::OPEN_READONLY : SQLite::OPEN_READWRITE) |
           SQLite::OPEN_NOMUTEX;
}

Error error_of(const SQLite::Exception& failure) {
    const std::string reason = fmt::format("database: {}", failure.what());
    switch (failure.getErrorCode()) {
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return corrupt("store-damaged", reason);
        case SQLITE_FULL:
        case SQLITE_IOERR:
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_NOMEM:
        case SQLITE_READONLY:
        case SQLITE_CANTOPEN:
            return unavailable("store-unavailable", reason);
        default:
            return internal("store-failed", reason);
    }
}

}  // namespace

Connection::Connection(const std::filesystem::path& file, Access access)
    : database_(std::make_unique<SQLite::Database>(file.string(), flags(access), lock_patience_ms)) {
    // Where a file can't be opened for writing SQLite opens it for reading, and stays with that.
    if (access == Access::read_write && sqlite3_db_readonly(database_->getHandle(), "main") != 0)
        throw SQLite::Exception("the file can only be read", SQLITE_READONLY);
    execute(
        "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON;"
        "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY");
    // A writer finds the places of random keys again and again; a reader's cache lives as long as no commit
    // comes.
    if (access == Access::read_write) execute("PRAGMA cache_size = -32768");  // KiB
    const auto note = [](void* noted, sqlite3*, const char*, int pages) {
        *static_cast<int*>(noted) = pages;
        return SQLITE_OK;
    };
    sqlite3_wal_hook(database_->getHandle(), note, wal_pages_.get());
}

Connection::Connection(Connection&&) noexcept = default;

Connection& Connection::operator=(Connection&& other) noexcept {
    idle_ = std::move(other.idle_);  // statements die before their database
    database_ = std::move(other.database_);
    wal_pages_ = std::move(other.wal_pages_);
    return *this;
}

Connection::~Connection() {
    idle_.clear();
}

void Connection::execute(std::string_view sql) {
    database_->exec(std::string(sql));
}

std::int64_t Connection::integer(std::string_view sql) {
    Statement query(*this, sql);
    return query.step() ? query.integer(0) : 0;
}

void Connection::shorten_wal() {
    if (*wal_pages_ >= most_wal_pages) integer("PRAGMA wal_checkpoint(PASSIVE)");
}

bool Connection::in_transaction() const {
    return sqlite3_get_autocommit(database_->getHandle()) == 0;
}

Connection::Prepared Connection::take(std::string_view sql) {
    const auto found = idle_.find(sql);
    if (found == idle_.end() || found->second.empty())
        return std::make_unique<SQLite::Statement>(*database_, std::string(sql));
    Prepared statement = std::move(found->second.back());
    found->second.pop_back();
    return statement;
}

void Connection::give_back(std::string_view sql, Prepared statement) {
    statement->tryReset();  // repeats the error of the last step, if there was one
    statement->clearBindings();
    auto found = idle_.find(sql);
    if (found == idle_.end()) found = idle_.emplace(sql, std::vector<Prepared>()).first;
    found->second.push_back(std::move(statement));
}

Statement::Statement(Connection& connection, std::string_view sql)
    : connection_(connection), sql_(sql), statement_(connection.take(sql)) {}

Statement::~Statement() {
    connection_.give_back(sql_, std::move(statement_));
}

Statement& Statement::bind(ByteView bytes) {
    static constexpr std::uint8_t nothing = 0;  // a null pointer would bind NULL, not an empty blob
    const void* data = bytes.empty() ? &nothing : bytes.data();
    statement_->bindNoCopy(++bound_, data, static_cast<int>(bytes.size()));
    return *this;
}

Statement& Statement::bind(std::string_view text) {
    statement_->bind(++bound_, std::string(text));
    return *this;
}

Statement& Statement::bind_borrowed(const std::string& text) {
    statement_->bindNoCopy(++bound_, text);
    return *this;
}

Statement& Statement::bind(std::int64_t value) {
    statement_->bind(++bound_, value);
    return *this;
}

Statement& Statement::bind_null() {
    statement_->bind(++bound_);
    return *this;
}

bool Statement::step() {
    return statement_->executeStep();
}

int Statement::run() {
    while (statement_->executeStep()) continue;
    return statement_->getChanges();
}

void Statement::reset() {
    statement_->reset();
    bound_ = 0;
}

std::int64_t Statement::integer(int column) const {
    return statement_->getColumn(column).getInt64();
}

std::string_view Statement::text(int column) const {
    return as_text(bytes(column));
}

ByteView Statement::bytes(int column) const {
    const SQLite::Column value = statement_->getColumn(column);
    const auto* data = static_cast<const std::uint8_t*>(value.getBlob());
    return {data, static_cast<std::size_t>(value.getBytes())};
}

bool Statement::is_null(int column) const {
    return statement_->getColumn(column).isNull();
}

void Statement::wrong_length(int column, std::size_t expected, std::size_t found) {
    throw SQLite::Exception(fmt::format("column {} holds {} bytes instead of {}", column, found, expected),
                            SQLITE_CORRUPT);
}

Error current_error() {
    try {
        throw;
    } catch (const SQLite::Exception& failure) {
        return error_of(failure);
    } catch (const std::bad_alloc&) {
        return unavailable("store-unavailable", "out of memory");
    } catch (const std::exception& failure) {
        return internal("store-failed", failure.what());
    }
}

}  // namespace stimme::store
