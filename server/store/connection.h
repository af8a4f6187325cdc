// A connection to one SQLite file and the statements prepared on it. This is the narrow waist of the store:
// SQLite's own headers are included by .cpp files of this folder only.
//
// Within the folder, SQL errors are exceptions, because a statement that fails in the middle must leave a
// whole transaction; guarded() turns them into errors at its edge:
//
//     return guarded([&]() -> Result<std::int64_t> {
//         Statement query(connection, "SELECT count(*) FROM person WHERE station = ?");
//         query.bind(station.str());
//         query.step();
//         return query.integer(0);
//     });
//
// Thread rule: a Connection and its Statements belong to one thread at a time.
#pragma once

#include <cassert>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace SQLite {
class Database;
class Statement;
}  // namespace SQLite

namespace stimme::store {

enum class Access { read_only, read_write };

class Connection {
  public:
    // Opens an existing file and sets the pragmas that every connection needs: synchronous=FULL,
    // secure_delete, foreign_keys, no trusted schema; waits up to 10 s for a lock. Throws; also
    // where it is to write and the file can only be read.
    Connection(const std::filesystem::path& file, Access access);
    Connection(Connection&&) noexcept;
    Connection& operator=(Connection&&) noexcept;
    ~Connection();

    // Runs statements that give no rows. Throws.
    void execute(std::string_view sql);
    // The integer that a statement gives, 0 when it gives none. Throws.
    std::int64_t integer(std::string_view sql);
    // Moves what the write-ahead log holds into the database where that is much, as far as readers allow;
    // SQLite doesn't do it by itself at the end of a commit.
    void shorten_wal();
    // Whether a transaction is open; SQLite ends one by itself when the disk fails.
    bool in_transaction() const;

  private:
    friend class Statement;
    using Prepared = std::unique_ptr<SQLite::Statement>;
    Prepared take(std::string_view sql);
    void give_back(std::string_view sql, Prepared statement);

    std::unique_ptr<int> wal_pages_ = std::make_unique<int>(0);  // after the last commit of this connection
    std::unique_ptr<SQLite::Database> database_;
    std::map<std::string, std::vector<Prepared>, std::less<>> idle_;
};

// A prepared statement, taken from its connection for one use. `sql` must outlive it. Everything throws.
class Statement {
  public:
    Statement(Connection& connection, std::string_view sql);
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    ~Statement();

    // Each binds the next parameter. Bytes must live until the last step.
    Statement& bind(ByteView bytes);
    Statement& bind(std::string_view text);
    Statement& bind(std::int64_t value);
    Statement& bind_null();
    // Without a copy: the text must live until the last step.
    Statement& bind_borrowed(const std::string& text);

    // Goes to the next row; false when there is none.
    bool step();
    // Runs it to its end and returns the number of rows it changed.
    int run();
    // Makes it ready to be bound and run again.
    void reset();

    // Columns of the current row, from 0. bytes() and text() are valid until the next step.
    std::int64_t integer(int column) const;
    std::string_view text(int column) const;
    ByteView bytes(int column) const;
    bool is_null(int column) const;
    // A blob of exactly N bytes; throws when the stored one has another length.
    template <std::size_t N>
    ByteArray<N> array(int column) const {
        const ByteView found = bytes(column);
        if (found.size() != N) wrong_length(column, N, found.size());
        return to_array<N>(found);
    }

  private:
    [[noreturn]] static void wrong_length(int column, std::size_t expected, std::size_t found);

    Connection& connection_;
    std::string_view sql_;
    std::unique_ptr<SQLite::Statement> statement_;
    int bound_ = 0;
};

// What went wrong, inside a catch block: store-unavailable (disk full or failing, locked), store-damaged
// (corrupt), store-failed (internal: a mistake of our SQL, or a constraint nobody expected).
Error current_error();

// Calls `work`, which returns a Result or Status, and turns what it throws into its error.
template <class Work>
auto guarded(Work&& work) -> decltype(work()) {
    try {
        return work();
    } catch (...) {
        return current_error();
    }
}

}  // namespace stimme::store
