// The one writer of a database: a thread that takes everything that waits, runs it in one transaction and
// commits once (group commit). An operation that fails is undone alone; its neighbours aren't touched. Nobody
// is told of anything before the commit is on the disk.
//
// After a transaction that failed, nothing is written before the file was opened again (SQLite goes on with a
// file that it could only open for reading, and never tries anew), and the write-ahead log was moved into the
// database and emptied: what the page cache shows of it may never have reached the disk (no system repeats a
// failed fsync), and is so written once more.
//
// Thread rule: submit, run, call and stop may be called from any thread; operations, hooks and completions
// run on the writer's thread, in the order in which they were submitted. Operations and completions must not
// call run, call or stop. Completions must not throw.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "server/store/database.h"

namespace stimme::store {

// When it returns an error or throws, what it wrote is undone, and nothing of its neighbours. What it changes
// in memory it must undo itself, or let the hooks do it.
using Operation = std::function<Status(Connection&)>;
// Gets what the operation returned, or, when the commit failed, the error of that.
using Completion = std::function<void(Status)>;

struct WriterHooks {
    // In the transaction, after the operations, if at least one succeeded. An error undoes the whole batch.
    std::function<Status(Connection&)> before_commit;
    // The batch is on the disk; runs before its completions, if at least one operation succeeded.
    std::function<void()> after_commit;
    // The whole batch was undone: whoever keeps something in memory loads it again. Runs before the
    // completions, which all get this error. The connection is outside of any transaction.
    std::function<void(Connection&, const Error&)> on_commit_failed;
    // Told when transactions begin to fail, and when they succeed again.
    std::function<void(std::string_view)> report;
};

class Writer {
  public:
    static constexpr std::size_t max_batch = 256;

    // The database must outlive it. Errors: those of guarded().
    static Result<std::unique_ptr<Writer>> start(Database& database, WriterHooks hooks = {});
    // As stop().
    ~Writer();

    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    // `done` gets store-stopping, at once and on this thread, when the writer was stopped.
    void submit(Operation operation, Completion done);

    // For operations that give a value.
    template <class T>
    void submit_for(std::function<Result<T>(Connection&)> operation, std::function<void(Result<T>)> done);

    // Submits and waits.
    Status run(Operation operation);
    template <class T>
    Result<T> call(std::function<Result<T>(Connection&)> operation);

    // Runs what was submitted, then ends the thread.
    void stop();

    // Transactions so far.
    std::uint64_t commits() const { return commits_; }

  private:
    struct Job {
        Operation operation;
        Completion done;
        Status result;
    };

    Writer(Database& database, WriterHooks hooks);
    void work();
    std::vector<Job> next_batch();
    void run_batch(std::vector<Job>& batch);
    Status commit(std::vector<Job>& batch);
    // Opens the file anew, writes the write-ahead log into the database, and empties it.
    Status begin_again();
    void shorten_wal();
    // Errors: the whole transaction is lost.
    Status run_one(Job& job);
    void tell(std::string_view what) const;
    void fail_batch(std::vector<Job>& batch, const Error& error);

    Database& database_;
    Connection connection_;
    const std::string file_;  // its name, for messages
    const WriterHooks hooks_;
    bool doubtful_ = false;  // of the writer's thread: the last transaction failed
    std::atomic<std::uint64_t> commits_ = 0;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Job> queue_;
    bool stopping_ = false;
    std::mutex stop_mutex_;
    std::thread thread_;
};

template <class T>
void Writer::submit_for(std::function<Result<T>(Connection&)> operation,
                        std::function<void(Result<T>)> done) {
    const auto value = std::make_shared<std::optional<T>>();
    submit(
        [value, operation = std::move(operation)](Connection& connection) -> Status {
            Result<T> result = operation(connection);
            if (!result) return std::move(result).error();
            *value = *std::move(result);
            return {};
        },
        [value, done = std::move(done)](Status status) {
            status ? done(**std::move(value)) : done(std::move(status).error());
        });
}

template <class T>
Result<T> Writer::call(std::function<Result<T>(Connection&)> operation) {
    std::optional<T> value;
    STIMME_CHECK(run([&](Connection& connection) -> Status {
        Result<T> result = operation(connection);
        if (!result) return std::move(result).error();
        value = *std::move(result);
        return {};
    }));
    return *std::move(value);
}

}  // namespace stimme::store
