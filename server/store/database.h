// One SQLite file of an election: checked when it is opened, brought to the newest schema, and read through a
// pool of connections. Writes go through its one Writer (writer.h).
//
// It says whose file it is in its header (application_id), and how far its schema is (user_version). The file
// has mode 0600 and WAL mode; a commit is on the disk when it returns; what is deleted is overwritten.
//
// Thread rule: all members may be called from any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "server/store/connection.h"

namespace stimme::store {

// What a file of one kind looks like. The version of a file is the number of migrations it has behind it.
struct Schema {
    std::string_view name;  // for messages: "roll"
    std::int32_t application_id;
    std::vector<std::string_view> migrations;  // SQL scripts, in order; never changed, only added to
};

class Database {
  public:
    // Opens the file, or makes it when there is none, and brings it to the newest schema. The caller holds
    // the lock of its folder (folder_lock.h). Errors: store-foreign (not a file of this kind), store-newer
    // (made by a newer version of this program), store-damaged, store-unavailable.
    static Result<std::unique_ptr<Database>> open(const std::filesystem::path& file, const Schema& schema);

    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    // Calls `work(Connection&)`, which returns a Result or Status, with a read-only connection of the pool;
    // each of its statements sees one committed state. Errors: those of `work` and of guarded().
    template <class Work>
    auto read(Work work) {
        return guarded([&] {
            const Loan loan(*this);
            return work(*loan.connection);
        });
    }
    // A connection that writes, for the one Writer. Throws.
    Connection connect_writer() const { return Connection(file_, Access::read_write); }

    // Moves the write-ahead log into the database and empties it, so that it no longer tells in which order
    // things were written. Waits for the transactions that are open. Must not be called from within a
    // Writer's operation. Errors: store-unavailable (a reader or writer took too long), those of guarded().
    Status truncate_wal() const;

    const std::filesystem::path& file() const { return file_; }

  private:
    // A connection of the pool, which goes back when this dies. Throws as a Connection does.
    struct Loan {
        explicit Loan(Database& database);
        Loan(const Loan&) = delete;
        ~Loan();

        Database& database;
        std::unique_ptr<Connection> connection;
    };

    explicit Database(std::filesystem::path file) : file_(std::move(file)) {}
    std::unique_ptr<Connection> take_idle();

    const std::filesystem::path file_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<Connection>> idle_;
};

}  // namespace stimme::store
