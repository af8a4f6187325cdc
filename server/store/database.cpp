#include "server/store/database.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <string>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace stimme::store {
namespace {

constexpr std::size_t idle_readers = 8;

Status make_private_file(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor >= 0) {
        ::close(descriptor);
        return {};
    }
    return unavailable(
        "store-unavailable",
        fmt::format("cannot open {} for writing: {}; its disk and folder must be writable for this "
                    "program",
                    file.string(), std::strerror(errno)));
}

Error foreign(const std::filesystem::path& file, const Schema& schema) {
    return conflict("store-foreign",
                    fmt::format("{} isn't a {} file of this program", file.string(), schema.name));
}

// Empty, or with SQLite's magic at its start: whatever else it is, SQLite will say.
bool looks_like_sqlite(const std::filesystem::path& file) {
    constexpr std::string_view magic("SQLite format 3\0", 16);
    std::array<char, magic.size()> start{};
    std::ifstream in(file, std::ios::binary);
    in.read(start.data(), start.size());
    return in.gcount() == 0 || std::string_view(start.data(), start.size()) == magic;
}

Status check_owner(Connection& connection, const std::filesystem::path& file, const Schema& schema) {
    const bool fresh =
        connection.integer("PRAGMA schema_version") == 0 && connection.integer("PRAGMA application_id") == 0;
    if (!fresh && connection.integer("PRAGMA application_id") != schema.application_id)
        return foreign(file, schema);
    const auto version = static_cast<std::size_t>(connection.integer("PRAGMA user_version"));
    if (version > schema.migrations.size())
        return conflict("store-newer",
                        fmt::format("{} has schema version {}, this program knows {}: use the newer program",
                                    file.string(), version, schema.migrations.size()));
    return {};
}

Status check_integrity(Connection& connection, const std::filesystem::path& file) {
    Statement check(connection, "PRAGMA quick_check(1)");
    const std::string found = check.step() ? std::string(check.text(0)) : "no answer";
    if (found == "ok") return {};
    return corrupt("store-damaged",
                   fmt::format("{} is damaged ({}): restore it from a copy", file.string(), found));
}

void migrate(Connection& connection, const Schema& schema) {
    const auto version = static_cast<std::size_t>(connection.integer("PRAGMA user_version"));
    connection.execute("PRAGMA journal_mode = WAL");
    if (version == schema.migrations.size()) return;
    connection.execute("BEGIN IMMEDIATE");
    for (std::size_t i = version; i < schema.migrations.size(); ++i) connection.execute(schema.migrations[i]);
    connection.execute(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}; COMMIT",
                                   schema.application_id, schema.migrations.size()));
}

// What a write-ahead log of an earlier run holds may only be in the page cache; in the database it is synced
// anew.
Status settle_wal(Connection& connection, const std::filesystem::path& file) {
    if (connection.integer("PRAGMA wal_checkpoint(TRUNCATE)") == 0) return {};
    return unavailable("store-unavailable", fmt::format("{} is in use by another program", file.string()));
}

Status prepare(const std::filesystem::path& file, const Schema& schema) {
    if (!looks_like_sqlite(file)) return foreign(file, schema);
    const Status prepared = guarded([&]() -> Status {
        Connection connection(file, Access::read_write);
        STIMME_CHECK(check_owner(connection, file, schema));
        STIMME_CHECK(check_integrity(connection, file));
        migrate(connection, schema);
        return settle_wal(connection, file);
    });
    if (prepared || prepared.error().message.find(file.string()) != std::string::npos) return prepared;
    return prepared.error().at(file.string());
}

}  // namespace

Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path& file, const Schema& schema) {
    STIMME_CHECK(make_private_file(file));
    STIMME_CHECK(prepare(file, schema));
    return std::unique_ptr<Database>(new Database(file));
}

Database::Loan::Loan(Database& lender) : database(lender), connection(lender.take_idle()) {
    if (!connection) connection = std::make_unique<Connection>(database.file_, Access::read_only);
}

Database::Loan::~Loan() {
    const std::lock_guard lock(database.mutex_);
    if (database.idle_.size() < idle_readers) database.idle_.push_back(std::move(connection));
}

std::unique_ptr<Connection> Database::take_idle() {
    const std::lock_guard lock(mutex_);
    if (idle_.empty()) return nullptr;
    std::unique_ptr<Connection> connection = std::move(idle_.back());
    idle_.pop_back();
    return connection;
}

Status Database::truncate_wal() const {
    return guarded([&]() -> Status {
        Connection connection(file_, Access::read_write);
        if (connection.integer("PRAGMA wal_checkpoint(TRUNCATE)") == 0) return {};
        return unavailable("store-unavailable",
                           fmt::format("{} is too busy to empty its write-ahead log", file_.string()));
    });
}

}  // namespace stimme::store
